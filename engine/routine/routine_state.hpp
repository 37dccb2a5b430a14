// The live state of one routine: the one occurrence that comes next, and what became of the last.
// The partnership's routines stand in its stream, those `for each case` in each case's. Only
// `apply` writes it.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "engine/lifecycle/occurrence.hpp"
#include "engine/model/protocol.hpp"

namespace protoflow::engine {

/// An answer to one of the routine's questions: yes or no is 1 or 0, a text is in `value.text`.
struct RecordedAnswer {
  std::uint16_t question = 0;  // its place among the routine's `asks`
  model::Value value;

  friend bool operator==(const RecordedAnswer&, const RecordedAnswer&) = default;
};

/// Of all occurrences, so that an average needs no history. A text is only counted.
struct AnswerTotal {
  std::uint32_t count = 0;
  std::int64_t sum = 0;

  friend bool operator==(const AnswerTotal&, const AnswerTotal&) = default;
};

/// What became of the occurrence before the one that comes next.
struct PastOccurrence {
  OccurrenceState state = OccurrenceState::none;
  std::uint32_t number = 0;
  model::Instant armed = model::kNever, planned = model::kNever;  // as below
  model::Instant closed = model::kNever;                          // held or missed
  std::vector<model::PartnerId> attended;
  std::vector<RecordedAnswer> answers;

  friend bool operator==(const PastOccurrence&, const PastOccurrence&) = default;
};

struct RoutineState {
  OccurrenceState state = OccurrenceState::none;
  std::uint8_t reminders = 0;   // of the `remind` clauses, how many are sent for this date
  std::uint8_t late_rules = 0;  // of the `if late` clauses, how many have fired since it was missed
  std::uint32_t number = 0;     // of the occurrence that comes next, from 1
  std::uint32_t held = 0, missed = 0, postponed = 0;
  model::RoleId role;  // accountable
  model::PartnerId partner;
  std::uint32_t since_version = 0;  // the stream version of the event that made them accountable
  model::Instant since = model::kNever;
  model::Instant counted_from = model::kNever;  // `every D for E` is counted from this day
  model::Instant slot = model::kNever;     // where the recurrence puts it; a delay does not move it
  model::Instant planned = model::kNever;  // its day, at the opening hour
  model::Instant armed = model::kNever;  // when this date became known: no reminder is owed before
  model::Instant late_since = model::kNever;  // missed, and not held again yet
  PastOccurrence last;
  std::vector<AnswerTotal> totals;  // by question

  friend bool operator==(const RoutineState&, const RoutineState&) = default;
};

/// Left for the next version of the protocol, from a routine or at any time.
struct Remark {
  std::uint32_t version = 0;  // of the stream: the event that said it
  model::Instant happened = model::kNever;
  model::PartnerId partner;  // who said it
  model::StepId step;        // what it is about; neither: the whole
  model::RoutineId routine;
  std::string text;  // empty once erased

  friend bool operator==(const Remark&, const Remark&) = default;
};

}  // namespace protoflow::engine
