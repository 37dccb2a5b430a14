#include "engine/lifecycle/time.hpp"

#include "engine/lifecycle/fold.hpp"
#include "engine/lifecycle/time_rows.hpp"

namespace protoflow::engine {

Cell<TimeState> time(TimeState state, TimeEvent event, std::uint8_t facts) noexcept {
  return lifecycle::answer<lifecycle::TimeRows>(state, event, facts);
}

}  // namespace protoflow::engine
