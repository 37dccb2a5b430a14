#include "engine/packed/person_names.hpp"

namespace protoflow::engine {

std::uint32_t PersonNames::number_of(std::string_view name) {
  const auto found = numbers_.find(name);
  if (found != numbers_.end()) {
    return found->second;
  }
  const auto number = static_cast<std::uint32_t>(names_.size());
  numbers_.emplace(names_.emplace_back(name), number);
  return number;
}

}  // namespace protoflow::engine
