// Plays one occurrence of a session and the cases that come to it, in sentences. What one stream
// has to say to another is brought at once.
#pragma once

#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "engine/event/errand.hpp"
#include "engine/session/decide.hpp"
#include "tests/support/play.hpp"

namespace protoflow::tests {

/// A workshop for two, monthly, hosted by `trainer`, with `tutor`; the steps `learn` (outcome done)
/// and `practise` (not before `learn`) of `adviser` go through it; `feast` is another session, and
/// the step `dine`, of `adviser`, with the outcomes présente and absente goes through that one.
[[nodiscard]] ProtocolSpec workshop_path();

class Meeting final {
 public:
  Meeting();

  /// `[hN] WHO COMMAND [CASE[:STEP]] [session NAME] [at hN] [for N] [present A,B] [excused C]
  /// [absent D] [task NAME] [on hN]`, or `[hN] tick`, to the session s1: the events as text, or
  /// `refused CODE …`.
  std::string say(std::string_view sentence);

  /// Sentences parted by `;`. A refused one ends the test program.
  void rehearse(std::string_view sentences);

  /// A case that is open from hour 0, welcomed.
  void open_case(const std::string& id);

  /// `WHO COMMAND STEP [as OUTCOME]`, at the present hour.
  std::string say_in(const std::string& id, std::string_view sentence);

  /// `stream: kind->role@partner` for each notice since the last call, parted by blanks.
  [[nodiscard]] std::string letters();

  [[nodiscard]] std::string duties() const;
  [[nodiscard]] std::string duties_in(const std::string& id) const;

  [[nodiscard]] engine::Command command(std::string_view sentence);

  [[nodiscard]] const engine::Plan& plan() const { return plan_; }

  [[nodiscard]] const engine::SessionState& session() const { return session_; }

  [[nodiscard]] const engine::CaseState& at(const std::string& id) const { return cases_.at(id); }

  [[nodiscard]] const engine::StepState& step(const std::string& id, std::string_view name) const;

  [[nodiscard]] model::Instant now() const { return now_; }

 private:
  template <class State>
  std::string act(const std::string& stream, State& state, const engine::Command& command);
  void bring();

  engine::Plan plan_;
  engine::SessionState session_;
  std::map<std::string, engine::CaseState> cases_;
  std::vector<engine::Errand> errands_;
  std::size_t brought_ = 0;
  std::string letters_;
  model::Instant now_;
};

}  // namespace protoflow::tests
