// How a person wants to be told: where, in which language, at which times. It is personal: in the
// log it stands sealed, under a key of its own that is destroyed when another contact replaces it,
// or when the person is removed. It is opened only to send, and never logged.
#pragma once

#include <chrono>
#include <cstdint>
#include <expected>
#include <optional>
#include <string>
#include <string_view>

#include "engine/event/codec.hpp"
#include "engine/log/record.hpp"
#include "runtime/people/directory.hpp"

namespace protoflow::runtime {

enum class MailLanguage : std::uint8_t { french, english, arabic };

using DayTime = std::chrono::minutes;  // since midnight, on the clock of the reader's zone

/// From `from` until `until`, over midnight when it ends before it begins.
struct QuietHours {
  DayTime from, until;

  friend bool operator==(const QuietHours&, const QuietHours&) = default;
};

struct Contact {
  std::string mail;
  MailLanguage language = MailLanguage::french;
  std::optional<QuietHours> quiet{};
  std::optional<DayTime> digest{};  // one mail a day, at this time
  bool all = true;          // also what asks nothing of them; otherwise only what waits for them
  bool invitations = true;  // to sessions, routines and reviews, for their calendar

  friend bool operator==(const Contact&, const Contact&) = default;
};

/// {"mail":"ines@example.org","language":"fr","quiet":"20:00-08:00","digest":"08:00","all":false,
/// "invitations":false}; only `mail` is needed, another member is refused. `wanted` never repeats
/// what was sent.
[[nodiscard]] std::expected<Contact, BadPerson> read_contact_json(std::string_view json);
[[nodiscard]] std::string contact_json(const Contact& contact);

/// One that mail could be sent to: one `@`, no blank, control character, quote or bracket.
[[nodiscard]] bool is_mail_address(std::string_view address);

[[nodiscard]] std::optional<DayTime> day_time_of(std::string_view text);        // 08:00
[[nodiscard]] std::optional<QuietHours> quiet_hours_of(std::string_view text);  // 20:00-08:00

/// The body of a `person_contact` record, and back: {"person":"ines","key":"contact/…",
/// "commitment":"…","sealed":"…"}; without a key: no contact any more.
[[nodiscard]] std::string sealed_contact_json(const SealedContact& contact);
[[nodiscard]] std::expected<SealedContact, engine::BadRecord> read_sealed_contact(
    std::string_view body);

}  // namespace protoflow::runtime
