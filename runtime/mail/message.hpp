// A mail as its reader sees it: a few neutral lines, as text and as HTML, and what its headers say.
// Pure. What it never holds: a name, a title, a value, the words of anybody.
#pragma once

#include <span>
#include <string>
#include <string_view>

#include "runtime/mail/letter.hpp"

namespace protoflow::runtime {

/// Who writes, and where the pages are.
struct MailSite {
  std::string from;  // ines@example.org, or Name <ines@example.org>
  std::string link;  // https://example.org, without a slash at its end; empty: mails hold no link
};

struct MailMessage {
  std::string subject;
  std::string text, html;  // UTF-8, lines end in \n
  std::string message_id;  // <…@domain>, made of the letters' ids: the same at each attempt
  std::string thread;      // <…@domain>, of what it is about; empty: of several things
  bool is_optional = false;
  std::string calendar;       // an invitation, or its end; empty: none
  bool is_cancelled = false;  // what the calendar says
};

/// Of one letter, or of several that leave together. Requires at least one.
[[nodiscard]] MailMessage compose(std::span<const Letter> letters,
                                  MailLanguage language,
                                  const MailSite& site);

/// What the letter puts into the reader's calendar; empty when it puts nothing there. `now` stamps
/// it.
[[nodiscard]] std::string invitation_of(const Letter& letter,
                                        const Contact& contact,
                                        const MailSite& site,
                                        model::Instant now);

/// Where the pages show it: LINK/cases/ab12 of "case/ab12"; empty without a link.
[[nodiscard]] std::string link_to(const std::string& stream, const MailSite& site);

/// `Référence : ab12`.
[[nodiscard]] std::string reference_words(const std::string& stream, MailLanguage language);

/// `ines@example.org` of `Name <ines@example.org>`; empty when it is no address.
[[nodiscard]] std::string address_in(std::string_view from);

/// As the value of a header (RFC 2047): ASCII stays, anything else becomes encoded words, folded.
[[nodiscard]] std::string header_text(std::string_view text);

/// `Mon, 01 Mar 2027 08:00:00 +0000` (RFC 5322, 3.3).
[[nodiscard]] std::string header_date(model::Instant instant);

}  // namespace protoflow::runtime
