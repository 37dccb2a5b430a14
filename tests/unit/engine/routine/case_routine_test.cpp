// Routines `for each case`, and signatures, in the stream of a case.
#include <gtest/gtest.h>

#include "engine/duty/holder.hpp"
#include "engine/state/apply.hpp"
#include "tests/support/play.hpp"

namespace protoflow::engine {
namespace {

using model::DurationUnit;
using tests::hour;

// Adviser: mission, then foyer. The coordination is the mission's.
class Path {
 public:
  Path() : plan(tests::plan_of(tests::small_path())), state(empty_case(plan.protocol)) {
    add_routine();
  }

  explicit Path(model::Agreement agreement)
      : plan(tests::plan_of(tests::small_path())), state(empty_case(plan.protocol)) {
    plan.protocol.agreement = std::move(agreement);
  }

  std::string say(std::int64_t at, const Command& command) {
    const auto decision = decide(plan, state, command, hour(at));
    if (!decision) {
      last_refusal = decision.error();
      return "refused " +
             std::string(kRefusalCodeNames[static_cast<std::size_t>(decision.error().code)]);
    }
    std::string text;
    for (const auto& event : *decision) {
      apply(state, event);
      letters += std::to_string(notices(plan.protocol, state, event).size());
      text += (text.empty() ? "" : " ") + tests::text_of(event, plan.protocol);
    }
    return text;
  }

  [[nodiscard]] Command by(std::string_view who, CommandKind kind) const {
    return {.kind = kind, .actor = tests::actor_of(who, plan.protocol)};
  }

  [[nodiscard]] model::PartnerId partner(std::string_view name) const {
    return model::find<model::PartnerId>(plan.protocol.partners, name);
  }

  std::string open(std::vector<std::string_view> unsigned_by = {}) {
    auto command = by("coordinator", CommandKind::open);
    for (const auto name : unsigned_by) {
      command.unsigned_by.push_back(partner(name));
    }
    return say(0, command);
  }

  Plan plan;
  CaseState state;
  Refusal last_refusal;
  std::string letters;

 private:
  void add_routine() {
    auto& p = plan.protocol;
    p.routines.push_back({.name = "yearly",
                          .title = "yearly",
                          .every = {1, DurationUnit::years},
                          .responsible = {1}});
    p.routines.push_back({.name = "look-back",
                          .title = "look-back",
                          .every = {2, DurationUnit::weeks},
                          .for_each_case = true,
                          .responsible = model::find<model::RoleId>(p.roles, "adviser")});
    state = empty_case(p);
  }
};

bool says(const std::string& text, std::string_view part) {
  return text.find(part) != text.npos;
}

TEST(CaseRoutine, BeginsWithTheCaseAndEndsWithIt) {
  Path path;

  EXPECT_TRUE(says(path.open(), "routine_planned"));
  EXPECT_EQ(path.state.routines[1].planned, hour(14 * 24));
  EXPECT_EQ(path.state.routines[0].state, OccurrenceState::none) << "it is the partnership's";
  EXPECT_EQ(duties(path.plan.protocol, path.state).back().kind, DutyKind::routine);

  auto close = path.by("beneficiary", CommandKind::close);
  close.ending = model::find<model::EndingId>(path.plan.protocol.endings, "left");
  EXPECT_TRUE(says(path.say(9, close), "routine_withdrawn"));
  EXPECT_EQ(path.state.routines[1].state, OccurrenceState::withdrawn);
}

TEST(CaseRoutine, IsPlannedForADayWhenWhoeverConvenesIsOpen) {
  Path path;
  const auto date = [](int days) {
    return std::chrono::sys_days{std::chrono::year{2027} / 1 / 4} + std::chrono::days(days);
  };
  auto& partners = path.plan.protocol.partners;
  partners[path.partner("mission").value].closed = {{.day = date(14)}, {.day = date(15)}};
  partners[path.partner("foyer").value].closed = {{.day = date(28)}};
  (void)path.open();

  EXPECT_EQ(path.state.routines[1].planned, hour(16 * 24));
  auto hold = path.by("adviser", CommandKind::hold_routine);
  hold.routine = {1};
  hold.attended = {path.partner("mission")};
  (void)path.say(16 * 24 + 1, hold);
  EXPECT_EQ(path.state.routines[1].planned, hour(28 * 24)) << "the rhythm is as it was";
}

TEST(CaseRoutine, IsHeldByWhoAnswersForIt) {
  Path path;
  (void)path.open();
  auto hold = path.by("coordinator", CommandKind::hold_routine);
  hold.routine = {1};
  hold.attended = {path.partner("mission")};
  EXPECT_EQ(path.say(5, hold), "refused not_yours");
  hold.actor = tests::actor_of("adviser", path.plan.protocol);
  EXPECT_EQ(path.say(5, hold), "routine_held routine_planned(to adviser@mission)");
  hold.routine = {0};
  EXPECT_EQ(path.say(5, hold), "refused routine_not_here");
  hold.routine = {};
  EXPECT_EQ(path.say(5, hold), "refused routine_not_here");
}

TEST(CaseRoutine, WhoseDayPassesInAPauseIsPlannedAnew) {
  Path path;
  (void)path.open();
  (void)path.say(24, path.by("coordinator", CommandKind::pause));
  EXPECT_EQ(path.say(24 * 40, {.kind = CommandKind::tick}), "");

  EXPECT_TRUE(
      says(path.say(24 * 40, path.by("coordinator", CommandKind::resume_case)), "routine_planned"));
  EXPECT_EQ(path.state.routines[1].planned, hour(24 * 42));
  EXPECT_EQ(path.state.routines[1].number, 1U);
}

TEST(CaseRoutine, IsMissedAndTold) {
  Path path;
  (void)path.open();
  const auto said = path.say(24 * 28, {.kind = CommandKind::tick});

  EXPECT_TRUE(says(said, "routine_due routine_missed(tells coordinator) routine_planned")) << said;
  EXPECT_EQ(path.state.routines[1].missed, 1U);
  EXPECT_GT(next_due(path.plan, path.state), hour(24 * 28));
}

TEST(CaseRemark, IsKeptWithItsStep) {
  Path path;
  (void)path.open();
  auto remark = path.by("teacher", CommandKind::remark);
  EXPECT_EQ(path.say(3, remark), "refused remark_needed");
  remark.reason = "too short";
  remark.step = {0};

  EXPECT_EQ(path.say(3, remark), "remark_made(welcome)");
  ASSERT_EQ(path.state.remarks.size(), 1U);
  EXPECT_EQ(path.state.remarks[0].text, "too short");
  EXPECT_EQ(path.state[model::StepId{0}].work, WorkState::offered);
}

TEST(Signatures, LetNoCaseOpenThatNobodyWhoSignedCouldBegin) {
  Path path({.by_all_partners = true});

  EXPECT_EQ(path.open({"mission", "foyer"}), "refused partners_not_agreed");
  EXPECT_EQ(path.last_refusal.partners,
            (std::vector{path.partner("mission"), path.partner("foyer")}));
}

TEST(Signatures, SendAStepToTheDeputyThatSigned) {
  Path path({.by_all_partners = true});

  EXPECT_EQ(path.open({"mission"}), "case_opened step_offered(welcome to adviser@foyer calm)");
  EXPECT_EQ(path.say(1, path.by("adviser", CommandKind::take)), "refused step_needed");
}

TEST(Signatures, AreNotWaitedForWhereTheProtocolSaysSo) {
  Path path({.by_all_partners = true, .cases_before_signature = true});

  EXPECT_EQ(path.open({"mission", "foyer"}),
            "case_opened step_offered(welcome to adviser@mission calm)");
  EXPECT_TRUE(path.state.unsigned_by.empty());
}

TEST(Signatures, ArriveAsErrandsAndNeverFromAPerson) {
  Path path({.by_all_partners = true});
  (void)path.open({"mission"});
  auto errand = Command{.kind = CommandKind::partner_agreed, .partner = path.partner("mission")};
  EXPECT_EQ(path.say(1, errand), "refused not_possible_now");
  errand.from = "partnership/abc";
  EXPECT_TRUE(says(path.say(1, errand), "partner_agreed"));
  EXPECT_TRUE(path.state.unsigned_by.empty());
  EXPECT_EQ(path.say(2, errand), "refused not_possible_now") << "it is known";
  errand.kind = CommandKind::partner_lapsed;
  EXPECT_TRUE(says(path.say(3, errand), "partner_lapsed"));
  EXPECT_EQ(path.state.unsigned_by, std::vector{path.partner("mission")});
}

TEST(Signatures, ReachACaseThatIsPaused) {
  Path path({.by_all_partners = true});
  (void)path.open({"town"});
  (void)path.say(1, path.by("coordinator", CommandKind::pause));

  EXPECT_TRUE(says(path.say(2,
                            {.kind = CommandKind::partner_agreed,
                             .partner = path.partner("town"),
                             .from = "partnership/abc"}),
                   "partner_agreed"));
}

TEST(Signatures, AreNeverMissingSoThatNobodyAnswers) {
  Path path({.by_all_partners = true});
  for (std::size_t i = 0; i < path.plan.protocol.partners.size(); ++i) {
    path.state.unsigned_by.push_back({static_cast<std::uint16_t>(i)});
  }
  for (std::size_t i = 0; i < path.plan.protocol.roles.size(); ++i) {
    const auto answers = holder(path.plan.protocol, path.state, {static_cast<std::uint16_t>(i)});
    EXPECT_EQ(answers.partner, path.partner("mission")) << path.plan.protocol.roles[i].name;
  }
}

TEST(Signatures, PassADeclinedStepOnToThoseWhoSignedOnly) {
  Path path({.by_all_partners = true});
  (void)path.open({"mission"});
  auto decline = path.by("adviser@foyer", CommandKind::decline);
  decline.step = {0};

  EXPECT_TRUE(says(path.say(1, decline), "step_declined(welcome to coordinator@mission"))
      << "the coordination answers where nobody else may";
}

}  // namespace
}  // namespace protoflow::engine
