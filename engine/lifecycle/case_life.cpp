#include "engine/lifecycle/case_life.hpp"

#include "engine/lifecycle/case_life_rows.hpp"
#include "engine/lifecycle/fold.hpp"

namespace protoflow::engine {

Cell<CaseStatus> case_life(CaseStatus state, CaseEvent event, std::uint8_t facts) noexcept {
  return lifecycle::answer<lifecycle::CaseRows>(state, event, facts);
}

}  // namespace protoflow::engine
