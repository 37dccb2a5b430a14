#include "dsl/print/wording.hpp"

#include <algorithm>
#include <array>
#include <chrono>
#include <cstdlib>

namespace protoflow::dsl {
namespace {

using model::Compare;
using model::Condition;
using model::ConditionNode;
using model::DurationUnit;
using model::Language;
using model::Op;
using model::Protocol;

struct UnitWords {
  std::string_view one, many;
};

// By DurationUnit.
constexpr std::array<UnitWords, 7> kFrenchUnits = {{{"minute", "minutes"},
                                                    {"heure", "heures"},
                                                    {"jour", "jours"},
                                                    {"jour ouvré", "jours ouvrés"},
                                                    {"semaine", "semaines"},
                                                    {"mois", "mois"},
                                                    {"an", "ans"}}};
constexpr std::array<UnitWords, 7> kEnglishUnits = {{{"minute", "minutes"},
                                                     {"hour", "hours"},
                                                     {"day", "days"},
                                                     {"working day", "working days"},
                                                     {"week", "weeks"},
                                                     {"month", "months"},
                                                     {"year", "years"}}};

struct ConditionWords {
  std::string_view all, any, at_least, negate, is, not_needed, known, given;
};

constexpr ConditionWords kFrench = {
    .all = " et ",
    .any = " ou ",
    .at_least = " de ",
    .negate = "non ",
    .is = " est ",
    .not_needed = " est sans objet",
    .known = " est connu",
    .given = " est donné",
};
constexpr ConditionWords kEnglish = {
    .all = " and ",
    .any = " or ",
    .at_least = " of ",
    .negate = "not ",
    .is = " is ",
    .not_needed = " is not needed",
    .known = " is known",
    .given = " is given",
};

// By Compare.
constexpr std::array<std::string_view, 6> kSigns = {"=", "≠", "<", "≤", ">", "≥"};

std::string two_digits(unsigned number) {
  return (number < 10 ? "0" : "") + std::to_string(number);
}

std::string date_text(std::int64_t days) {
  const std::chrono::year_month_day date{
      std::chrono::sys_days{std::chrono::days{static_cast<int>(days)}}};
  return std::to_string(static_cast<int>(date.year())) + "-" +
         two_digits(static_cast<unsigned>(date.month())) + "-" +
         two_digits(static_cast<unsigned>(date.day()));
}

std::string number_text(std::int64_t thousandths) {
  std::string text = std::to_string(thousandths / 1000);
  const std::int64_t rest = std::abs(thousandths % 1000);
  if (rest != 0) {
    std::string decimals = std::to_string(1000 + rest).substr(1);
    decimals.erase(decimals.find_last_not_of('0') + 1);
    text += "." + decimals;
  }
  return text;
}

std::string comparison_text(const ConditionNode& node,
                            const Protocol& protocol,
                            const ConditionWords& words) {
  const model::Information& information = protocol.informations[node.subject];
  if (information.type == model::InformationType::yes_or_no) {
    const bool yes = (node.number != 0) == (node.compare == Compare::equal);
    return (yes ? "" : std::string(words.negate)) + information.name;
  }
  const std::string value = value_text(information, node.number);
  if (node.compare == Compare::equal) {
    return information.name + std::string(words.is) + value;
  }
  return information.name + " " + std::string(kSigns[static_cast<std::size_t>(node.compare)]) +
         " " + value;
}

std::string atom_text(const ConditionNode& node,
                      const Protocol& protocol,
                      const ConditionWords& words) {
  switch (node.op) {
    case Op::step_settled:
      return protocol.steps[node.subject].name;
    case Op::step_outcome:
      return protocol.steps[node.subject].name + std::string(words.is) +
             protocol.steps[node.subject].outcomes[static_cast<std::size_t>(node.number)].name;
    case Op::step_not_needed:
      return protocol.steps[node.subject].name + std::string(words.not_needed);
    case Op::information_known:
      return protocol.informations[node.subject].name + std::string(words.known);
    case Op::information:
      return comparison_text(node, protocol, words);
    case Op::consent_given:
      return protocol.consents[node.subject].name + std::string(words.given);
    case Op::all_of:
    case Op::any_of:
    case Op::at_least:
    case Op::negate:
      break;
  }
  return {};
}

std::string joined(const std::vector<std::string>& parts, std::string_view separator) {
  std::string text;
  for (const std::string& part : parts) {
    text += (text.empty() ? "" : std::string(separator)) + part;
  }
  return text;
}

/// A group whose operands are still being written.
struct Group {
  ConditionNode node;
  std::vector<std::string> parts;
};

std::string group_text(const Group& group, bool nested, const ConditionWords& words) {
  const bool brackets = nested && group.parts.size() > 1;
  std::string text;
  switch (group.node.op) {
    case Op::all_of:
      text = joined(group.parts, words.all);
      break;
    case Op::any_of:
      text = joined(group.parts, words.any);
      break;
    case Op::at_least:
      text = std::to_string(group.node.number) + std::string(words.at_least) +
             joined(group.parts, ", ");
      break;
    case Op::negate:
      return std::string(words.negate) + joined(group.parts, " ");
    case Op::step_settled:
    case Op::step_outcome:
    case Op::step_not_needed:
    case Op::information_known:
    case Op::information:
    case Op::consent_given:
      break;
  }
  return brackets ? "(" + text + ")" : text;
}

std::size_t operands(const ConditionNode& node) {
  const bool group = node.op == Op::all_of || node.op == Op::any_of || node.op == Op::at_least;
  return group ? node.children : node.op == Op::negate ? 1 : 0;
}

std::size_t code_points(std::string_view text) {
  std::size_t count = 0;
  for (const char c : text) {
    count += (static_cast<unsigned char>(c) & 0xC0U) != 0x80U ? 1U : 0U;
  }
  return count;
}

}  // namespace

std::string duration_text(model::Duration duration, Language language) {
  const auto& units = language == Language::french ? kFrenchUnits : kEnglishUnits;
  const UnitWords& unit = units[static_cast<std::size_t>(duration.unit)];
  // French takes the singular below two, English for one only.
  const bool one = duration.amount == 1 || (language == Language::french && duration.amount == 0);
  return std::to_string(duration.amount) + " " + std::string(one ? unit.one : unit.many);
}

std::string every_text(model::Duration duration, Language language) {
  if (language == Language::english) {
    const UnitWords& unit = kEnglishUnits[static_cast<std::size_t>(duration.unit)];
    return duration.amount == 1 ? "every " + std::string(unit.one)
                                : "every " + duration_text(duration, language);
  }
  if (duration.amount == 1) {
    if (duration.unit == DurationUnit::years) {
      return "chaque année";  // a date comes back each « année »; « un an » is a length
    }
    return "chaque " + std::string(kFrenchUnits[static_cast<std::size_t>(duration.unit)].one);
  }
  const bool feminine = duration.unit == DurationUnit::minutes ||
                        duration.unit == DurationUnit::hours ||
                        duration.unit == DurationUnit::weeks;
  return (feminine ? "toutes les " : "tous les ") + duration_text(duration, language);
}

std::string value_text(const model::Information& information, std::int64_t number) {
  switch (information.type) {
    case model::InformationType::scale:
    case model::InformationType::one_of: {
      const auto place = static_cast<std::size_t>(number);
      return place < information.levels.size() ? information.levels[place] : std::to_string(number);
    }
    case model::InformationType::date:
      return date_text(number);
    case model::InformationType::number:
      return number_text(number);
    case model::InformationType::yes_or_no:
    case model::InformationType::text:
      break;
  }
  return std::to_string(number);
}

std::string condition_text(const Condition& condition, const Protocol& protocol) {
  const ConditionWords& words = protocol.language == Language::french ? kFrench : kEnglish;
  return condition_text(condition, protocol.language, [&](const ConditionNode& node, bool negated) {
    return (negated ? std::string(words.negate) : "") + atom_text(node, protocol, words);
  });
}

std::string condition_text(const Condition& condition, Language language, const AtomText& atom) {
  const ConditionWords& words = language == Language::french ? kFrench : kEnglish;
  std::vector<Group> open;
  std::string done;
  bool negated = false;  // the atom that comes, by a `negate` just before it
  for (std::size_t i = 0; i < condition.nodes.size(); ++i) {
    const ConditionNode& node = condition.nodes[i];
    if (node.op == Op::negate && i + 1 < condition.nodes.size() &&
        operands(condition.nodes[i + 1]) == 0) {
      negated = true;
      continue;
    }
    if (operands(node) > 0) {
      open.push_back({node, {}});
      continue;
    }
    done = atom(node, negated);
    negated = false;
    while (!open.empty()) {
      open.back().parts.push_back(done);
      if (open.back().parts.size() < operands(open.back().node)) {
        break;
      }
      done = group_text(open.back(), open.size() > 1, words);
      open.pop_back();
    }
  }
  return done;
}

std::vector<std::string> wrapped(std::string_view text, std::size_t columns_max) {
  std::vector<std::string> lines;
  std::size_t at = 0;
  while (at < text.size()) {
    const std::size_t start = text.find_first_not_of(" \t\r\n", at);
    if (start == std::string_view::npos) {
      break;
    }
    const std::size_t end = std::min(text.find_first_of(" \t\r\n", start), text.size());
    const std::string_view word = text.substr(start, end - start);
    const bool fits =
        !lines.empty() && code_points(lines.back()) + 1 + code_points(word) <= columns_max;
    if (fits) {
      lines.back() += " ";
      lines.back() += word;
    } else {
      lines.emplace_back(word);
    }
    at = end;
  }
  return lines;
}

}  // namespace protoflow::dsl
