// The live cases as they wait: packed, by place. A case is unpacked to be decided on and put back.
#pragma once

#include <cstddef>
#include <cstdint>

#include "engine/packed/packed_case.hpp"
#include "engine/packed/shelves.hpp"

namespace protoflow::engine {

class PackedCases final {
 public:
  /// Requires that a case was put there.
  void get(std::uint32_t place, CaseState& into);

  void put(std::uint32_t place, const CaseState& state);

  /// For a case that will be read soon: see Shelves.
  void fetch_label(std::uint32_t place) const { shelves_.fetch_label(place); }

  void fetch(std::uint32_t place) const { shelves_.fetch(place); }

  void forget(std::uint32_t place);

  [[nodiscard]] bool holds(std::uint32_t place) const { return !shelves_[place].empty(); }

  /// How many bytes the case takes, without those beside it.
  [[nodiscard]] std::size_t size_of(std::uint32_t place) const { return shelves_[place].size(); }

  /// Bytes of memory for all cases; the names of persons, each of which stands once, are not
  /// counted.
  [[nodiscard]] std::size_t memory() const { return shelves_.memory(); }

 private:
  InCommon common_;
  PackingRoom room_;
  std::uint32_t read_ = 0;  // the place that was read last
  Shelves shelves_;
};

}  // namespace protoflow::engine
