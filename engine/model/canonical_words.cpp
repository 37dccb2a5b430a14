#include "engine/model/canonical_words.hpp"

#include <algorithm>

namespace protoflow::model::words {

std::string quoted(std::string_view text) {
  std::string word = "\"";
  for (const char c : text) {
    if (c == '\n') {
      word += "\\n";
      continue;
    }
    if (c == '"' || c == '\\') {
      word += '\\';
    }
    word += c;
  }
  word += '"';
  return word;
}

std::string digits(std::int64_t number) {
  return std::to_string(number);
}

std::string yes_if(bool holds) {
  return holds ? "yes" : "no";
}

std::string in_words(const Duration& duration) {
  constexpr std::string_view kUnits[] = {
      "minutes", "hours", "days", "working_days", "weeks", "months", "years"};
  const auto& [amount, unit] = duration;
  return digits(amount) + ' ' + std::string(kUnits[static_cast<std::size_t>(unit)]);
}

std::string in_words(const std::optional<Duration>& duration) {
  return duration ? in_words(*duration) : std::string(kNothing);
}

std::vector<std::string> texts_of(const std::vector<std::string>& texts) {
  std::vector<std::string> words;
  words.reserve(texts.size());
  for (const std::string& text : texts) {
    words.push_back(quoted(text));
  }
  return words;
}

const std::string& name_of(const Protocol& protocol, const FormerName& former) {
  switch (former.kind) {
    case FormerKind::partner:
      return protocol.partners[former.place].name;
    case FormerKind::role:
      return protocol.roles[former.place].name;
    case FormerKind::information:
      return protocol.informations[former.place].name;
    case FormerKind::consent:
      return protocol.consents[former.place].name;
    case FormerKind::step:
      return protocol.steps[former.place].name;
    case FormerKind::outcome:
      return protocol[former.step].outcomes[former.place].name;
    case FormerKind::session:
      return protocol.sessions[former.place].name;
    case FormerKind::routine:
      return protocol.routines[former.place].name;
    case FormerKind::ending:
      break;
  }
  return protocol.endings[former.place].name;
}

namespace {

std::string declaration_of(const Protocol& protocol, const FormerName& former) {
  constexpr std::string_view kKinds[] = {"partner",
                                         "role",
                                         "information",
                                         "consent",
                                         "step",
                                         "outcome",
                                         "session",
                                         "routine",
                                         "ending"};
  std::string words(kKinds[static_cast<std::size_t>(former.kind)]);
  if (former.kind == FormerKind::outcome) {
    words += ' ' + name_of(protocol.steps, former.step);
  }
  return words + ' ' + quoted(name_of(protocol, former));
}

}  // namespace

std::string in_words(const Protocol& protocol, const std::vector<FormerName>& former_names) {
  std::vector<std::string> lines;
  for (const FormerName& former : former_names) {
    line(lines.emplace_back(), "was", {declaration_of(protocol, former), quoted(former.was)});
  }
  std::ranges::sort(lines);
  std::string all;
  for (const std::string& each : lines) {
    all += each;
  }
  return all;
}

void line(std::string& out, std::string_view keyword, std::initializer_list<std::string> words) {
  out += keyword;
  for (const std::string& word : words) {
    out += ' ';
    out += word;
  }
  out += '\n';
}

namespace {

std::string value_in_words(const Information& information, std::int64_t number) {
  const bool is_level =
      information.type == InformationType::scale || information.type == InformationType::one_of;
  const auto place = static_cast<std::size_t>(number);
  return is_level && number >= 0 && place < information.levels.size()
             ? quoted(information.levels[place])
             : digits(number);
}

std::string compared(const Protocol& protocol, const ConditionNode& node) {
  constexpr std::string_view kSigns[] = {"=", "!=", "<", "<=", ">", ">="};
  const std::string value = node.subject < protocol.informations.size()
                                ? value_in_words(protocol.informations[node.subject], node.number)
                                : digits(node.number);
  return name_of(protocol.informations, InformationId{node.subject}) + ' ' +
         std::string(kSigns[static_cast<std::size_t>(node.compare)]) + ' ' + value;
}

std::string outcome_of(const Protocol& protocol, const ConditionNode& node) {
  const StepId step{node.subject};
  if (node.subject >= protocol.steps.size() || node.number < 0 || node.number > 0xFFFF) {
    return std::string(kNothing);
  }
  return name_of(protocol.steps, step) + ' ' +
         name_of(protocol[step].outcomes, OutcomeId{static_cast<std::uint16_t>(node.number)});
}

std::string in_words(const Protocol& protocol, const ConditionNode& node) {
  switch (node.op) {
    case Op::all_of:
      return "all_of/" + digits(node.children);
    case Op::any_of:
      return "any_of/" + digits(node.children);
    case Op::at_least:
      return "at_least/" + digits(node.number) + '/' + digits(node.children);
    case Op::negate:
      return "not";
    case Op::step_settled:
      return "settled " + name_of(protocol.steps, StepId{node.subject});
    case Op::step_outcome:
      return "outcome " + outcome_of(protocol, node);
    case Op::step_not_needed:
      return "not_needed " + name_of(protocol.steps, StepId{node.subject});
    case Op::information_known:
      return "known " + name_of(protocol.informations, InformationId{node.subject});
    case Op::information:
      return "information " + compared(protocol, node);
    case Op::consent_given:
      return "given " + name_of(protocol.consents, ConsentId{node.subject});
  }
  return {};
}

// A condition whose operands are still being read.
struct Open {
  const ConditionNode* node;
  std::size_t awaited;
  std::vector<std::string> operands;
};

std::size_t operands_of(const ConditionNode& node) {
  switch (node.op) {
    case Op::all_of:
    case Op::any_of:
    case Op::at_least:
      return node.children;
    case Op::negate:
      return 1;
    case Op::step_settled:
    case Op::step_outcome:
    case Op::step_not_needed:
    case Op::information_known:
    case Op::information:
    case Op::consent_given:
      break;
  }
  return 0;
}

}  // namespace

std::string in_words(const Protocol& protocol, const Condition& condition) {
  const auto& [nodes] = condition;
  std::string words = "(";
  for (const ConditionNode& node : nodes) {
    words += ' ' + in_words(protocol, node);
  }
  return words + " )";
}

std::string in_one_order(const Protocol& protocol, const Condition& condition) {
  std::vector<Open> open;
  std::string done;
  for (const auto& node : condition.nodes) {
    const std::size_t awaited = operands_of(node);
    if (awaited > 0) {
      open.push_back({&node, awaited, {}});
      continue;
    }
    done = in_words(protocol, Condition{{node}});
    while (!open.empty()) {
      Open& group = open.back();
      group.operands.push_back(done);
      if (group.operands.size() < group.awaited) {
        break;
      }
      std::ranges::sort(group.operands);
      done = in_words(protocol, Condition{{*group.node}}) + '{';
      for (const std::string& operand : group.operands) {
        done += operand;
      }
      done += '}';
      open.pop_back();
    }
  }
  return done;
}

std::string in_words(const Protocol& protocol, const Review& review, bool sorted) {
  const auto& [by, approvals, within, returns_max, own_line] = review;
  auto names = names_of(protocol.roles, by);
  if (sorted) {
    std::ranges::sort(names);
  }
  std::string reviewers = names.empty() ? std::string(kNothing) : names.front();
  if (names.size() > 1) {
    reviewers = "[";
    for (const auto& name : names) {
      reviewers += ' ' + name;
    }
    reviewers += " ]";
  }
  std::string out;
  line(out, "review", {reviewers, in_words(within), digits(returns_max)});
  if (names.size() > 1) {
    line(out, "approvals", {digits(approvals)});
  }
  return out;
}

bool is_in_any_order(PromiseKind kind) {
  return kind == PromiseKind::never_both || kind == PromiseKind::exactly_one ||
         kind == PromiseKind::by_different_partners;
}

}  // namespace protoflow::model::words
