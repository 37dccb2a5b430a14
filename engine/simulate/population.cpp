#include "engine/simulate/population.hpp"

#include <algorithm>
#include <charconv>
#include <deque>
#include <queue>
#include <tuple>

#include "engine/duty/holder.hpp"
#include "engine/simulate/figures.hpp"
#include "engine/simulate/gatherings.hpp"
#include "engine/simulate/imagined.hpp"
#include "engine/simulate/simulate.hpp"
#include "engine/state/apply.hpp"

namespace protoflow::engine {

namespace {

constexpr std::string_view kCasePrefix = "case/";
constexpr std::chrono::days kMonth{30};
constexpr std::chrono::days kKnownBefore{60};
constexpr std::chrono::days kTriesAgainAfter{7};
constexpr std::chrono::days kUntilTheStalledIsClosed{10};

enum class Doing : std::uint8_t {
  open,
  pass_time,
  act,
  leave,
  plan_session,
  hold_session,
  finish_session
};

struct Doings {
  model::Instant at;
  std::uint32_t person = 0;  // whose case; or which session
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
        gatherings_(people_),
        cases_(std::min(scenario.cases, kSimulatedCasesMax)) {}

  PopulationFigures run() {
    plan_openings();
    plan_sessions();
    while (!doings_.empty() && doings_.top().at < ends_) {
      const auto next = doings_.top();
      doings_.pop();
      look(next);
    }
    for (auto& one : cases_) {
      figures_.end(one.state, one.owed);
    }
    for (std::size_t i = 0; i < gatherings_.size(); ++i) {
      figures_.owes(gatherings_[i].owed, {}, ends_);
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

  // Those that come back are known some weeks before.
  void plan_sessions() {
    days_ = gatherings_.days(begins_, ends_);
    for (std::uint32_t i = 0; i < days_.size(); ++i) {
      later({.at = std::max(begins_, days_[i].at - kKnownBefore),
             .person = i,
             .doing = Doing::plan_session});
    }
  }

  void look(const Doings& next) {
    if (next.doing == Doing::plan_session) {
      gatherings_.plan(days_[next.person], next.at);
    } else if (next.doing == Doing::hold_session || next.doing == Doing::finish_session) {
      meet(next);
    } else {
      live(next);
    }
    for (; !letters_.empty(); letters_.pop_front()) {
      deliver(letters_.front(), next.at);
    }
    await_gatherings(next.at);
  }

  // What falls due at the same instant comes first, as it does in the engine.
  void live(const Doings& next) {
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
      case Doing::plan_session:
      case Doing::hold_session:
      case Doing::finish_session:
        return;
    }
  }

  // Whoever finds no place tries again.
  void enrol(const Doings& next, const Duty& duty) {
    auto errands = gatherings_.enrol(std::to_string(next.person), duty.step, next.at);
    if (errands.empty()) {
      cases_[next.person].planned.push_back(next.duty);
      auto again = next;
      again.at = in_working_hours(next.at + kTriesAgainAfter, people_.plan.work_time);
      later(std::move(again));
    }
    send(std::move(errands));
  }

  void send(std::vector<Errand> errands) {
    std::ranges::move(errands, std::back_inserter(letters_));
  }

  void deliver(const Errand& errand, model::Instant now) {
    if (!errand.stream.starts_with(kCasePrefix)) {
      return send(gatherings_.hear(errand, now));
    }
    std::uint32_t person = 0;
    const auto* begin = errand.stream.data() + kCasePrefix.size();
    std::from_chars(begin, errand.stream.data() + errand.stream.size(), person);
    decide_and_keep({.at = now, .person = person}, errand.command);
  }

  // A session that has just been planned waits for its day.
  void await_gatherings(model::Instant now) {
    for (; awaited_ < gatherings_.size(); ++awaited_) {
      later({.at = gatherings_[awaited_].state.at,
             .person = static_cast<std::uint32_t>(awaited_),
             .doing = Doing::hold_session});
      count_duties(gatherings_[awaited_], now);
    }
  }

  std::vector<Duty> count_duties(Gathering& gathering, model::Instant now) {
    auto owed = duties(people_.plan.protocol, gathering.state);
    figures_.owes(gathering.owed, owed, now);
    return owed;
  }

  void meet(const Doings& next) {
    if (next.doing == Doing::hold_session) {
      send(gatherings_.hold(next.person, next.at));
    } else if (!gatherings_.finish(next.person, next.at)) {
      return;
    }
    const auto owed = count_duties(gatherings_[next.person], next.at);
    if (!owed.empty()) {
      const auto due = std::ranges::min(owed, {}, &Duty::due).due;
      later({.at = in_working_hours(due == model::kNever ? next.at : std::max(due, next.at),
                                    people_.plan.work_time),
             .person = next.person,
             .doing = Doing::finish_session});
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
    if (still->needs_a_place) {
      return enrol(next, *still);
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
      send(errands(people_.plan.protocol,
                   one.state,
                   event,
                   std::string(kCasePrefix) + std::to_string(next.person)));
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
  Gatherings gatherings_;
  std::vector<Gatherings::Day> days_;
  std::size_t awaited_ = 0;  // how many of them have their day in `doings_`
  std::deque<Errand> letters_;
  std::vector<ImaginedCase> cases_;
  std::priority_queue<Doings, std::vector<Doings>, Later> doings_;
  std::uint64_t planned_ = 0;
};

}  // namespace

PopulationFigures simulate_population(const Plan& plan, const Scenario& scenario) {
  return Year(plan, scenario).run();
}

}  // namespace protoflow::engine
