#include "runtime/people/directory.hpp"

#include <algorithm>

#include <nlohmann/json.hpp>

#include "engine/model/value.hpp"

namespace protoflow::runtime {

using Json = nlohmann::ordered_json;

const Person* Directory::find(std::string_view id) const {
  const auto found = people_.find(id);
  return found == people_.end() ? nullptr : &found->second;
}

void Directory::put(Person person, std::uint64_t version) {
  auto id = person.id;
  const auto* before = standing(id);
  if (before != nullptr && before->change.kind == PersonChangeKind::person_removed) {
    take({.kind = PersonChangeKind::person_returned, .person = id}, version);
  }
  people_.insert_or_assign(std::move(id), std::move(person));
}

void Directory::take(PersonChange change, std::uint64_t version) {
  if (change.kind == PersonChangeKind::person_removed) {
    people_.erase(change.person);
    tokens_.revoke_all_of(change.person);
    put_contact({.person = change.person});
    put_calendar({.person = change.person});
  }
  auto& now = standings_[change.person];
  if (now.change.kind == PersonChangeKind::person_returned) {
    now.earlier.clear();
  } else if (now.version != 0) {
    now.earlier.push_back(now.version);
  }
  now.change = std::move(change);
  now.version = version;
}

void Directory::put_contact(SealedContact contact) {
  auto& now = contacts_[contact.person];
  if (!now.key.empty()) {
    spent_.push_back(std::move(now));
  }
  now = std::move(contact);
}

const SealedContact* Directory::contact(std::string_view person) const {
  const auto found = contacts_.find(person);
  return found == contacts_.end() || found->second.key.empty() ? nullptr : &found->second;
}

const Standing* Directory::standing(std::string_view id) const {
  const auto found = standings_.find(id);
  return found == standings_.end() ? nullptr : &found->second;
}

bool is_person_id(std::string_view id) {
  const auto fits = [](char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '.' ||
           c == '-' || c == '_';
  };
  return !id.empty() && id.size() <= 64 && std::ranges::all_of(id, fits);
}

namespace {

const model::Information kDate{.type = model::InformationType::date};
constexpr std::uint64_t kCasesMost = 10'000;

// Reads the members of one object; remembers the first that is wrong.
class Members {
 public:
  explicit Members(Json json) : json_(std::move(json)) {}

  std::optional<BadPerson> bad;

  [[nodiscard]] std::string text(const char* member) { return text_of(json_, member); }

  [[nodiscard]] std::vector<std::string> texts(const char* member) {
    std::vector<std::string> list;
    for (const auto& item : items(member, "a list of texts")) {
      if (!item.is_string()) {
        fail(member, "a list of texts");
        break;
      }
      list.push_back(item.get<std::string>());
    }
    return list;
  }

  [[nodiscard]] std::uint8_t days(const char* member) {
    if (!json_.contains(member)) {
      return kEveryDay;
    }
    const auto mask = days_of(texts(member));
    if (!mask) {
      fail(member, "a list of days, from monday to sunday");
    }
    return mask.value_or(kEveryDay);
  }

  [[nodiscard]] std::uint16_t count(const char* member) {
    const auto found = json_.find(member);
    if (found == json_.end()) {
      return 0;
    }
    if (!found->is_number_unsigned() || found->get<std::uint64_t>() > kCasesMost) {
      fail(member, "a whole number up to " + std::to_string(kCasesMost));
      return 0;
    }
    return found->get<std::uint16_t>();
  }

  [[nodiscard]] std::vector<PersonTraining> trainings(const char* member) {
    std::vector<PersonTraining> list;
    for (const auto& item : items(member, "a list of trainings")) {
      if (!item.is_object()) {
        fail(member, "a list of objects with competence, from and until");
        break;
      }
      PersonTraining training{text_of(item, "competence"), day(item, "from"), day(item, "until")};
      if (training.until < training.from) {
        fail("until", "a day not before `from`");
      }
      list.push_back(std::move(training));
    }
    return list;
  }

  void fail(std::string member, std::string wanted) {
    if (!bad) {
      bad = BadPerson{std::move(member), std::move(wanted)};
    }
  }

 private:
  [[nodiscard]] std::string text_of(const Json& json, const char* member) {
    const auto found = json.find(member);
    if (found == json.end() || !found->is_string()) {
      fail(member, "text");
      return {};
    }
    return found->get<std::string>();
  }

  [[nodiscard]] std::chrono::sys_days day(const Json& json, const char* member) {
    const auto read = model::parse_value(kDate, text_of(json, member));
    if (!read) {
      fail(member, "a day such as 2027-12-31");
      return {};
    }
    return std::chrono::sys_days{std::chrono::days{read->number}};
  }

  [[nodiscard]] Json items(const char* member, const char* wanted) {
    const auto found = json_.find(member);
    if (found == json_.end()) {
      return Json::array();
    }
    if (!found->is_array()) {
      fail(member, wanted);
      return Json::array();
    }
    return *found;
  }

  Json json_;
};

std::string day_text(std::chrono::sys_days day) {
  return model::value_text(kDate, {.number = day.time_since_epoch().count()});
}

}  // namespace

std::optional<std::uint8_t> days_of(const std::vector<std::string>& names) {
  std::uint8_t mask = 0;
  for (const auto& name : names) {
    const auto* const found = std::ranges::find(kDayNames, name);
    if (found == kDayNames.end()) {
      return std::nullopt;
    }
    mask = static_cast<std::uint8_t>(mask | 1U << static_cast<unsigned>(found - kDayNames.begin()));
  }
  return mask;
}

std::string person_json(const Person& person) {
  Json json{{"person", person.id}, {"partner", person.partner}, {"roles", person.roles}};
  if (!person.speaks.empty()) {
    json["speaks"] = person.speaks;
  }
  for (const auto& training : person.trainings) {
    json["trainings"].push_back({{"competence", training.competence},
                                 {"from", day_text(training.from)},
                                 {"until", day_text(training.until)}});
  }
  if (person.available != kEveryDay) {
    json["available"] = Json::array();
    for (std::size_t day = 0; day < kDayNames.size(); ++day) {
      if ((person.available >> day & 1U) != 0) {
        json["available"].push_back(kDayNames[day]);
      }
    }
  }
  if (person.cases_max != 0) {
    json["cases_max"] = person.cases_max;
  }
  return json.dump();
}

std::expected<Person, BadPerson> read_person_json(std::string_view json) {
  auto object = Json::parse(json, nullptr, false);
  if (!object.is_object()) {
    return std::unexpected(BadPerson{"body", "a JSON object"});
  }
  Members members(std::move(object));
  Person person{.id = members.text("person"),
                .partner = members.text("partner"),
                .roles = members.texts("roles"),
                .speaks = members.texts("speaks"),
                .trainings = members.trainings("trainings"),
                .available = members.days("available"),
                .cases_max = members.count("cases_max")};
  if (members.bad) {
    return std::unexpected(*members.bad);
  }
  return person;
}

std::expected<Person, engine::BadRecord> read_person(const engine::Record& record) {
  auto person = read_person_json(record.body);
  if (!person) {
    return std::unexpected(engine::BadRecord{
        "body",
        "does not describe a person: " + person.error().member + " is not as it should be"});
  }
  return std::move(*person);
}

engine::Candidate candidate_of(const Person& person, const model::Protocol& protocol) {
  auto actor = actor_of(person, protocol);
  engine::Candidate candidate{.person = person.id,
                              .partner = actor.partner,
                              .plays = std::move(actor.plays),
                              .speaks = person.speaks,
                              .available = person.available,
                              .cases_max = person.cases_max};
  for (const auto& training : person.trainings) {
    const auto competence =
        model::find<model::CompetenceId>(protocol.competences, training.competence);
    if (competence.known()) {
      candidate.trainings.push_back({competence, training.from, training.until});
    }
  }
  return candidate;
}

engine::Actor actor_of(const Person& person, const model::Protocol& protocol) {
  engine::Actor actor{.person = person.id,
                      .partner = model::find<model::PartnerId>(protocol.partners, person.partner)};
  for (const auto& name : person.roles) {
    const auto role = model::find<model::RoleId>(protocol.roles, name);
    if (role.known()) {
      actor.plays.push_back(role);
    }
  }
  return actor;
}

std::string actor_json(const Writing& writing) {
  return writing.by.empty() ? "{}" : Json{{"person", writing.by}}.dump();
}

std::string command_id_of(const Writing& writing, std::string_view person) {
  return writing.command_id.empty() ? "person-" + std::string(person) : writing.command_id;
}

}  // namespace protoflow::runtime
