#include <set>
#include <string_view>

#include "dsl/print/graph.hpp"
#include "dsl/print/graph_conditions.hpp"
#include "dsl/print/graph_look.hpp"
#include "dsl/print/wording.hpp"

namespace protoflow::dsl {
namespace {

using model::Op;
using model::Protocol;
using model::Step;

struct Chart {
  const Protocol& protocol;
  const GraphWords& words;
  std::string text;
  std::string arrows;
  std::size_t joins = 0;
};

// Mermaid reads `#quot;` for a quotation mark and Markdown's signs inside quotes; every sign that
// could mean something becomes its number.
std::string escaped(std::string_view text) {
  constexpr std::string_view kSigns = "\"#<>&;`*_[]{}()|\\%~";
  std::string result;
  for (const char sign : text) {
    if (sign == '\n') {
      result += ' ';
    } else if (kSigns.find(sign) != kSigns.npos) {
      result += "#" + std::to_string(static_cast<unsigned>(sign)) + ";";
    } else {
      result += sign;
    }
  }
  return result;
}

// Names may be of any script; Mermaid's may not.
std::string place_of(std::string_view kind, std::size_t at) {
  return std::string(kind) + std::to_string(at);
}

std::string step_node(const Chart& chart, const Step& step) {
  return place_of("step", static_cast<std::size_t>(&step - chart.protocol.steps.data()));
}

std::string review_node(const Chart& chart, const Step& step) {
  return place_of("review", static_cast<std::size_t>(&step - chart.protocol.steps.data()));
}

std::string way_out(const Chart& chart, const Step& step) {
  return step.review ? review_node(chart, step) : step_node(chart, step);
}

void add_arrow(Chart& chart,
               const std::string& from,
               std::string_view line,
               const std::string& to,
               std::string_view label = {}) {
  chart.arrows += "  " + from + " " + std::string(line);
  chart.arrows += label.empty() ? "" : "|\"" + escaped(label) + "\"|";
  chart.arrows += " " + to + "\n";
}

std::string class_of(const Accountables& accountables, model::RoleId role) {
  return place_of("partner", accountables.place(role));
}

void add_condition(Chart& chart, const model::Condition& condition, const std::string& node) {
  draw_condition(
      condition,
      {node, 1, false},
      false,
      [&](const auto& group, const Target& target) {
        const std::string join = place_of("join", ++chart.joins);
        chart.text += "  " + join + "((\"" + escaped(join_words(group, chart.words)) + "\"))\n";
        add_arrow(chart, join, target.is_join ? "---" : "-->", target.node);
        return join;
      },
      [&](const auto& atom, const Target& target) {
        const Step& step = chart.protocol.steps[atom.subject];
        const std::string_view line = target.is_join ? "---" : "-->";
        if (atom.op == Op::step_not_needed) {
          add_arrow(chart, step_node(chart, step), "-.->", target.node, chart.words.not_needed);
        } else if (atom.op == Op::step_outcome && step.outcomes.size() > 1) {
          const auto& outcome = step.outcomes[static_cast<std::size_t>(atom.number)];
          add_arrow(chart, way_out(chart, step), line, target.node, outcome.name);
        } else {
          add_arrow(chart,
                    way_out(chart, step),
                    line,
                    target.node,
                    step.review ? chart.words.approved : std::string_view());
        }
      });
}

std::string step_label(const Chart& chart, const Step& step) {
  const auto& [protocol, words, text, arrows, joins] = chart;
  std::string label = "<b>" + escaped(title_or_name(step.title, step.name)) + "</b><br/>" +
                      escaped(role_title(protocol, step.responsible));
  const auto add = [&label](const std::string& line) { label += "<br/>" + escaped(line); };
  if (!step.deadlines.empty()) {
    add(std::string(words.within) + " " +
        duration_text(step.deadlines.back().within, protocol.language));
  }
  if (step.through.known()) {
    const model::Session& session = protocol[step.through];
    add(std::string(words.through) + " " + title_or_name(session.title, session.name));
  }
  if (step.repeat) {
    add(limit_label(words.repeats, step.repeat->times_max, words));
  }
  if (!step.when.empty()) {
    add(std::string(words.when) + " " + condition_text(step.when, protocol));
  }
  return label;
}

void add_step(Chart& chart, const Accountables& accountables, const Step& step) {
  const std::string node = step_node(chart, step);
  chart.text += "    " + node + "(\"" + step_label(chart, step) +
                "\"):::" + class_of(accountables, step.responsible) + "\n";
  if (!step.review) {
    return;
  }
  const std::string review = review_node(chart, step);
  chart.text += "    " + review + "{{\"" + review_words(*step.review, chart.words);
  for (const model::RoleId role : step.review->by) {
    chart.text += "<br/>" + escaped(role_title(chart.protocol, role));
  }
  const auto first = step.review->by.empty() ? model::RoleId{} : step.review->by.front();
  chart.text += "\"}}:::" + class_of(accountables, first) + "\n";
  add_arrow(chart, node, "-->", review);
  if (step.review->returns_max > 0) {
    add_arrow(chart,
              review,
              "-.->",
              node,
              limit_label(chart.words.returned_at_most, step.review->returns_max, chart.words));
  }
}

void add_stage(Chart& chart, const Accountables& accountables, model::StageId stage) {
  if (stage.known()) {
    const model::Stage& own = chart.protocol.stages[stage.value];
    chart.text += "  subgraph " + place_of("stage", stage.value) + "[\"" +
                  escaped(title_or_name(own.title, own.name)) + "\"]\n";
  }
  for (const Step& step : chart.protocol.steps) {
    if (step.stage == stage) {
      add_step(chart, accountables, step);
    }
  }
  chart.text += stage.known() ? "  end\n" : "";
}

void add_ways(Chart& chart) {
  for (const Step& step : chart.protocol.steps) {
    if (step.after.empty()) {
      add_arrow(chart, "opening", "-->", step_node(chart, step));
    }
    add_condition(chart, step.after, step_node(chart, step));
    for (const model::ConditionNode& atom : step.unless.nodes) {
      if (is_of_a_step(atom)) {
        add_arrow(chart,
                  way_out(chart, chart.protocol.steps[atom.subject]),
                  "-.-x",
                  step_node(chart, step),
                  chart.words.unless);
      }
    }
    for (const model::Outcome& outcome : step.outcomes) {
      if (outcome.reopens.known()) {
        add_arrow(chart,
                  way_out(chart, step),
                  "-.->",
                  step_node(chart, chart.protocol[outcome.reopens]),
                  outcome.name + ", " +
                      limit_label(chart.words.reopens, outcome.reopens_max, chart.words));
      }
      if (outcome.ends_case.known()) {
        const std::string ending = place_of("ending", outcome.ends_case.value);
        add_arrow(chart, way_out(chart, step), "-->", ending, outcome.name);
      }
    }
  }
}

void add_endings(Chart& chart) {
  for (std::size_t i = 0; i < chart.protocol.endings.size(); ++i) {
    const model::Ending& ending = chart.protocol.endings[i];
    const std::string node = place_of("ending", i);
    const std::string_view counts =
        ending.counts_as == model::CountsAs::success   ? chart.words.success
        : ending.counts_as == model::CountsAs::neutral ? chart.words.neutral
                                                       : chart.words.setback;
    chart.text += "  " + node + "([\"<b>" + escaped(title_or_name(ending.title, ending.name)) +
                  "</b><br/>" + std::string(counts) + "\"])\n";
    add_condition(chart, ending.when, node);
  }
}

// One class for each accountable, and one for what is not the partner's.
std::string classes(const Chart& chart,
                    const Accountables& accountables,
                    model::PartnerId partner) {
  std::string text;
  for (std::size_t i = 0; i < accountables.all.size(); ++i) {
    const Colour& colour = accountables.all[i].colour;
    text += "  classDef " + place_of("partner", i) + " fill:" + std::string(colour.ground) +
            ",stroke:" + std::string(colour.line) + ",color:#14191f\n";
  }
  if (!partner.known()) {
    return text;
  }
  text += "  classDef pale fill:#ffffff,stroke:#8a94a0,color:#5b6672\n";
  std::string others;
  for (const Step& step : chart.protocol.steps) {
    if (!answers(chart.protocol, partner, step.responsible)) {
      others += (others.empty() ? "" : ",") + step_node(chart, step);
    }
    if (step.review && !reviews(chart.protocol, partner, *step.review)) {
      others += (others.empty() ? "" : ",") + review_node(chart, step);
    }
  }
  return text + (others.empty() ? "" : "  class " + others + " pale\n");
}

}  // namespace

std::string graph_mermaid(const Protocol& protocol, model::PartnerId partner) {
  Chart chart{protocol, graph_words(protocol.language), {}, {}, 0};
  const Accountables accountables = find_accountables(protocol);
  chart.text = "flowchart TB\n  opening([\"" + escaped(chart.words.opening) + "\"])\n";
  for (std::size_t i = 0; i < protocol.stages.size(); ++i) {
    add_stage(chart, accountables, model::StageId{static_cast<std::uint16_t>(i)});
  }
  add_stage(chart, accountables, model::StageId{});
  add_ways(chart);
  add_endings(chart);
  return chart.text + chart.arrows + classes(chart, accountables, partner);
}

}  // namespace protoflow::dsl
