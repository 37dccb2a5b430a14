#include "engine/lifecycle/occurrence.hpp"

#include "engine/lifecycle/fold.hpp"
#include "engine/lifecycle/occurrence_rows.hpp"

namespace protoflow::engine {

Cell<OccurrenceState> occurrence(OccurrenceState state,
                                 OccurrenceEvent event,
                                 std::uint8_t facts) noexcept {
  return lifecycle::answer<lifecycle::OccurrenceRows>(state, event, facts);
}

}  // namespace protoflow::engine
