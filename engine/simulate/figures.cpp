#include "engine/simulate/figures.hpp"

#include <algorithm>

namespace protoflow::engine {

namespace {

using std::chrono::milliseconds;

constexpr milliseconds kTenthOfADay = std::chrono::minutes{144};
constexpr milliseconds kWeek = std::chrono::weeks{1};

std::uint64_t minutes(milliseconds length) {
  return static_cast<std::uint64_t>(std::chrono::floor<std::chrono::minutes>(length).count());
}

std::uint32_t tenths(milliseconds length) {
  return static_cast<std::uint32_t>(length / kTenthOfADay);
}

bool is_same(const Duty& left, const Duty& right) {
  return left.kind == right.kind && left.step == right.step && left.binding == right.binding &&
         left.role == right.role && left.partner == right.partner && left.person == right.person &&
         left.work == right.work && left.task == right.task;
}

// A step in review is its reviewer's to move, and its doer waits; a routine and a session are
// nobody's work before their day.
bool is_work(const Duty& duty) {
  return duty.kind != DutyKind::decide && duty.kind != DutyKind::routine &&
         duty.kind != DutyKind::receive_session &&
         (duty.kind != DutyKind::step || duty.work != WorkState::in_review);
}

void count_time(StepFigures& step, TimeState time) {
  if (time == TimeState::met) {
    ++step.on_time;
  } else if (time == TimeState::met_late) {
    ++step.late;
  }
}

}  // namespace

Spread spread_of(std::vector<milliseconds>& lengths) {
  if (lengths.empty()) {
    return {};
  }
  std::ranges::sort(lengths);
  const auto at = [&](std::size_t tenth) {
    return tenths(lengths[(lengths.size() - 1) * tenth / 10]);
  };
  return {
      .count = static_cast<std::uint32_t>(lengths.size()), .median = at(5), .worst_tenth = at(9)};
}

Figures::Figures(const model::Protocol& protocol, model::Instant from, model::Instant to)
    : from_(from), to_(to), open_(protocol.steps.size()) {
  found_.endings.resize(protocol.endings.size());
  found_.steps.resize(protocol.steps.size());
  found_.partners.resize(protocol.partners.size());
  const auto weeks = std::max(std::size_t{1}, static_cast<std::size_t>((to - from) / kWeek));
  for (auto& partner : found_.partners) {
    partner.load.resize(weeks);
  }
}

void Figures::count(const Event& event, const CaseState& state) {
  ++found_.events;
  if (event.kind == EventKind::case_opened) {
    ++found_.opened;
  } else if (event.kind == EventKind::case_stalled) {
    ++found_.stalled;
  } else if (event.kind == EventKind::case_closed) {
    ++found_.closed;
    ++found_.endings[event.ending.value];
    paths_.push_back(event.happened - state.opened);
  }
  if (!event.step.known()) {
    return;
  }
  auto& step = found_.steps[event.step.value];
  if (event.kind == EventKind::step_offered) {
    ++step.opened;
  } else if (event.kind == EventKind::step_declined ||
             event.kind == EventKind::step_offer_expired) {
    ++step.declined;
  }
  if (event.time) {
    count_time(step, *event.time);
  }
  if (!event.work || !is_settled(*event.work)) {
    return;
  }
  if (*event.work == WorkState::done) {
    ++step.done;
  } else if (*event.work == WorkState::not_needed) {
    ++step.not_needed;
  } else {
    ++step.withdrawn;
  }
  const auto opened = state[event.step].opened;
  if (opened != model::kNever) {
    open_[event.step.value].push_back(event.happened - opened);
  }
}

void Figures::owes(std::vector<OwedDuty>& owed,
                   const std::vector<Duty>& now_owed,
                   model::Instant now) {
  std::erase_if(owed, [&](const OwedDuty& was) {
    const bool stays =
        std::ranges::any_of(now_owed, [&](const Duty& duty) { return is_same(duty, was.duty); });
    if (!stays) {
      close(was, now);
    }
    return !stays;
  });
  for (const auto& duty : now_owed) {
    const bool known =
        std::ranges::any_of(owed, [&](const OwedDuty& was) { return is_same(duty, was.duty); });
    if (!known) {
      owed.push_back({duty, now});
    }
  }
}

void Figures::end(const CaseState& state, std::vector<OwedDuty>& owed) {
  owes(owed, {}, to_);
  if (!is_running(state.status)) {
    return;
  }
  ++found_.still_open;
  for (std::size_t i = 0; i < state.steps.size(); ++i) {
    const auto& step = state.steps[i];
    const bool late = step.time == TimeState::late || step.time == TimeState::escalated;
    found_.steps[i].late += is_open(step.work) && late ? 1U : 0U;
  }
}

void Figures::close(const OwedDuty& owed, model::Instant until) {
  const auto& duty = owed.duty;
  const auto spent = minutes(until - owed.since);
  const bool nobody = duty.person.empty();
  if (is_work(duty)) {
    auto& partner = found_.partners[duty.partner.value];
    const auto added = add_load(partner, owed.since, until);
    partner.orphan += nobody ? added : 0U;
  }
  if (duty.kind != DutyKind::step) {
    return;
  }
  auto& step = found_.steps[duty.step.value];
  if (duty.work == WorkState::in_review) {  // once, however many review it
    step.waits_for_review += spent;
  } else if (duty.work == WorkState::held) {
    step.stands_still += spent;
  } else if (nobody) {
    step.waits_for_person += spent;
  } else {
    step.works += spent;
  }
}

std::uint64_t Figures::add_load(PartnerFigures& partner,
                                model::Instant from,
                                model::Instant until) const {
  std::uint64_t added = 0;
  until = std::min(until, from_ + static_cast<std::int64_t>(partner.load.size()) * kWeek);
  while (from < until) {
    const auto week = static_cast<std::size_t>((from - from_) / kWeek);
    const auto ends = std::min(until, from_ + (static_cast<std::int64_t>(week) + 1) * kWeek);
    partner.load[week] += minutes(ends - from);
    added += minutes(ends - from);
    from = ends;
  }
  return added;
}

PopulationFigures Figures::finish() {
  for (std::size_t i = 0; i < open_.size(); ++i) {
    found_.steps[i].open = spread_of(open_[i]);
  }
  found_.path = spread_of(paths_);
  return std::move(found_);
}

}  // namespace protoflow::engine
