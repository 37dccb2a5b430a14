// The persons of many cases, each name once: a packed case names them by number. A name that was
// ever given a number keeps it.
#pragma once

#include <cstddef>
#include <cstdint>
#include <deque>
#include <string>
#include <string_view>
#include <unordered_map>

namespace protoflow::engine {

class PersonNames final {
 public:
  /// The number of a name; a new one gets the next.
  [[nodiscard]] std::uint32_t number_of(std::string_view name);

  [[nodiscard]] const std::string& operator[](std::uint32_t number) const { return names_[number]; }

  [[nodiscard]] std::size_t size() const { return names_.size(); }

 private:
  std::deque<std::string> names_;  // they never move: the map's keys point into them
  std::unordered_map<std::string_view, std::uint32_t> numbers_;
};

}  // namespace protoflow::engine
