#include "runtime/protocols/protocol_text.hpp"

#include <algorithm>
#include <optional>
#include <utility>

#include <nlohmann/json.hpp>

#include "engine/log/record.hpp"

namespace protoflow::runtime {

namespace {

using Json = nlohmann::ordered_json;

constexpr std::size_t kDayLetters = 10;  // of 2027-12-25

template <class Found, class Items>
std::expected<Found, dsl::ReadFault> look_up(const Items& items,
                                             std::string_view path,
                                             Found Items::value_type::* member) {
  const auto found = std::ranges::find(items, path, &Items::value_type::path);
  if (found == items.end()) {
    return std::unexpected(dsl::ReadFault{.problem = dsl::ReadProblem::missing});
  }
  return (*found).*member;
}

Json to_json(const std::vector<model::ClosedDay>& closed) {
  Json list = Json::array();
  for (const auto& [day, reason] : closed) {
    list.push_back(
        {{"day", engine::to_text(model::Instant(day)).substr(0, kDayLetters)}, {"reason", reason}});
  }
  return list;
}

std::optional<std::string> text_in(const Json& json, const char* member) {
  if (!json.is_object() || !json.contains(member) || !json[member].is_string()) {
    return std::nullopt;
  }
  return json[member].get<std::string>();
}

std::optional<model::ClosedDay> closed_day(const Json& json) {
  auto day = text_in(json, "day");
  auto reason = text_in(json, "reason");
  if (!day || !reason || day->size() != kDayLetters) {
    return std::nullopt;
  }
  const auto instant = engine::to_instant(*day + "T00:00:00.000Z");
  if (!instant) {
    return std::nullopt;
  }
  return model::ClosedDay{std::chrono::floor<std::chrono::days>(*instant), std::move(*reason)};
}

std::optional<dsl::UsedText> used_text(const Json& json) {
  auto path = text_in(json, "path");
  auto text = text_in(json, "text");
  if (!path || !text) {
    return std::nullopt;
  }
  return dsl::UsedText{std::move(*path), std::move(*text)};
}

template <class Item>
bool read_list(const Json& json,
               const char* member,
               std::optional<Item> (*read)(const Json&),
               std::vector<Item>& items) {
  if (!json.contains(member)) {
    return true;
  }
  if (!json[member].is_array()) {
    return false;
  }
  for (const Json& one : json[member]) {
    auto item = read(one);
    if (!item) {
      return false;
    }
    items.push_back(std::move(*item));
  }
  return true;
}

std::optional<dsl::UsedCalendar> used_calendar(const Json& json) {
  auto path = text_in(json, "path");
  dsl::UsedCalendar calendar;
  if (!path || !read_list(json, "closed", closed_day, calendar.closed)) {
    return std::nullopt;
  }
  calendar.path = std::move(*path);
  return calendar;
}

}  // namespace

dsl::Shelf shelf_of(const ProtocolText& text) {
  return {
      .own = {},
      .text =
          [&text](std::string_view path) { return look_up(text.used, path, &dsl::UsedText::text); },
      .closed_days =
          [&text](std::string_view path) {
            return look_up(text.calendars, path, &dsl::UsedCalendar::closed);
          }};
}

std::string protocol_text_json(std::string_view name,
                               std::uint32_t version,
                               const ProtocolText& text) {
  Json json{{"name", name}, {"version", version}, {"text", text.text}};
  for (const auto& [path, used] : text.used) {
    json["files"].push_back({{"path", path}, {"text", used}});
  }
  for (const auto& [path, closed] : text.calendars) {
    json["calendars"].push_back({{"path", path}, {"closed", to_json(closed)}});
  }
  return json.dump();
}

std::expected<ProtocolText, std::string> read_protocol_text(std::string_view json) {
  const Json body = Json::parse(json, nullptr, false);
  auto own = text_in(body, "text");
  if (!own) {
    return std::unexpected("\"text\" must be a text.");
  }
  ProtocolText text{std::move(*own), {}, {}};
  if (!read_list(body, "files", used_text, text.used)) {
    return std::unexpected("\"files\" must be a list of objects with a \"path\" and a \"text\".");
  }
  if (!read_list(body, "calendars", used_calendar, text.calendars)) {
    return std::unexpected(
        "\"calendars\" must be a list of objects with a \"path\" and, in \"closed\", days such as "
        "{\"day\":\"2027-12-25\",\"reason\":\"…\"}.");
  }
  return text;
}

}  // namespace protoflow::runtime
