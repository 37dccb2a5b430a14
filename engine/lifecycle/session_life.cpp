#include "engine/lifecycle/session_life.hpp"

#include "engine/lifecycle/fold.hpp"
#include "engine/lifecycle/session_life_rows.hpp"

namespace protoflow::engine {

Cell<SessionStatus> session_life(SessionStatus state,
                                 SessionEvent event,
                                 std::uint8_t facts) noexcept {
  return lifecycle::answer<lifecycle::SessionRows>(state, event, facts);
}

}  // namespace protoflow::engine
