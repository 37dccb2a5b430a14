#include "runtime/mail/message.hpp"

#include <sodium.h>

#include <algorithm>
#include <array>

#include "dsl/source/utf8.hpp"
#include "runtime/calendar/calendar_text.hpp"
#include "runtime/mail/page.hpp"
#include "runtime/words/plain_text.hpp"

namespace protoflow::runtime {

namespace {

constexpr MailPhrase kHello = {"Bonjour,", "Hello,", "مرحبا،"};
constexpr MailPhrase kBy = {"À faire avant le", "Due by", "قبل"};
constexpr MailPhrase kOn = {"Date\u00A0:", "Date:", "التاريخ:"};
constexpr MailPhrase kReference = {"Référence\u00A0:", "Reference:", "المرجع:"};
constexpr MailPhrase kOpen = {"Voir et répondre", "Read and answer", "الاطلاع والرد"};
constexpr MailPhrase kSignIn = {"Se connecter", "Sign in", "تسجيل الدخول"};
constexpr MailPhrase kColon = {"\u00A0: ", ": ", ": "};
constexpr MailPhrase kSeveral = {"Voici ce qui vous attend et ce qui a changé.",
                                 "This is what waits for you and what has changed.",
                                 "هذا ما ينتظركم وما تغيّر."};
constexpr MailPhrase kDigest = {"Votre résumé du jour", "Your digest of the day", "ملخص اليوم"};
constexpr MailPhrase kDiscreet = {
    "Ce message est automatique. Par discrétion, il n’en dit pas plus.",
    "This message is automatic. Out of discretion, it says no more.",
    "هذه رسالة آلية. حفاظا على الخصوصية، لا تذكر أكثر من ذلك."};

std::string id_of(std::string_view what, const MailSite& site) {
  constexpr std::size_t kLetters = 32;
  const auto address = address_in(site.from);
  return "<" + engine::to_hex(engine::sha256(what)).substr(0, kLetters) +
         address.substr(std::min(address.find('@'), address.size())) + ">";
}

MailItem item_of(const Letter& letter, MailLanguage language, const MailSite& site) {
  const auto& words = words_of(letter.theme);
  MailItem item{.sentence = std::string(words.sentence[static_cast<std::size_t>(language)]),
                .reference = reference_words(letter.stream, language),
                .link = letter.link.empty() ? link_to(letter.stream, site) : letter.link};
  if (words.date != MailDate::none && letter.due != model::kNever) {
    const auto local = letter.due + letter.offset;
    const auto day = std::chrono::floor<std::chrono::days>(local);
    item.date = std::string(say(words.date == MailDate::by ? kBy : kOn, language)) + " " +
                date_words(engine::LocalTime{day, local - day}, language);
  }
  return item;
}

std::string text_of(const MailPage& page, MailLanguage language) {
  std::string text = page.hello + "\n\n" + (page.lead.empty() ? "" : page.lead + "\n\n");
  for (const auto& item : page.items) {
    text += item.sentence + "\n";
    for (const auto& line : {item.date, item.reference}) {
      text += line.empty() ? "" : line + "\n";
    }
    text += item.link.empty() ? "\n"
                              : page.open + std::string(say(kColon, language)) + item.link + "\n\n";
  }
  return text + page.foot + "\n";
}

}  // namespace

MailMessage compose(std::span<const Letter> letters, MailLanguage language, const MailSite& site) {
  const bool in_digest = !letters.front().digest.empty();
  MailPage page{
      .language = language,
      .title = std::string(
          in_digest ? say(kDigest, language)
                    : words_of(letters.front().theme).sentence[static_cast<std::size_t>(language)]),
      .hello = std::string(say(kHello, language)),
      .lead = std::string(in_digest ? say(kSeveral, language) : std::string_view()),
      .open =
          std::string(say(letters.front().theme == MailTheme::sign_in ? kSignIn : kOpen, language)),
      .foot = std::string(say(kDiscreet, language))};
  std::string ids;
  bool is_optional = true;
  for (const auto& letter : letters) {
    page.items.push_back(item_of(letter, language, site));
    ids += letter.id + "\n";
    is_optional = is_optional && words_of(letter.theme).is_optional;
  }
  auto subject = page.title;
  subject.resize(subject.size() - (subject.ends_with('.') ? 1 : 0));
  return {.subject = std::move(subject),
          .text = text_of(page, language),
          .html = html_of(page),
          .message_id = id_of(ids, site),
          .thread =
              in_digest ? "" : id_of(letters.front().stream + "\n" + letters.front().person, site),
          .is_optional = is_optional};
}

std::string invitation_of(const Letter& letter,
                          const Contact& contact,
                          const MailSite& site,
                          model::Instant now) {
  if (!letter.meeting) {
    return "";
  }
  const auto& meeting = *letter.meeting;
  return invitation_text({.uid = meeting.uid,
                          .summary = title_words(letter.theme, contact.language),
                          .description = reference_words(letter.stream, contact.language),
                          .link = link_to(letter.stream, site),
                          .start = meeting.start,
                          .stamp = now,
                          .sequence = meeting.sequence,
                          .is_deadline = meeting.is_deadline,
                          .is_cancelled = meeting.is_cancelled},
                         {.organizer = address_in(site.from), .attendee = contact.mail});
}

std::string link_to(const std::string& stream, const MailSite& site) {
  const auto slash = std::min(stream.find('/'), stream.size());
  const auto kind =
      stream.starts_with(kPersonPrefix) ? std::string("people") : stream.substr(0, slash) + "s";
  return site.link.empty() ? "" : site.link + "/" + kind + stream.substr(slash);
}

std::string reference_words(const std::string& stream, MailLanguage language) {
  return std::string(say(kReference, language)) + " " + stream.substr(stream.find('/') + 1);
}

std::string address_in(std::string_view from) {
  const auto open = from.find('<');
  if (open != from.npos && from.ends_with('>')) {
    from = from.substr(open + 1, from.size() - open - 2);
  }
  return is_mail_address(from) ? std::string(from) : std::string();
}

std::string header_text(std::string_view text) {
  const bool is_ascii = std::ranges::all_of(text, [](char c) { return c >= 0x20 && c < 0x7F; });
  if (is_ascii && text.find("=?") == text.npos) {
    return std::string(text);
  }
  constexpr std::size_t kBytes = 42;  // 56 letters of base64: a word stays under 75
  std::string words;
  for (std::size_t at = 0; at < text.size();) {
    std::size_t end = at;
    for (auto next = dsl::decode(text, end); next.length != 0 && end + next.length - at <= kBytes;
         next = dsl::decode(text, end)) {
      end += next.length;
    }
    std::array<char, sodium_base64_ENCODED_LEN(kBytes, sodium_base64_VARIANT_ORIGINAL)> word{};
    sodium_bin2base64(word.data(),
                      word.size(),
                      reinterpret_cast<const unsigned char*>(text.data() + at),
                      end - at,
                      sodium_base64_VARIANT_ORIGINAL);
    words += (words.empty() ? "" : "\r\n ") + std::string("=?UTF-8?B?") + word.data() + "?=";
    at = end;
  }
  return words;
}

std::string header_date(model::Instant instant) {
  constexpr auto kDays =
      std::to_array<const char*>({"Sun", "Mon", "Tue", "Wed", "Thu", "Fri", "Sat"});
  constexpr auto kMonths = std::to_array<const char*>(
      {"Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"});
  const auto day = std::chrono::floor<std::chrono::days>(instant);
  const std::chrono::year_month_day date{day};
  const std::chrono::hh_mm_ss time{std::chrono::floor<std::chrono::seconds>(instant - day)};
  const auto two = [](std::int64_t number) {
    return (number < 10 ? "0" : "") + std::to_string(number);
  };
  return std::string(kDays[std::chrono::weekday{day}.c_encoding()]) + ", " +
         two(static_cast<unsigned>(date.day())) + " " +
         kMonths[static_cast<unsigned>(date.month()) - 1] + " " +
         std::to_string(static_cast<int>(date.year())) + " " + two(time.hours().count()) + ":" +
         two(time.minutes().count()) + ":" + two(time.seconds().count()) + " +0000";
}

}  // namespace protoflow::runtime
