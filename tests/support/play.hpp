// Plays a case in sentences, for tables: "h50 adviser complete search as found". It decides and
// applies with the engine itself, and writes the events or the refusal as one line of text.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "engine/duty/duty.hpp"
#include "engine/duty/notice.hpp"
#include "tests/support/protocol_builder.hpp"

namespace protoflow::tests {

/// Monday 4 January 2027, 09:00 UTC: hour 0 of every play.
[[nodiscard]] model::Instant hour(std::int64_t hours_after_start);

/// A sentence is `[hN] WHO COMMAND [NAME] [as OUTCOME] [to PARTNER] [in ROLE] [with NAME=VALUE,…]
/// [because WORD] [reserving] [on hN] [from hN] [until hN] [of VERSION]`, or `[hN] tick`. WHO is
/// `role[@partner][#n]`; the partner is by default the first that holds the role. COMMAND is a name
/// of commands.def. NAME is that of a step, or `task:NAME`; of a transfer, its giver's; `delegate
/// STEP to WHO`.
class Play final {
 public:
  explicit Play(engine::Plan plan);

  /// The command of a sentence. `now` moves to the sentence's hour.
  [[nodiscard]] engine::Command command(std::string_view sentence);

  /// Decides and applies; the events as text, or `refused CODE …`.
  std::string say(std::string_view sentence);

  /// Sentences parted by `;`. Ends the test program when one is refused: a table's "before" must
  /// hold.
  void rehearse(std::string_view sentences);

  engine::Surroundings surroundings;  // of the next sentences

  [[nodiscard]] const engine::Plan& plan() const { return plan_; }

  [[nodiscard]] const engine::CaseState& state() const { return state_; }

  [[nodiscard]] const std::vector<engine::Event>& events() const { return events_; }

  [[nodiscard]] const engine::StepState& step(std::string_view name) const;

  [[nodiscard]] model::Instant now() const { return now_; }

  /// `kind->role@partner[#person]` for each notice of the events since the last call, parted by
  /// blanks.
  [[nodiscard]] std::string letters();

  /// `do STEP by role@partner[#person]` for each duty, parted by commas.
  [[nodiscard]] std::string duties() const;

 private:
  void keep(const std::vector<engine::Event>& events);

  engine::Plan plan_;
  engine::CaseState state_;
  std::vector<engine::Event> events_;
  std::vector<engine::Notice> letters_;
  model::Instant now_;
};

/// `step_offered(search to adviser@mission)`: kind, subject, and what it made of it.
[[nodiscard]] std::string text_of(const engine::Event& event, const model::Protocol& protocol);
[[nodiscard]] std::string text_of(const engine::Refusal& refusal, const model::Protocol& protocol);

/// Who acts: `role[@partner][#n]`.
[[nodiscard]] engine::Actor actor_of(std::string_view who, const model::Protocol& protocol);

}  // namespace protoflow::tests
