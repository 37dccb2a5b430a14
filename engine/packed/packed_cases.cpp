#include "engine/packed/packed_cases.hpp"

namespace protoflow::engine {

void PackedCases::get(std::uint32_t place, CaseState& into) {
  unpack(shelves_[place], names_, room_, into);
}

void PackedCases::put(std::uint32_t place, const CaseState& state) {
  shelves_.put(place, pack(state, names_, room_));
}

}  // namespace protoflow::engine
