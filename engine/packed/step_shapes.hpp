// What is alike in many steps, each combination once for all cases: steps that go the same way
// differ in instants and versions only, and name the rest by number. Private to engine/packed.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <unordered_map>
#include <vector>

#include "engine/packed/said_members.hpp"
#include "engine/state/case_state.hpp"

namespace protoflow::engine {

/// A step without its instants and versions.
struct StepShape {
  std::array<char, 48> small{};  // the members of one or two bytes, one after the other
  Members said = 0;              // of the others, those that are said beside the shape …
  Members same = 0;              // … and those that are the same as a neighbour

  friend bool operator==(const StepShape&, const StepShape&) = default;
};

/// Of a step from which is left out what is the same (packing.hpp).
[[nodiscard]] StepShape shape_of(const StepState& step);

/// The step of that shape: what is said beside it is as it is born.
[[nodiscard]] StepState step_of(const StepShape& shape);

class StepShapes final {
 public:
  struct Known {
    StepState step;
    Members said = 0;
  };

  /// The number of a shape, from 1; a new one gets the next. 0: there are too many already.
  [[nodiscard]] std::uint32_t number_of(const StepShape& shape);

  [[nodiscard]] const Known& operator[](std::uint32_t number) const { return known_[number - 1]; }

 private:
  struct Hashing {
    std::size_t operator()(const StepShape& shape) const;
  };

  std::vector<Known> known_;
  std::unordered_map<StepShape, std::uint32_t, Hashing> numbers_;
};

}  // namespace protoflow::engine
