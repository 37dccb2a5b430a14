// The longest way through the steps, as their deadlines, holds, reviews and rounds allow it, beside
// what the protocol promises. A step without a deadline counts as nothing: it has its own message.
#include <algorithm>
#include <optional>

#include "dsl/lower/lower.hpp"
#include "dsl/meaning/length.hpp"
#include "dsl/meaning/questions.hpp"

namespace protoflow::dsl {
namespace {

using Minutes = std::int64_t;

constexpr Minutes kMinutesMax = 1'000'000'000'000;  // rounds in rounds grow beyond any life
constexpr std::uint16_t kNoStep = 0xFFFF;

// When something is known at the latest, and the step that comes last before.
struct Latest {
  Minutes at = 0;
  std::uint16_t after = kNoStep;
  bool certain = true;  // it comes true, whatever is decided
};

struct Ways {
  const model::Protocol& protocol;
  std::vector<Minutes> opens, settles;
  std::vector<std::uint16_t> after;
};

Minutes usual(const std::optional<model::Duration>& duration) {
  return duration ? length_of(*duration).usual : 0;
}

Latest of_atom(const Ways& ways, const model::ConditionNode& node) {
  if (!about_a_step(node.op)) {
    return {0, kNoStep, false};
  }
  return {ways.settles[node.subject], node.subject, node.op == model::Op::step_settled};
}

// Any of them: the first of those that come for certain; where none does, the last of all.
Latest any_of(const Latest& left, const Latest& right) {
  if (left.certain != right.certain) {
    return left.certain ? left : right;
  }
  return (left.at < right.at) == left.certain ? left : right;
}

Latest all_of(const Latest& left, const Latest& right) {
  Latest last = left.at < right.at ? right : left;
  last.certain = left.certain && right.certain;
  return last;
}

// NOLINTNEXTLINE(misc-no-recursion): bounded by kNesting
Latest of_condition(const Ways& ways, const model::Condition& condition, std::size_t& at) {
  const model::ConditionNode& node = condition.nodes[at++];
  const bool joining = node.op == model::Op::all_of || node.op == model::Op::any_of ||
                       node.op == model::Op::at_least || node.op == model::Op::negate;
  if (!joining) {
    return of_atom(ways, node);
  }
  const bool all = node.op == model::Op::all_of;
  Latest latest;
  for (std::uint16_t i = 0; i < node.children; ++i) {
    const Latest operand = of_condition(ways, condition, at);
    latest = i == 0 ? operand : all ? all_of(latest, operand) : any_of(latest, operand);
  }
  latest.certain = latest.certain && node.op != model::Op::negate;
  return latest;
}

Latest opening(const Ways& ways, const model::Step& step) {
  Latest latest;
  for (const model::Condition* condition : {&step.after, &step.when}) {
    std::size_t at = 0;
    if (!condition->empty()) {
      latest = all_of(latest, of_condition(ways, *condition, at));
    }
  }
  return latest;
}

// From opening to settling, in one round.
Minutes work_of(const Ways& ways, const model::Step& step, Minutes opens) {
  Minutes due = opens;
  for (const model::Deadline& deadline : step.deadlines) {
    const Minutes from = deadline.from.known() ? ways.settles[deadline.from.value] : opens;
    due = std::max(due, from + length_of(deadline.within).usual);
  }
  Minutes work = due - opens;
  if (step.hold) {
    work += length_of(step.hold->at_most).usual;
  }
  if (step.review) {
    work += usual(step.review->within) * (1 + step.review->returns_max);
  }
  return work;
}

void look_at(Ways& ways, std::uint16_t id) {
  const model::Step& step = ways.protocol.steps[id];
  const Latest latest = opening(ways, step);
  ways.opens[id] = latest.at;
  ways.after[id] = latest.after;
  Minutes work = work_of(ways, step, latest.at);
  if (step.repeat && step.repeat->times_max > 0) {
    const Minutes between = usual(step.repeat->every);
    work = work * step.repeat->times_max + between * (step.repeat->times_max - 1);
  }
  Minutes settles = std::min(latest.at + work, kMinutesMax);
  for (const model::Outcome& outcome : step.outcomes) {
    const bool round = outcome.reopens.known() && ways.opens[outcome.reopens.value] <= latest.at;
    if (round) {
      settles += outcome.reopens_max * (settles - ways.opens[outcome.reopens.value]);
      settles = std::min(settles, kMinutesMax);
    }
  }
  ways.settles[id] = settles;
}

Ways ways_through(const Asked& asked) {
  const std::size_t count = asked.protocol.steps.size();
  Ways ways{asked.protocol,
            std::vector<Minutes>(count, kMinutesMax),
            std::vector<Minutes>(count, 0),
            std::vector<std::uint16_t>(count, kNoStep)};
  for (const std::uint16_t step : asked.order.sequence()) {
    look_at(ways, step);
  }
  return ways;
}

std::string chain_to(const Ways& ways, std::uint16_t step) {
  std::vector<std::string> names;
  for (; step != kNoStep; step = ways.after[step]) {
    names.push_back(ways.protocol.steps[step].name);
  }
  std::reverse(names.begin(), names.end());
  return chain_of(names);
}

void ask_promise(const Asked& asked, const Ways& ways, std::size_t id) {
  const auto last = std::max_element(ways.settles.begin(), ways.settles.end());
  const auto step = static_cast<std::uint16_t>(last - ways.settles.begin());
  std::size_t next = 0;
  const auto& lines = asked.protocol.promises[id].lines;
  for (const NodeIndex clause :
       clauses_in(asked.tree, declared(asked, NameKind::promise, id).node)) {
    if (asked.tree[clause].word == Keyword::translation || next == lines.size()) {
      continue;
    }
    const model::PromiseLine& line = lines[next++];
    const bool broken = line.kind == model::PromiseKind::case_ends_within && line.within &&
                        *last > length_of(*line.within).most;
    if (broken) {
      tell_two(asked,
               Code::longer_than_promised,
               asked.tree[clause].span(),
               declared(asked, NameKind::step, step).span,
               {std::to_string(*last / kMinutesOfDay), chain_to(ways, step)});
    }
  }
}

}  // namespace

void ask_longest(const Asked& asked) {
  if (!asked.order.known() || asked.protocol.steps.empty() || asked.unread.anything ||
      doubted_by(asked, "129") || asked.protocol.promises.empty()) {
    return;
  }
  const Ways ways = ways_through(asked);
  for (std::size_t i = 0; i < asked.protocol.promises.size(); ++i) {
    ask_promise(asked, ways, i);
  }
}

}  // namespace protoflow::dsl
