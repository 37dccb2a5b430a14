#include "runtime/words/words.hpp"

#include <gtest/gtest.h>

#include "tests/support/casebook_world.hpp"

namespace protoflow::runtime {
namespace {

using model::Language;

engine::Plan plan_in(Language language) {
  auto plan = *make_plan(testing::accueil_text()).value();
  plan.protocol.language = language;
  plan.protocol.sessions.push_back({.name = "atelier", .title = "L’atelier"});
  return plan;
}

// Nothing left to fill, nothing that an empty filling has left behind.
void expect_whole(const std::string& text) {
  EXPECT_FALSE(text.empty());
  for (const auto* leftover : {"{", "}", "  ", "()", "«\u00A0\u00A0»", "\"\"", " .", ",.", " ,"}) {
    EXPECT_EQ(text.find(leftover), std::string::npos) << text;
  }
}

class Words : public ::testing::TestWithParam<Language> {
 protected:
  engine::Plan plan_ = plan_in(GetParam());
  model::StepId step_ = model::find<model::StepId>(plan_.protocol.steps, "accueil");
  model::RoleId role_ = model::find<model::RoleId>(plan_.protocol.roles, "entreprise");
  model::PartnerId partner_ = model::find<model::PartnerId>(plan_.protocol.partners, "association");
  model::RoutineId routine_ = model::find<model::RoutineId>(plan_.protocol.routines, "point");
  model::EndingId ending_ = model::find<model::EndingId>(plan_.protocol.endings, "relais");
  model::InformationId information_ =
      model::find<model::InformationId>(plan_.protocol.informations, "mot");
  model::ConsentId consent_ = model::find<model::ConsentId>(plan_.protocol.consents, "partage");
  model::SessionId session_{0};
  engine::TaskSource source_{.origin = engine::TaskOrigin::reservation, .step = step_};
  model::Instant due_ = testing::instant("2027-03-12T17:00:00.000Z");
};

TEST_P(Words, HaveASentenceForEveryRefusal) {
  for (std::size_t i = 0; i < engine::kRefusalCodeNames.size(); ++i) {
    SCOPED_TRACE(engine::kRefusalCodeNames[i]);
    const auto text = sentence(engine::Refusal{.code = static_cast<engine::RefusalCode>(i),
                                               .step = step_,
                                               .role = role_,
                                               .partner = partner_,
                                               .routine = routine_,
                                               .partners = {partner_},
                                               .informations = {information_},
                                               .consent = consent_,
                                               .session = session_},
                               plan_);
    expect_whole(text);
    EXPECT_TRUE(text.ends_with('.')) << text;
  }
}

TEST_P(Words, HaveASentenceForEveryNotice) {
  for (std::size_t i = 0; i < engine::kNoticeKindNames.size(); ++i) {
    for (const auto due : {due_, model::kNever}) {
      SCOPED_TRACE(engine::kNoticeKindNames[i]);
      const auto text = sentence(engine::Notice{.kind = static_cast<engine::NoticeKind>(i),
                                                .role = role_,
                                                .partner = partner_,
                                                .person = "ines",
                                                .step = step_,
                                                .binding = role_,
                                                .consent = consent_,
                                                .ending = ending_,
                                                .task = "accueil",
                                                .source = source_,
                                                .session = session_,
                                                .missed = 2,
                                                .routine = routine_,
                                                .about = partner_,
                                                .attended = {partner_},
                                                .due = due},
                                 plan_);
      expect_whole(text);
      EXPECT_TRUE(text.ends_with('.')) << text;
      EXPECT_EQ(text.find("ines"), std::string::npos) << text;
      EXPECT_EQ(text.find("–"), std::string::npos) << text;
    }
  }
}

TEST_P(Words, HaveASentenceForEveryEvent) {
  for (std::size_t i = 0; i < engine::kEventKindNames.size(); ++i) {
    for (const auto outcome : {model::OutcomeId{}, model::OutcomeId{0}}) {
      SCOPED_TRACE(engine::kEventKindNames[i]);
      engine::Event event{.kind = static_cast<engine::EventKind>(i),
                          .happened = due_,
                          .step = step_,
                          .binding = role_,
                          .routine = routine_,
                          .consent = consent_,
                          .due = due_,
                          .planned = due_,
                          .outcome = outcome,
                          .ending = ending_,
                          .role = role_,
                          .partner = partner_,
                          .told = role_,
                          .receiver = partner_,
                          .receiver_role = role_,
                          .giver = partner_,
                          .source = source_,
                          .reason = "Reprendre les dates",
                          .session = session_,
                          .at = due_};
      const auto by_time = sentence(event, plan_);
      expect_whole(by_time);
      event.actor.person = "ines";
      const auto by_person = sentence(event, plan_);
      EXPECT_TRUE(by_person.starts_with("ines")) << by_person;
      EXPECT_TRUE(by_person.ends_with(by_time)) << by_person;
      EXPECT_EQ(by_person.find("Reprendre"), std::string::npos) << by_person;
    }
  }
}

TEST_P(Words, SayWhatEveryDutyAsksAndOfWhom) {
  for (std::size_t i = 0; i < engine::kDutyKindNames.size(); ++i) {
    const engine::Duty duty{.kind = static_cast<engine::DutyKind>(i),
                            .step = step_,
                            .binding = role_,
                            .routine = routine_,
                            .role = role_,
                            .partner = partner_,
                            .person = "ines",
                            .source = source_,
                            .session = session_,
                            .giver = partner_};
    expect_whole(what(duty, plan_.protocol));
    EXPECT_EQ(who(duty, plan_.protocol), "Entreprise d’accueil (Association du quartier), ines");
  }
}

TEST_P(Words, SayWhyEachThingStaysWithItsPartner) {
  for (std::size_t i = 1; i < engine::kHindranceNames.size(); ++i) {
    const auto text = sentence(static_cast<engine::Hindrance>(i), role_, partner_, plan_.protocol);
    expect_whole(text);
    EXPECT_TRUE(text.ends_with('.')) << text;
  }
}

TEST_P(Words, AreInTheLanguageOfTheProtocol) {
  const bool french = GetParam() == Language::french;
  const engine::Notice late{.kind = engine::NoticeKind::late, .step = step_};
  EXPECT_EQ(sentence(late, plan_),
            french ? "L’étape «\u00A0Mener le premier entretien\u00A0» est en retard."
                   : "The step \"Mener le premier entretien\" is late.");
}

INSTANTIATE_TEST_SUITE_P(Languages, Words, ::testing::Values(Language::french, Language::english));

struct Dated {
  std::string_view instant, french, english;
};

// Europe/Paris goes to summer time on 28 March 2027 at 02:00 and back on 31 October at 03:00.
constexpr auto kDates = std::to_array<Dated>({
    {"2027-01-04T17:00:00.000Z", "lundi 4 janvier 2027 à 18 h 00", "Monday 4 January 2027, 18:00"},
    {"2027-03-01T08:05:00.000Z", "lundi 1er mars 2027 à 9 h 05", "Monday 1 March 2027, 9:05"},
    {"2027-08-01T22:30:00.000Z", "lundi 2 août 2027 à 0 h 30", "Monday 2 August 2027, 0:30"},
    {"2026-12-31T23:00:00.000Z",
     "vendredi 1er janvier 2027 à 0 h 00",
     "Friday 1 January 2027, 0:00"},
    {"2027-03-28T00:59:00.000Z", "dimanche 28 mars 2027 à 1 h 59", "Sunday 28 March 2027, 1:59"},
    {"2027-03-28T01:00:00.000Z", "dimanche 28 mars 2027 à 3 h 00", "Sunday 28 March 2027, 3:00"},
    {"2027-10-31T00:30:00.000Z",
     "dimanche 31 octobre 2027 à 2 h 30",
     "Sunday 31 October 2027, 2:30"},
    {"2027-10-31T01:30:00.000Z",
     "dimanche 31 octobre 2027 à 2 h 30",
     "Sunday 31 October 2027, 2:30"},
    {"2028-02-29T12:00:00.000Z",
     "mardi 29 février 2028 à 13 h 00",
     "Tuesday 29 February 2028, 13:00"},
});

TEST(DateWords, SayTheDayAsPeopleDo) {
  const auto french = plan_in(Language::french);
  const auto english = plan_in(Language::english);
  for (const auto& row : kDates) {
    EXPECT_EQ(date_words(testing::instant(row.instant), french), row.french);
    EXPECT_EQ(date_words(testing::instant(row.instant), english), row.english);
  }
  EXPECT_EQ(date_words(model::kNever, french), "–");
}

TEST(Fill, LeavesWhatItDoesNotKnow) {
  const std::array<Filling, 2> fillings = {{{"a", "{b}"}, {"b", "x"}}};
  EXPECT_EQ(fill("{a} {b} {c} {", fillings), "{b} x {c} {");
  EXPECT_EQ(fill("", fillings), "");
}

}  // namespace
}  // namespace protoflow::runtime
