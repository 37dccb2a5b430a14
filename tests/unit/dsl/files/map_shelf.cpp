#include "tests/unit/dsl/files/map_shelf.hpp"

namespace protoflow::dsl {
namespace {

template <class Found>
std::expected<Found, ReadFault> look_up(const std::map<std::string, Found, std::less<>>& there,
                                        const std::map<std::string, ReadFault, std::less<>>& faults,
                                        std::string_view path) {
  if (const auto fault = faults.find(path); fault != faults.end()) {
    return std::unexpected(fault->second);
  }
  const auto found = there.find(path);
  if (found == there.end()) {
    return std::unexpected(ReadFault{.problem = ReadProblem::missing});
  }
  return found->second;
}

}  // namespace

Shelf MapShelf::shelf(std::string own) {
  return {.own = std::move(own),
          .text =
              [this](std::string_view path) {
                ++readings[std::string(path)];
                return look_up(texts, faults, path);
              },
          .closed_days = [this](std::string_view path) { return look_up(closed, faults, path); }};
}

}  // namespace protoflow::dsl
