// Plays a partnership in short calls: decides and applies with the engine itself, and writes the
// events or the refusal as one line of text.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "engine/partnership/partnership.hpp"
#include "tests/support/play.hpp"

namespace protoflow::tests {

/// Four partners: mission (coordination), foyer, school and town. All must sign within 20 days, for
/// a year. The routine `exchange` is the partnership's, every week for a month, then every month;
/// `feedback` is each case's. Monday to Friday, 09:00 to 18:00, in Paris when `zone` is given.
[[nodiscard]] engine::Plan partnership_plan();

[[nodiscard]] model::PartnerId partner(const engine::Plan& plan, std::string_view name);
[[nodiscard]] model::RoutineId routine(const engine::Plan& plan, std::string_view name);

/// 09:00 UTC of that day.
[[nodiscard]] model::Instant day(std::string_view date);
[[nodiscard]] model::Instant moment(std::string_view text);

class PartnershipPlay final {
 public:
  explicit PartnershipPlay(engine::Plan plan = partnership_plan());

  /// A person of `partner` who may play all its roles.
  [[nodiscard]] engine::Command by(std::string_view partner, engine::CommandKind kind) const;

  std::string say(const engine::Command& command);
  std::string say(std::string_view partner, engine::CommandKind kind);

  /// Founded on Monday 4 January 2027, 09:00.
  std::string found();
  std::string agree(std::string_view partner);
  std::string tick(model::Instant now);

  void move_to(model::Instant now) { now_ = now; }

  [[nodiscard]] model::Instant now() const { return now_; }

  [[nodiscard]] const engine::Plan& plan() const { return plan_; }

  [[nodiscard]] const engine::PartnershipState& state() const { return state_; }

  [[nodiscard]] const engine::Participation& of(std::string_view partner) const;
  [[nodiscard]] const engine::RoutineState& routine(std::string_view name = "exchange") const;

  [[nodiscard]] const std::vector<engine::Event>& events() const { return events_; }

  /// `kind->partner` of the notices since the last call, parted by blanks.
  [[nodiscard]] std::string letters();

 private:
  engine::Plan plan_;
  engine::PartnershipState state_;
  std::vector<engine::Event> events_;
  std::vector<engine::Notice> letters_;
  model::Instant now_;
};

}  // namespace protoflow::tests
