#include "engine/packed/packed_cases.hpp"

namespace protoflow::engine {

void PackedCases::get(std::uint32_t place, CaseState& into) {
  unpack(shelves_[place], common_, room_, into);
  read_ = place;
}

void PackedCases::put(std::uint32_t place, const CaseState& state) {
  if (place != read_) {
    room_.read.forget();
  }
  shelves_.put(place, pack(state, common_, room_));
  room_.read.forget();
}

void PackedCases::forget(std::uint32_t place) {
  shelves_.put(place, {});
  room_.read.forget();
}

}  // namespace protoflow::engine
