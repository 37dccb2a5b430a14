// What a mail says of a notice, in the reader's language: its theme, and no more. The words are the
// same for every case, protocol and partner.
#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "engine/calendar/calendar.hpp"
#include "engine/duty/notice.hpp"
#include "runtime/people/contact.hpp"

namespace protoflow::runtime {

enum class MailTheme : std::uint8_t {
#define PF_MAIL_WORDS(theme, optional, date, french, english, arabic) theme,
#include "runtime/mail/mail_words.def"
#undef PF_MAIL_WORDS
};

enum class MailDate : std::uint8_t { none, by, on };

struct MailWords {
  bool is_optional = false;
  MailDate date = MailDate::none;
  std::array<std::string_view, 3> sentence;  // by MailLanguage
};

[[nodiscard]] MailTheme theme_of(engine::NoticeKind kind);

[[nodiscard]] const MailWords& words_of(MailTheme theme);

/// A phrase that all mails share, by language.
using MailPhrase = std::array<std::string_view, 3>;

[[nodiscard]] inline std::string_view say(const MailPhrase& phrase, MailLanguage language) {
  return phrase[static_cast<std::size_t>(language)];
}

/// What a calendar calls it: `Rendez-vous`, `Une étape vous attend`.
[[nodiscard]] std::string title_words(MailTheme theme, MailLanguage language);

/// `vendredi 5 mars 2027 à 18 h 00`: never "in 3 days", which a late reader would misread.
[[nodiscard]] std::string date_words(const engine::LocalTime& local, MailLanguage language);

}  // namespace protoflow::runtime
