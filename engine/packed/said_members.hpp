// Which members are said together, each combination once for all cases: steps that go the same way
// are packed alike, and say so by number. Private to engine/packed.
#pragma once

#include <cstddef>
#include <cstdint>
#include <unordered_map>
#include <vector>

namespace protoflow::engine {

/// One bit a member.
using Members = std::uint64_t;

class SaidMembers final {
 public:
  /// The number of a combination, from 1; a new one gets the next. 0: there are too many already.
  [[nodiscard]] std::uint32_t number_of(Members members);

  [[nodiscard]] Members operator[](std::uint32_t number) const { return members_[number - 1]; }

 private:
  std::vector<Members> members_;
  std::unordered_map<Members, std::uint32_t> numbers_;
};

}  // namespace protoflow::engine
