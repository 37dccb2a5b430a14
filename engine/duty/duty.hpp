// Who owes what, by when, to whom: for every open step, review, task and referral of a case, at the
// instant of the state. The list is total: as long as something is open, an accountable partner
// stands beside it.
#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "engine/state/case_state.hpp"

namespace protoflow::engine {

enum class DutyKind : std::uint8_t {
  step,               // do the step
  review,             // review it
  choose,             // find a partner for a role that an open step needs
  answer,             // say yes or no to a referral
  receive,            // say whether a step that is handed over is taken
  task,               // do a task
  receive_session,    // receive it
  record_attendance,  // write down who came
  sign,               // sign the agreement, or say no
  routine,            // see that its next occurrence is held
  decide,       // what comes next in a case where nobody has anything to do and no ending holds
  receive_all,  // say whether all that another partner answers for is taken over
};

inline constexpr std::array<std::string_view, 12> kDutyKindNames = {"step",
                                                                    "review",
                                                                    "choose",
                                                                    "answer",
                                                                    "receive",
                                                                    "task",
                                                                    "receive_session",
                                                                    "record_attendance",
                                                                    "sign",
                                                                    "routine",
                                                                    "decide",
                                                                    "receive_all"};

struct Duty {
  DutyKind kind = DutyKind::step;
  model::StepId step;        // step, review, receive
  model::RoleId binding;     // choose, answer: the role to bind
  model::RoutineId routine;  // routine
  model::RoleId role;        // accountable
  model::PartnerId partner;  // accountable; always known
  std::string person;        // by name, or empty: the role
  WorkState work = WorkState::waiting;
  TimeState time = TimeState::no_deadline;
  model::Instant due = model::kNever;
  model::Instant since = model::kNever;
  std::uint32_t since_version = 0;   // the event that made them accountable
  std::string task;                  // task: its name …
  std::optional<TaskSource> source;  // … and what it comes from
  model::SessionId session;          // receive_session, record_attendance, and a step through one …
  bool needs_a_place = false;        // … for which a place in it is still to be found
  std::uint32_t line = 0;            // the line of the protocol that says so; 0: none of its own
  model::PartnerId giver;            // receive_all: who would hand it over
};

/// What an open task owes; of any stream.
[[nodiscard]] Duty task_duty(const Task& task, const model::Protocol& protocol);

/// In order of declaration: steps, their hand-overs and their reviews, then tasks, then referrals,
/// then routines, then transfers. Of a closed case, its tasks; empty before its opening and once
/// archived.
[[nodiscard]] std::vector<Duty> duties(const model::Protocol& protocol, const CaseState& state);

}  // namespace protoflow::engine
