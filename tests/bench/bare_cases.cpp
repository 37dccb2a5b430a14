#include "tests/bench/bare_cases.hpp"

namespace protoflow::bench {

namespace {

using engine::WorkEvent;
using Timer = BareTransition::Timer;

constexpr std::uint8_t kReview = engine::work_fact::has_review | engine::work_fact::returns_left;
constexpr std::size_t kEvents = engine::kWorkEventNames.size();
constexpr std::size_t kFactSets = engine::work_fact::all + std::size_t{1};

void do_step(std::vector<BareTransition>& path, std::uint8_t step, std::uint8_t facts = 0) {
  path.push_back({step, WorkEvent::take, facts, Timer::stays});
  path.push_back({step, WorkEvent::complete, facts, facts != 0 ? Timer::stays : Timer::cancels});
}

void offer(std::vector<BareTransition>& path, std::uint8_t step) {
  path.push_back({step, WorkEvent::offer, 0, Timer::arms});
}

}  // namespace

std::vector<BareTransition> bare_path() {
  std::vector<BareTransition> path;
  path.push_back({0, WorkEvent::offer, 0, Timer::stays});  // opened: nothing yet of any step
  path.back().event = WorkEvent::resume;
  for (std::uint8_t step = 0; step < 12; ++step) {
    offer(path, step);
    do_step(path, step, step == 9 ? kReview : std::uint8_t{0});
    if (step == 9) {
      path.push_back({step, WorkEvent::resume, kReview, Timer::stays});  // the review begins
      path.push_back({step, WorkEvent::give_back, kReview, Timer::stays});
      path.push_back({step, WorkEvent::complete, kReview, Timer::stays});
      path.push_back({step, WorkEvent::approve, kReview, Timer::cancels});
    }
  }
  path.push_back({0, WorkEvent::resume, 0, Timer::stays});  // closed
  return path;
}

TableCases::TableCases(std::uint32_t cases) : path_(bare_path()), cases_(cases), wheel_(cases) {
  for (std::size_t i = 0; i < engine::kWorkStateNames.size() * kEvents * kFactSets; ++i) {
    table_.push_back(engine::work(static_cast<engine::WorkState>(i / kFactSets / kEvents),
                                  static_cast<WorkEvent>(i / kFactSets % kEvents),
                                  static_cast<std::uint8_t>(i % kFactSets)));
  }
  for (std::uint32_t number = 0; number < cases; ++number) {
    for (std::size_t done = number % path_.size(); done > 0; --done) {
      advance(number);
    }
  }
}

void TableCases::run(std::uint64_t count) {
  for (; count > 0; --count) {
    advance(next_case(random_, static_cast<std::uint32_t>(cases_.size())));
  }
}

void TableCases::advance(std::uint32_t number) {
  constexpr std::uint64_t kTenDays = 864'000'000;
  Case& one = cases_[number];
  const BareTransition& transition = path_[one.place];
  auto& work = one.work[transition.step];
  const std::size_t cell =
      (work * kEvents + static_cast<std::size_t>(transition.event)) * kFactSets + transition.facts;
  work = static_cast<std::uint8_t>(table_[cell].next);
  if (transition.timer != Timer::stays && wheel_.is_armed(number)) {
    wheel_.cancel(number);
  }
  if (transition.timer == Timer::arms) {
    wheel_.arm(number, kTenDays + (random_ >> 34U));
  }
  one.place = static_cast<std::uint8_t>(one.place + 1U);
  if (one.place == path_.size()) {
    one = Case{};
  }
}

}  // namespace protoflow::bench
