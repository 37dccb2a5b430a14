#include "runtime/mail/message.hpp"

#include <gtest/gtest.h>

#include "tests/support/casebook_world.hpp"

namespace protoflow::runtime {
namespace {

const MailSite kSite{.from = "protoflow@example.org", .link = "https://pages.example.org"};

Letter letter(MailTheme theme = MailTheme::step_waits) {
  return {.id = "case/ab12:7:0:ines",
          .person = "ines",
          .stream = "case/ab12",
          .theme = theme,
          .due = testing::instant("2027-03-05T17:00:00.000Z"),
          .offset = std::chrono::minutes(60)};
}

MailMessage compose_one(const Letter& one, MailLanguage language, const MailSite& site = kSite) {
  return compose({&one, 1}, language, site);
}

TEST(MailMessage, SaysWhatWaitsInTheReadersLanguageWithTheWholeDate) {
  EXPECT_EQ(
      compose_one(letter(), MailLanguage::french).text,
      "Bonjour,\n\nUne étape vous attend.\nÀ faire avant le vendredi 5 mars 2027 à 18 h 00\n"
      "Référence\u00A0: ab12\nVoir et répondre\u00A0: https://pages.example.org/cases/ab12\n\n"
      "Ce message est automatique. Par discrétion, il n’en dit pas plus.\n");
  EXPECT_EQ(compose_one(letter(), MailLanguage::english).text,
            "Hello,\n\nA step waits for you.\nDue by Friday 5 March 2027, 18:00\nReference: ab12\n"
            "Read and answer: https://pages.example.org/cases/ab12\n\n"
            "This message is automatic. Out of discretion, it says no more.\n");
  const auto arabic = compose_one(letter(), MailLanguage::arabic);
  EXPECT_NE(arabic.text.find("قبل الجمعة 5 مارس 2027، الساعة 18:00"), std::string::npos);
  EXPECT_NE(arabic.html.find("<html lang=\"ar\" dir=\"rtl\">"), std::string::npos);
}

TEST(MailMessage, HasNoDateAndNoLinkWhereThereIsNone) {
  auto without = letter(MailTheme::review_late);
  EXPECT_EQ(compose_one(without, MailLanguage::english, {.from = "a@b"}).text,
            "Hello,\n\nA review is late.\nReference: ab12\n\n"
            "This message is automatic. Out of discretion, it says no more.\n");
  without = letter();
  without.due = model::kNever;
  EXPECT_EQ(compose_one(without, MailLanguage::english).text.find("Due"), std::string::npos);
}

TEST(MailMessage, IsTheSameAtEachAttemptAndOneThreadForEachCase) {
  const auto first = compose_one(letter(), MailLanguage::french);
  auto next = letter();
  next.id = "case/ab12:9:0:ines";
  const auto second = compose_one(next, MailLanguage::french);
  auto elsewhere = letter();
  elsewhere.stream = "case/cd34";

  EXPECT_EQ(first.message_id, compose_one(letter(), MailLanguage::arabic).message_id);
  EXPECT_NE(first.message_id, second.message_id);
  EXPECT_EQ(first.thread, second.thread);
  EXPECT_NE(first.thread, compose_one(elsewhere, MailLanguage::french).thread);
  EXPECT_TRUE(first.message_id.ends_with("@example.org>"));
  EXPECT_EQ(first.message_id.find("ines"), std::string::npos);
}

TEST(MailMessage, ListsADigestAsOneMailWithoutAThread) {
  std::vector<Letter> letters = {letter(), letter(MailTheme::news)};
  for (auto& each : letters) {
    each.digest = "2027-03-02T07:00:00.000Z";
  }
  const auto message = compose(letters, MailLanguage::french, kSite);

  EXPECT_EQ(message.subject, "Votre résumé du jour");
  EXPECT_EQ(message.thread, "");
  EXPECT_FALSE(message.is_optional);
  EXPECT_NE(message.text.find("Une étape vous attend."), std::string::npos);
  EXPECT_NE(message.text.find("Du nouveau à consulter."), std::string::npos);
  EXPECT_TRUE(compose(std::span(letters).subspan(1), MailLanguage::french, kSite).is_optional);
}

TEST(MailMessage, EscapesWhatItIsGiven) {
  auto odd = letter();
  odd.stream = "case/<b>\"&";
  const auto html = compose_one(odd, MailLanguage::english).html;

  EXPECT_EQ(html.find("<b>"), std::string::npos);
  EXPECT_NE(html.find("&lt;b&gt;&quot;&amp;"), std::string::npos);
}

TEST(MailMessage, GivesItsHeadersNothingOfWhatOthersWrote) {
  for (const std::string hostile :
       {"case/a\r\nBcc: x@y.z", "case/=cmd|'/C calc'!A0", "case/\u202Eab"}) {
    auto odd = letter();
    odd.stream = hostile;
    odd.id = hostile;
    odd.person = hostile;
    const auto message = compose_one(odd, MailLanguage::french);

    EXPECT_EQ(message.subject, "Une étape vous attend");
    for (const auto& id : {message.message_id, message.thread}) {
      EXPECT_EQ(id.find_first_not_of("<>@.abcdefghijklmnopqrstuvwxyz0123456789"), id.npos) << id;
    }
  }
}

TEST(MailWords, AreThereInThreeLanguagesForEveryNoticeAndNameNobody) {
  for (std::size_t kind = 0; kind < engine::kNoticeKindNames.size(); ++kind) {
    const auto& words = words_of(theme_of(static_cast<engine::NoticeKind>(kind)));
    for (const auto sentence : words.sentence) {
      EXPECT_TRUE(sentence.ends_with('.')) << engine::kNoticeKindNames[kind];
      EXPECT_EQ(sentence.find('{'), sentence.npos);
    }
  }
}

TEST(MailHeader, EncodesWhatIsNotAsciiInWordsOfAtMost75) {
  EXPECT_EQ(header_text("A step waits"), "A step waits");
  EXPECT_EQ(header_text("é"), "=?UTF-8?B?w6k=?=");
  EXPECT_EQ(header_text("=?x?="), "=?UTF-8?B?PT94Pz0=?=");
  EXPECT_EQ(header_text("a\r\nBcc: x").find('\n'), std::string::npos);
  std::string longer;
  for (int times = 0; times < 60; ++times) {
    longer += "é\u202E😀";
  }
  const auto words = header_text(longer);
  for (std::size_t at = 0; at < words.size();) {
    const auto end = std::min(words.find("\r\n", at), words.size());
    EXPECT_LE(end - at, 76U);
    EXPECT_TRUE(at == 0 || words[at] == ' ');
    at = end + 2;
  }
}

TEST(MailHeader, WritesDatesAsMailsDo) {
  EXPECT_EQ(header_date(testing::instant("2027-03-01T08:05:09.123Z")),
            "Mon, 01 Mar 2027 08:05:09 +0000");
}

TEST(MailHeader, FindsTheAddressOfASender) {
  EXPECT_EQ(address_in("a@example.org"), "a@example.org");
  EXPECT_EQ(address_in("Équipe <a@example.org>"), "a@example.org");
  EXPECT_EQ(address_in("a@example.org, b@example.org"), "");
  EXPECT_EQ(address_in("a@example.org>"), "");
}

}  // namespace
}  // namespace protoflow::runtime
