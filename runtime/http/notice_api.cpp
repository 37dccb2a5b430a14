// /v1/notices and /v1/stream: what people are told, as a list or as it comes.
#include <charconv>

#include <nlohmann/json.hpp>

#include "runtime/http/api_json.hpp"
#include "runtime/http/calls.hpp"
#include "runtime/http/page.hpp"
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

bool sees(const Reader& reader, const Reading& reading, const OutgoingNotice& notice) {
  if (reader.is_operator()) {
    return true;
  }
  const auto json = Json::parse(notice.json, nullptr, false);
  const auto partner = json.value("partner", ""), role = json.value("role", "");
  return may_see(reader, NoticeOf{reading, notice.stream, partner, role});
}

}  // namespace

// A page ends where it has looked, so that what the reader does not see is not looked at again;
// `next` is always there, since more will come.
void get_notices(const Call& call, const Answer& answer) {
  const auto after = read_number(call.request, "after");
  const auto limit = read_number(call.request, "limit");
  const bool fits = limit && *limit <= kLimitMax;
  if (!after || !fits) {
    return answer(
        not_understood("\"after\" and \"limit\" must be whole numbers, the limit at most " +
                       std::to_string(kLimitMax) + "."));
  }
  const auto kept = call.parts.outbox.read_after(
      *after, *limit == 0 ? kListMax : static_cast<std::size_t>(*limit));
  if (!kept) {
    return answer(
        problem(503, "not-readable", "Not now", "The notices cannot be read now. Try again."));
  }
  Json list = Json::array();
  std::uint64_t last = *after;
  for (const auto& notice : *kept) {
    if (sees(call.reader, call.reading(), notice)) {
      list.push_back(Json::parse(notice.json, nullptr, false));
    }
    last = notice.number;
  }
  answer(respond_json(
      {{"notices", list}, {"next", address_with(call.request, "after", std::to_string(last))}}));
}

void get_stream(const Call& call, const Answer& answer) {
  const auto last = call.request.header("last-event-id");
  std::optional<std::uint64_t> after;
  if (!last.empty()) {
    after = number_of(last);
  }
  answer({.content_type = "text/event-stream",
          .stream = [&parts = call.parts, reader = call.reader, after](Stream opened) {
            // Looked at again for each: the token may have been revoked meanwhile.
            const auto holds = [&parts, reader] {
              return reader.is_operator() ||
                     is_still(reader, parts.casebook.reading().people, parts.clock.now());
            };
            const auto allows = [&parts, reader](const OutgoingNotice& notice) {
              return sees(reader, parts.casebook.reading(), notice);
            };
            parts.stream->subscribe(std::move(opened), after, allows, holds);
          }});
}

}  // namespace protoflow::runtime
