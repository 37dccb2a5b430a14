#include "engine/partnership/partnership_alarm.hpp"

#include <algorithm>
#include <array>
#include <tuple>

namespace protoflow::engine {

namespace {

using model::DurationUnit;

constexpr model::Duration kTimeToAnswer{30, DurationUnit::days};
constexpr model::Duration kAskAgainBefore{30, DurationUnit::days};
constexpr std::array kRemindBefore = {model::Duration{10, DurationUnit::days},
                                      model::Duration{3, DurationUnit::days}};

bool is_asked(const Participation& part) {
  return part.state == ParticipationState::invited || part.state == ParticipationState::briefed;
}

// In order; one that would fall before the question was asked is not owed.
model::Instant next_reminder(const Plan& plan, const Participation& part) {
  std::size_t owed = 0;
  for (const auto& before : kRemindBefore) {
    const auto at = ahead_of(part.answer_due, before, plan.work_time);
    if (at > part.asked && owed++ == part.reminders) {
      return at;
    }
  }
  return model::kNever;
}

// A renewal shorter than that is asked for halfway.
model::Instant ask_again_at(const Plan& plan, const Participation& part) {
  const auto ahead = ahead_of(part.lapses, kAskAgainBefore, plan.work_time);
  return ahead > part.signed_at ? ahead : part.signed_at + (part.lapses - part.signed_at) / 2;
}

void look_at(SignatureAlarm& best,
             const Plan& plan,
             model::PartnerId id,
             const Participation& part,
             bool still_asks) {
  const auto keep_earlier = [&](SignatureAlarmKind kind, model::Instant at) {
    if (at != model::kNever && std::tie(at, kind) < std::tie(best.at, best.kind)) {
      best = {.kind = kind, .at = at, .partner = id};
    }
  };
  keep_earlier(SignatureAlarmKind::leave, part.leaves);
  if (part.leaves != model::kNever || !still_asks) {
    return;  // it is not asked to sign again what it leaves, nor what a newer version replaces
  }
  if (part.state == ParticipationState::agreed && part.lapses != model::kNever) {
    keep_earlier(SignatureAlarmKind::ask_again, ask_again_at(plan, part));
  }
  if (is_asked(part) && !part.late) {
    keep_earlier(SignatureAlarmKind::remind, next_reminder(plan, part));
    const bool stands = part.signed_at != model::kNever;
    keep_earlier(stands ? SignatureAlarmKind::lapse : SignatureAlarmKind::late, part.answer_due);
  }
}

}  // namespace

SignatureAlarm earliest_signature_alarm(const Plan& plan, const PartnershipState& state) {
  SignatureAlarm best;
  const bool still_asks = state.status == PartnershipStatus::founded;
  for (std::size_t i = 0; i < state.participations.size(); ++i) {
    look_at(best, plan, {static_cast<std::uint16_t>(i)}, state.participations[i], still_asks);
  }
  return best;
}

model::Instant answer_due(const Plan& plan, model::Instant asked) {
  const auto& agreement = plan.protocol.agreement;
  const auto within = agreement ? agreement->within : std::nullopt;
  return due_after(asked, within.value_or(kTimeToAnswer), plan.work_time);
}

model::Instant lapse_of(const Plan& plan, model::Instant signed_at) {
  const auto& agreement = plan.protocol.agreement;
  return agreement && agreement->renewed_every
             ? due_after(signed_at, *agreement->renewed_every, plan.work_time)
             : model::kNever;
}

}  // namespace protoflow::engine
