#include "dsl/lower/lower.hpp"

#include <algorithm>

#include <gtest/gtest.h>

#include "dsl/compile.hpp"
#include "engine/model/canonical.hpp"
#include "tests/unit/dsl/syntax/whole_language.hpp"

namespace protoflow::dsl {
namespace {

using model::Compare;
using model::ConditionNode;
using model::DurationUnit;
using model::Op;

model::Protocol whole() {
  Compiled compiled = compile(whole_language(model::Language::french), whole_shelf());
  EXPECT_TRUE(compiled.protocol);
  return compiled.protocol.value_or(model::Protocol{});
}

TEST(Lower, PutsTheBeneficiaryFirstAmongRoles) {
  const model::Protocol protocol = whole();
  EXPECT_EQ(protocol[model::kBeneficiary].name, "bénéficiaire");
  EXPECT_EQ(protocol.steps[3].responsible, model::kBeneficiary);
}

TEST(Lower, ReadsEveryClauseOfAStep) {
  const model::Protocol protocol = whole();
  const model::Step& step = protocol.steps[0];
  EXPECT_EQ(step.name, "welcome");
  EXPECT_EQ(step.title, "Welcome");
  EXPECT_EQ(step.stage.value, 0);
  EXPECT_EQ(protocol[step.responsible].name, "lead");
  EXPECT_EQ(step.with.size(), 2U);
  EXPECT_EQ(step.accept_within, (model::Duration{3, DurationUnit::hours}));
  ASSERT_EQ(step.deadlines.size(), 1U);
  EXPECT_EQ(step.deadlines[0].within, (model::Duration{10, DurationUnit::days}));
  EXPECT_EQ(step.remind_before, (std::vector{model::Duration{30, DurationUnit::minutes}}));
  ASSERT_EQ(step.late.size(), 3U);
  EXPECT_EQ(step.late[1].by, (model::Duration{2, DurationUnit::weeks}));
  EXPECT_EQ(step.late[1].action, model::LateAction::escalate);
  EXPECT_EQ(step.late[2].outcome.value, 1);
  EXPECT_EQ(step.hold->reason, "waiting");
  EXPECT_EQ(step.records.size(), 6U);
  EXPECT_EQ(protocol[step.outcomes[1].ends_case].name, "stopped");
  EXPECT_EQ(step.review->returns_max, 2);
  EXPECT_EQ(step.line, 57U);
  EXPECT_EQ(step.responsible_line, 58U);
}

TEST(Lower, GivesAStepWithoutOutcomesTheOneOutcomeDone) {
  const model::Protocol protocol = whole();
  ASSERT_EQ(protocol.steps[2].outcomes.size(), 1U);
  EXPECT_EQ(protocol.steps[2].outcomes[0].name, "done");
  EXPECT_EQ(protocol.steps[2].outcomes[0].title, "");
}

TEST(Lower, WritesConditionsInPreorder) {
  const model::Protocol protocol = whole();
  // not minor and level >= A1 and sector is wood and sector is not food
  const std::vector<ConditionNode> guard = {
      {.op = Op::all_of, .children = 4},
      {.op = Op::negate, .children = 1},
      {.op = Op::information, .subject = 0, .number = 1},
      {.op = Op::information, .compare = Compare::greater_equal, .subject = 1, .number = 1},
      {.op = Op::information, .subject = 2, .number = 1},
      {.op = Op::information, .compare = Compare::not_equal, .subject = 2, .number = 0},
  };
  EXPECT_EQ(protocol.steps[1].when.nodes, guard);
  EXPECT_EQ(
      protocol.steps[1].deadlines[0].when.nodes,
      (std::vector<ConditionNode>{
          {.op = Op::information, .compare = Compare::greater, .subject = 3, .number = 2000}}));
}

TEST(Lower, ExpandsAStageToItsSteps) {
  const model::Protocol protocol = whole();
  // (all of welcome, search or any of welcome, search) and 2 of welcome, search, first
  const std::vector<ConditionNode> after = {
      {.op = Op::all_of, .children = 2},
      {.op = Op::any_of, .children = 2},
      {.op = Op::all_of, .children = 2},
      {.op = Op::step_settled, .subject = 0},
      {.op = Op::step_settled, .subject = 1},
      {.op = Op::any_of, .children = 2},
      {.op = Op::step_settled, .subject = 0},
      {.op = Op::step_settled, .subject = 1},
      {.op = Op::at_least, .children = 3, .number = 2},
      {.op = Op::step_settled, .subject = 0},
      {.op = Op::step_settled, .subject = 1},
      {.op = Op::all_of, .children = 2},
      {.op = Op::step_settled, .subject = 0},
      {.op = Op::step_settled, .subject = 1},
  };
  EXPECT_EQ(protocol.steps[2].after.nodes, after);
}

TEST(Lower, ReadsAnExampleLineByLine) {
  const model::Protocol protocol = whole();
  const auto& lines = protocol.examples[0].lines;
  using model::ExampleVerb;
  ASSERT_EQ(lines.size(), 26U);
  EXPECT_EQ(lines[0].verb, ExampleVerb::open);
  EXPECT_EQ(lines[1].verb, ExampleVerb::expect_offered);
  EXPECT_EQ(lines[2].verb, ExampleVerb::expect_waiting);
  EXPECT_TRUE(lines[2].same_line_as_before);
  const auto completed = std::find_if(lines.begin(), lines.end(), [](const auto& line) {
    return line.verb == ExampleVerb::complete;
  });
  ASSERT_NE(completed, lines.end());
  EXPECT_EQ(completed->day, 4);
  EXPECT_EQ(completed->outcome.value, 0);
  ASSERT_EQ(completed->values.size(), 4U);
  EXPECT_EQ(completed->values[1].value.number, 1);
  EXPECT_EQ(completed->values[2].value.text, "x");
  EXPECT_EQ(completed->values[3].value.number, 11356);  // 2001-02-03
  EXPECT_EQ(completed->consents, (std::vector{model::RecordedConsent{model::ConsentId{0}, true}}));
  EXPECT_EQ(lines[23].verb, ExampleVerb::expect_withdrawn);
  EXPECT_EQ(lines[24].verb, ExampleVerb::expect_closed);
  EXPECT_EQ(lines.back().verb, ExampleVerb::close);
  EXPECT_EQ(lines.back().role, model::kBeneficiary);
  EXPECT_EQ(lines.back().ending.value, 2);
}

TEST(Lower, ReadsASessionAndTheStepThroughIt) {
  const model::Protocol protocol = whole();
  ASSERT_EQ(protocol.sessions.size(), 1U);
  const model::Session& dinner = protocol.sessions[0];
  EXPECT_EQ(protocol[dinner.hosted_by].name, "lead");
  EXPECT_EQ(dinner.with.size(), 2U);
  EXPECT_EQ(dinner.beneficiaries_max, 12);
  EXPECT_EQ(dinner.every, (model::Duration{3, DurationUnit::months}));
  EXPECT_TRUE(dinner.on_request);
  ASSERT_EQ(dinner.preparations.size(), 1U);
  EXPECT_EQ(dinner.preparations[0].name, "shopping");
  EXPECT_EQ(protocol[dinner.preparations[0].responsible].name, "helper");
  EXPECT_EQ(dinner.preparations[0].with.size(), 1U);
  EXPECT_EQ(dinner.preparations[0].before, (model::Duration{7, DurationUnit::days}));
  ASSERT_EQ(dinner.follow_ups.size(), 1U);
  EXPECT_EQ(dinner.follow_ups[0].within, (model::Duration{5, DurationUnit::days}));
  EXPECT_EQ(protocol[protocol.steps[1].through].name, "dinner");
}

TEST(Lower, ReadsHowManyOfSeveralReviewersMustApprove) {
  const model::Protocol protocol = whole();
  const model::Review& some = *protocol.steps[3].review;
  std::string names;
  for (const model::RoleId role : some.by) {
    names += protocol[role].name + " ";
  }

  EXPECT_EQ(names, "lead host helper ");
  EXPECT_EQ(some.approvals, 2);
  EXPECT_EQ(some.returns_max, 1);
  EXPECT_EQ(protocol.steps[0].review->approvals, 1);
}

TEST(Lower, ReadsWhatWithdrawsAndRepeatsAStep) {
  const model::Protocol protocol = whole();
  const model::Step& search = protocol.steps[1];
  EXPECT_EQ(search.unless.nodes,
            (std::vector<ConditionNode>{{.op = Op::step_outcome, .subject = 2, .number = 0}}));
  ASSERT_TRUE(search.repeat);
  EXPECT_EQ(search.repeat->times_max, 3);
  EXPECT_EQ(search.repeat->every, (model::Duration{2, DurationUnit::months}));
  EXPECT_EQ(search.repeat->until.nodes.size(), 1U);
}

TEST(Lower, ReadsTheAgreementTranslationsAndAPartnersClosedDays) {
  const model::Protocol protocol = whole();
  ASSERT_TRUE(protocol.agreement);
  EXPECT_TRUE(protocol.agreement->by_all_partners);
  EXPECT_EQ(protocol.agreement->within, (model::Duration{30, DurationUnit::days}));
  EXPECT_EQ(protocol.agreement->renewed_every, (model::Duration{12, DurationUnit::months}));
  EXPECT_TRUE(protocol.agreement->cases_before_signature);
  EXPECT_EQ(protocol.translations, (std::vector{model::Translation{"ar", "كل كلمة"}}));
  EXPECT_EQ(protocol.partners[0].speaks, (std::vector<std::string>{"fr", "ar", "de", "no"}));
  ASSERT_EQ(protocol.partners[0].closed.size(), 2U);
  EXPECT_EQ(protocol.partners[0].closed[0].reason, "Summer");
  EXPECT_EQ(protocol.partners[0].closed[1].reason, "Christmas");
}

TEST(Lower, ReadsEveryKindOfPromise) {
  const model::Protocol protocol = whole();
  ASSERT_EQ(protocol.promises.size(), 1U);
  const auto& lines = protocol.promises[0].lines;
  const std::pair<model::PromiseKind, std::size_t> expected[] = {
      {model::PromiseKind::never_before, 2},
      {model::PromiseKind::then_later, 2},
      {model::PromiseKind::never_both, 2},
      {model::PromiseKind::exactly_one, 2},
      {model::PromiseKind::within_of, 2},
      {model::PromiseKind::case_ends_within, 0},
      {model::PromiseKind::by_different_partners, 2},
      {model::PromiseKind::sees_only_after, 0},
  };
  ASSERT_EQ(lines.size(), std::size(expected));
  for (std::size_t i = 0; i < lines.size(); ++i) {
    EXPECT_EQ(lines[i].kind, expected[i].first) << i;
    EXPECT_EQ(lines[i].conditions.size(), expected[i].second) << i;
  }
  EXPECT_EQ(lines[4].within, (model::Duration{10, DurationUnit::days}));
  EXPECT_EQ(protocol[lines[7].partner].name, "firm");
  EXPECT_EQ(protocol[lines[7].information].name, "level");
  EXPECT_EQ(protocol[lines[7].consent].name, "sharing");
}

TEST(Lower, ReadsWhatAnEarlierVersionCalledIt) {
  const Compiled compiled = compile(R"(protocol moved "Moved"
  coordinated by coordinator
partner house "House"
role coordinator "Coordinator"
  held by house
step call "Call"
  responsible coordinator
  within 1 day
  if late tell beneficiary
  was ring, phone
  outcome fine "Fine" was agreed ends case as over
  outcome later "Later"
ending over "Over"
  when call
  was done
)");
  ASSERT_TRUE(compiled.protocol);
  using model::FormerKind;
  const std::vector<model::FormerName> expected = {
      {FormerKind::step, 0, {}, "ring"},
      {FormerKind::step, 0, {}, "phone"},
      {FormerKind::outcome, 0, {0}, "agreed"},
      {FormerKind::ending, 0, {}, "done"},
  };
  EXPECT_EQ(compiled.protocol->former_names, expected);
  EXPECT_EQ(compiled.protocol->steps[0].outcomes[0].ends_case.value, 0);
}

TEST(Lower, ComposesNames) {
  const Compiled compiled = compile(
      "protocol caf\u0065\u0301\n  coordinated by beneficiary\nstep s\n  responsible beneficiary\n"
      "ending e\u0301t\u00E9\n  when s\n");
  ASSERT_TRUE(compiled.protocol);
  EXPECT_EQ(compiled.protocol->name, "café");
  EXPECT_EQ(compiled.protocol->endings[0].name, "été");
}

TEST(Lower, JoinsATextOverSeveralLines) {
  const Compiled compiled = compile(
      "protocol p « A title\n     on two lines »\n  coordinated by beneficiary\n  objective “o”\n"
      "step s\n  responsible beneficiary\nending e\n  when s\n");
  ASSERT_TRUE(compiled.protocol);
  EXPECT_EQ(compiled.protocol->title, "A title on two lines");
  EXPECT_EQ(compiled.protocol->objective, "o");
}

// A text that is large, hostile or both is read in one pass, or refused.
TEST(Compile, SurvivesLargeHostileTexts) {
  constexpr std::size_t kSize = 600'000;
  for (const std::string_view piece : {"step s\n",
                                       "\"",
                                       "conseil «\n",
                                       "after (",
                                       "a ",
                                       "\n",
                                       "#",
                                       ",\n",
                                       "and\n",
                                       "besoin b «»\n",
                                       "  après x et y ou z\n",
                                       "étappe é\n",
                                       "  issue ok\n",
                                       "  avec a, b,\n"}) {
    std::string text = "protocole p\nétape x\n";
    while (text.size() < kSize) {
      text += piece;
    }
    const Compiled compiled = compile(text);
    EXPECT_FALSE(compiled.protocol) << piece;
    EXPECT_LE(compiled.diagnostics.size(), kDiagnosticsMax);
    EXPECT_FALSE(render_text(compiled, text, "x", false).empty());
  }
}

}  // namespace
}  // namespace protoflow::dsl
