#include "runtime/mail/letter.hpp"

#include <gtest/gtest.h>

#include "runtime/mail/still_holds.hpp"
#include "tests/support/casebook_world.hpp"

namespace protoflow::runtime {
namespace {

class Letters : public ::testing::Test {
 protected:
  Letters() {
    world.prepare();
    world.register_person({"lea", "association", {"référente"}});
    world.open();
  }

  std::vector<OutgoingNotice> letters(const std::string& kind, const std::string& json_more = {}) {
    const auto& stream = world.casebook->reading().cases.begin()->first;
    return letters_of({.number = 640,
                       .id = "n:7:0",
                       .stream = stream,
                       .json = R"({"id":"n","kind":")" + kind +
                               R"(","role":"référente","partner":"association")" + json_more + "}"},
                      {.reading = world.casebook->reading(),
                       .contact_of = [this](std::string_view person) -> std::optional<Contact> {
                         const auto found = contacts.find(person);
                         return found == contacts.end() ? std::nullopt
                                                        : std::optional(found->second);
                       },
                       .now = world.clock.now()});
  }

  static std::string readers(const std::vector<OutgoingNotice>& list) {
    std::string text;
    for (const auto& each : list) {
      text += each.stream + " ";
    }
    return text;
  }

  testing::CasebookWorld world;
  std::map<std::string, Contact, std::less<>> contacts = {
      {"ines", {.mail = "i@x"}}, {"karim", {.mail = "k@x"}}, {"lea", {.mail = "l@x"}}};
};

TEST_F(Letters, GoToTheRoleOfThePartnerOrToThePersonByName) {
  EXPECT_EQ(readers(letters("offered")), "ines lea ");
  EXPECT_EQ(readers(letters("offered", R"(,"person":"lea")")), "lea ");
  EXPECT_EQ(readers(letters("no_such_kind")), "");
}

TEST_F(Letters, KeepTheirNumbersWhoeverElseHasAContact) {
  const auto all = letters("offered");
  contacts.erase("ines");
  const auto one = letters("offered");

  ASSERT_EQ(one.size(), 1U);
  EXPECT_EQ(one.front().number, all.back().number);
  EXPECT_EQ(one.front().id, "n:7:0:lea");
  EXPECT_EQ(all.front().number, 640 * kReadersMax);
}

TEST_F(Letters, LeaveOutWhatAPersonDoesNotWantAndWhoIsAway) {
  contacts["ines"].all = false;
  EXPECT_EQ(readers(letters("approved")), "lea ");
  EXPECT_EQ(readers(letters("offered")), "ines lea ");

  world.casebook->change_person({.kind = PersonChangeKind::person_absent, .person = "lea"},
                                [](const Outcome&) {});
  world.settle();
  EXPECT_EQ(readers(letters("offered")), "ines ");
}

TEST_F(Letters, HoldNoAddressNoTitleAndNoSentence) {
  const auto list =
      letters("offered", R"(,"due":"2027-03-05T17:00:00.000Z","step":"accueil","text":"secret")");

  ASSERT_EQ(list.size(), 2U);
  const auto& stream = world.casebook->reading().cases.begin()->first;
  EXPECT_EQ(list.front().json,
            R"({"id":"n:7:0:ines","person":"ines","stream":")" + stream +
                R"(","theme":"step_waits","due":"2027-03-05T17:00:00.000Z","offset":60,)" +
                R"("asks":{"kind":"step","stream":")" + stream + R"(","step":"accueil"}})");
}

TEST_F(Letters, InviteToAReviewWhoeverWantsInvitationsAndTakeItBack) {
  contacts["lea"].invitations = false;
  contacts["ines"].digest = DayTime(480);
  const std::string about = R"(,"step":"accueil","due":"2027-03-05T17:00:00.000Z")";
  const auto asked = letters("review_requested", about);
  const auto over = letters("review_over", about);

  ASSERT_EQ(asked.size(), 2U);
  const auto invited = read_letter(asked[0].json);
  const auto released = read_letter(over[0].json);
  ASSERT_TRUE(invited->meeting && released->meeting);
  EXPECT_EQ(invited->digest, "") << "an invitation is a mail of its own";
  EXPECT_EQ(invited->meeting->uid, released->meeting->uid);
  EXPECT_EQ(invited->meeting->start, testing::instant("2027-03-05T17:00:00.000Z"));
  EXPECT_EQ(invited->meeting->sequence, 7U);
  EXPECT_TRUE(released->meeting->is_cancelled);
  EXPECT_FALSE(read_letter(asked[1].json)->meeting);
  EXPECT_EQ(letter_json(*invited), asked[0].json);
}

TEST_F(Letters, HoldAsLongAsWhatTheyAskForIsOwed) {
  const auto& reading = world.casebook->reading();
  const auto holds = [&](MailTheme theme, const std::string& person) {
    return still_holds({.person = person, .stream = reading.cases.begin()->first, .theme = theme},
                       reading);
  };
  EXPECT_TRUE(holds(MailTheme::step_waits, "ines"));
  EXPECT_TRUE(holds(MailTheme::step_late, "karim")) << "late is told to others as well";
  EXPECT_FALSE(holds(MailTheme::step_waits, "karim"));
  EXPECT_FALSE(holds(MailTheme::review_waits, "ines"));
  EXPECT_TRUE(holds(MailTheme::news, "karim"));
  EXPECT_FALSE(holds(MailTheme::news, "nobody"));

  const auto case_id = reading.cases.begin()->first.substr(kCasePrefix.size());
  ASSERT_TRUE(world.act_on(case_id, "take", "accueil", "lea"));
  EXPECT_FALSE(holds(MailTheme::step_waits, "ines")) << "a colleague has it";
  EXPECT_TRUE(holds(MailTheme::step_waits, "lea"));
}

TEST_F(Letters, AreReadAsTheyWereWritten) {
  contacts["ines"].digest = DayTime(480);
  const auto list = letters("offered");
  const auto letter = read_letter(list.front().json);

  ASSERT_TRUE(letter);
  EXPECT_EQ(letter_json(*letter), list.front().json);
  EXPECT_EQ(letter->digest, engine::to_text(list.front().not_before));
  EXPECT_FALSE(read_letter("[]"));
  EXPECT_FALSE(read_letter(R"({"theme":"other"})"));
}

}  // namespace
}  // namespace protoflow::runtime
