#include "runtime/people/directory.hpp"

#include <algorithm>

#include <nlohmann/json.hpp>

namespace protoflow::runtime {

using Json = nlohmann::ordered_json;

const Person* Directory::find(std::string_view id) const {
  const auto found = people_.find(id);
  return found == people_.end() ? nullptr : &found->second;
}

void Directory::put(Person person) {
  auto id = person.id;
  people_.insert_or_assign(std::move(id), std::move(person));
}

bool is_person_id(std::string_view id) {
  const auto fits = [](char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '.' ||
           c == '-' || c == '_';
  };
  return !id.empty() && id.size() <= 64 && std::ranges::all_of(id, fits);
}

std::string person_json(const Person& person) {
  return Json{{"person", person.id}, {"partner", person.partner}, {"roles", person.roles}}.dump();
}

std::expected<Person, engine::BadRecord> read_person(const engine::Record& record) {
  const auto json = Json::parse(record.body, nullptr, false);
  const bool shaped = json.is_object() && json.contains("person") && json["person"].is_string() &&
                      json.contains("partner") && json["partner"].is_string() &&
                      json.contains("roles") && json["roles"].is_array();
  if (!shaped) {
    return std::unexpected(engine::BadRecord{"body", "does not describe a person"});
  }
  Person person{.id = json["person"].get<std::string>(),
                .partner = json["partner"].get<std::string>()};
  for (const auto& role : json["roles"]) {
    if (!role.is_string()) {
      return std::unexpected(engine::BadRecord{"body", "has a role that is not a name"});
    }
    person.roles.push_back(role.get<std::string>());
  }
  return person;
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

}  // namespace protoflow::runtime
