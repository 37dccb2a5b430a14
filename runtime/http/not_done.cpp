// What the casebook has not done, as problems.
#include <algorithm>

#include <nlohmann/json.hpp>

#include "runtime/access/shown_event.hpp"
#include "runtime/http/api_json.hpp"
#include "runtime/http/page.hpp"
#include "runtime/http/problem.hpp"

namespace protoflow::runtime {

namespace {

using Json = nlohmann::ordered_json;

int status_of(Why why) {
  switch (why) {
    case Why::bad_request:
      return 422;
    case Why::unknown_case:
    case Why::unknown_protocol:
      return 404;
    case Why::unknown_person:
      return 403;
    case Why::refused:
      return 409;
    case Why::version_conflict:
      return 412;
    case Why::unavailable:
    case Why::stopping:
      return 503;
  }
  return 500;
}

std::string title_of(Why why) {
  switch (why) {
    case Why::bad_request:
      return "The request names something that the protocol does not have";
    case Why::unknown_case:
      return "No such case";
    case Why::unknown_protocol:
      return "No such protocol";
    case Why::unknown_person:
      return "No such person";
    case Why::refused:
      return "Refused by the protocol";
    case Why::version_conflict:
      return "Someone acted meanwhile";
    case Why::unavailable:
    case Why::stopping:
      return "Not now";
  }
  return {};
}

HttpResponse respond_with(const NotDone& failure, std::vector<ProblemMember> more) {
  more.insert(more.begin(), {"code", Json(failure.code).dump()});
  if (failure.version != 0) {
    more.push_back({"version", std::to_string(failure.version)});
  }
  std::string slug = failure.code;
  std::ranges::replace(slug, '_', '-');
  const bool stranger = failure.refusal && failure.refusal->code == engine::RefusalCode::not_yours;
  auto response = problem(
      stranger ? 403 : status_of(failure.why), slug, title_of(failure.why), failure.detail, more);
  if (failure.why == Why::unavailable || failure.why == Why::stopping) {
    response.headers.emplace_back("Retry-After", "1");
  }
  return response;
}

// The refusals that turn the reader to the role and partner that they name; others speak of them.
constexpr auto kTurnToSomebody = std::to_array<engine::RefusalCode>({
    engine::RefusalCode::not_yours,
    engine::RefusalCode::role_not_bound,
    engine::RefusalCode::session_not_planned,
    engine::RefusalCode::session_over,
    engine::RefusalCode::too_many_cases,
    engine::RefusalCode::being_handed_over,
    engine::RefusalCode::not_this_partner,
});

Json who_could(const engine::Refusal& refusal, const model::Protocol& protocol) {
  Json json = Json::object();
  if (std::ranges::find(kTurnToSomebody, refusal.code) == kTurnToSomebody.end()) {
    return json;
  }
  if (refusal.role.known()) {
    json["role"] = protocol[refusal.role].name;
  }
  if (refusal.partner.known()) {
    json["partner"] = protocol[refusal.partner].name;
  }
  return json;
}

Json what_is_missing(const engine::Refusal& refusal, const model::Protocol& protocol) {
  Json json = Json::object();
  if (refusal.code == engine::RefusalCode::step_waits) {
    for (const auto information : refusal.informations) {
      json["information"].push_back(protocol[information].name);
    }
  }
  const bool asks = refusal.code == engine::RefusalCode::consent_answer_needed ||
                    refusal.code == engine::RefusalCode::consent_not_given;
  if (asks && refusal.consent.known()) {
    json["consent"] = protocol[refusal.consent].name;
  }
  return json;
}

std::vector<ProblemMember> hints_of(const engine::Refusal& refusal,
                                    const model::Protocol& protocol,
                                    const std::string& holder) {
  std::vector<ProblemMember> hints;
  auto who = who_could(refusal, protocol);
  if (!holder.empty()) {
    who["person"] = holder;
  }
  if (!who.empty()) {
    hints.emplace_back("who_could", who.dump());
  }
  if (const auto missing = what_is_missing(refusal, protocol); !missing.empty()) {
    hints.emplace_back("missing", missing.dump());
  }
  return hints;
}

}  // namespace

HttpResponse respond(const NotDone& failure, const engine::Plan* plan, const std::string& holder) {
  if (!failure.refusal || plan == nullptr) {
    return respond_with(failure, {});
  }
  return respond_with(failure, hints_of(*failure.refusal, plan->protocol, holder));
}

HttpResponse respond_outrun(const NotDone& failure,
                            const LastRead& last,
                            const Reader& reader,
                            const Casebook& casebook) {
  Json since = Json::array();
  std::uint64_t version = 0;
  const auto read = casebook.read_history(last.stream, [&](std::string_view line) {
    if (++version > last.version && since.size() < kListMax) {
      since.push_back(shown_event(reader, casebook.reading(), line));
    }
  });
  if (!read) {
    return respond_with(failure, {});
  }
  return respond_with(failure, {{"since", since.dump()}});
}

}  // namespace protoflow::runtime
