#include "engine/lifecycle/work.hpp"

#include "engine/lifecycle/fold.hpp"
#include "engine/lifecycle/work_rows.hpp"

namespace protoflow::engine {

Cell<WorkState> work(WorkState state, WorkEvent event, std::uint8_t facts) noexcept {
  return lifecycle::answer<lifecycle::WorkRows>(state, event, facts);
}

}  // namespace protoflow::engine
