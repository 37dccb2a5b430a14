// The directory of people: who belongs to which partner and may play which roles. A person is a
// pseudonymous id; no name is kept here, and an address only sealed. Its history is the stream
// `people`.
#pragma once

#include <array>
#include <chrono>
#include <cstdint>
#include <expected>
#include <map>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "engine/event/codec.hpp"
#include "engine/event/event.hpp"
#include "engine/log/record.hpp"
#include "engine/people/matching.hpp"
#include "runtime/people/calendar_address.hpp"
#include "runtime/people/standing.hpp"
#include "runtime/people/tokens.hpp"

namespace protoflow::runtime {

inline constexpr std::string_view kPeopleStream = "people";
inline constexpr std::string_view kPersonRegistered = "person_registered";
inline constexpr std::string_view kPersonContact = "person_contact";

/// What a person was trained in, by the competence's name; valid on both days and between.
struct PersonTraining {
  std::string competence;
  std::chrono::sys_days from, until;

  friend bool operator==(const PersonTraining&, const PersonTraining&) = default;
};

inline constexpr std::uint8_t kEveryDay = 0b1111111;
inline constexpr std::array<std::string_view, 7> kDayNames = {
    "monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"};

/// Bit 0 is Monday; nothing when a name is no day.
[[nodiscard]] std::optional<std::uint8_t> days_of(const std::vector<std::string>& names);

struct Person {
  std::string id;
  std::string partner;  // by name, as in the protocols
  std::vector<std::string>
      roles;  // by name; the beneficiary of a case plays `beneficiary` or `bénéficiaire`
  std::vector<std::string> speaks;        // BCP 47 tags
  std::vector<PersonTraining> trainings;  // asked of volunteers
  std::uint8_t available = kEveryDay;     // bit 0 is Monday
  std::uint16_t cases_max = 0;            // 0: as many as the role takes

  friend bool operator==(const Person&, const Person&) = default;
};

/// Who writes something in the directory, and under which id, chosen by the sender: the same id
/// twice writes once.
struct Writing {
  std::string by;          // a person of it; empty: the operator, whom the token alone lets in
  std::string command_id;  // empty: none
};

/// How somebody is to be reached, as the log has it: see contact.hpp.
struct SealedContact {
  std::string person;
  std::string key;  // of the vault, for this contact alone; empty: no contact
  engine::SealedText sealed;
};

class Directory {
 public:
  /// Nobody who was removed.
  [[nodiscard]] const Person* find(std::string_view id) const;

  [[nodiscard]] const std::map<std::string, Person, std::less<>>& all() const { return people_; }

  /// `version` is that of the record: who had been removed is back with it.
  void put(Person person, std::uint64_t version = 0);

  /// Whoever is removed has no token any more.
  void take(PersonChange change, std::uint64_t version);

  [[nodiscard]] const TokenBook& tokens() const { return tokens_; }

  [[nodiscard]] TokenBook& tokens() { return tokens_; }

  /// The newest contact; the one before it is spent.
  void put_contact(SealedContact contact);

  /// nullptr: none.
  [[nodiscard]] const SealedContact* contact(std::string_view person) const;

  /// Those that were replaced, and those of persons removed, since last asked: their keys are to be
  /// destroyed.
  [[nodiscard]] std::vector<SealedContact> take_spent_contacts() {
    return std::exchange(spent_, {});
  }

  void put_calendar(CalendarAddress address) { calendars_.put(std::move(address)); }

  [[nodiscard]] const CalendarAddresses& calendars() const { return calendars_; }

  /// A record of it was written under that id.
  void note_command(std::string command_id) { commands_.insert(std::move(command_id)); }

  [[nodiscard]] bool has_command(const std::string& command_id) const {
    return !command_id.empty() && commands_.contains(command_id);
  }

  /// Nothing when they have always been there.
  [[nodiscard]] const Standing* standing(std::string_view id) const;

 private:
  std::map<std::string, Person, std::less<>> people_;
  std::map<std::string, Standing, std::less<>> standings_;
  std::map<std::string, SealedContact, std::less<>> contacts_;
  std::vector<SealedContact> spent_;
  CalendarAddresses calendars_;
  std::set<std::string> commands_;  // of senders
  TokenBook tokens_;
};

/// 1 to 64 letters, digits, `.`, `-` or `_`: fit for a log line and a URL.
[[nodiscard]] bool is_person_id(std::string_view id);

/// What is wrong in the description of a person: the member, and what it should be.
struct BadPerson {
  std::string member;
  std::string wanted;
};

/// A person as a JSON object, as the API and the records write it, and back:
/// {"person":"…","partner":"…","roles":["…"],"speaks":["ar"],"trainings":[{"competence":"…",
/// "from":"2027-01-01","until":"2027-12-31"}],"available":["monday"],"cases_max":3}. What is as
/// usual is left out.
[[nodiscard]] std::string person_json(const Person& person);
[[nodiscard]] std::expected<Person, BadPerson> read_person_json(std::string_view json);

/// The members `actor` and `command` of a record of the directory about `person`.
[[nodiscard]] std::string actor_json(const Writing& writing);
[[nodiscard]] std::string command_id_of(const Writing& writing, std::string_view person);

/// Of a `person_registered` record.
[[nodiscard]] std::expected<Person, engine::BadRecord> read_person(const engine::Record& record);

/// The person as an actor of one protocol: its own partner and the roles of that protocol among
/// hers.
[[nodiscard]] engine::Actor actor_of(const Person& person, const model::Protocol& protocol);

/// The person as somebody who could be asked; how many cases she has is left at 0.
[[nodiscard]] engine::Candidate candidate_of(const Person& person, const model::Protocol& protocol);

}  // namespace protoflow::runtime
