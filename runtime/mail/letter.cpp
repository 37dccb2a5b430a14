#include "runtime/mail/letter.hpp"

#include <algorithm>
#include <array>

#include <nlohmann/json.hpp>

#include "runtime/mail/meeting.hpp"
#include "runtime/mail/schedule.hpp"

namespace protoflow::runtime {

namespace {

using Json = nlohmann::ordered_json;

constexpr auto kThemeNames = std::to_array<std::string_view>({
#define PF_MAIL_WORDS(theme, optional, date, french, english, arabic) #theme,
#include "runtime/mail/mail_words.def"
#undef PF_MAIL_WORDS
});

// Those who play the role are in the order of their ids, so that each keeps their place.
std::vector<std::string> readers_of(const Json& notice, const Directory& people) {
  const auto person = notice.value("person", "");
  if (!person.empty()) {
    return {person};
  }
  const auto role = notice.value("role", "");
  const auto partner = notice.value("partner", "");
  std::vector<std::string> readers;
  for (const auto& [id, each] : people.all()) {
    if (each.partner == partner && std::ranges::find(each.roles, role) != each.roles.end()) {
      readers.push_back(id);
    }
  }
  readers.resize(std::min<std::size_t>(readers.size(), kReadersMax / 2));
  return readers;
}

std::optional<engine::NoticeKind> kind_of(const Json& notice) {
  const auto* const found = std::ranges::find(engine::kNoticeKindNames, notice.value("kind", ""));
  return found == engine::kNoticeKindNames.end() ? std::nullopt
                                                 : std::optional(static_cast<engine::NoticeKind>(
                                                       found - engine::kNoticeKindNames.begin()));
}

std::chrono::minutes offset_at(model::Instant instant, const model::ZoneTable& zone) {
  const auto local = engine::to_local(instant, zone);
  return std::chrono::round<std::chrono::minutes>(local.date + local.time_of_day - instant);
}

}  // namespace

std::string_view theme_name(MailTheme theme) {
  return kThemeNames[static_cast<std::size_t>(theme)];
}

std::string letter_json(const Letter& letter) {
  Json json{{"id", letter.id},
            {"person", letter.person},
            {"stream", letter.stream},
            {"theme", theme_name(letter.theme)}};
  if (letter.due != model::kNever) {
    json["due"] = engine::to_text(letter.due);
    json["offset"] = letter.offset.count();
  }
  if (!letter.digest.empty()) {
    json["digest"] = letter.digest;
  }
  if (letter.meeting) {
    json["meeting"] = meeting_json(*letter.meeting);
  }
  if (letter.asks) {
    json["asks"] = Json::parse(asked_json(*letter.asks));
  }
  return json.dump();
}

std::optional<Letter> read_letter(std::string_view text) {
  const auto json = Json::parse(text, nullptr, false);
  if (!json.is_object()) {
    return std::nullopt;
  }
  const auto* const theme = std::ranges::find(kThemeNames, json.value("theme", ""));
  const auto due = engine::to_instant(json.value("due", ""));
  if (theme == kThemeNames.end()) {
    return std::nullopt;
  }
  return Letter{.id = json.value("id", ""),
                .person = json.value("person", ""),
                .stream = json.value("stream", ""),
                .theme = static_cast<MailTheme>(theme - kThemeNames.begin()),
                .due = due.value_or(model::kNever),
                .offset = std::chrono::minutes(json.value("offset", 0)),
                .digest = json.value("digest", ""),
                .meeting = json.contains("meeting") ? read_meeting(json["meeting"]) : std::nullopt,
                .asks = json.contains("asks") ? read_asked(json["asks"].dump()) : std::nullopt};
}

OutgoingNotice letter_of_sign_in(const std::string& person,
                                 model::Instant due,
                                 std::uint64_t number) {
  const Letter letter{.id = "sign-in:" + std::to_string(number),
                      .person = person,
                      .stream = std::string(kPersonPrefix) + person,
                      .theme = MailTheme::sign_in,
                      .due = due};
  // A stream of its own: no letter that waits for the morning stands in its way.
  return {.number = number,
          .id = letter.id,
          .stream = "sign-in/" + person,
          .json = letter_json(letter)};
}

std::vector<OutgoingNotice> letters_of(const OutgoingNotice& notice, const LetterWorld& world) {
  const auto& [reading, contact_of, now, told_after] = world;
  const auto json = Json::parse(notice.json, nullptr, false);
  const auto kind = json.is_object() ? kind_of(json) : std::nullopt;
  if (!kind || !reading.has_live(notice.stream) ||
      engine::to_instant(json.value("at", "")).value_or(now) < told_after) {
    return {};
  }
  const auto plan = reading.look_at(notice.stream, [](const auto& file) { return file.plan; });
  const auto& zone = plan->work_time.zone;
  Letter letter{.stream = notice.stream,
                .theme = theme_of(*kind),
                .due = engine::to_instant(json.value("due", "")).value_or(model::kNever),
                .asks = asked_by(*kind, notice.stream, notice.json)};
  letter.offset = letter.due == model::kNever ? letter.offset : offset_at(letter.due, zone);
  const auto meeting = meeting_of(*kind, notice, reading);
  std::vector<OutgoingNotice> letters;
  std::uint64_t place = 0;
  for (const auto& person : readers_of(json, reading.people)) {
    const auto number = notice.number * kReadersMax + place++;
    const auto contact = contact_of(person);
    if (!contact || (words_of(letter.theme).is_optional && !contact->all) ||
        is_away(reading.people.standing(person), zone, now)) {
      continue;
    }
    letter.meeting = contact->invitations ? meeting : std::nullopt;
    auto times = *contact;
    if (letter.meeting) {
      times.digest.reset();  // an invitation is a mail of its own
    }
    const auto leaving = when_to_send(times, now, letter.due, zone);
    letter.id = notice.id + ":" + person;
    letter.person = person;
    letter.digest = leaving.in_digest ? engine::to_text(leaving.at) : "";
    letters.push_back({.number = number,
                       .id = letter.id,
                       .stream = person,
                       .json = letter_json(letter),
                       .not_before = leaving.at});
  }
  return letters;
}

std::vector<OutgoingNotice> letters_of_refusal(const OutgoingNotice& refused,
                                               const LetterWorld& world) {
  const auto lost = read_letter(refused.json);
  if (!lost || lost->theme == MailTheme::address_refused || !world.reading.has_live(lost->stream)) {
    return {};
  }
  const auto plan = world.reading.look_at(lost->stream, [](const auto& file) { return file.plan; });
  const auto& role = plan->protocol[plan->protocol.coordinated_by].name;
  std::vector<OutgoingNotice> letters;
  auto number = refused.number - refused.number % kReadersMax + kReadersMax / 2;
  const auto end = number + kReadersMax / 2 - 1;
  for (const auto& [id, person] : world.reading.people.all()) {
    const bool coordinates = std::ranges::find(person.roles, role) != person.roles.end();
    const auto contact = coordinates && id != lost->person ? world.contact_of(id) : std::nullopt;
    if (!contact || number == end) {
      continue;
    }
    const auto leaving = when_to_send(*contact, world.now, model::kNever, plan->work_time.zone);
    const Letter letter{.id = lost->id + ":refused:" + id,
                        .person = id,
                        .stream = std::string(kPersonPrefix) + lost->person,
                        .theme = MailTheme::address_refused,
                        .digest = leaving.in_digest ? engine::to_text(leaving.at) : ""};
    letters.push_back({.number = number++,
                       .id = letter.id,
                       .stream = id,
                       .json = letter_json(letter),
                       .not_before = leaving.at});
  }
  return letters;
}

}  // namespace protoflow::runtime
