#include "dsl/print/graph.hpp"

#include <array>
#include <string_view>
#include <vector>

#include "dsl/print/wording.hpp"

namespace protoflow::dsl {
namespace {

using model::CountsAs;
using model::Op;
using model::Protocol;
using model::Role;
using model::Step;

constexpr std::size_t kTitleColumns = 26;
constexpr std::size_t kGuardColumns = 34;
constexpr std::size_t kLegendColumns = 40;

struct Words {
  std::string_view opening, version, within, when, review, approved, returned_at_most, reopens,
      times, not_needed, all, any, of, at_any_time_by, success, neutral, setback, one_of;
};

constexpr Words kFrench = {
    .opening = "Ouverture",
    .version = "version",
    .within = "sous",
    .when = "quand",
    .review = "revue",
    .approved = "validé",
    .returned_at_most = "renvoyé, au plus",
    .reopens = "rouvre, au plus",
    .times = "fois",
    .not_needed = "sans objet",
    .all = "et",
    .any = "ou",
    .of = "sur",
    .at_any_time_by = "à tout moment par",
    .success = "réussite",
    .neutral = "neutre",
    .setback = "revers",
    .one_of = "au choix",
};
constexpr Words kEnglish = {
    .opening = "Opening",
    .version = "version",
    .within = "within",
    .when = "when",
    .review = "review",
    .approved = "approved",
    .returned_at_most = "returned, at most",
    .reopens = "reopens, at most",
    .times = "times",
    .not_needed = "not needed",
    .all = "and",
    .any = "or",
    .of = "of",
    .at_any_time_by = "at any time by",
    .success = "success",
    .neutral = "neutral",
    .setback = "setback",
    .one_of = "one of",
};

/// A light ground that stays light when printed in grey, and a strong line.
struct Colour {
  std::string_view ground, line;
};

constexpr Colour kBeneficiaryColour = {"#fffbe6", "#8a6d00"};
constexpr std::array<Colour, 8> kColours = {{{"#e3edfb", "#1f5fb4"},
                                             {"#e6f4ea", "#1e7d3c"},
                                             {"#fdebdd", "#b85410"},
                                             {"#f1e8fa", "#7336a8"},
                                             {"#fde7ec", "#b3244f"},
                                             {"#ddf3f2", "#0d706c"},
                                             {"#eceff3", "#46515f"},
                                             {"#f3efdf", "#6b5b16"}}};

/// Who answers for a role: the beneficiary, one partner, or whoever is chosen for the case.
struct Accountable {
  std::string title;
  Colour colour;
};

struct Picture {
  const Protocol& protocol;
  const Words& words;
  std::vector<std::size_t> colour_of_role;  // place among `accountables`, by RoleId
  std::vector<Accountable> accountables;    // in the order of the roles
  std::string text;
  std::string edges;
  std::size_t joins = 0;
};

std::string html(std::string_view text) {
  std::string escaped;
  for (const char c : text) {
    switch (c) {
      case '&':
        escaped += "&amp;";
        break;
      case '<':
        escaped += "&lt;";
        break;
      case '>':
        escaped += "&gt;";
        break;
      case '"':
        escaped += "&quot;";
        break;
      default:
        escaped += static_cast<unsigned char>(c) < 0x20 ? ' ' : c;
    }
  }
  return escaped;
}

std::string quoted(std::string_view text) {
  std::string escaped = "\"";
  for (const char c : text) {
    if (c == '"' || c == '\\') {
      escaped += '\\';
    }
    escaped += static_cast<unsigned char>(c) < 0x20 ? ' ' : c;
  }
  return escaped + "\"";
}

std::string lines_html(std::string_view text, std::size_t columns_max) {
  std::string joined;
  for (const std::string& line : wrapped(text, columns_max)) {
    joined += (joined.empty() ? "" : "<BR/>") + html(line);
  }
  return joined;
}

std::string small(std::string_view content, std::string_view colour = "#3d4650") {
  return "<FONT POINT-SIZE=\"10\" COLOR=\"" + std::string(colour) + "\">" + std::string(content) +
         "</FONT>";
}

std::string title_or_name(std::string_view title, std::string_view name) {
  return std::string(title.empty() ? name : title);
}

std::string accountable_title(const Picture& picture, const Role& role) {
  const Protocol& protocol = picture.protocol;
  if (role.binding == model::Binding::chosen_by) {
    std::string title = title_or_name(role.title, role.name);
    for (std::size_t i = 0; i < role.partners.size(); ++i) {
      title += i == 0 ? " (" + std::string(picture.words.one_of) + "\u00a0: " : " · ";
      title += protocol[role.partners[i]].title;
    }
    return title + (role.partners.empty() ? "" : ")");
  }
  if (role.binding == model::Binding::beneficiary || role.partners.empty()) {
    return title_or_name(role.title, role.name);
  }
  const model::Partner& partner = protocol[role.partners.front()];
  return title_or_name(partner.title, partner.name);
}

void find_accountables(Picture& picture) {
  std::size_t colours = 0;
  for (const Role& role : picture.protocol.roles) {
    const std::string title = accountable_title(picture, role);
    std::size_t place = 0;
    while (place < picture.accountables.size() && picture.accountables[place].title != title) {
      ++place;
    }
    if (place == picture.accountables.size()) {
      const bool beneficiary = role.binding == model::Binding::beneficiary;
      picture.accountables.push_back(
          {title, beneficiary ? kBeneficiaryColour : kColours[colours++ % kColours.size()]});
    }
    picture.colour_of_role.push_back(place);
  }
}

const Colour& colour_of(const Picture& picture, model::RoleId role) {
  return role.known() ? picture.accountables[picture.colour_of_role[role.value]].colour
                      : kColours.back();
}

std::string role_title(const Picture& picture, model::RoleId role) {
  return role.known() ? title_or_name(picture.protocol[role].title, picture.protocol[role].name)
                      : std::string();
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

std::string limit_label(std::string_view what, unsigned times, const Words& words) {
  return std::string(what) + " " + std::to_string(times) + " " + std::string(words.times);
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

std::string add_join(Picture& picture, const model::ConditionNode& node) {
  const std::string name = join_node(++picture.joins);
  std::string label(node.op == Op::all_of ? picture.words.all : picture.words.any);
  if (node.op == Op::at_least) {
    label = std::to_string(node.number) + " " + std::string(picture.words.of) + " " +
            std::to_string(node.children);
  }
  picture.text +=
      "  " + name + " [class=\"join\" shape=circle fixedsize=true width=0.36 style=\"filled\" " +
      "fillcolor=\"#1f2933\" color=\"#1f2933\" fontcolor=\"white\" fontsize=11 label=<<B>" +
      html(label) + "</B>>];\n";
  return name;
}

void add_atom(Picture& picture, const model::ConditionNode& atom, const Target& target) {
  if (atom.op != Op::step_settled && atom.op != Op::step_outcome &&
      atom.op != Op::step_not_needed) {
    return;
  }
  const Step& step = picture.protocol.steps[atom.subject];
  Arrow arrow{way_out(step), target.node, "", target.is_join ? "arrowhead=none" : ""};
  if (atom.op == Op::step_outcome) {
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
    const bool group = part.op == Op::all_of || part.op == Op::any_of || part.op == Op::at_least;
    if (part.op == Op::negate) {
      open.push_back({target.node, 1, target.is_join});
    } else if (group && (part.children < 2 || (merge_any && part.op == Op::any_of))) {
      open.push_back({target.node, part.children, target.is_join});
    } else if (group) {
      const std::string join = add_join(picture, part);
      add_arrow(picture,
                {join, target.node, "", target.is_join ? "arrowhead=none weight=20" : "weight=20"});
      open.push_back({join, part.children, true});
    } else {
      add_atom(picture, part, target);
    }
    while (open.size() > 1 && open.back().left == 0) {
      open.pop_back();
    }
  }
}

// ---- nodes -------------------------------------------------------------------------------------

std::string who_and_when(const Picture& picture, const Step& step) {
  std::string text = role_title(picture, step.responsible);
  if (!step.deadlines.empty()) {
    text += " · " + std::string(picture.words.within) + " " +
            duration_text(step.deadlines.back().within, picture.protocol.language);
  }
  return text;
}

void add_step(Picture& picture, const Step& step) {
  const Colour& colour = colour_of(picture, step.responsible);
  std::string label = "<B>" + lines_html(title_or_name(step.title, step.name), kTitleColumns) +
                      "</B><BR/>" + small(html(who_and_when(picture, step)), colour.line);
  if (!step.when.empty()) {
    label += "<BR/>" + small("<I>" +
                             lines_html(std::string(picture.words.when) + " " +
                                            condition_text(step.when, picture.protocol),
                                        kGuardColumns) +
                             "</I>");
  }
  picture.text += "    " + step_node(step) + " [class=\"step\" id=" + quoted("step-" + step.name) +
                  " shape=box style=\"rounded,filled" + (step.when.empty() ? "" : ",dashed") +
                  "\" fillcolor=\"" + std::string(colour.ground) + "\" color=\"" +
                  std::string(colour.line) + "\" label=<" + label + ">];\n";
}

void add_review(Picture& picture, const Step& step) {
  const Colour& colour = colour_of(picture, step.review->by);
  const std::string review = quoted("review:" + step.name);
  picture.text += "    " + review + " [class=\"review\" id=" + quoted("review-" + step.name) +
                  " shape=hexagon style=\"filled\" margin=\"0.02,0.02\" fillcolor=\"" +
                  std::string(colour.ground) + "\" color=\"" + std::string(colour.line) +
                  "\" label=<" + small("<B>" + html(picture.words.review) + "</B>") + "<BR/>" +
                  small(lines_html(role_title(picture, step.review->by), 18), colour.line) +
                  ">];\n";
  add_arrow(picture, {step_node(step), review, "", "weight=100"});
  if (step.review->returns_max > 0) {
    const std::string label =
        limit_label(picture.words.returned_at_most, step.review->returns_max, picture.words);
    add_arrow(picture,
              {review,
               step_node(step),
               html(label),
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
        add_review(picture, step);
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

EndingLook look_of(CountsAs counts_as, const Words& words) {
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
  if (ending.at_any_time_by.known()) {
    kind += ", " + std::string(picture.words.at_any_time_by) + " " +
            role_title(picture, ending.at_any_time_by);
  }
  const std::string label = "<B>" +
                            lines_html(title_or_name(ending.title, ending.name), kTitleColumns) +
                            "</B><BR/>" + small(html(kind));
  picture.text += "  " + ending_node(ending) +
                  " [class=\"ending\" id=" + quoted("ending-" + ending.name) +
                  " style=filled margin=\"0.04,0.04\" " + std::string(look.shape) + " label=<" +
                  label + ">];\n";
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

std::string heading(const Picture& picture) {
  const Protocol& protocol = picture.protocol;
  std::string cells;
  std::size_t count = 0;
  std::vector<bool> shown(picture.accountables.size(), false);
  for (const Step& step : protocol.steps) {
    for (const model::RoleId role :
         {step.responsible, step.review ? step.review->by : step.responsible}) {
      if (!role.known() || shown[picture.colour_of_role[role.value]]) {
        continue;
      }
      shown[picture.colour_of_role[role.value]] = true;
      ++count;
      const Accountable& own = picture.accountables[picture.colour_of_role[role.value]];
      cells += "<TD BGCOLOR=\"" + std::string(own.colour.ground) + "\" COLOR=\"" +
               std::string(own.colour.line) + "\" BORDER=\"1\" CELLPADDING=\"5\">" +
               small(lines_html(own.title, kLegendColumns), "#14191f") + "</TD>";
    }
  }
  return "<TABLE BORDER=\"0\" CELLBORDER=\"0\" CELLSPACING=\"6\"><TR><TD ALIGN=\"LEFT\" "
         "COLSPAN=\"" +
         std::to_string(count) + "\"><FONT POINT-SIZE=\"20\" COLOR=\"#14191f\"><B>" +
         html(title_or_name(protocol.title, protocol.name)) + "</B></FONT></TD></TR><TR>" + cells +
         "</TR></TABLE>";
}

}  // namespace

std::string graph_dot(const Protocol& protocol) {
  Picture picture{protocol,
                  protocol.language == model::Language::french ? kFrench : kEnglish,
                  {},
                  {},
                  {},
                  {},
                  0};
  find_accountables(picture);
  picture.text = "digraph " + quoted(protocol.name) + " {\n";
  picture.text +=
      "  graph [rankdir=TB ranksep=0.42 nodesep=0.3 pad=0.3 bgcolor=white fontname=\"Helvetica\" "
      "labelloc=t ";
  picture.text +=
      "style=\"rounded,filled\" fillcolor=\"#f7f8fa\" color=\"#c9d1d9\" fontsize=13 "
      "fontcolor=\"#3d4650\" labeljust=l label=<" +
      heading(picture) + ">]\n";
  picture.text +=
      "  node [fontname=\"Helvetica\" fontsize=13 fontcolor=\"#14191f\" penwidth=1.4 "
      "margin=\"0.14,0.08\"]\n";
  picture.text +=
      "  edge [fontname=\"Helvetica\" fontsize=10 fontcolor=\"#3d4650\" color=\"#5b6672\" "
      "arrowsize=0.7 penwidth=1.2]\n";
  picture.text +=
      "  opening [shape=box style=\"rounded,filled\" fillcolor=\"#1f2933\" color=\"#1f2933\" "
      "fontcolor=white fontsize=11 label=<" +
      html(picture.words.opening) + ">]\n";
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
