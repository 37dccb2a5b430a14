#include "dsl/print/graph.hpp"

#include <algorithm>
#include <string_view>
#include <vector>

#include "dsl/print/dot_text.hpp"
#include "dsl/print/graph_look.hpp"
#include "dsl/print/wording.hpp"

namespace protoflow::dsl {
namespace {

using model::CountsAs;
using model::Op;
using model::Protocol;
using model::Step;

constexpr std::size_t kTitleColumns = 26;
constexpr std::size_t kNoteColumns = 48;
constexpr std::size_t kGuardColumns = 36;
constexpr std::size_t kReviewColumns = 18;
constexpr std::size_t kLegendColumns = 40;
constexpr std::string_view kQuiet = "#3d4650";
constexpr std::string_view kPlain = "#14191f";

struct Picture {
  const Protocol& protocol;
  const GraphWords& words;
  Accountables accountables;
  std::string text;
  std::string edges;
  std::size_t joins = 0;
};

const Colour& colour_of(const Picture& picture, model::RoleId role) {
  return picture.accountables.all[picture.accountables.place(role)].colour;
}

std::string step_node(const Step& step) {
  return quoted("step:" + step.name);
}

std::string ending_node(const model::Ending& ending) {
  return quoted("ending:" + ending.name);
}

/// Where arrows leave a step from: its review, if it has one.
std::string way_out(const Step& step) {
  return step.review ? quoted("review:" + step.name) : step_node(step);
}

struct Arrow {
  std::string from, to, label, look;
};

void add_arrow(Picture& picture, const Arrow& arrow) {
  picture.edges += "  " + arrow.from + " -> " + arrow.to + " [";
  if (!arrow.label.empty()) {
    picture.edges += "label=<&#160;" + arrow.label + "&#160;> ";
  }
  picture.edges += arrow.look + "];\n";
}

std::string limit_label(std::string_view what, unsigned times, const GraphWords& words) {
  return std::string(what) + " " + std::to_string(times) + " " +
         std::string(times == 1 ? words.once : words.times);
}

// ---- conditions: one arrow an atom, one small circle a join ------------------------------------

/// A place that still waits for arrows: a node, a join, or the operand of a join.
struct Target {
  std::string node;
  std::size_t left = 1;
  bool is_join = false;
};

std::string join_node(std::size_t number) {
  return quoted("join:" + std::to_string(number));
}

/// A join that leads to `target`, and the place of its operands.
Target add_join(Picture& picture, const model::ConditionNode& node, const Target& target) {
  const std::string name = join_node(++picture.joins);
  std::string label(node.op == Op::all_of ? picture.words.all : picture.words.any);
  if (node.op == Op::at_least) {
    label = std::to_string(node.number) + "/" + std::to_string(node.children);
  }
  picture.text +=
      "  " + name + " [class=\"join\" shape=circle fixedsize=true width=0.36 style=\"filled\" " +
      "fillcolor=\"#1f2933\" color=\"#1f2933\" fontcolor=\"white\" fontsize=11 label=<<B>" +
      html(label) + "</B>>];\n";
  add_arrow(picture,
            {name, target.node, "", target.is_join ? "arrowhead=none weight=20" : "weight=20"});
  return {name, node.children, true};
}

bool is_group(const model::ConditionNode& node) {
  return node.op == Op::all_of || node.op == Op::any_of || node.op == Op::at_least;
}

void add_atom(Picture& picture, const model::ConditionNode& atom, const Target& target) {
  if (atom.op != Op::step_settled && atom.op != Op::step_outcome &&
      atom.op != Op::step_not_needed) {
    return;
  }
  const Step& step = picture.protocol.steps[atom.subject];
  Arrow arrow{way_out(step), target.node, "", target.is_join ? "arrowhead=none" : ""};
  if (atom.op == Op::step_outcome && step.outcomes.size() > 1) {
    arrow.label = html(step.outcomes[static_cast<std::size_t>(atom.number)].name);
  } else if (atom.op == Op::step_not_needed) {
    arrow.from = step_node(step);
    arrow.label = html(picture.words.not_needed);
    arrow.look += " style=dashed";
  } else if (step.review) {
    arrow.label = html(picture.words.approved);
  }
  add_arrow(picture, arrow);
}

/// Draws `condition` into `node`. `merge_any`: alternatives lead straight to the node, each with
/// its own arrow.
void add_condition(Picture& picture,
                   const model::Condition& condition,
                   const std::string& node,
                   bool merge_any) {
  std::vector<Target> open = {{node, 1, false}};
  for (const model::ConditionNode& part : condition.nodes) {
    const Target target = open.back();
    --open.back().left;
    if (part.op == Op::negate) {
      open.push_back({target.node, 1, target.is_join});
    } else if (is_group(part)) {
      const bool straight = part.children < 2 || (merge_any && part.op == Op::any_of);
      open.push_back(straight ? Target{target.node, part.children, target.is_join}
                              : add_join(picture, part, target));
    } else {
      add_atom(picture, part, target);
    }
    while (open.size() > 1 && open.back().left == 0) {
      open.pop_back();
    }
  }
}

// ---- nodes -------------------------------------------------------------------------------------

void add_step(Picture& picture, const Step& step) {
  const Colour& colour = colour_of(picture, step.responsible);
  Label label;
  label.title(title_or_name(step.title, step.name), kTitleColumns)
      .note(role_title(picture.protocol, step.responsible), kNoteColumns, colour.line);
  if (!step.deadlines.empty()) {
    label.note(std::string(picture.words.within) + " " +
                   duration_text(step.deadlines.back().within, picture.protocol.language),
               kNoteColumns);
  }
  if (!step.when.empty()) {
    label.note(std::string(picture.words.when) + " " + condition_text(step.when, picture.protocol),
               kGuardColumns,
               kQuiet,
               true);
  }
  picture.text += "    " + step_node(step) + " [class=\"step\" id=" + quoted("step-" + step.name) +
                  " shape=box style=\"rounded,filled" + (step.when.empty() ? "" : ",dashed") +
                  "\" fillcolor=\"" + std::string(colour.ground) + "\" color=\"" +
                  std::string(colour.line) + "\" label=" + label.dot() + "];\n";
}

void add_review(Picture& picture, const Step& step, const model::Review& review) {
  const Colour& colour = colour_of(picture, review.by);
  const std::string node = quoted("review:" + step.name);
  Label label;
  label.note(picture.words.review, kReviewColumns)
      .note(role_title(picture.protocol, review.by), kReviewColumns, colour.line);
  picture.text += "    " + node + " [class=\"review\" id=" + quoted("review-" + step.name) +
                  " shape=hexagon style=\"filled\" margin=\"0.02,0.02\" fillcolor=\"" +
                  std::string(colour.ground) + "\" color=\"" + std::string(colour.line) +
                  "\" label=" + label.dot() + "];\n";
  add_arrow(picture, {step_node(step), node, "", "weight=100"});
  if (review.returns_max > 0) {
    const std::string returned =
        limit_label(picture.words.returned_at_most, review.returns_max, picture.words);
    add_arrow(picture,
              {node,
               step_node(step),
               html(returned),
               "style=dashed constraint=false tailport=e headport=e"});
  }
}

/// Invisible arrows that keep a stage under the one before it, in the order of the text.
void stack_stage(Picture& picture, model::StageId stage, std::size_t joins_before) {
  if (!stage.known() || stage.value == 0) {
    return;
  }
  const std::string anchor = quoted("anchor:" + std::to_string(stage.value));
  const std::string look = "style=invis weight=2";
  picture.text += "  " + anchor + " [shape=point style=invis width=0.01]\n";
  for (const Step& step : picture.protocol.steps) {
    if (step.stage.value + 1U == stage.value) {
      add_arrow(picture, {way_out(step), anchor, "", look});
    } else if (step.stage == stage) {
      add_arrow(picture, {anchor, step_node(step), "", look});
    }
  }
  for (std::size_t join = joins_before + 1; join <= picture.joins; ++join) {
    add_arrow(picture, {anchor, join_node(join), "", look});
  }
}

void add_stage(Picture& picture, model::StageId stage) {
  const std::size_t joins_before = picture.joins;
  if (stage.known()) {
    const model::Stage& own = picture.protocol.stages[stage.value];
    picture.text += "  subgraph " + quoted("cluster_" + own.name) + " {\n    label=<<B>" +
                    html(title_or_name(own.title, own.name)) + "</B>>\n";
  }
  for (const Step& step : picture.protocol.steps) {
    if (step.stage == stage) {
      add_step(picture, step);
      if (step.review) {
        add_review(picture, step, *step.review);
      }
      add_condition(picture, step.after, step_node(step), false);
    }
  }
  picture.text += stage.known() ? "  }\n" : "";
  stack_stage(picture, stage, joins_before);
}

struct EndingLook {
  std::string_view words, shape;
};

EndingLook look_of(CountsAs counts_as, const GraphWords& words) {
  switch (counts_as) {
    case CountsAs::success:
      return {words.success, "shape=ellipse peripheries=2 fillcolor=\"#e6f4ea\" color=\"#1e7d3c\""};
    case CountsAs::neutral:
      return {words.neutral, "shape=ellipse fillcolor=\"#ffffff\" color=\"#46515f\""};
    case CountsAs::setback:
      break;
  }
  return {words.setback, "shape=octagon fillcolor=\"#fbe9e7\" color=\"#a33b20\""};
}

void add_ending(Picture& picture, const model::Ending& ending) {
  const EndingLook look = look_of(ending.counts_as, picture.words);
  std::string kind(look.words);
  if (ending.immediately) {
    kind += ", " + std::string(picture.words.immediately);
  }
  if (ending.at_any_time_by.known()) {
    kind += ", " + std::string(picture.words.at_any_time_by) + " " +
            role_title(picture.protocol, ending.at_any_time_by);
  }
  Label label;
  label.title(title_or_name(ending.title, ending.name), kTitleColumns).note(kind, kNoteColumns);
  picture.text += "  " + ending_node(ending) +
                  " [class=\"ending\" id=" + quoted("ending-" + ending.name) +
                  " style=filled margin=\"0.04,0.04\" " + std::string(look.shape) +
                  " label=" + label.dot() + "];\n";
  add_condition(picture, ending.when, ending_node(ending), true);
}

// ---- the whole ---------------------------------------------------------------------------------

void add_ways(Picture& picture) {
  for (const Step& step : picture.protocol.steps) {
    if (step.after.empty()) {
      add_arrow(picture, {"opening", step_node(step), "", ""});
    }
    for (const model::Outcome& outcome : step.outcomes) {
      if (outcome.reopens.known()) {
        const std::string label =
            html(outcome.name) + "<BR/>" +
            html(limit_label(picture.words.reopens, outcome.reopens_max, picture.words));
        add_arrow(picture,
                  {way_out(step),
                   step_node(picture.protocol[outcome.reopens]),
                   label,
                   "style=dashed constraint=false"});
      }
      if (outcome.ends_case.known()) {
        add_arrow(picture,
                  {way_out(step),
                   ending_node(picture.protocol[outcome.ends_case]),
                   html(outcome.name),
                   ""});
      }
    }
  }
}

/// The accountables that hold a step or a review, in the order of the text.
std::vector<std::size_t> shown_accountables(const Picture& picture) {
  std::vector<std::size_t> shown;
  for (const Step& step : picture.protocol.steps) {
    const model::RoleId reviewer = step.review ? step.review->by : step.responsible;
    for (const model::RoleId role : {step.responsible, reviewer}) {
      const std::size_t place = picture.accountables.place(role);
      if (role.known() && std::ranges::find(shown, place) == shown.end()) {
        shown.push_back(place);
      }
    }
  }
  return shown;
}

/// The title, and under it one coloured cell an accountable.
std::string heading(const Picture& picture) {
  const std::vector<std::size_t> shown = shown_accountables(picture);
  std::string cells;
  for (const std::size_t place : shown) {
    const Accountable& own = picture.accountables.all[place];
    cells += "<TD BGCOLOR=\"" + std::string(own.colour.ground) + "\" COLOR=\"" +
             std::string(own.colour.line) + "\" BORDER=\"1\" CELLPADDING=\"5\">" +
             small(broken(own.title, kLegendColumns), kPlain) + "</TD>";
  }
  return "<TABLE BORDER=\"0\" CELLBORDER=\"0\" CELLSPACING=\"6\"><TR><TD ALIGN=\"LEFT\" "
         "COLSPAN=\"" +
         std::to_string(std::max<std::size_t>(shown.size(), 1)) +
         "\"><FONT POINT-SIZE=\"20\" COLOR=\"" + std::string(kPlain) + "\"><B>" +
         html(title_or_name(picture.protocol.title, picture.protocol.name)) +
         "</B></FONT></TD></TR>" + (cells.empty() ? "" : "<TR>" + cells + "</TR>") + "</TABLE>";
}

/// Attributes of the whole picture, and of every node and arrow that does not say otherwise.
std::string defaults(const Picture& picture) {
  return "  graph [rankdir=TB ranksep=0.42 nodesep=0.3 pad=0.3 bgcolor=white "
         "fontname=\"Helvetica\" "
         "labelloc=t style=\"rounded,filled\" fillcolor=\"#f7f8fa\" color=\"#c9d1d9\" fontsize=13 "
         "fontcolor=\"#3d4650\" labeljust=l label=<" +
         heading(picture) +
         ">]\n"
         "  node [fontname=\"Helvetica\" fontsize=13 fontcolor=\"#14191f\" penwidth=1.4 "
         "margin=\"0.12,0.05\"]\n"
         "  edge [fontname=\"Helvetica\" fontsize=10 fontcolor=\"#3d4650\" color=\"#5b6672\" "
         "arrowsize=0.7 penwidth=1.2]\n"
         "  opening [class=\"opening\" shape=box style=\"rounded,filled\" fillcolor=\"#1f2933\" "
         "color=\"#1f2933\" fontcolor=white fontsize=11 label=<" +
         html(picture.words.opening) + ">]\n";
}

}  // namespace

std::string graph_dot(const Protocol& protocol) {
  Picture picture{protocol, graph_words(protocol.language), find_accountables(protocol), "", "", 0};
  picture.text = "digraph " + quoted(protocol.name) + " {\n" + defaults(picture);
  for (std::size_t i = 0; i < protocol.stages.size(); ++i) {
    add_stage(picture, model::StageId{static_cast<std::uint16_t>(i)});
  }
  add_stage(picture, model::StageId{});
  add_ways(picture);
  for (const model::Ending& ending : protocol.endings) {
    add_ending(picture, ending);
  }
  return picture.text + picture.edges + "}\n";
}

}  // namespace protoflow::dsl
