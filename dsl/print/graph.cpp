#include "dsl/print/graph.hpp"

#include <algorithm>
#include <set>
#include <string_view>
#include <vector>

#include "dsl/print/dot_text.hpp"
#include "dsl/print/graph_conditions.hpp"
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
  std::set<std::string> strong;  // the nodes of the partner it is drawn for; empty: all alike
};

constexpr Colour kPale = {"#ffffff", "#8a94a0"};

bool is_pale(const Picture& picture, const std::string& node) {
  return !picture.strong.empty() && !picture.strong.contains(node);
}

const Colour& colour_of(const Picture& picture, model::RoleId role, const std::string& node) {
  return is_pale(picture, node) ? kPale
                                : picture.accountables.all[picture.accountables.place(role)].colour;
}

/// The attributes that a partner's own nodes have, and the others have not.
std::string emphasis(const Picture& picture, const std::string& node) {
  return picture.strong.empty()   ? ""
         : is_pale(picture, node) ? " fontcolor=\"#5b6672\" penwidth=0.8"
                                  : " penwidth=2.8";
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
  const bool pale = is_pale(picture, arrow.from) && is_pale(picture, arrow.to);
  picture.edges += arrow.look;
  picture.edges += picture.strong.empty() ? "" : pale ? " color=\"#b9c1ca\"" : " penwidth=2";
  picture.edges += "];\n";
}

// ---- conditions: one arrow an atom, one small circle a join ------------------------------------

std::string join_node(std::size_t number) {
  return quoted("join:" + std::to_string(number));
}

/// The node of a join that leads to `target`.
std::string add_join(Picture& picture, const model::ConditionNode& node, const Target& target) {
  const std::string name = join_node(++picture.joins);
  const bool strong = picture.strong.contains(target.node);
  if (strong) {
    picture.strong.insert(name);
  }
  const std::string colour = strong || picture.strong.empty() ? "#1f2933" : "#8a94a0";
  picture.text += "  " + name +
                  " [class=\"join\" shape=circle fixedsize=true width=0.36 style=\"filled\" " +
                  "fillcolor=\"" + colour + "\" color=\"" + colour +
                  "\" fontcolor=\"white\" fontsize=11 label=<<B>" +
                  html(join_words(node, picture.words)) + "</B>>];\n";
  add_arrow(picture,
            {name, target.node, "", target.is_join ? "arrowhead=none weight=20" : "weight=20"});
  return name;
}

void add_atom(Picture& picture, const model::ConditionNode& atom, const Target& target) {
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

void add_condition(Picture& picture,
                   const model::Condition& condition,
                   const std::string& node,
                   bool merge_any) {
  draw_condition(
      condition,
      {node, 1, false},
      merge_any,
      [&](const auto& group, const Target& target) { return add_join(picture, group, target); },
      [&](const auto& atom, const Target& target) { add_atom(picture, atom, target); });
}

/// What withdraws a step: dotted, and it stops where it arrives.
void add_unless(Picture& picture, const Step& step) {
  for (const model::ConditionNode& atom : step.unless.nodes) {
    if (is_of_a_step(atom)) {
      add_arrow(picture,
                {way_out(picture.protocol.steps[atom.subject]),
                 step_node(step),
                 html(picture.words.unless),
                 "style=dotted arrowhead=tee constraint=false"});
    }
  }
}

// ---- nodes -------------------------------------------------------------------------------------

/// "répétée, au plus 3 fois, tous les 2 mois", "lors de: Le samedi au jardin".
void add_particulars(const Picture& picture, const Step& step, Label& label) {
  if (step.through.known()) {
    const model::Session& session = picture.protocol[step.through];
    label.note(
        std::string(picture.words.through) + " " + title_or_name(session.title, session.name),
        kNoteColumns);
  }
  if (step.repeat) {
    std::string repeated =
        limit_label(picture.words.repeats, step.repeat->times_max, picture.words);
    if (step.repeat->every) {
      repeated += ", " + every_text(*step.repeat->every, picture.protocol.language);
    }
    label.note(repeated, kNoteColumns);
  }
}

void add_step(Picture& picture, const Step& step) {
  const Colour& colour = colour_of(picture, step.responsible, step_node(step));
  Label label;
  label.title(title_or_name(step.title, step.name), kTitleColumns)
      .note(role_title(picture.protocol, step.responsible), kNoteColumns, colour.line);
  if (!step.deadlines.empty()) {
    label.note(std::string(picture.words.within) + " " +
                   duration_text(step.deadlines.back().within, picture.protocol.language),
               kNoteColumns);
  }
  add_particulars(picture, step, label);
  if (!step.when.empty()) {
    label.note(std::string(picture.words.when) + " " + condition_text(step.when, picture.protocol),
               kGuardColumns,
               kQuiet,
               true);
  }
  picture.text += "    " + step_node(step) + " [class=\"step\" id=" + quoted("step-" + step.name) +
                  " shape=box style=\"rounded,filled" + (step.when.empty() ? "" : ",dashed") +
                  "\" fillcolor=\"" + std::string(colour.ground) + "\" color=\"" +
                  std::string(colour.line) + "\"" + emphasis(picture, step_node(step)) +
                  " label=" + label.dot() + "];\n";
}

void add_review(Picture& picture, const Step& step, const model::Review& review) {
  const std::string node = quoted("review:" + step.name);
  const auto first = review.by.empty() ? model::RoleId{} : review.by.front();
  const Colour& colour = colour_of(picture, first, node);
  Label label;
  label.note(review_words(review, picture.words), kReviewColumns);
  for (const model::RoleId role : review.by) {
    label.note(
        role_title(picture.protocol, role), kReviewColumns, colour_of(picture, role, node).line);
  }
  picture.text += "    " + node + " [class=\"review\" id=" + quoted("review-" + step.name) +
                  " shape=hexagon style=\"filled\" margin=\"0.02,0.02\" fillcolor=\"" +
                  std::string(colour.ground) + "\" color=\"" + std::string(colour.line) + "\"" +
                  emphasis(picture, node) + " label=" + label.dot() + "];\n";
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
      add_unless(picture, step);
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
    std::vector<model::RoleId> roles = {step.responsible};
    if (step.review) {
      roles.insert(roles.end(), step.review->by.begin(), step.review->by.end());
    }
    for (const model::RoleId role : roles) {
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

std::string graph_dot(const Protocol& protocol, model::PartnerId partner) {
  Picture picture{
      protocol, graph_words(protocol.language), find_accountables(protocol), "", "", 0, {}};
  for (const Step& step : protocol.steps) {
    if (answers(protocol, partner, step.responsible)) {
      picture.strong.insert(step_node(step));
    }
    if (step.review && reviews(protocol, partner, *step.review)) {
      picture.strong.insert(quoted("review:" + step.name));
    }
  }
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
