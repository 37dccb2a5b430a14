// What time does to the signatures of a partnership. Private to engine/partnership; its routines
// have alarms of their own (engine/routine).
#pragma once

#include <span>

#include "engine/decide/decide.hpp"

namespace protoflow::engine {

enum class SignatureAlarmKind : std::uint8_t {
  none,
  leave,  // the day it said it would
  ask_again,
  remind,
  late,
  lapse
};

struct SignatureAlarm {
  SignatureAlarmKind kind = SignatureAlarmKind::none;
  model::Instant at = model::kNever;
  model::PartnerId partner;
};

/// At the same instant, in the order of the kinds, then of declaration.
[[nodiscard]] SignatureAlarm earliest_signature_alarm(const Plan& plan,
                                                      const PartnershipState& state);

/// Until when a partner that is asked at `asked` must answer: `within D`, or 30 days.
[[nodiscard]] model::Instant answer_due(const Plan& plan, model::Instant asked);

/// Until when what is signed at `signed_at` stands; kNever without `renewed every`.
[[nodiscard]] model::Instant lapse_of(const Plan& plan, model::Instant signed_at);

}  // namespace protoflow::engine
