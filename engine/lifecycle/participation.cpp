#include "engine/lifecycle/participation.hpp"

#include "engine/lifecycle/fold.hpp"
#include "engine/lifecycle/participation_rows.hpp"

namespace protoflow::engine {

Cell<ParticipationState> participation(ParticipationState state,
                                       ParticipationEvent event,
                                       std::uint8_t facts) noexcept {
  return lifecycle::answer<lifecycle::ParticipationRows>(state, event, facts);
}

}  // namespace protoflow::engine
