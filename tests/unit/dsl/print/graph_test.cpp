#include "dsl/print/graph.hpp"

#include <gtest/gtest.h>

namespace protoflow::dsl {
namespace {

using model::Binding;
using model::Compare;
using model::ConditionNode;
using model::Op;
using model::OutcomeId;
using model::PartnerId;
using model::RoleId;
using model::StepId;

constexpr RoleId kAdviser{1};
constexpr RoleId kTutor{2};
constexpr RoleId kCoordinator{3};

model::Step step(std::string name, std::string title, RoleId responsible) {
  model::Step made;
  made.name = std::move(name);
  made.title = std::move(title);
  made.stage = model::StageId{0};
  made.responsible = responsible;
  made.outcomes = {{.name = "done"}};
  return made;
}

/// welcome, then search (reviewed) and language in parallel, then visit after both.
model::Protocol small() {
  model::Protocol protocol;
  protocol.language = model::Language::english;
  protocol.name = "small";
  protocol.title = "A first & small \"path\"";
  protocol.partners = {{.name = "lead", .title = "Lead <agency>"},
                       {.name = "firm", .title = "Firm"}};
  protocol.roles.resize(4);
  protocol.roles[0] = {
      .name = "beneficiary", .title = "Beneficiary", .binding = Binding::beneficiary};
  protocol.roles[1] = {.name = "adviser", .title = "Adviser", .partners = {PartnerId{0}}};
  protocol.roles[2] = {.name = "tutor",
                       .title = "Tutor",
                       .binding = Binding::chosen_by,
                       .partners = {PartnerId{1}},
                       .chooser = kAdviser};
  protocol.roles[3] = {.name = "coordinator", .title = "Coordinator", .partners = {PartnerId{0}}};
  protocol.stages = {{.name = "all", .title = "Everything"}};
  protocol.steps = {step("welcome", "Welcome", kAdviser),
                    step("search", "Search", kAdviser),
                    step("language", "Language", kTutor),
                    step("visit", "Visit", kTutor)};
  const ConditionNode after_welcome = {Op::step_settled, Compare::equal, 0, 0, 0};
  protocol.steps[1].after.nodes = {after_welcome};
  protocol.steps[1].review = model::Review{.by = {kCoordinator}, .returns_max = 2};
  protocol.steps[1].outcomes = {{.name = "found"}, {.name = "none"}};
  protocol.steps[2].after.nodes = {after_welcome};
  protocol.steps[3].after.nodes = {{Op::all_of, Compare::equal, 0, 2, 0},
                                   {Op::step_outcome, Compare::equal, 1, 0, 0},
                                   {Op::step_settled, Compare::equal, 2, 0, 0}};
  protocol.steps[3].outcomes = {{.name = "again", .reopens = StepId{1}, .reopens_max = 1},
                                {.name = "stop", .ends_case = model::EndingId{1}}};
  protocol.endings.resize(2);
  protocol.endings[0].name = "placed";
  protocol.endings[0].has_condition = true;
  protocol.endings[0].when.nodes = {{Op::step_not_needed, Compare::equal, 3, 0, 0}};
  protocol.endings[0].counts_as = model::CountsAs::success;
  protocol.endings[1].name = "stopped";
  protocol.endings[1].counts_as = model::CountsAs::setback;
  return protocol;
}

TEST(Graph, DrawsWhatTheProtocolSays) {
  struct Row {
    std::string_view claim, text;
  };

  const Row rows[] = {
      {"the title is escaped", "A first &amp; small &quot;path&quot;"},
      {"a partner's title is escaped", "Lead &lt;agency&gt;"},
      {"a stage is a frame", "subgraph \"cluster_all\""},
      {"the first step follows the opening", "opening -> \"step:welcome\""},
      {"a review has a node of its own", "\"step:search\" -> \"review:search\""},
      {"and an arrow back, with its limit",
       "\"review:search\" -> \"step:search\" [label=<&#160;returned, at most 2 times"},
      {"an outcome is on its arrow, which leaves the review",
       "\"review:search\" -> \"join:1\" [label=<&#160;found"},
      {"a join is visible", "\"join:1\" -> \"step:visit\""},
      {"both branches reach the join", "\"step:language\" -> \"join:1\""},
      {"an outcome that reopens goes back",
       "\"step:visit\" -> \"step:search\" [label=<&#160;again"},
      {"an outcome that ends the case reaches its ending",
       "\"step:visit\" -> \"ending:stopped\" [label=<&#160;stop"},
      {"what was not needed can end a case",
       "\"step:visit\" -> \"ending:placed\" [label=<&#160;not needed"},
      {"a success has a shape of its own", "peripheries=2"},
      {"a setback too", "shape=octagon"},
      {"a role is written on its step, not only coloured", "Adviser</FONT>"},
      {"whoever is chosen is listed", "Tutor (one of: Firm)"},
  };
  const std::string dot = graph_dot(small());
  for (const Row& row : rows) {
    EXPECT_NE(dot.find(row.text), std::string::npos) << row.claim << "\n" << dot;
  }
}

TEST(Graph, IsTheSameBytesForTheSameProtocol) {
  EXPECT_EQ(graph_dot(small()), graph_dot(small()));
}

TEST(Graph, EscapesNamesThatWouldEndAString) {
  model::Protocol protocol = small();
  protocol.steps[0].name = "a\"] b\\";

  EXPECT_NE(graph_dot(protocol).find("\"step:a\\\"] b\\\\\""), std::string::npos);
}

TEST(Graph, DrawsAnEmptyProtocol) {
  EXPECT_NE(graph_dot(model::Protocol{}).find("digraph"), std::string::npos);
}

TEST(GraphDot, MakesOnePartnersPartStandOut) {
  const model::Protocol protocol = small();
  const std::string all = graph_dot(protocol);
  const std::string seen = graph_dot(protocol, PartnerId{1});

  const auto line_of = [](const std::string& dot, std::string_view node) {
    const std::size_t at = dot.find("    " + std::string(node) + " [class=");
    EXPECT_NE(at, dot.npos) << node;
    return dot.substr(at, dot.find('\n', at) - at);
  };
  EXPECT_EQ(all.find("penwidth=2.8"), all.npos);
  EXPECT_NE(line_of(seen, "\"step:visit\"").find("penwidth=2.8"), seen.npos);
  EXPECT_NE(line_of(seen, "\"step:welcome\"").find("penwidth=0.8"), seen.npos);
  EXPECT_NE(line_of(seen, "\"review:search\"").find("penwidth=0.8"), seen.npos);
}

TEST(GraphDot, ShowsSeveralReviewersInOneNodeAndHowManyMustApprove) {
  model::Protocol protocol = small();
  protocol.steps[1].review = model::Review{.by = {kCoordinator, kTutor}, .approvals = 1};
  for (const std::string& text : {graph_dot(protocol), graph_mermaid(protocol)}) {
    EXPECT_NE(text.find("review 1/2"), text.npos) << text;
    EXPECT_NE(text.find("Coordinator"), text.npos) << text;
  }
  const std::string seen = graph_dot(protocol, PartnerId{1});
  const std::size_t at = seen.find("    \"review:search\" [class=");
  EXPECT_LT(seen.find("penwidth=2.8", at), seen.find('\n', at)) << "one of its roles reviews it";
}

TEST(GraphDot, ShowsWhatRepeatsAndWithdrawsAStepAndItsSession) {
  model::Protocol protocol = small();
  protocol.sessions = {{.name = "dinner", .title = "The dinner"}};
  protocol.steps[2].through = model::SessionId{0};
  protocol.steps[2].repeat = model::Repeat{
      .until = {}, .times_max = 3, .every = model::Duration{2, model::DurationUnit::months}};
  protocol.steps[2].unless.nodes = {{Op::step_outcome, Compare::equal, 1, 0, 1}};
  for (const std::string& text : {graph_dot(protocol), graph_mermaid(protocol)}) {
    EXPECT_NE(text.find("session: The dinner"), text.npos) << text;
    EXPECT_NE(text.find("repeated, at most 3 times"), text.npos) << text;
    EXPECT_NE(text.find("unless"), text.npos) << text;
  }
}

TEST(GraphMermaid, DrawsStagesStepsReviewsJoinsAndEndingsWithEveryTextEscaped) {
  const std::string chart = graph_mermaid(small());
  EXPECT_EQ(chart.find("flowchart TB\n"), 0u);
  for (const std::string_view part : {"subgraph stage0[\"Everything\"]",
                                      "step1(\"<b>Search</b><br/>Adviser",
                                      "review1{{\"review",
                                      "join1((\"and\"))",
                                      "review1 -.->|\"returned, at most 2 times\"| step1",
                                      "classDef partner1"}) {
    EXPECT_NE(chart.find(part), chart.npos) << part << "\n" << chart;
  }
  model::Protocol sly = small();
  sly.steps[0].title = "\"]; click step1 \"javascript:x\"\n<b>";
  const std::string escaped = graph_mermaid(sly);
  EXPECT_EQ(escaped.find("\"];"), escaped.npos) << escaped;
  EXPECT_EQ(escaped.find("click step1 \""), escaped.npos) << escaped;
}

TEST(GraphMermaid, MakesOnePartnersPartStandOut) {
  EXPECT_EQ(graph_mermaid(small()).find("class step"), std::string::npos);
  EXPECT_NE(graph_mermaid(small(), PartnerId{1}).find("class step0,step1,review1 pale"),
            std::string::npos)
      << graph_mermaid(small(), PartnerId{1});
}

}  // namespace
}  // namespace protoflow::dsl
