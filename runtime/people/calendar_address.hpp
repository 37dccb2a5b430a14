// Who has a calendar to subscribe to, and the hash of the secret in its address. The secret itself
// is said once, when it is made, and kept nowhere.
#pragma once

#include <expected>
#include <map>
#include <string>
#include <string_view>

#include "engine/log/record.hpp"

namespace protoflow::runtime {

inline constexpr std::string_view kCalendarAddress = "calendar_address";

/// Of a person, or of a partner by its name.
struct CalendarAddress {
  std::string person, partner;
  std::string hash;  // SHA-256 of the secret, hexadecimal; empty: revoked

  friend bool operator==(const CalendarAddress&, const CalendarAddress&) = default;
};

/// The body of a `calendar_address` record of the stream `people`, and back:
/// {"person":"ines","hash":"…"} or {"partner":"association","hash":"…"}; without a hash: revoked.
[[nodiscard]] std::string calendar_address_json(const CalendarAddress& address);
[[nodiscard]] std::expected<CalendarAddress, engine::BadRecord> read_calendar_address(
    std::string_view body);

[[nodiscard]] std::string hash_of_secret(std::string_view secret);

/// One for each person and partner: the newest.
class CalendarAddresses {
 public:
  void put(CalendarAddress address);

  /// nullptr: there is none with this secret.
  [[nodiscard]] const CalendarAddress* with_secret(std::string_view secret) const;

  /// nullptr: none, or revoked.
  [[nodiscard]] const CalendarAddress* of(std::string_view person, std::string_view partner) const;

 private:
  std::map<std::string, CalendarAddress> by_owner_;
  std::map<std::string, std::string> owners_;  // by hash
};

}  // namespace protoflow::runtime
