// /v1/health, /v1/checkpoint, /v1/openapi.json and /v1/clock: the daemon itself.
#include <algorithm>
#include <iterator>

#include <nlohmann/json.hpp>

#include "runtime/http/api_json.hpp"
#include "runtime/http/calls.hpp"
#include "runtime/http/entity_tag.hpp"
#include "runtime/http/openapi/document.hpp"
#include "runtime/http/problem.hpp"

namespace protoflow::runtime {

namespace {

using Json = nlohmann::ordered_json;

// From one due instant to the next, so that each deadline is recorded when it falls, as it would
// be in real time.
void step_clock(const ApiParts& parts, model::Instant to, const Answer& answer) {
  const auto due = parts.casebook.next_due();
  const bool last = due > to;
  parts.demonstration->set(last ? to : std::max(due, parts.clock.now()));
  parts.casebook.tick();
  parts.casebook.when_quiet([&parts, last, to, answer] {
    if (last) {
      return answer(respond_json({{"now", engine::to_text(to)}}));
    }
    step_clock(parts, to, answer);
  });
}

}  // namespace

// How much there is, is for the operator; that all is well, for whoever asks.
void get_health(const Call& call, const Answer& answer) {
  auto outbox = call.parts.outbox.health();
  if (call.parts.mail != nullptr) {
    auto mail = call.parts.mail->health();
    std::ranges::move(mail.channels, std::back_inserter(outbox.channels));
    outbox.waiting += mail.waiting;
    outbox.trouble += mail.trouble;
  }
  Json health{{"status", outbox.trouble.empty() ? "ok" : "troubled"},
              {"now", engine::to_text(call.parts.clock.now())}};
  if (!call.reader.is_operator()) {
    return answer(respond_json(health));
  }
  Json channels = Json::array();
  for (const auto& channel : outbox.channels) {
    channels.push_back(
        {{"channel", channel.channel}, {"pending", channel.pending}, {"dead", channel.dead}});
  }
  health["cases"] = call.reading().cases.size();
  health["notices_waiting"] = outbox.waiting;
  health["channels"] = std::move(channels);
  answer(respond_json(health));
}

void get_checkpoint(const Call& call, const Answer& answer) {
  auto note = call.parts.checkpoint ? call.parts.checkpoint() : std::string();
  if (note.empty()) {
    return answer(problem(404,
                          "no-checkpoint",
                          "Nothing is signed yet",
                          "The log is signed within seconds of its first event. Ask again then."));
  }
  HttpResponse response{.body = std::move(note)};
  response.content_type = "text/plain; charset=utf-8";
  answer(std::move(response));
}

void get_openapi(const Call& call, const Answer& answer) {
  static const auto kDocument = openapi_document().dump() + "\n";
  static const auto kTag = tag_of(kDocument);
  HttpResponse response{.body = kDocument};
  response.headers.emplace_back("Cache-Control", "public, max-age=3600");
  answer(respond_tagged(call.request, std::move(response), kTag));
}

void get_ready(const Call& call, const Answer& answer) {
  const auto reasons =
      call.parts.why_not_ready ? call.parts.why_not_ready() : std::vector<std::string>();
  if (reasons.empty()) {
    return answer(respond_json({{"status", "ready"}}));
  }
  std::string detail;
  for (const auto& reason : reasons) {
    detail += (detail.empty() ? "" : " ") + reason;
  }
  answer(problem(503, "not-ready", "Not ready", std::move(detail)));
}

void get_metrics(const Call& call, const Answer& answer) {
  const auto& parts = call.parts;
  const auto& from = call.request;
  // What came through a proxy came from elsewhere.
  const bool is_local = (from.peer == "127.0.0.1" || from.peer == "::1") &&
                        from.header("x-forwarded-for").empty() && from.header("forwarded").empty();
  if (!call.reader.is_operator() && !(parts.metrics_open && is_local)) {
    return answer(operators_only());
  }
  if (!parts.metrics) {
    return answer(no_such_address());
  }
  answer({.content_type = kMetricsType, .body = parts.metrics()});
}

// Answers once everything that fell due on the way is written.
void post_clock(const Call& call, const Answer& answer) {
  if (call.parts.demonstration == nullptr) {
    return answer(no_such_address());
  }
  const auto text = read_text_member(call.request, "now");
  if (!text) {
    return answer(not_understood(text.error()));
  }
  const auto now = engine::to_instant(*text);
  if (!now || *now < call.parts.clock.now()) {
    return answer(not_understood(
        "\"now\" must be an instant such as 2027-01-04T08:00:00.000Z, not in the past."));
  }
  step_clock(call.parts, *now, answer);
}

}  // namespace protoflow::runtime
