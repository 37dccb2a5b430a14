// What needs a consent, and what becomes of it when the consent is no longer given.
#include <algorithm>

#include "engine/decide/draft.hpp"
#include "engine/duty/holder.hpp"

namespace protoflow::engine {

namespace {

// How long its clock had stood still already when it stopped: in a hold or in a review.
std::chrono::milliseconds stood_until(const StepState& step, model::Instant at) {
  if (step.work == WorkState::held) {
    return at - step.held_since;
  }
  return step.work == WorkState::in_review ? at - step.completed : std::chrono::milliseconds{0};
}

void stop(Draft& draft, model::StepId id, model::Instant at) {
  const auto& now = draft.state[id];
  const bool in_review = now.work == WorkState::in_review;
  StepChange wanted{.step = id,
                    .kind = EventKind::step_stopped,
                    .work = WorkEvent::stop,
                    .responsibility = ResponsibilityEvent::close};
  if (in_review) {
    wanted.review = ReviewEvent::withdraw;
  }
  auto event = change(draft, wanted, {}, at);
  if (!event) {
    return;
  }
  const auto stood = stood_until(now, at);
  event->shift = now.shift + stood;
  if (now.work == WorkState::held) {
    event->held = now.held + stood;
  }
  event->offer_due = model::kNever;
  event->review_due = model::kNever;
  event->why = "consent";
  draft.emit(std::move(*event));
  if (in_review) {
    withdraw_reservations_of_round(draft, id, at, "consent");
  }
}

// Whoever has a part in the case may write down that a consent is taken back: it must never be
// harder than to give it.
bool has_a_part(const Draft& draft, const Actor& actor) {
  return std::ranges::any_of(actor.plays, [&](model::RoleId role) {
    return holder(draft.protocol(), draft.state, role).partner == actor.partner;
  });
}

}  // namespace

bool has_lost_consent(const model::Step& step, const CaseState& state) {
  return std::ranges::any_of(step.requires_consents, [&](model::ConsentId consent) {
    const auto answer = state.consents[consent.value];
    return answer == ConsentAnswer::withdrawn || answer == ConsentAnswer::expired ||
           answer == ConsentAnswer::refused;
  });
}

void note_consents(const Draft& draft, Event& event) {
  for (const auto& [consent, given] : event.consents) {
    const auto& lasts = draft.protocol()[consent].lasts;
    if (given && lasts) {
      event.consents_until.push_back(
          {consent, over_after(event.happened, *lasts, draft.plan.work_time)});
    }
    if (!given && draft.state.consents[consent.value] == ConsentAnswer::withdrawn) {
      event.why = "refused";
    }
  }
}

void stop_without_consent(Draft& draft, model::Instant at) {
  if (draft.state.consents.empty()) {
    return;
  }
  for (std::size_t i = 0; i < draft.state.steps.size(); ++i) {
    if (is_open(draft.state.steps[i].work) &&
        has_lost_consent(draft.protocol().steps[i], draft.state)) {
      stop(draft, {static_cast<std::uint16_t>(i)}, at);
    }
  }
}

void start_again(Draft& draft, model::StepId id, model::Instant at) {
  const auto& now = draft.state[id];
  const bool known = now.entrusted.known();  // not where another version had that role
  const auto answers = holder(draft.protocol(),
                              draft.state,
                              known ? now.entrusted : draft.protocol()[id].responsible,
                              known ? now.deputy : std::uint8_t{0});
  auto event = change(draft,
                      {.step = id,
                       .kind = EventKind::step_started_again,
                       .work = WorkEvent::offer,
                       .responsibility = ResponsibilityEvent::assign},
                      {},
                      at);
  if (!event) {
    return;
  }
  event->role = answers.role;
  event->partner = answers.partner;
  event->person = "";
  restart_clock(draft, *event, at - now.stopped_since);
  const auto& within = draft.protocol()[id].accept_within;
  if (within && !answers.waits_for_referral) {
    event->offer_due = due_between(draft, at, *within, {answers.partner});
  }
  event->why = "consent";
  draft.emit(std::move(*event));
  move_deadline(draft, id, at);
}

Done withdraw_consent(Draft& draft, const Command& command) {
  if (command.consents.empty()) {
    return refuse(RefusalCode::not_possible_now);
  }
  const auto consent = command.consents.front().consent;
  if (!has_a_part(draft, command.actor)) {
    const auto coordination = draft.protocol().coordinated_by;
    return std::unexpected(
        Refusal{.code = RefusalCode::not_yours,
                .role = coordination,
                .partner = holder(draft.protocol(), draft.state, coordination).partner});
  }
  if (draft.state.consents[consent.value] != ConsentAnswer::given) {
    return std::unexpected(Refusal{.code = RefusalCode::consent_not_given, .consent = consent});
  }
  draft.emit({.kind = EventKind::consent_withdrawn,
              .happened = command.happened,
              .actor = command.actor,
              .consent = consent,
              .reason = command.reason});
  return {};
}

}  // namespace protoflow::engine
