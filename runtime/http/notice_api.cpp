// /v1/notices and /v1/stream: what people are told, as a list or as it comes.
#include <charconv>

#include <nlohmann/json.hpp>

#include "runtime/http/api_json.hpp"
#include "runtime/http/calls.hpp"
#include "runtime/http/problem.hpp"

namespace protoflow::runtime {

namespace {

using Json = nlohmann::ordered_json;

std::uint64_t number_of(std::string_view text) {
  std::uint64_t number = 0;
  const auto* const last = text.data() + text.size();
  const auto [end, error] = std::from_chars(text.data(), last, number);
  return error == std::errc{} && end == last ? number : 0;
}

}  // namespace

void get_notices(const Call& call, const Answer& answer) {
  const auto after = number_of(call.request.query_value("after"));
  const auto kept = call.parts.outbox.read_after(after, kListMax);
  if (!kept) {
    return answer(
        problem(503, "not-readable", "Not now", "The notices cannot be read now. Try again."));
  }
  Json list = Json::array();
  std::uint64_t last = after;
  for (const auto& notice : *kept) {
    list.push_back(Json::parse(notice.json, nullptr, false));
    last = notice.number;
  }
  answer(respond_json({{"notices", list}, {"next", "/v1/notices?after=" + std::to_string(last)}}));
}

void get_stream(const Call& call, const Answer& answer) {
  const auto last = call.request.header("last-event-id");
  std::optional<std::uint64_t> after;
  if (!last.empty()) {
    after = number_of(last);
  }
  answer({.content_type = "text/event-stream",
          .stream = [hub = call.parts.stream, after](Stream opened) {
            hub->subscribe(std::move(opened), after);
          }});
}

}  // namespace protoflow::runtime
