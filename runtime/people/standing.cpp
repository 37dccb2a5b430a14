#include "runtime/people/standing.hpp"

#include <algorithm>

#include <nlohmann/json.hpp>

#include "engine/model/value.hpp"

namespace protoflow::runtime {

namespace {

using Json = nlohmann::ordered_json;

const model::Information kDate{.type = model::InformationType::date};

std::string day_text(std::chrono::sys_days day) {
  return model::value_text(kDate, {.number = day.time_since_epoch().count()});
}

std::optional<std::chrono::sys_days> day_of(const std::string& text) {
  const auto read = model::parse_value(kDate, text);
  return read ? std::optional(std::chrono::sys_days{std::chrono::days{read->number}})
              : std::nullopt;
}

std::unexpected<engine::BadRecord> bad(std::string member, std::string wanted) {
  return std::unexpected(engine::BadRecord{std::move(member), std::move(wanted)});
}

// false: the change has no such member, or it cannot be that.
bool read_member(PersonChange& change, const std::string& member, const std::string& text) {
  const bool absent = change.kind == PersonChangeKind::person_absent;
  if (member == "person") {
    change.person = text;
    return !text.empty();
  }
  if (member == "to") {
    change.to = text;
    return !text.empty() && change.kind == PersonChangeKind::person_removed;
  }
  if (member == "from" || member == "until") {
    auto& day = member == "from" ? change.from : change.until;
    day = day_of(text);
    return absent && day;
  }
  return false;
}

}  // namespace

std::optional<PersonChangeKind> change_kind(std::string_view name) {
  const auto* const found = std::ranges::find(kPersonChangeNames, name);
  return found == kPersonChangeNames.end()
             ? std::nullopt
             : std::optional(static_cast<PersonChangeKind>(found - kPersonChangeNames.begin()));
}

std::string change_json(const PersonChange& change) {
  Json json{{"person", change.person}};
  if (change.from) {
    json["from"] = day_text(*change.from);
  }
  if (change.until) {
    json["until"] = day_text(*change.until);
  }
  if (!change.to.empty()) {
    json["to"] = change.to;
  }
  return json.dump();
}

std::expected<PersonChange, engine::BadRecord> read_change(std::string_view kind,
                                                           std::string_view body) {
  const auto known = change_kind(kind);
  const auto json = Json::parse(body, nullptr, false);
  if (!known || !json.is_object()) {
    return bad("body", "is no change of a person");
  }
  PersonChange change{.kind = *known};
  for (const auto& [member, value] : json.items()) {
    const auto text = value.is_string() ? value.get<std::string>() : std::string();
    if (!read_member(change, member, text)) {
      return bad(member, "is not as it should be");
    }
  }
  if (change.person.empty()) {
    return bad("person", "is missing");
  }
  if (change.from && change.until && *change.until < *change.from) {
    return bad("until", "is a day before `from`");
  }
  return change;
}

engine::TimeAway time_away(const PersonChange& absence, const model::ZoneTable& zone) {
  const auto at = [&](std::chrono::sys_days day) { return engine::to_instant({day}, zone); };
  return {.from = absence.from ? at(*absence.from) : model::Instant::min(),
          .until = absence.until ? at(*absence.until + std::chrono::days(1)) : model::kNever};
}

bool is_away(const Standing* standing, const model::ZoneTable& zone, model::Instant at) {
  return standing != nullptr && standing->change.kind == PersonChangeKind::person_absent &&
         engine::is_absent({time_away(standing->change, zone)}, at);
}

}  // namespace protoflow::runtime
