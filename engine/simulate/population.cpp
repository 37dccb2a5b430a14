#include "engine/simulate/population.hpp"

#include <algorithm>
#include <queue>
#include <tuple>

#include "engine/duty/holder.hpp"
#include "engine/simulate/figures.hpp"
#include "engine/simulate/imagined.hpp"
#include "engine/simulate/simulate.hpp"
#include "engine/state/apply.hpp"

namespace protoflow::engine {

namespace {

constexpr std::chrono::days kMonth{30};
constexpr std::chrono::days kUntilTheStalledIsClosed{10};

enum class Doing : std::uint8_t { open, pass_time, act, leave };

struct Doings {
  model::Instant at;
  std::uint32_t person = 0;  // whose case
  Doing doing = Doing::open;
  std::uint64_t order = 0;  // of planning: the same instant has one order
  Duty duty;                // act
};

struct Later {
  bool operator()(const Doings& left, const Doings& right) const {
    return std::tie(left.at, left.order) > std::tie(right.at, right.order);
  }
};

struct ImaginedCase {
  CaseState state;
  std::vector<OwedDuty> owed;
  std::vector<Duty> planned;  // what somebody will act on
  model::Instant due = model::kNever;
};

bool is_for_the_same(const Duty& left, const Duty& right) {
  const bool same_role = left.kind != DutyKind::review || left.role == right.role;
  return same_role &&
         std::tie(left.kind, left.step, left.binding, left.since_version, left.work) ==
             std::tie(right.kind, right.step, right.binding, right.since_version, right.work);
}

class Year {
 public:
  Year(const Plan& plan, const Scenario& scenario)
      : people_{.plan = plan, .scenario = scenario, .random = {scenario.seed}},
        begins_(example_start(plan.work_time)),
        ends_(begins_ + kMonth * std::min(scenario.months, kSimulatedMonthsMax)),
        figures_(plan.protocol, begins_, ends_),
        cases_(std::min(scenario.cases, kSimulatedCasesMax)) {}

  PopulationFigures run() {
    plan_openings();
    while (!doings_.empty() && doings_.top().at < ends_) {
      const auto next = doings_.top();
      doings_.pop();
      look(next);
    }
    for (auto& one : cases_) {
      figures_.end(one.state, one.owed);
    }
    return figures_.finish();
  }

 private:
  void later(Doings doings) {
    doings.order = ++planned_;
    doings_.push(std::move(doings));
  }

  // Evenly over the time, each on a day and at an hour of its own.
  void plan_openings() {
    const auto minutes = static_cast<std::uint32_t>(
        std::chrono::duration_cast<std::chrono::minutes>(ends_ - begins_).count());
    for (std::uint32_t i = 0; i < cases_.size(); ++i) {
      const auto at = begins_ + std::chrono::minutes{below(people_.random, minutes)};
      later({.at = in_working_hours(at, people_.plan.work_time), .person = i});
    }
  }

  // What falls due at the same instant comes first, as it does in the engine.
  void look(const Doings& next) {
    auto& one = cases_[next.person];
    if (one.due <= next.at) {
      decide_and_keep(next, Command{});
    }
    switch (next.doing) {
      case Doing::open:
        return open(next);
      case Doing::pass_time:
        return;
      case Doing::leave:
        return leave(next);
      case Doing::act:
        return act(next);
    }
  }

  void open(const Doings& next) {
    auto& one = cases_[next.person];
    one.state = empty_case(people_.plan.protocol);
    const auto role = people_.plan.protocol.coordinated_by;
    Command command{.kind = CommandKind::open,
                    .actor = somebody(
                        people_.plan, role, holder(people_.plan.protocol, one.state, role).partner),
                    .beneficiary = std::to_string(next.person)};
    decide_and_keep(next, command);
    if (chance(people_.random, people_.scenario.leave)) {
      const auto minutes = static_cast<std::uint32_t>(std::chrono::minutes(6 * kMonth).count());
      const auto at = next.at + std::chrono::minutes{below(people_.random, minutes)};
      later({.at = in_working_hours(at, people_.plan.work_time),
             .person = next.person,
             .doing = Doing::leave});
    }
  }

  void act(const Doings& next) {
    auto& one = cases_[next.person];
    const auto owed = duties(people_.plan.protocol, one.state);
    const auto still = std::ranges::find_if(
        owed, [&](const Duty& duty) { return is_for_the_same(duty, next.duty); });
    std::erase_if(one.planned, [&](const Duty& duty) { return is_for_the_same(duty, next.duty); });
    if (still == owed.end()) {
      return;
    }
    auto command = act_on(people_, one.state, *still);
    if (!command || decide_and_keep(next, *command)) {
      return;
    }
    // A colleague tries, as where the reviewer is the doer; then it is left to time.
    command->actor = somebody(people_.plan, still->role, still->partner, true);
    if (!decide_and_keep(next, *command)) {
      figures_.refused();
      one.planned.push_back(next.duty);
    }
  }

  // By an ending that somebody may choose at any time; a case in which nobody has anything left to
  // do is closed by the coordination.
  void leave(const Doings& next) {
    auto& one = cases_[next.person];
    if (!is_running(one.state.status)) {
      return;
    }
    const auto& protocol = people_.plan.protocol;
    const bool stalled = one.state.stalled_since != model::kNever;
    for (std::size_t i = 0; i < protocol.endings.size(); ++i) {
      const auto by = protocol.endings[i].at_any_time_by;
      const auto role = by.known() || !stalled ? by : protocol.coordinated_by;
      if (role.known()) {
        const auto partner = holder(protocol, one.state, role).partner;
        const Command command{.kind = CommandKind::close,
                              .actor = somebody(people_.plan, role, partner),
                              .ending = {static_cast<std::uint16_t>(i)}};
        decide_and_keep(next, command);
        return;
      }
    }
  }

  bool decide_and_keep(const Doings& next, const Command& command) {
    auto& one = cases_[next.person];
    const auto decision = decide(people_.plan, one.state, command, next.at);
    if (!decision) {
      return false;
    }
    for (const auto& event : *decision) {
      apply(one.state, event);
      figures_.count(event, one.state);
      if (event.kind == EventKind::case_stalled) {
        later({.at = in_working_hours(next.at + kUntilTheStalledIsClosed, people_.plan.work_time),
               .person = next.person,
               .doing = Doing::leave});
      }
    }
    plan_on(next);
    return true;
  }

  void plan_on(const Doings& after) {
    auto& one = cases_[after.person];
    one.due = next_due(people_.plan, one.state);
    if (one.due != model::kNever) {
      later({.at = one.due, .person = after.person, .doing = Doing::pass_time});
    }
    const auto owed = duties(people_.plan.protocol, one.state);
    figures_.owes(one.owed, owed, after.at);
    for (const auto& duty : owed) {
      const bool known = std::ranges::any_of(
          one.planned, [&](const Duty& other) { return is_for_the_same(other, duty); });
      const auto at = known ? model::kNever : acts_at(people_, one.state, duty, after.at);
      if (at != model::kNever) {
        one.planned.push_back(duty);
        later({.at = at, .person = after.person, .doing = Doing::act, .duty = duty});
      }
    }
  }

  Imagined people_;
  model::Instant begins_, ends_;
  Figures figures_;
  std::vector<ImaginedCase> cases_;
  std::priority_queue<Doings, std::vector<Doings>, Later> doings_;
  std::uint64_t planned_ = 0;
};

}  // namespace

PopulationFigures simulate_population(const Plan& plan, const Scenario& scenario) {
  return Year(plan, scenario).run();
}

}  // namespace protoflow::engine
