// Several reviewers of one step, and how many of them must approve.
#include <string>
#include <vector>

#include <gtest/gtest.h>

#include "engine/decide/decide.hpp"
#include "engine/state/apply.hpp"
#include "tests/support/play.hpp"

namespace protoflow::engine {
namespace {

using model::Binding;
using tests::hours;
using tests::Play;
using tests::ReviewSpec;

// Written by the adviser, who leaves nothing to be done meanwhile.
tests::ProtocolSpec reviewed(std::uint16_t approvals) {
  tests::ProtocolSpec path;
  path.roles = {{.name = "coordinator", .partners = {"mission"}},
                {.name = "adviser", .partners = {"mission", "foyer"}},
                {.name = "teacher", .partners = {"school", "foyer"}},
                {.name = "doctor", .partners = {"clinic"}},
                {.name = "guest",
                 .binding = Binding::chosen_by,
                 .partners = {"bakery", "cafe"},
                 .chooser = "coordinator"}};
  path.steps = {{.name = "plan",
                 .responsible = "adviser",
                 .deadlines = {{.within = hours(200)}},
                 .outcomes = {{.name = "good"}, {.name = "bad"}},
                 .review = ReviewSpec{.by = "teacher",
                                      .within = hours(48),
                                      .returns_max = 2,
                                      .others = {"doctor", "coordinator"},
                                      .approvals = approvals}},
                {.name = "next", .responsible = "adviser", .after = tests::settled("plan")}};
  path.endings = {{.name = "over", .when = tests::settled("next")}};
  return path;
}

constexpr const char* kWritten =
    "h0 coordinator open; h1 adviser take plan; h10 adviser complete plan as good";

struct Row {
  std::string before, sentence, answer;
};

void expect_rows(const tests::ProtocolSpec& path, const std::vector<Row>& rows) {
  for (const auto& row : rows) {
    Play play(tests::plan_of(path));
    play.rehearse(std::string(kWritten) + (row.before.empty() ? "" : "; " + row.before));
    EXPECT_EQ(play.say(row.sentence), row.answer) << row.before << " | " << row.sentence;
  }
}

TEST(Reviewers, AreAllAsked) {
  Play play(tests::plan_of(reviewed(0)));
  play.rehearse("h0 coordinator open; h1 adviser take plan");
  (void)play.letters();

  EXPECT_EQ(play.say("h10 adviser complete plan as good"),
            "step_completed(plan as good teacher requested doctor requested coordinator "
            "requested)");

  EXPECT_EQ(play.letters(),
            "review_requested->teacher@school review_requested->doctor@clinic "
            "review_requested->coordinator@mission");
  EXPECT_EQ(play.duties(),
            "step plan by adviser@mission(adviser), review plan by teacher@school, review plan by "
            "doctor@clinic, review plan by coordinator@mission");
}

TEST(Reviewers, JudgeEachOnTheirOwn) {
  expect_rows(
      reviewed(0),
      {{"", "h20 teacher begin_review plan", "review_begun(plan teacher reviewing)"},
       {"", "h20 teacher recuse plan because cousin", "review_recused(plan teacher requested)"},
       {"", "h20 teacher approve plan", "review_judged(plan teacher approved)"},
       {"h20 teacher approve plan",
        "h21 doctor approve plan reserving because dates",
        "review_judged(plan doctor approved_with_reservations) task_opened(to adviser@mission plan "
        "calm)"},
       {"h20 teacher approve plan", "h21 teacher approve plan", "refused review_given teacher"},
       {"h20 teacher approve plan",
        "h21 teacher#2 give_back plan because dates",
        "refused review_given teacher"},
       {"h20 teacher begin_review plan",
        "h21 teacher#2 approve plan",
        "review_judged(plan teacher approved)"},
       {"", "h20 adviser approve plan", "refused not_yours teacher@school"},
       {"h20 teacher approve plan", "h20 adviser approve plan", "refused not_yours doctor@clinic"},
       {"", "h20 doctor give_back plan", "refused reason_needed"},
       {"", "h20 doctor approve plan reserving", "refused reason_needed"}});
}

TEST(Reviewers, ApproveTheStepOnceEnoughHave) {
  expect_rows(reviewed(0),
              {{"h20 teacher approve plan; h21 doctor approve plan",
                "h22 coordinator approve plan",
                "review_approved(plan coordinator approved met) step_offered(next to "
                "adviser@mission)"}});
  expect_rows(reviewed(2),
              {{"h20 teacher approve plan",
                "h22 coordinator approve plan",
                "review_approved(plan doctor none coordinator approved met) "
                "step_offered(next to adviser@mission)"}});
  expect_rows(reviewed(1),
              {{"",
                "h22 doctor approve plan",
                "review_approved(plan teacher none doctor approved coordinator none met) "
                "step_offered(next to adviser@mission)"}});
}

TEST(Reviewers, ApproveWithTheReservationsOfAnyOfThem) {
  Play play(tests::plan_of(reviewed(2)));
  play.rehearse(std::string(kWritten) +
                "; h20 doctor approve plan reserving because dates; h21 teacher approve plan");

  EXPECT_EQ(play.step("plan").review, ReviewState::approved_with_reservations);
  EXPECT_EQ(play.duties(), "step next by adviser@mission, task plan by adviser@mission");
}

TEST(Reviewers, WhoAreNotHeardAreToldThatItIsOver) {
  Play play(tests::plan_of(reviewed(1)));
  play.rehearse(kWritten);
  (void)play.letters();

  play.rehearse("h20 doctor approve plan");

  EXPECT_EQ(play.letters(),
            "approved->adviser@mission(adviser) review_over->teacher@school "
            "review_over->coordinator@mission offered->adviser@mission");
}

TEST(Reviewers, ReturnTheStepByOneOfThem) {
  Play play(tests::plan_of(reviewed(2)));
  play.rehearse(std::string(kWritten) + "; h20 teacher approve plan reserving because dates");

  EXPECT_EQ(play.say("h21 doctor give_back plan because figures"),
            "review_returned(plan doctor returned coordinator none) task_withdrawn(plan dropped)");

  EXPECT_EQ(play.step("plan").returns, 1);
  EXPECT_TRUE(play.state().reviewers.empty());
  EXPECT_EQ(play.say("h30 adviser complete plan as good"),
            "step_completed(plan as good teacher requested doctor requested coordinator "
            "requested)");
  EXPECT_EQ(play.say("h31 doctor approve plan"), "review_judged(plan doctor approved)");
}

TEST(Reviewers, ReturnAsOftenAsTheProtocolSays) {
  auto path = reviewed(2);
  path.steps[0].review->returns_max = 1;
  expect_rows(path,
              {{"h20 doctor give_back plan because a; h21 adviser complete plan as good",
                "h22 teacher give_back plan because b",
                "refused no_returns_left"}});
}

TEST(Reviewers, AreDifferentPeople) {
  auto path = reviewed(0);
  path.roles[3].partners = {"school"};
  Play play(tests::plan_of(path));
  play.rehearse(kWritten);
  auto state = play.state();
  const auto say = [&](CommandKind kind, model::RoleId role) {
    auto command = play.command("h20 teacher approve plan because dates");
    command.kind = kind;
    command.role = role;
    command.actor.person = "both";
    command.actor.plays = {model::RoleId{3}, model::RoleId{4}};
    const auto decision = decide(play.plan(), state, command, play.now());
    if (!decision) {
      return tests::text_of(decision.error(), play.plan().protocol);
    }
    for (const auto& event : *decision) {
      apply(state, event);
    }
    return tests::text_of(decision->front(), play.plan().protocol);
  };

  EXPECT_EQ(say(CommandKind::begin_review, {}), "review_begun(plan teacher reviewing)");
  EXPECT_EQ(say(CommandKind::begin_review, {4}), "refused reviewer_twice doctor");
  EXPECT_EQ(say(CommandKind::approve, {4}), "refused reviewer_twice doctor");
  EXPECT_EQ(say(CommandKind::approve, {}), "review_judged(plan teacher approved)");
  EXPECT_EQ(say(CommandKind::approve, {}), "refused reviewer_twice doctor");
  EXPECT_EQ(say(CommandKind::give_back, {4}), "refused reviewer_twice doctor");
  EXPECT_EQ(say(CommandKind::recuse, {4}), "review_recused(plan doctor requested)");
}

TEST(Reviewers, AreNeverTheDoer) {
  Play play(tests::plan_of(reviewed(0)));
  play.rehearse(kWritten);
  auto command = play.command("h20 coordinator approve plan");
  command.actor.person = "adviser";

  const auto decision = decide(play.plan(), play.state(), command, play.now());

  ASSERT_FALSE(decision);
  EXPECT_EQ(decision.error().code, RefusalCode::reviewer_is_doer);
}

TEST(Reviewers, WhoAreSilentLapseAndTheCoordinationDecidesForOneOfThem) {
  auto path = reviewed(0);
  path.steps[0].review->others = {"doctor"};
  Play play(tests::plan_of(path));
  play.rehearse(std::string(kWritten) + "; h20 teacher begin_review plan");
  EXPECT_EQ(play.say("h30 coordinator approve plan"), "refused not_yours teacher@school");
  (void)play.letters();

  EXPECT_EQ(play.say("h60 tick"),
            "review_late(plan tells coordinator teacher lapsed doctor lapsed)");

  EXPECT_EQ(play.letters(),
            "review_late->teacher@school review_late->doctor@clinic "
            "review_late->coordinator@mission");
  EXPECT_EQ(play.say("h61 coordinator approve plan"), "review_judged(plan teacher approved)");
  EXPECT_EQ(play.say("h62 coordinator approve plan"), "refused reviewer_twice doctor");
  EXPECT_EQ(play.duties(), "step plan by adviser@mission(adviser), review plan by doctor@clinic");
  EXPECT_EQ(play.say("h63 doctor approve plan"),
            "review_approved(plan doctor approved met) step_offered(next to "
            "adviser@mission)");
}

TEST(Reviewers, WhoHaveJudgedDoNotLapse) {
  Play play(tests::plan_of(reviewed(0)));
  play.rehearse(std::string(kWritten) + "; h20 teacher approve plan");

  EXPECT_EQ(play.say("h60 tick"),
            "review_late(plan tells coordinator doctor lapsed coordinator lapsed)");
}

TEST(Reviewers, GoToWhoeverAnswersForTheirRoleNow) {
  Play play(tests::plan_of(reviewed(0)));
  play.rehearse(std::string(kWritten) + "; h20 doctor approve plan; h20 teacher begin_review plan");

  EXPECT_EQ(play.say("h21 coordinator partner_left school"),
            "partner_left(to school) review_assigned(plan teacher requested)");
  EXPECT_EQ(play.duties(),
            "step plan by adviser@mission(adviser), review plan by teacher@foyer, review plan by "
            "coordinator@mission");
}

TEST(Reviewers, WhoAreAbsentGiveItBackToTheirRole) {
  Play play(tests::plan_of(reviewed(0)));
  play.rehearse(std::string(kWritten) + "; h20 teacher begin_review plan");

  EXPECT_EQ(play.say("h21 teacher person_absent teacher from h21 until h100"),
            "person_absent(teacher) absence_begun review_assigned(plan teacher requested)");
  EXPECT_EQ(play.say("h22 coordinator person_returned teacher"),
            "person_returned review_assigned(plan teacher reviewing)");
}

TEST(Reviewers, WhoAreRemovedAreReplacedByAColleagueWhoHasNotJudged) {
  auto path = reviewed(0);
  path.roles[3].partners = {"school"};
  Play play(tests::plan_of(path));
  play.rehearse(std::string(kWritten) + "; h20 teacher begin_review plan; h20 doctor approve plan");
  auto command = play.command("h21 coordinator person_removed teacher");
  command.colleague = tests::actor_of("teacher#2", play.plan().protocol);
  const auto given = [&] {
    const auto decision = decide(play.plan(), play.state(), command, play.now());
    return tests::text_of(decision->back(), play.plan().protocol);
  };

  EXPECT_EQ(given(), "review_assigned(plan teacher reviewing)");
  command.colleague.person = "doctor";
  EXPECT_EQ(given(), "review_assigned(plan teacher requested)") << "who has judged for another";
}

TEST(Reviewers, AreBoundByAReferralWhereTheirRoleIs) {
  auto path = reviewed(0);
  path.steps[0].review->others = {"guest"};
  Play play(tests::plan_of(path));
  play.rehearse(kWritten);
  EXPECT_EQ(play.duties(),
            "step plan by adviser@mission(adviser), review plan by teacher@school, review plan by "
            "guest@mission, choose guest by coordinator@mission");

  play.rehearse("h11 coordinator refer guest to cafe; h12 guest@cafe accept_referral guest");

  EXPECT_EQ(play.say("h13 guest@cafe approve plan"), "review_judged(plan guest approved)");
}

TEST(Reviewers, AreAskedAgainWhenTheOutcomeIsCorrected) {
  Play play(tests::plan_of(reviewed(0)));
  play.rehearse(std::string(kWritten) + "; h20 doctor approve plan reserving because dates");
  auto command = play.command("h21 coordinator correct_event plan as bad because wrong");
  command.event = play.step("plan").completed_version;

  const auto decision = decide(play.plan(), play.state(), command, play.now());

  ASSERT_TRUE(decision);
  std::string text;
  for (const auto& event : *decision) {
    text += tests::text_of(event, play.plan().protocol) + " ";
  }
  EXPECT_EQ(text,
            "event_corrected(plan as bad) review_assigned(plan doctor requested) "
            "task_withdrawn(plan dropped) ");
}

TEST(Reviewers, AreFoundAsTheyStoodWhenTheCaseIsReopened) {
  auto path = reviewed(0);
  path.endings.push_back({.name = "left", .at_any_time_by = "beneficiary"});
  Play play(tests::plan_of(path));
  play.rehearse(std::string(kWritten) +
                "; h20 teacher approve plan; h21 beneficiary close left; h30 coordinator "
                "reopen_case because mistaken");

  EXPECT_EQ(play.duties(),
            "step plan by adviser@mission(adviser), review plan by doctor@clinic, review plan by "
            "coordinator@mission");
}

TEST(Reviewers, LastOneCannotHaveJudgedBeforeTheOthers) {
  expect_rows(reviewed(2),
              {{"h30 teacher approve plan",
                "h31 doctor approve plan on h20",
                "refused happened_out_of_order"},
               {"h30 teacher approve plan",
                "h31 doctor approve plan on h30",
                "review_approved(plan doctor approved coordinator none met) "
                "step_offered(next to adviser@mission)"}});
}

// Each of them by the same lifecycle as a single reviewer: every state, every command.
TEST(Reviewers, MayDoWhatTheLifecycleOfAReviewAllows) {
  struct Act {
    CommandKind kind;
    ReviewEvent event;
  };

  Play play(tests::plan_of(reviewed(0)));
  play.rehearse(kWritten);
  for (std::size_t place = 0; place < kReviewStateNames.size(); ++place) {
    for (const auto& [kind, event] : {Act{CommandKind::begin_review, ReviewEvent::begin},
                                      Act{CommandKind::recuse, ReviewEvent::recuse},
                                      Act{CommandKind::approve, ReviewEvent::approve},
                                      Act{CommandKind::give_back, ReviewEvent::give_back}}) {
      auto state = play.state();
      state.reviewers.front().review = static_cast<ReviewState>(place);
      auto command = play.command("h20 teacher approve plan because dates");
      command.kind = kind;

      const auto decision = decide(play.plan(), state, command, play.now());

      const auto cell = review(static_cast<ReviewState>(place), event, review_fact::all);
      EXPECT_EQ(decision.has_value(), cell.verdict == Verdict::possible)
          << kReviewStateNames[place] << " " << kCommandKindNames[static_cast<std::size_t>(kind)];
    }
  }
}

TEST(Reviewers, HaveADayOpenForAllOfThem) {
  auto path = reviewed(0);
  path.steps[0].review->within = model::Duration{1, model::DurationUnit::working_days};
  path.closed = {{"clinic", 1}, {"mission", 2}};
  Play play(tests::plan_of(path));
  play.rehearse(kWritten);

  const auto due = std::chrono::floor<std::chrono::days>(play.step("plan").review_due);

  EXPECT_EQ(due, std::chrono::floor<std::chrono::days>(tests::hour(3 * 24)));
}

}  // namespace
}  // namespace protoflow::engine
