#include "engine/packed/said_members.hpp"

namespace protoflow::engine {

namespace {

constexpr std::size_t kNumberedMax = 1U << 14U;  // more would take more room than they save

}  // namespace

std::uint32_t SaidMembers::number_of(Members members) {
  const auto found = numbers_.find(members);
  if (found != numbers_.end()) {
    return found->second;
  }
  if (members_.size() == kNumberedMax) {
    return 0;
  }
  members_.push_back(members);
  const auto number = static_cast<std::uint32_t>(members_.size());
  numbers_.emplace(members, number);
  return number;
}

}  // namespace protoflow::engine
