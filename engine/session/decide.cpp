#include "engine/session/decide.hpp"

#include "engine/model/limits.hpp"

namespace protoflow::engine {

Decision decide(const Plan&, const SessionState&, const Command& command, model::Instant) {
  if (command.kind == CommandKind::tick) {
    return std::vector<Event>{};
  }
  return std::unexpected(Refusal{.code = RefusalCode::not_possible_now});
}

model::Instant next_due(const Plan&, const SessionState&) {
  return model::kNever;
}

std::vector<Duty> duties(const model::Protocol&, const SessionState&) {
  return {};
}

std::vector<Notice> notices(const model::Protocol&, const SessionState&, const Event&) {
  return {};
}

}  // namespace protoflow::engine
