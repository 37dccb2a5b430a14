#include "engine/condition/condition.hpp"

#include <algorithm>
#include <random>

#include <gtest/gtest.h>

namespace protoflow::engine {
namespace {

using model::Compare;
using model::Condition;
using model::ConditionNode;
using model::InformationId;
using model::Op;
using model::StepId;

constexpr std::uint16_t kSteps = 4;
constexpr std::uint16_t kInformations = 3;
constexpr std::uint16_t kConsents = 2;

CaseState blank_case() {
  CaseState state;
  state.steps.resize(kSteps);
  state.informations.resize(kInformations);
  state.consents.resize(kConsents);
  return state;
}

ConditionNode over(Op op, std::uint16_t children, std::int64_t number = 0) {
  return {.op = op, .children = children, .number = number};
}

ConditionNode about(Op op, std::uint16_t subject, std::int64_t number = 0) {
  return {.op = op, .subject = subject, .number = number};
}

ConditionNode compared(std::uint16_t subject, Compare compare, std::int64_t number) {
  return {.op = Op::information, .compare = compare, .subject = subject, .number = number};
}

// Consent 0 is given, 1 is refused and 2 is not asked: atoms of every value.
const ConditionNode kYes = about(Op::consent_given, 0);
const ConditionNode kNo = about(Op::consent_given, 1);
const ConditionNode kNotYet = about(Op::consent_given, 2);

CaseState three_consents() {
  CaseState state = blank_case();
  state.consents = {ConsentAnswer::given, ConsentAnswer::refused, ConsentAnswer::not_asked};
  return state;
}

struct Row {
  std::vector<ConditionNode> nodes;
  Truth value;
};

class Operators : public testing::TestWithParam<Row> {};

TEST_P(Operators, FollowStrongKleeneLogic) {
  EXPECT_EQ(evaluate(Condition{GetParam().nodes}, three_consents()), GetParam().value);
}

// clang-format off
INSTANTIATE_TEST_SUITE_P(Table, Operators, testing::Values(
    Row{{},                                                    Truth::yes},
    Row{{kYes},                                                Truth::yes},
    Row{{kNo},                                                 Truth::no},
    Row{{kNotYet},                                             Truth::not_yet},
    Row{{over(Op::negate, 1), kYes},                           Truth::no},
    Row{{over(Op::negate, 1), kNo},                            Truth::yes},
    Row{{over(Op::negate, 1), kNotYet},                        Truth::not_yet},
    Row{{over(Op::all_of, 0)},                                 Truth::yes},
    Row{{over(Op::all_of, 2), kYes, kYes},                     Truth::yes},
    Row{{over(Op::all_of, 2), kYes, kNotYet},                  Truth::not_yet},
    Row{{over(Op::all_of, 2), kYes, kNo},                      Truth::no},
    Row{{over(Op::all_of, 2), kNotYet, kNo},                   Truth::no},
    Row{{over(Op::any_of, 0)},                                 Truth::no},
    Row{{over(Op::any_of, 2), kNo, kNo},                       Truth::no},
    Row{{over(Op::any_of, 2), kNo, kNotYet},                   Truth::not_yet},
    Row{{over(Op::any_of, 2), kNotYet, kYes},                  Truth::yes},
    Row{{over(Op::at_least, 3, 2), kYes, kNo, kYes},           Truth::yes},
    Row{{over(Op::at_least, 3, 2), kYes, kNo, kNotYet},        Truth::not_yet},
    Row{{over(Op::at_least, 3, 2), kNo, kNo, kNotYet},         Truth::no},
    Row{{over(Op::at_least, 3, 2), kYes, kYes, kNotYet},       Truth::yes},
    Row{{over(Op::at_least, 2, 0), kNo, kNo},                  Truth::yes},
    Row{{over(Op::at_least, 2, 3), kYes, kYes},                Truth::no},
    Row{{over(Op::all_of, 2), over(Op::any_of, 2), kNo, kYes,
         over(Op::negate, 1), over(Op::all_of, 2), kYes, kNo}, Truth::yes},
    Row{{over(Op::any_of, 2), over(Op::all_of, 2), kYes, kNotYet,
         over(Op::negate, 1), kYes},                           Truth::not_yet}));

// clang-format on

struct StepRow {
  WorkState work;
  Truth settled, outcome, not_needed;
};

class StepAtoms : public testing::TestWithParam<StepRow> {};

TEST_P(StepAtoms, AreNotYetUntilTheStepSettles) {
  CaseState state = blank_case();
  state.steps[1].work = GetParam().work;
  state.steps[1].outcome = model::OutcomeId{0};

  EXPECT_EQ(evaluate({{about(Op::step_settled, 1)}}, state), GetParam().settled);
  EXPECT_EQ(evaluate({{about(Op::step_outcome, 1, 0)}}, state), GetParam().outcome);
  EXPECT_EQ(evaluate({{about(Op::step_not_needed, 1)}}, state), GetParam().not_needed);
}

// clang-format off
INSTANTIATE_TEST_SUITE_P(Table, StepAtoms, testing::Values(
    StepRow{WorkState::waiting,    Truth::not_yet, Truth::not_yet, Truth::not_yet},
    StepRow{WorkState::offered,    Truth::not_yet, Truth::not_yet, Truth::not_yet},
    StepRow{WorkState::taken,      Truth::not_yet, Truth::not_yet, Truth::not_yet},
    StepRow{WorkState::held,       Truth::not_yet, Truth::not_yet, Truth::not_yet},
    StepRow{WorkState::in_review,  Truth::not_yet, Truth::not_yet, Truth::not_yet},
    StepRow{WorkState::done,       Truth::yes,     Truth::yes,     Truth::no},
    StepRow{WorkState::not_needed, Truth::yes,     Truth::no,      Truth::yes},
    StepRow{WorkState::withdrawn,  Truth::yes,     Truth::no,      Truth::no}));

// clang-format on

TEST(StepAtom, IsNoForAnotherOutcome) {
  CaseState state = blank_case();
  state.steps[0].work = WorkState::done;
  state.steps[0].outcome = model::OutcomeId{1};

  EXPECT_EQ(evaluate({{about(Op::step_outcome, 0, 0)}}, state), Truth::no);
  EXPECT_EQ(evaluate({{about(Op::step_outcome, 0, 1)}}, state), Truth::yes);
}

TEST(InformationAtom, ComparesInSixWays) {
  CaseState state = blank_case();
  state.informations[0] = {.known = Known::yes, .value = {.number = 5, .text = {}}};

  struct {
    Compare compare;
    bool below, equal, above;  // 5 compared with 6, 5 and 4
  } const rows[] = {
      {Compare::equal, false, true, false},
      {Compare::not_equal, true, false, true},
      {Compare::less, true, false, false},
      {Compare::less_equal, true, true, false},
      {Compare::greater, false, false, true},
      {Compare::greater_equal, false, true, true},
  };

  for (const auto& row : rows) {
    const auto value = [&](std::int64_t number) {
      return evaluate({{compared(0, row.compare, number)}}, state) == Truth::yes;
    };
    EXPECT_EQ(value(6), row.below);
    EXPECT_EQ(value(5), row.equal);
    EXPECT_EQ(value(4), row.above);
  }
}

TEST(InformationAtom, IsNotYetWhileNobodyRecordedItAndOnceErased) {
  CaseState state = blank_case();
  for (const Known known : {Known::no, Known::erased}) {
    state.informations[0].known = known;
    EXPECT_EQ(evaluate({{compared(0, Compare::equal, 0)}}, state), Truth::not_yet);
    EXPECT_EQ(evaluate({{about(Op::information_known, 0)}}, state), Truth::not_yet);
  }
  state.informations[0].known = Known::yes;
  EXPECT_EQ(evaluate({{about(Op::information_known, 0)}}, state), Truth::yes);
}

TEST(ConsentAtom, IsNoOnceRefusedOrWithdrawn) {
  CaseState state = blank_case();
  for (const auto& [answer, value] : {std::pair(ConsentAnswer::not_asked, Truth::not_yet),
                                      std::pair(ConsentAnswer::given, Truth::yes),
                                      std::pair(ConsentAnswer::refused, Truth::no),
                                      std::pair(ConsentAnswer::withdrawn, Truth::no)}) {
    state.consents[1] = answer;
    EXPECT_EQ(evaluate({{about(Op::consent_given, 1)}}, state), value);
  }
}

TEST(MissingInformations, AreThoseThatCouldStillDecideInTheOrderOfTheText) {
  CaseState state = blank_case();
  state.consents = {ConsentAnswer::given, ConsentAnswer::refused};
  // (2 known and 0 = 1) or (refused and 1 known) or 0 = 2: the second operand is decided already
  const Condition condition{{over(Op::any_of, 3),
                             over(Op::all_of, 2),
                             about(Op::information_known, 2),
                             compared(0, Compare::equal, 1),
                             over(Op::all_of, 2),
                             kNo,
                             about(Op::information_known, 1),
                             compared(0, Compare::equal, 2)}};

  const std::vector<InformationId> expected = {InformationId{2}, InformationId{0}};
  EXPECT_EQ(missing_informations(condition, state), expected);

  state.informations[0] = {.known = Known::yes, .value = {.number = 2, .text = {}}};
  EXPECT_TRUE(missing_informations(condition, state).empty()) << "the condition is decided";
}

TEST(StepsOf, AreEachNamedOnceAndSorted) {
  const Condition condition{{over(Op::all_of, 4),
                             about(Op::step_settled, 3),
                             about(Op::step_outcome, 1),
                             about(Op::step_not_needed, 3),
                             about(Op::information_known, 0)}};

  const std::vector<StepId> expected = {StepId{1}, StepId{3}};
  EXPECT_EQ(steps_of(condition), expected);
  EXPECT_TRUE(steps_of({}).empty());
}

TEST(Condition, AsDeepAsItLikesNeverGoesDownTheStack) {
  Condition condition;
  condition.nodes.assign(1'000'000, over(Op::negate, 1));
  condition.nodes.push_back(kYes);

  EXPECT_EQ(evaluate(condition, three_consents()), Truth::yes);
}

// ---- property: a decision stands, whatever is learnt afterwards
// ------------------------------------------------------

using Random = std::mt19937;

std::uint16_t below(Random& random, std::size_t limit) {
  return static_cast<std::uint16_t>(random() % limit);
}

ConditionNode random_atom(Random& random) {
  switch (random() % 6) {
    case 0:
      return about(Op::step_settled, below(random, kSteps));
    case 1:
      return about(Op::step_outcome, below(random, kSteps), below(random, 2));
    case 2:
      return about(Op::step_not_needed, below(random, kSteps));
    case 3:
      return about(Op::information_known, below(random, kInformations));
    case 4:
      return about(Op::consent_given, below(random, kConsents));
    default:
      return compared(
          below(random, kInformations), static_cast<Compare>(random() % 6), below(random, 3));
  }
}

Condition random_condition(Random& random) {
  Condition condition;
  std::size_t open = 1;  // operands still to be written
  while (open > 0) {
    --open;
    if (condition.nodes.size() > 30 || random() % 2 == 0) {
      condition.nodes.push_back(random_atom(random));
      continue;
    }
    const auto op = static_cast<Op>(random() % 4);
    const std::uint16_t operands = op == Op::negate ? 1 : below(random, 4);
    condition.nodes.push_back(over(op, operands, below(random, 4)));
    open += operands;
  }
  return condition;
}

void learn_something(Random& random, CaseState& state) {
  StepState& step = state.steps[below(random, kSteps)];
  if (!is_settled(step.work)) {
    step.work = static_cast<WorkState>(random() % kWorkStateNames.size());
    step.outcome = model::OutcomeId{below(random, 2)};
  }
  InformationState& information = state.informations[below(random, kInformations)];
  if (information.known == Known::no && random() % 2 == 0) {
    information = {.known = Known::yes, .value = {.number = below(random, 3), .text = {}}};
  }
  ConsentAnswer& consent = state.consents[below(random, kConsents)];
  if (consent == ConsentAnswer::not_asked && random() % 2 == 0) {
    consent = random() % 2 == 0 ? ConsentAnswer::given : ConsentAnswer::refused;
  }
}

TEST(Condition, OnceDecidedStaysDecidedWhateverIsLearnt) {
  const unsigned seed = std::random_device()();
  SCOPED_TRACE(seed);
  Random random(seed);
  int decided_early = 0;
  for (int round = 0; round < 5000; ++round) {
    const Condition condition = random_condition(random);
    CaseState state = blank_case();
    Truth before = evaluate(condition, state);
    for (int i = 0; i < 12; ++i) {
      learn_something(random, state);
      const Truth now = evaluate(condition, state);
      ASSERT_TRUE(before == Truth::not_yet || now == before) << "round " << round;
      decided_early += before == Truth::not_yet && now != before ? 1 : 0;
      before = now;
    }
  }
  EXPECT_GT(decided_early, 500) << "the conditions drawn must be worth testing";
}

TEST(Condition, WithNothingMissingWaitsForNoInformation) {
  const unsigned seed = std::random_device()();
  SCOPED_TRACE(seed);
  Random random(seed);
  for (int round = 0; round < 5000; ++round) {
    const Condition condition = random_condition(random);
    CaseState state = blank_case();
    for (int i = 0; i < 6; ++i) {
      learn_something(random, state);
    }
    for (const InformationId missing : missing_informations(condition, state)) {
      EXPECT_NE(state.informations[missing.value].known, Known::yes);
    }
    for (InformationState& information : state.informations) {
      information.known = Known::yes;
    }
    EXPECT_TRUE(missing_informations(condition, state).empty());
  }
}

}  // namespace
}  // namespace protoflow::engine
