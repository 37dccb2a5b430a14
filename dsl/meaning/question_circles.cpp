// No steps that wait for one another.
#include <algorithm>
#include <utility>

#include "dsl/meaning/questions.hpp"

namespace protoflow::dsl {
namespace {

enum class Mark : std::uint8_t { unseen, on_the_way, settled };

struct Search {
  const Asked& asked;
  std::vector<std::vector<std::uint16_t>> waits_for;
  std::vector<Mark> marks;
  std::vector<bool> told;
};

// The line in which `step` waits for `other`.
Span place_of_wait(const Asked& asked, std::uint16_t step, std::uint16_t other) {
  const NodeIndex declaration = declared(asked, NameKind::step, step).node;
  const std::string& name = asked.protocol.steps[other].name;
  Span fallback = declared(asked, NameKind::step, step).span;
  for (const Keyword word : {Keyword::after, Keyword::when}) {
    const NodeIndex clause = clause_of(asked, declaration, word);
    if (clause == kNoNode) {
      continue;
    }
    const Span place = place_of_name(asked, clause, name);
    if (asked.source.text(place) == asked.source.text(asked.tree[clause + 1].span())) {
      fallback = asked.tree[clause].span();  // the other step is meant by its stage
      continue;
    }
    return place;
  }
  return fallback;
}

void tell_circle(Search& search, const std::vector<std::uint16_t>& circle) {
  const bool known = std::any_of(
      circle.begin(), circle.end(), [&](std::uint16_t step) { return search.told[step]; });
  search.told[circle.back()] = true;  // one circle is enough for what closes it
  if (known) {
    return;
  }
  std::vector<std::string> names;
  for (const std::uint16_t step : circle) {
    search.told[step] = true;
    names.push_back(search.asked.protocol.steps[step].name);
  }
  names.push_back(names.front());
  const std::string chain = chain_of(names);
  const std::uint16_t first = circle.front(), second = circle[circle.size() > 1 ? 1 : 0];
  const Span here = place_of_wait(search.asked, first, second);
  if (circle.size() == 1) {
    tell(search.asked, Code::conditions_in_circle, here, {chain});
    return;
  }
  const Span there = place_of_wait(search.asked, circle.back(), first);
  tell_two(search.asked, Code::conditions_in_circle, here, there, {chain});
}

// The part of the way that closes at `other`.
std::vector<std::uint16_t> circle_at(const std::vector<std::pair<std::uint16_t, std::size_t>>& way,
                                     std::uint16_t other) {
  std::vector<std::uint16_t> circle;
  for (auto at = way.rbegin(); at != way.rend() && (at == way.rbegin() || circle.back() != other);
       ++at) {
    circle.push_back(at->first);
  }
  std::reverse(circle.begin(), circle.end());
  return circle;
}

// Depth first without recursion: `way` holds the steps from the start to here and the next wait to
// look at.
void look_from(Search& search, std::uint16_t start) {
  std::vector<std::pair<std::uint16_t, std::size_t>> way{{start, 0}};
  search.marks[start] = Mark::on_the_way;
  while (!way.empty()) {
    auto& [step, next] = way.back();
    if (next == search.waits_for[step].size()) {
      search.marks[step] = Mark::settled;
      way.pop_back();
      continue;
    }
    const std::uint16_t other = search.waits_for[step][next++];
    if (search.marks[other] == Mark::unseen) {
      search.marks[other] = Mark::on_the_way;
      way.emplace_back(other, 0);
    } else if (search.marks[other] == Mark::on_the_way) {
      if (!search.told[step] && !search.told[other]) {
        tell_circle(search, circle_at(way, other));
      }
    }
  }
}

}  // namespace

void ask_circles(const Asked& asked) {
  const std::size_t count = asked.protocol.steps.size();
  Search search{asked, {}, std::vector<Mark>(count, Mark::unseen), std::vector<bool>(count, false)};
  for (const model::Step& step : asked.protocol.steps) {
    search.waits_for.push_back(awaited_steps(step));
  }
  for (std::size_t i = 0; i < count; ++i) {
    if (search.marks[i] == Mark::unseen) {
      look_from(search, static_cast<std::uint16_t>(i));
    }
  }
}

}  // namespace protoflow::dsl
