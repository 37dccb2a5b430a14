// A letter: what one person is told of one notice, as it waits in the outbox of mails. It names its
// reader by id; the address is looked up when it is sent.
#pragma once

#include <cstdint>
#include <expected>
#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "runtime/casebook/reading.hpp"
#include "runtime/channel/channel.hpp"
#include "runtime/mail/asked.hpp"
#include "runtime/mail/mail_words.hpp"

namespace protoflow::runtime {

/// What a letter puts into its reader's calendar, or takes out of it.
struct Meeting {
  std::string uid;
  model::Instant start = model::kNever;
  std::uint32_t sequence = 0;  // the version of the event that says so, in its stream
  bool is_deadline = false;
  bool is_cancelled = false;

  friend bool operator==(const Meeting&, const Meeting&) = default;
};

inline constexpr std::chrono::minutes kSignInLasts{15};
inline constexpr std::string_view kPersonPrefix = "person/";  // of a letter about somebody

struct Letter {
  std::string id;  // of the notice and the reader: the same at each attempt
  std::string person;
  std::string stream;  // what it is about: case/ID, session/ID, partnership/ID, person/ID
  MailTheme theme = MailTheme::news;
  model::Instant due = model::kNever;
  std::chrono::minutes offset{0};  // of the zone's clock from UTC, when it is due
  std::string digest;  // the instant of the mail in which it goes with others; empty: alone
  std::optional<Meeting> meeting;
  std::optional<Asked> asks{};  // what its reader may answer by a link
  std::string link{};           // made when it is sent, and kept nowhere; empty: to the pages
};

/// {"id":"case/ab12:7:0:ines","person":"ines","stream":"case/ab12","theme":"step_waits",
/// "due":"…","offset":60,"digest":"…","meeting":{"uid":"…","start":"…","sequence":7,
/// "deadline":true,"cancelled":true},"asks":{…}}; what is as usual is left out.
[[nodiscard]] std::string letter_json(const Letter& letter);
[[nodiscard]] std::string_view theme_name(MailTheme theme);
[[nodiscard]] std::optional<Letter> read_letter(std::string_view json);

/// A sign-in link for somebody who asked for one; it is sent until `due`, whatever their hours.
[[nodiscard]] OutgoingNotice letter_of_sign_in(const std::string& person,
                                               model::Instant due,
                                               std::uint64_t number);

/// A letter's number in its outbox is made of the notice's and of the reader's place below this:
/// readers in the first half, those who hear of a refusal in the second.
inline constexpr std::uint64_t kReadersMax = 1024;

struct LetterWorld {
  const Reading& reading;
  std::function<std::optional<Contact>(std::string_view person)> contact_of;
  model::Instant now;
  model::Instant told_after = model::Instant::min();  // what happened before makes no letter
};

/// To the person it is for, or else to those of its partner who play its role and are there; only
/// to those who have a contact and want to hear of it.
[[nodiscard]] std::vector<OutgoingNotice> letters_of(const OutgoingNotice& notice,
                                                     const LetterWorld& world);

/// To those who coordinate the protocol that a letter was about: it was refused for good, and
/// whoever should have read it knows nothing. None for such a letter itself.
[[nodiscard]] std::vector<OutgoingNotice> letters_of_refusal(const OutgoingNotice& refused,
                                                             const LetterWorld& world);

}  // namespace protoflow::runtime
