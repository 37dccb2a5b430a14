#include "runtime/people/contact.hpp"

#include <gtest/gtest.h>

#include "runtime/words/plain_text.hpp"

namespace protoflow::runtime {
namespace {

TEST(Contact, IsReadAsItWasWritten) {
  const std::vector<Contact> contacts = {
      {.mail = "ines@example.org"},
      {.mail = "inès@exämple.org",
       .language = MailLanguage::arabic,
       .quiet = QuietHours{DayTime(20 * 60), DayTime(8 * 60)},
       .digest = DayTime(7 * 60 + 5),
       .all = false,
       .invitations = false},
  };
  for (const auto& contact : contacts) {
    const auto read = read_contact_json(contact_json(contact));

    ASSERT_TRUE(read) << read.error().member;
    EXPECT_EQ(*read, contact);
  }
}

TEST(Contact, NamesTheMemberThatIsWrongAndNeverWhatWasSent) {
  const std::vector<std::array<const char*, 2>> rows = {
      {R"([])", "body"},
      {R"({})", "mail"},
      {R"({"language":"fr"})", "mail"},
      {R"({"mail":7})", "mail"},
      {R"({"mail":"secret.example.org"})", "mail"},
      {R"({"mail":"secret@a.org","language":"de"})", "language"},
      {R"({"mail":"secret@a.org","quiet":"20:00"})", "quiet"},
      {R"({"mail":"secret@a.org","quiet":"08:00-08:00"})", "quiet"},
      {R"({"mail":"secret@a.org","quiet":"20:00-24:00"})", "quiet"},
      {R"({"mail":"secret@a.org","digest":"8:00"})", "digest"},
      {R"({"mail":"secret@a.org","all":"no"})", "all"},
      {R"({"mail":"secret@a.org","colour":"red"})", "colour"},
  };
  for (const auto& [json, member] : rows) {
    const auto read = read_contact_json(json);

    ASSERT_FALSE(read) << json;
    EXPECT_EQ(read.error().member, member) << json;
    EXPECT_EQ(read.error().wanted.find("secret"), std::string::npos) << json;
  }
}

TEST(MailAddress, IsOneAddressAndNothingThatAMailServerWouldReadOtherwise) {
  for (const std::string_view good : {"ines@example.org",
                                      "i.nes+protoflow@mail.example.org",
                                      "inès@mission-locale.example",
                                      "o'neil_7@a",
                                      "محمد@مثال.إختبار"}) {
    EXPECT_TRUE(is_mail_address(good)) << good;
  }
  const std::string too_long = std::string(65, 'a') + "@example.org";
  const std::string far_too_long = "a@" + std::string(253, 'b');
  for (const std::string_view bad :
       std::initializer_list<std::string_view>{"",
                                               "ines",
                                               "@example.org",
                                               "ines@",
                                               "ines@@example.org",
                                               "ines@a@example.org",
                                               "ines@example.org\r\nBcc: x@y.z",
                                               "ines@example.org\nDATA",
                                               std::string_view("ines@example.org\0", 17),
                                               "in es@example.org",
                                               "ines@example.org>",
                                               "<ines@example.org>",
                                               "ines@example.org,x@y.z",
                                               "\"ines\"@example.org",
                                               "ines@[127.0.0.1]",
                                               "ines@example..org",
                                               ".ines@example.org",
                                               "-oQ/tmp@example.org",
                                               "ines%x@y%z.org",
                                               "in\u202Ees@example.org",
                                               "in\u200Bes@example.org",
                                               "in\u0085es@example.org",
                                               "in\xE9s@example.org",
                                               too_long,
                                               far_too_long}) {
    EXPECT_FALSE(is_mail_address(bad)) << bad;
  }
}

TEST(PlainLine, HoldsNothingThatCannotBeSeen) {
  EXPECT_TRUE(is_plain_line("Mission locale de l’Étoile – محطة"));
  for (const std::string_view text :
       {"a\tb", "a\rb", "a\x7F", "\u202Ea", "a\u2066b", "a\u2028b", "\uFEFFa", "\xFF"}) {
    EXPECT_FALSE(is_plain_line(text)) << text;
  }
}

TEST(SealedContact, IsReadAsItWasWritten) {
  const SealedContact sealed{.person = "ines", .key = "contact/1", .sealed = {"c", "s"}};
  const auto read = read_sealed_contact(sealed_contact_json(sealed));
  ASSERT_TRUE(read);
  EXPECT_EQ(sealed_contact_json(*read), sealed_contact_json(sealed));

  EXPECT_EQ(read_sealed_contact(R"({"person":"ines"})")->key, "");
  EXPECT_FALSE(read_sealed_contact(R"({"person":"ines","key":"k"})"));
  EXPECT_FALSE(read_sealed_contact(R"({"person":"ines","key":7})"));
  EXPECT_FALSE(read_sealed_contact("[]"));
}

}  // namespace
}  // namespace protoflow::runtime
