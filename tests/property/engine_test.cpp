// What holds for every protocol and every history. A failure prints its seed; PROTOFLOW_SEED=n runs
// that one alone.
#include <algorithm>
#include <functional>
#include <map>
#include <ranges>

#include <gtest/gtest.h>

#include "engine/duty/duty.hpp"
#include "engine/duty/reviewers.hpp"
#include "engine/event/codec.hpp"
#include "engine/state/apply.hpp"
#include "tests/property/random_life.hpp"

namespace protoflow::engine {
namespace {

using tests::by_name;
using tests::Dice;
using tests::for_every_life;
using tests::kFarAway;
using tests::kManyLives;
using tests::Life;
using tests::live;
using tests::run_on;
using tests::tell;

std::string text_of(const std::vector<Event>& events, const model::Protocol& protocol) {
  std::string text;
  for (const auto& event : events) {
    text += to_text(event.happened) + " " + tests::text_of(event, protocol) + "\n";
  }
  return text;
}

// -- accountability
// --------------------------------------------------------------------------------------------------------

// One duty each, as long as they have not judged; and somebody, as long as the step is in review.
std::ptrdiff_t reviewers_awaited(const model::Protocol& protocol,
                                 const CaseState& state,
                                 model::StepId id) {
  if (state[id].work != WorkState::in_review) {
    const bool may_come_back =
        state[id].stood.at_closing && state[id].stood.work == WorkState::in_review;
    const auto kept = std::ranges::count(state.reviewers, id, &ReviewerState::step);
    EXPECT_TRUE(may_come_back || kept == 0) << "a review that is over leaves nothing";
    return 0;
  }
  const auto reviewers = reviewers_of(protocol, state, id);
  const auto judged = std::ranges::count_if(reviewers, has_judged);
  const auto& review = *protocol[id].review;
  EXPECT_LT(judged, std::max<std::ptrdiff_t>(review.approvals, 1)) << "the quorum was reached";
  for (const auto& one : reviewers) {
    const bool names = has_judged(one) || one.review == ReviewState::reviewing;
    EXPECT_TRUE(!names || one.person != state[id].doer) << "who did the step reviews it";
    for (const auto& other : reviewers) {
      const bool both = has_judged(one) && has_judged(other) && one.role != other.role;
      EXPECT_TRUE(!both || one.person != other.person) << "one person has judged twice";
    }
  }
  return std::ssize(reviewers) - judged;
}

void expect_accountable(const Plan& plan, const CaseState& state) {
  const auto owed = duties(plan.protocol, state);
  for (const auto& duty : owed) {
    EXPECT_TRUE(duty.partner.known() && duty.role.known());
    EXPECT_FALSE(has_left(state, duty.partner)) << plan.protocol[duty.partner].name;
  }
  for (const auto& task : state.tasks) {
    const auto owing = std::ranges::count(owed, task.name, &Duty::task);
    EXPECT_EQ(owing, is_open(task.work) ? 1 : 0);
  }
  const bool lives = is_running(state.status) || state.status == CaseStatus::paused;
  for (std::size_t i = 0; i < state.steps.size() && lives; ++i) {
    const auto count = [&](DutyKind kind) {
      return std::ranges::count_if(
          owed, [&](const Duty& duty) { return duty.kind == kind && duty.step.value == i; });
    };
    EXPECT_EQ(count(DutyKind::step), is_open(state.steps[i].work) ? 1 : 0);
    const bool handing_over = state.steps[i].responsibility == ResponsibilityState::handing_over;
    EXPECT_EQ(count(DutyKind::receive), handing_over ? 1 : 0);
    const model::StepId id{static_cast<std::uint16_t>(i)};
    EXPECT_EQ(count(DutyKind::review), reviewers_awaited(plan.protocol, state, id));
  }
  if (lives) {
    const bool round_to_come = std::ranges::any_of(
        state.steps, [](const auto& step) { return step.next_round != model::kNever; });
    EXPECT_TRUE(!owed.empty() || round_to_come) << "nobody, and nobody knows";
  }
}

TEST(EveryHistory, HasOneAccountablePartnerForWhateverIsOpen) {
  for_every_life(
      [](const Life& life) {
        auto state = empty_case(life.plan.protocol);
        std::vector<Event> history;
        for (const auto& act : life.acts) {
          if (const auto decision = decide(life.plan, state, act.command, act.now)) {
            run_on(state, history, *decision);
            expect_accountable(life.plan, state);
          }
        }
        expect_accountable(life.plan, tell(life.plan, life.acts, {}).state);
      },
      kManyLives);
}

// -- consents and absences
// ----------------------------------------------------------------------------------------------------

void expect_nothing_without_consent(const Plan& plan, const CaseState& state) {
  for (std::size_t i = 0; i < state.steps.size() && is_running(state.status); ++i) {
    for (const auto consent : plan.protocol.steps[i].requires_consents) {
      EXPECT_TRUE(!is_open(state.steps[i].work) ||
                  state.consents[consent.value] == ConsentAnswer::given);
    }
  }
}

void expect_nobody_absent_owes(const Plan& plan, const CaseState& state) {
  for (const auto& duty : duties(plan.protocol, state)) {
    for (const auto& absence : state.absences) {
      const bool beyond = absence.removed || duty.due == model::kNever || absence.until > duty.due;
      EXPECT_FALSE(absence.begun && beyond && is_running(state.status) &&
                   duty.person == state.person(absence.person))
          << duty.person;
    }
  }
}

TEST(EveryHistory, AsksNothingWithoutConsentNorOfTheAbsent) {
  for_every_life([](const Life& life) {
    auto state = empty_case(life.plan.protocol);
    std::vector<Event> history;
    for (const auto& act : life.acts) {
      if (const auto decision = decide(life.plan, state, act.command, act.now)) {
        run_on(state, history, *decision);
        expect_nothing_without_consent(life.plan, state);
        expect_nobody_absent_owes(life.plan, state);
      }
    }
  });
}

// -- lifecycles
// ------------------------------------------------------------------------------------------------------------

template <class State, class EventType>
bool leads(State from,
           State to,
           std::size_t events,
           unsigned facts,
           Cell<State> (*table)(State, EventType, std::uint8_t) noexcept) {
  for (std::size_t event = 0; event < events; ++event) {
    for (unsigned fact = 0; fact <= facts; ++fact) {
      const auto cell = table(from, static_cast<EventType>(event), static_cast<std::uint8_t>(fact));
      if (cell.verdict == Verdict::possible && cell.next == to) {
        return true;
      }
    }
  }
  return false;
}

// A recusal hands the review back to the role in the same event: two rows of the lifecycle.
bool review_leads(ReviewState from, ReviewState to) {
  const auto one = [](ReviewState a, ReviewState b) {
    return leads(a, b, kReviewEventNames.size(), review_fact::all, &review);
  };
  return one(from, to) || (one(from, ReviewState::recused) && one(ReviewState::recused, to));
}

void expect_lawful_task(const CaseState& before, const Event& event) {
  const auto* known = find_task(before.tasks, event.task);
  const auto task = known != nullptr ? *known : Task{};
  if (event.work) {
    EXPECT_TRUE(leads(task.work, *event.work, kWorkEventNames.size(), work_fact::all, &work));
  }
  if (event.time) {
    EXPECT_TRUE(leads(task.time, *event.time, kTimeEventNames.size(), time_fact::all, &time));
  }
  if (event.responsibility) {
    EXPECT_TRUE(leads(task.responsibility,
                      *event.responsibility,
                      kResponsibilityEventNames.size(),
                      responsibility_fact::all,
                      &responsibility));
  }
}

void expect_lawful(const CaseState& before, const Event& event) {
  if (event.status) {
    EXPECT_TRUE(
        leads(before.status, *event.status, kCaseEventNames.size(), case_fact::all, &case_life));
  }
  if (event.referral) {
    EXPECT_TRUE(leads(before.referrals[event.binding.value].state,
                      *event.referral,
                      kReferralEventNames.size(),
                      referral_fact::all,
                      &referral));
  }
  if (!event.task.empty()) {
    return expect_lawful_task(before, event);
  }
  if (!event.step.known()) {
    return;
  }
  const auto& step = before[event.step];
  if (event.work) {
    EXPECT_TRUE(leads(step.work, *event.work, kWorkEventNames.size(), work_fact::all, &work));
  }
  if (event.time) {
    EXPECT_TRUE(leads(step.time, *event.time, kTimeEventNames.size(), time_fact::all, &time));
  }
  if (event.responsibility) {
    EXPECT_TRUE(leads(step.responsibility,
                      *event.responsibility,
                      kResponsibilityEventNames.size(),
                      responsibility_fact::all,
                      &responsibility));
  }
  if (event.review) {
    EXPECT_TRUE(review_leads(step.review, *event.review));
  }
  for (const auto& change : event.reviewers) {
    const auto known = std::ranges::find_if(before.reviewers, [&](const ReviewerState& other) {
      return other.step == event.step && other.role == change.role;
    });
    const auto was = known == before.reviewers.end() ? ReviewState::none : known->review;
    EXPECT_TRUE(!change.review || review_leads(was, *change.review));
  }
}

void expect_rounds_of_repeats(const model::Protocol& protocol, const CaseState& state) {
  for (std::size_t i = 0; i < state.steps.size(); ++i) {
    EXPECT_TRUE(protocol.steps[i].repeat || !is_between_rounds(state.steps[i]));
  }
}

TEST(EveryHistory, IsLawful) {
  for_every_life([](const Life& life) {
    const auto told = tell(life.plan, life.acts, {});
    auto state = empty_case(life.plan.protocol);
    for (const auto& event : told.events) {
      SCOPED_TRACE(tests::text_of(event, life.plan.protocol));
      expect_lawful(state, event);
      apply(state, event);
      expect_rounds_of_repeats(life.plan.protocol, state);
    }
  });
}

TEST(EveryHistory, RespectsTheBoundsOfTheProtocol) {
  for_every_life([](const Life& life) {
    for (const auto& event : tell(life.plan, life.acts, {}).events) {
      if (event.step.known() && event.returns) {
        EXPECT_LE(*event.returns, life.plan.protocol[event.step].review->returns_max);
      }
      if (event.kind == EventKind::step_reopened && event.why == "repeat") {
        EXPECT_LE(*event.round, life.plan.protocol[event.step].repeat->times_max);
      }
    }
  });
}

// -- end
// -------------------------------------------------------------------------------------------------------------------

bool has_ended(const Plan& plan, const CaseState& state) {
  const auto owed = duties(plan.protocol, state);
  const bool stands_still = is_running(state.status) && owed.size() == 1 &&
                            owed[0].kind == DutyKind::decide &&
                            next_due(plan, state) == model::kNever;
  return state.status == CaseStatus::closed || stands_still;
}

// Nothing goes round for ever: whatever people try, returns, repeats and reopenings are used up.
TEST(EveryHistory, EndsWhenPeopleGoOn) {
  constexpr int kFurtherActsMax = 5000;
  for_every_life([](const Life& life) {
    auto state = tell(life.plan, life.acts, {}).state;
    auto now = life.acts.back().now + kFarAway;
    Dice dice(life.acts.size());
    std::vector<Event> history;
    for (int i = 0; i < kFurtherActsMax && !has_ended(life.plan, state); ++i) {
      now += std::chrono::hours(dice.roll(100));
      run_on(state, history, *decide(life.plan, state, {}, now));
      const auto command = tests::random_command(dice, life.plan, state, now);
      if (const auto decision = decide(life.plan, state, command, now)) {
        run_on(state, history, *decision);
      }
    }
    EXPECT_TRUE(has_ended(life.plan, state)) << describe(state, life.plan.protocol);
  });
}

// -- replay
// ----------------------------------------------------------------------------------------------------------------

std::expected<SealedText, std::string> open_seal(std::string_view plaintext) {
  return SealedText{to_hex(sha256(plaintext)), std::string(plaintext)};
}

std::expected<std::optional<std::string>, std::string> open_sealed(const SealedText& sealed) {
  return std::optional(sealed.sealed);
}

Event through_the_log(const Event& event, const Plan& plan) {
  const auto encoded = encode(event, plan.protocol, open_seal);
  const Record record{.stream = "case/1",
                      .version = 1,
                      .kind = std::string(kEventKindNames[static_cast<std::size_t>(event.kind)]),
                      .kind_version = 1,
                      .happened = event.happened,
                      .recorded = event.happened,
                      .actor = encoded->actor,
                      .subject = encoded->subject,
                      .body = encoded->body,
                      .protocol = plan.meaning_hash,
                      .command = "c-1",
                      .previous = std::string(kNoPrevious)};
  const auto read = read_record(write(record));
  const auto decoded = decode(read.value(), plan.protocol, open_sealed);
  EXPECT_TRUE(decoded) << (decoded ? "" : decoded.error().field + " " + decoded.error().reason);
  return decoded.value_or(Event{});
}

std::string full_text(const CaseState& state, const Plan& plan) {
  auto text = describe(state, plan.protocol);
  for (const auto& information : state.informations) {
    text += std::to_string(information.value.number) + " ";
  }
  return text;
}

TEST(EveryHistory, ReplaysFromItsLogToTheSameState) {
  for_every_life([](const Life& life) {
    const auto told = tell(life.plan, life.acts, {});
    auto replayed = empty_case(life.plan.protocol);
    for (const auto& event : told.events) {
      apply(replayed, through_the_log(event, life.plan));
    }
    EXPECT_EQ(full_text(replayed, life.plan), full_text(told.state, life.plan));
  });
}

// -- time
// ------------------------------------------------------------------------------------------------------------------

TEST(EveryHistory, IsTheSameHoweverOftenTimeIsLookedAt) {
  for_every_life([](const Life& life) {
    const auto rarely = tell(life.plan, life.acts, {});
    const auto often = tell(life.plan, life.acts, std::chrono::minutes(47));

    EXPECT_EQ(text_of(often.events, life.plan.protocol),
              text_of(rarely.events, life.plan.protocol));
    EXPECT_EQ(full_text(often.state, life.plan), full_text(rarely.state, life.plan));
  });
}

TEST(EveryHistory, FiresNothingTwiceAndNothingEarly) {
  for_every_life([](const Life& life) {
    auto state = empty_case(life.plan.protocol);
    std::vector<Event> history;
    for (const auto& act : life.acts) {
      if (const auto decision = decide(life.plan, state, act.command, act.now)) {
        run_on(state, history, *decision);
      }
      const auto fired = decide(life.plan, state, {}, act.now);
      for (const auto& event : *fired) {
        EXPECT_LE(event.happened, act.now);
      }
      run_on(state, history, *fired);
      EXPECT_TRUE(decide(life.plan, state, {}, act.now)->empty());
      EXPECT_TRUE(decide(life.plan, state, {}, act.now - std::chrono::hours(100))->empty());
      EXPECT_GT(next_due(life.plan, state), act.now);
    }
  });
}

TEST(EveryHistory, FiresInTheOrderOfTime) {
  for_every_life([](const Life& life) {
    const auto state = tell(life.plan, life.acts, {}).state;
    auto young = empty_case(life.plan.protocol);
    std::vector<Event> history;
    run_on(young, history, *decide(life.plan, young, life.acts[0].command, life.acts[0].now));
    const auto fired = decide(life.plan, young, {}, life.acts[0].now + kFarAway);

    EXPECT_TRUE(std::ranges::is_sorted(*fired, {}, &Event::happened));
    EXPECT_TRUE(decide(life.plan, state, {}, life.acts.back().now + 2 * kFarAway)->empty());
  });
}

// -- order
// -----------------------------------------------------------------------------------------------------------------

// Where an event stands in its stream depends on the order of declaration.
bool names_an_event(const tests::Act& act) {
  return act.command.kind == CommandKind::void_event ||
         act.command.kind == CommandKind::correct_event;
}

TEST(EveryHistory, IsTheSameWhateverTheOrderOfDeclaration) {
  for_every_life(
      [](const Life& life) {
        auto path = life.path;
        std::ranges::reverse(path.steps);
        const auto plan = tests::plan_of(path);
        auto here = life.acts;
        std::erase_if(here, names_an_event);
        auto acts = here;
        for (auto& act : acts) {
          if (act.command.step.known()) {
            act.command.step = model::find<model::StepId>(
                plan.protocol.steps, life.plan.protocol[act.command.step].name);
          }
        }
        const auto forwards = tell(life.plan, here, {});
        const auto backwards = tell(plan, acts, {});

        EXPECT_EQ(by_name(backwards.state, plan), by_name(forwards.state, life.plan))
            << text_of(forwards.events, life.plan.protocol) << "\nin the other order:\n"
            << text_of(backwards.events, plan.protocol);
      },
      kManyLives);
}

// -- the dice themselves
// ---------------------------------------------------------------------------------------------------

TEST(RandomLives, ReachEveryEventThatACommandCanGive) {
  std::map<EventKind, int> seen;
  for (std::uint64_t seed = 1; seed <= kManyLives; ++seed) {
    const auto life = live(seed);
    for (const auto& event : tell(life.plan, life.acts, {}).events) {
      ++seen[event.kind];
    }
  }
  for (std::size_t i = 0; i < kEventKindNames.size(); ++i) {
    const auto kind = static_cast<EventKind>(i);
    const bool of_a_session =
        kind >= EventKind::session_planned && kind <= EventKind::session_attended;
    const bool of_a_partnership =
        kind >= EventKind::partnership_founded && kind <= EventKind::partner_lapsed;
    // task_assigned follows a referral that ends while its role has a task: too seldom;
    // follow_ups_left_out needs 200 tasks, and tasks_left_out is of a session; of case_migrated,
    // migrate_test tells.
    if (!of_a_session && !of_a_partnership && kind != EventKind::consent_answered &&
        kind != EventKind::task_assigned && kind != EventKind::errand_noted &&
        kind != EventKind::follow_ups_left_out && kind != EventKind::tasks_left_out &&
        kind != EventKind::case_migrated) {
      EXPECT_GT(seen[kind], 0) << kEventKindNames[i];
    }
  }
}

}  // namespace
}  // namespace protoflow::engine
