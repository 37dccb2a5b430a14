#include "engine/simulate/gatherings.hpp"

#include <algorithm>

#include "engine/duty/holder.hpp"
#include "engine/model/limits.hpp"

namespace protoflow::engine {

namespace {

constexpr std::chrono::days kNotice{10};  // between asking for a session and its day
constexpr std::uint32_t kPresent = 85;    // percent of those who have a place; of the others, half
constexpr std::uint32_t kExcused = 50;    // excuse themselves

bool has_room(const SessionState& state) {
  return places_taken(state) < state.capacity &&
         state.enrolments.size() < model::kCasesPerSessionMax;
}

}  // namespace

std::vector<Errand> Gatherings::tell(Gathering& gathering,
                                     const Command& command,
                                     model::Instant now) {
  std::vector<Errand> told;
  const auto decision = decide(people_.plan, gathering.state, command, now);
  if (!decision) {
    return told;
  }
  for (const auto& event : *decision) {
    apply(gathering.state, event);
    auto list = errands(people_.plan.protocol, gathering.state, event, gathering.stream);
    std::ranges::move(list, std::back_inserter(told));
  }
  return told;
}

// The coordination may do in every session what its host may.
Actor Gatherings::coordination() const {
  const auto& protocol = people_.plan.protocol;
  const auto role = protocol.coordinated_by;
  return somebody(people_.plan, role, holder(protocol, empty_case(protocol), role).partner);
}

std::vector<Gatherings::Day> Gatherings::days(model::Instant from, model::Instant until) const {
  const auto& work_time = people_.plan.work_time;
  const auto& sessions = people_.plan.protocol.sessions;
  std::vector<Day> list;
  for (std::size_t i = 0; i < sessions.size(); ++i) {
    const auto after = [&](model::Instant at) {
      const auto next = due_after(at, *sessions[i].every, work_time);
      return in_working_hours(std::max(next, at + std::chrono::days{1}), work_time);
    };
    const model::SessionId session{static_cast<std::uint16_t>(i)};
    for (auto at = from; sessions[i].every && after(at) < until;) {
      at = after(at);
      list.push_back({session, at});
    }
  }
  return list;
}

void Gatherings::plan(const Day& day, model::Instant now) {
  Gathering gathering{.state = empty_session(people_.plan.protocol),
                      .stream = "session/" + std::to_string(all_.size()),
                      .owed = {}};
  (void)tell(gathering,
             {.kind = CommandKind::plan_session,
              .actor = coordination(),
              .session = day.session,
              .at = day.at},
             now);
  if (is_live(gathering.state.status)) {
    all_.push_back(std::move(gathering));
  }
}

Gathering* Gatherings::next_with_room(model::SessionId session, model::Instant now) {
  Gathering* found = nullptr;
  for (auto& gathering : all_) {
    const auto& state = gathering.state;
    const bool fits = state.session == session && state.status == SessionStatus::planned &&
                      state.at > now && has_room(state);
    if (fits && (found == nullptr || state.at < found->state.at)) {
      found = &gathering;
    }
  }
  return found;
}

std::vector<Errand> Gatherings::enrol(std::string_view case_id,
                                      model::StepId step,
                                      model::Instant now) {
  const auto session = people_.plan.protocol[step].through;
  auto* gathering = next_with_room(session, now);
  if (gathering == nullptr && !people_.plan.protocol[session].every) {
    plan({session, in_working_hours(now + kNotice, people_.plan.work_time)}, now);
    gathering = next_with_room(session, now);
  }
  if (gathering == nullptr) {
    return {};
  }
  return tell(*gathering,
              {.kind = CommandKind::enrol,
               .actor = coordination(),
               .enrolments = {{.case_id = std::string(case_id), .step = step}}},
              now);
}

void Gatherings::do_tasks(Gathering& gathering, model::Instant now) {
  const auto open = duties(people_.plan.protocol, gathering.state);
  for (const auto& duty : open) {
    if (duty.kind == DutyKind::task) {
      (void)tell(gathering,
                 {.kind = CommandKind::complete,
                  .actor = somebody(people_.plan, duty.role, duty.partner),
                  .task = duty.task},
                 now);
    }
  }
}

std::vector<Errand> Gatherings::hold(std::size_t place, model::Instant now) {
  auto& gathering = all_[place];
  do_tasks(gathering, now);
  Command command{.kind = CommandKind::record_attendance, .actor = coordination()};
  for (const auto& enrolment : gathering.state.enrolments) {
    if (enrolment.seat == Seat::enrolled) {
      const auto otherwise =
          chance(people_.random, kExcused) ? Attendance::excused : Attendance::absent;
      command.enrolments.push_back(
          {.case_id = enrolment.case_id,
           .attendance = chance(people_.random, kPresent) ? Attendance::present : otherwise});
    }
  }
  if (command.enrolments.empty()) {
    command.kind = CommandKind::close_session;
  }
  return tell(gathering, command, now);
}

bool Gatherings::finish(std::size_t place, model::Instant now) {
  auto& gathering = all_[place];
  const auto before = gathering.state.version;
  do_tasks(gathering, now);
  return gathering.state.version != before;
}

std::vector<Errand> Gatherings::hear(const Errand& errand, model::Instant now) {
  const auto found = std::ranges::find(all_, errand.stream, &Gathering::stream);
  return found == all_.end() ? std::vector<Errand>{} : tell(*found, errand.command, now);
}

}  // namespace protoflow::engine
