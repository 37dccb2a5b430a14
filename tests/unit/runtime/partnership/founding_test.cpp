#include "runtime/partnership/founding.hpp"

#include <gtest/gtest.h>

#include "runtime/protocols/plan.hpp"
#include "tests/support/casebook_world.hpp"

namespace protoflow::runtime {
namespace {

std::string signed_text() {
  return testing::accueil_text() + "convention\n  signée par tous les partenaires\n";
}

std::string replaced(std::string text, std::string_view what, std::string_view by) {
  const auto place = text.find(what);
  EXPECT_NE(place, std::string::npos) << what;
  return text.replace(place, what.size(), by);
}

// Both partners have signed the first version; its routine `point` began then.
class Founding : public ::testing::Test {
 protected:
  Founding() {
    for (auto& part : state.participations) {
      part.signed_at = day;
    }
    state.routines[0].counted_from = day;
  }

  engine::Command from(const std::string& text) {
    const auto now = make_plan(text).value();
    const EarlierVersion earlier{*was, state};
    return founding(*now, &earlier);
  }

  model::Instant day = testing::instant("2027-01-04T08:00:00.000Z");
  PlanRef was = make_plan(signed_text()).value();
  engine::PartnershipState state = engine::empty_partnership(was->protocol);
};

TEST_F(Founding, OfTheFirstVersionKeepsNothing) {
  const auto command = founding(*was, nullptr);

  EXPECT_EQ(command.kind, engine::CommandKind::found_partnership);
  EXPECT_TRUE(command.kept.empty());
  EXPECT_TRUE(command.kept_routines.empty());
}

TEST_F(Founding, KeepsTheSignatureOfWhomNothingChangesFor) {
  // The association's own step alone.
  const auto command = from(replaced(signed_text(), "sous 5 jours ouvrés", "sous 6 jours ouvrés"));

  ASSERT_LE(command.kept.size(), 1U);
  for (const auto& kept : command.kept) {
    EXPECT_EQ(was->protocol[kept.partner].name, "mission-locale");
    EXPECT_EQ(kept.signed_at, day);
  }
}

TEST_F(Founding, AsksEverybodyAgainWhenSomethingChangesForEveryone) {
  EXPECT_TRUE(
      from(replaced(signed_text(), "Un accueil relu à deux", "Un autre accueil")).kept.empty());
}

TEST_F(Founding, KeepsNoSignatureThatNoLongerStands) {
  state.participations[0].signed_at = model::kNever;
  state.participations[1].signed_at = model::kNever;

  EXPECT_TRUE(from(signed_text()).kept.empty());
}

TEST_F(Founding, OfTheSameTextUnderAnotherNumberKeepsEverything) {
  const auto command =
      from(replaced(signed_text(),
                    "  coordonné par",
                    "  version 2\n  remplace 1 parce que \"relu\"\n  coordonné par"));

  EXPECT_EQ(command.kept.size(), 2U);
  ASSERT_EQ(command.kept_routines.size(), 1U);
  EXPECT_EQ(command.kept_routines[0].counted_from, day);
}

TEST_F(Founding, OfATextThatOnlySaysWhatItCalledOtherwiseKeepsEverything) {
  const auto text = replaced(
      signed_text(), "  sous 5 jours ouvrés", "  anciennement venue\n  sous 5 jours ouvrés");

  EXPECT_EQ(from(text).kept.size(), 2U);
}

TEST_F(Founding, OfARoutineUnderAnotherNameGoesOnInItsRhythm) {
  const auto text = replaced(signed_text(), "rendez-vous point ", "rendez-vous échange ");
  const auto said = replaced(text, "  tous les mois", "  anciennement point\n  tous les mois");

  EXPECT_TRUE(from(text).kept_routines.empty());
  ASSERT_EQ(from(said).kept_routines.size(), 1U);
  EXPECT_EQ(from(said).kept_routines[0].counted_from, day);
}

TEST_F(Founding, OfARoutineThatMeetsAtAnotherPaceBeginsAnew) {
  EXPECT_TRUE(from(replaced(signed_text(), "tous les mois", "toutes les 2 semaines"))
                  .kept_routines.empty());
}

}  // namespace
}  // namespace protoflow::runtime
