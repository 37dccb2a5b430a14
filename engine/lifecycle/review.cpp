#include "engine/lifecycle/review.hpp"

#include "engine/lifecycle/fold.hpp"
#include "engine/lifecycle/review_rows.hpp"

namespace protoflow::engine {

Cell<ReviewState> review(ReviewState state, ReviewEvent event, std::uint8_t facts) noexcept {
  return lifecycle::answer<lifecycle::ReviewRows>(state, event, facts);
}

}  // namespace protoflow::engine
