// Notices: who must hear of an event. A pure function of the event and the state it led to, so that
// a notice lost by a crash can be derived again. Neutral by design: ids, role, partner, step and
// dates, never a value, a reason or a beneficiary's name.
#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "engine/event/event.hpp"

namespace protoflow::engine {

enum class NoticeKind : std::uint8_t {
#define PF_NOTICE(name) name,
#include "engine/duty/notices.def"
#undef PF_NOTICE
};

inline constexpr auto kNoticeKindNames = std::to_array<std::string_view>({
#define PF_NOTICE(name) #name,
#include "engine/duty/notices.def"
#undef PF_NOTICE
});

struct Notice {
  NoticeKind kind = NoticeKind::offered;
  model::RoleId role;        // to this role …
  model::PartnerId partner;  // … of this partner
  std::string person;        // … and this person, when it is somebody's by name
  model::StepId step;
  model::RoleId binding;  // referral notices
  model::ConsentId consent;
  model::EndingId ending;            // closed
  std::string task;                  // of a task: its name …
  std::optional<TaskSource> source;  // … and what it comes from
  model::SessionId session;
  std::uint16_t missed = 0;  // not_attended: how many sessions, this one included
  model::RoutineId routine;
  model::PartnerId about;                  // whose signature, departure or hand-over it is
  std::vector<model::PartnerId> attended;  // routine_held
  model::Instant due = model::kNever;
};

/// At most this many go out for one event; a notice's number in the outbox is made of its event's
/// position and its place below it.
inline constexpr std::size_t kNoticesPerEventMax = 64;

/// In a fixed order, each recipient once. `state` is the state after `event`.
[[nodiscard]] std::vector<Notice> notices(const model::Protocol& protocol,
                                          const CaseState& state,
                                          const Event& event);

}  // namespace protoflow::engine
