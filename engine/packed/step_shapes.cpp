#include "engine/packed/step_shapes.hpp"

#include <bit>
#include <cstring>
#include <type_traits>

#include <boost/pfr.hpp>

#include "engine/packed/packing.hpp"

namespace protoflow::engine {

namespace {

namespace pfr = boost::pfr;

constexpr std::size_t kNumberedMax = 1U << 16U;  // more would take more room than they save

template <class Member>
constexpr bool is_same_as_neighbour(const Member& member) {
  if constexpr (packing::kMayBeTheSame<Member>) {
    return member == packing::same_as_neighbour<Member>();
  }
  return false;
}

}  // namespace

// Flat: each member's place among the small ones is then known when it is compiled.
[[gnu::flatten]] StepShape shape_of(const StepState& step) {
  static const StepState kBorn;
  StepShape shape;
  std::size_t at = 0;
  pfr::for_each_field(step, [&](const auto& member, auto place) {
    if constexpr (packing::kIsSmall<std::remove_cvref_t<decltype(member)>>) {
      std::memcpy(shape.small.data() + at, &member, sizeof member);
      at += sizeof member;
    } else {
      const bool same = is_same_as_neighbour(member);
      shape.same |= Members{same} << place();
      shape.said |= Members{!same && !(member == pfr::get<place()>(kBorn))} << place();
    }
  });
  return shape;
}

StepState step_of(const StepShape& shape) {
  StepState step;
  std::size_t at = 0;
  pfr::for_each_field(step, [&](auto& member, auto place) {
    using Member = std::remove_cvref_t<decltype(member)>;
    if constexpr (packing::kIsSmall<Member>) {
      std::memcpy(&member, shape.small.data() + at, sizeof member);
      at += sizeof member;
    } else if constexpr (packing::kMayBeTheSame<Member>) {
      if ((shape.same >> place() & 1U) != 0) {
        member = packing::same_as_neighbour<Member>();
      }
    }
  });
  return step;
}

std::uint32_t StepShapes::number_of(const StepShape& shape) {
  const auto found = numbers_.find(shape);
  if (found != numbers_.end()) {
    return found->second;
  }
  if (known_.size() == kNumberedMax) {
    return 0;
  }
  known_.push_back({.step = step_of(shape), .said = shape.said});
  const auto number = static_cast<std::uint32_t>(known_.size());
  numbers_.emplace(shape, number);
  return number;
}

std::size_t StepShapes::Hashing::operator()(const StepShape& shape) const {
  constexpr std::uint64_t kOdd = 0x9E37'79B9'7F4A'7C15U;
  std::uint64_t hash = 0;
  for (const auto word : std::bit_cast<std::array<std::uint64_t, 8>>(shape)) {
    hash = (std::rotl(hash, 23) ^ word) * kOdd;
  }
  return hash ^ hash >> 32U;
}

}  // namespace protoflow::engine
