// The directory of people: who belongs to which partner and may play which roles. A person is a
// pseudonymous id; no name, no address is kept here. Its history is the stream `people`.
#pragma once

#include <expected>
#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "engine/event/event.hpp"
#include "engine/log/record.hpp"

namespace protoflow::runtime {

inline constexpr std::string_view kPeopleStream = "people";
inline constexpr std::string_view kPersonRegistered = "person_registered";

struct Person {
  std::string id;
  std::string partner;  // by name, as in the protocols
  std::vector<std::string>
      roles;  // by name; the beneficiary of a case plays `beneficiary` or `bénéficiaire`

  friend bool operator==(const Person&, const Person&) = default;
};

class Directory {
 public:
  [[nodiscard]] const Person* find(std::string_view id) const;

  [[nodiscard]] const std::map<std::string, Person, std::less<>>& all() const { return people_; }

  void put(Person person);

 private:
  std::map<std::string, Person, std::less<>> people_;
};

/// 1 to 64 letters, digits, `.`, `-` or `_`: fit for a log line and a URL.
[[nodiscard]] bool is_person_id(std::string_view id);

/// The body of a `person_registered` record, and back.
[[nodiscard]] std::string person_json(const Person& person);
[[nodiscard]] std::expected<Person, engine::BadRecord> read_person(const engine::Record& record);

/// The person as an actor of one protocol: its own partner and the roles of that protocol among
/// hers.
[[nodiscard]] engine::Actor actor_of(const Person& person, const model::Protocol& protocol);

}  // namespace protoflow::runtime
