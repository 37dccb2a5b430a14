#include "engine/lifecycle/responsibility.hpp"

#include "engine/lifecycle/fold.hpp"
#include "engine/lifecycle/responsibility_rows.hpp"

namespace protoflow::engine {

Cell<ResponsibilityState> responsibility(ResponsibilityState state,
                                         ResponsibilityEvent event,
                                         std::uint8_t facts) noexcept {
  return lifecycle::answer<lifecycle::ResponsibilityRows>(state, event, facts);
}

}  // namespace protoflow::engine
