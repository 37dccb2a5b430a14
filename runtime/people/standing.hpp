// What the directory records of persons who are not there: an absence by its days, a return, a
// removal for good. Days are those of each protocol's own time zone. Records of the stream
// `people`, beside `person_registered`; each live case hears of them as an errand.
#pragma once

#include <array>
#include <chrono>
#include <cstdint>
#include <expected>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "engine/log/record.hpp"
#include "engine/people/matching.hpp"

namespace protoflow::runtime {

enum class PersonChangeKind : std::uint8_t { person_absent, person_returned, person_removed };

inline constexpr auto kPersonChangeNames =
    std::to_array<std::string_view>({"person_absent", "person_returned", "person_removed"});

struct PersonChange {
  PersonChangeKind kind = PersonChangeKind::person_absent;
  std::string person;
  std::optional<std::chrono::sys_days> from;   // person_absent: none, from when it is recorded
  std::optional<std::chrono::sys_days> until;  // person_absent: the last day; none, nobody knows
  std::string to;  // person_removed: the colleague who has the work from then on; empty: the role

  friend bool operator==(const PersonChange&, const PersonChange&) = default;
};

/// The newest that the directory says of somebody.
struct Standing {
  PersonChange change;
  std::uint64_t version = 0;           // of the record that says so
  std::vector<std::uint64_t> earlier;  // those since they were last there, which it ends or extends
};

/// The body of a record, and back: {"person":"…","from":"2027-03-01","until":"2027-03-12"},
/// {"person":"…"}, {"person":"…","to":"…"}. What is not said is left out; another member is
/// refused.
[[nodiscard]] std::string change_json(const PersonChange& change);
[[nodiscard]] std::expected<PersonChange, engine::BadRecord> read_change(std::string_view kind,
                                                                         std::string_view body);

[[nodiscard]] std::optional<PersonChangeKind> change_kind(std::string_view name);

/// Whether the newest that is said of somebody is an absence, and holds at that instant; nothing is
/// said of who has always been there.
[[nodiscard]] bool is_away(const Standing* standing,
                           const model::ZoneTable& zone,
                           model::Instant at);

/// The absence on the clock of a zone: back when the day after the last one begins.
[[nodiscard]] engine::TimeAway time_away(const PersonChange& absence, const model::ZoneTable& zone);

}  // namespace protoflow::runtime
