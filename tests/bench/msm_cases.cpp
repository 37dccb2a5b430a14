// Live Boost.MSM objects, twelve a case, on the engine's own rows.
#include <array>

#include <boost/msm/back/state_machine.hpp>

#include "engine/lifecycle/work_rows.hpp"
#include "tests/bench/bare_cases.hpp"

namespace protoflow::bench {

namespace {

using engine::WorkEvent;
using engine::lifecycle::On;
using Machine =
    boost::msm::back::state_machine<engine::lifecycle::Front<engine::lifecycle::WorkRows>>;

void process(Machine& machine, WorkEvent event) {
  switch (event) {
    case WorkEvent::offer:
      machine.process_event(On<WorkEvent::offer>());
      return;
    case WorkEvent::take:
      machine.process_event(On<WorkEvent::take>());
      return;
    case WorkEvent::complete:
      machine.process_event(On<WorkEvent::complete>());
      return;
    case WorkEvent::approve:
      machine.process_event(On<WorkEvent::approve>());
      return;
    case WorkEvent::give_back:
      machine.process_event(On<WorkEvent::give_back>());
      return;
    case WorkEvent::resume:
      machine.process_event(On<WorkEvent::resume>());
      return;
    case WorkEvent::rule_out:
    case WorkEvent::give_up:
    case WorkEvent::hold:
    case WorkEvent::settle:
    case WorkEvent::withdraw:
    case WorkEvent::reopen:
    case WorkEvent::restore_waiting:
    case WorkEvent::restore_offered:
    case WorkEvent::restore_taken:
    case WorkEvent::restore_held:
    case WorkEvent::restore_in_review:
    case WorkEvent::stop:
      return;  // not on the path
  }
}

}  // namespace

struct MsmCases::Case {
  std::array<Machine, 12> steps;
  std::uint8_t place = 0;
};

MsmCases::MsmCases(std::uint32_t cases) : path_(bare_path()), cases_(cases) {
  for (std::uint32_t number = 0; number < cases; ++number) {
    for (std::size_t done = number % path_.size(); done > 0; --done) {
      advance(number);
    }
  }
}

MsmCases::~MsmCases() = default;

void MsmCases::run(std::uint64_t count) {
  for (; count > 0; --count) {
    advance(next_case(random_, static_cast<std::uint32_t>(cases_.size())));
  }
}

void MsmCases::advance(std::uint32_t number) {
  Case& one = cases_[number];
  const BareTransition& transition = path_[one.place];
  one.steps[transition.step].facts = transition.facts;
  process(one.steps[transition.step], transition.event);
  one.place = static_cast<std::uint8_t>(one.place + 1U);
  if (one.place == path_.size()) {
    one = Case{};
  }
}

std::size_t MsmCases::bytes_of_a_case() {
  return sizeof(Case);
}

}  // namespace protoflow::bench
