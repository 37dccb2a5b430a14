// The state of one case as a short string of bytes, and back: how a case waits in memory. Every
// member is packed by its type, so that a new one is packed without a word here. The bytes live in
// this process only: they are never written to a file, and change with the program.
#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "engine/packed/person_names.hpp"
#include "engine/state/case_state.hpp"

namespace protoflow::engine {

/// What packing and unpacking hold on to between two cases: memory that need not be asked for
/// again, and the numbers of the persons of the case that was unpacked last.
struct PackingRoom {
  std::vector<char> bytes;
  std::vector<std::uint32_t> persons;
};

/// The bytes stand in `room` until it is used again. Requires that no instant is the one just
/// before kNever, which no record can say.
[[nodiscard]] std::span<const char> pack(const CaseState& state,
                                         PersonNames& names,
                                         PackingRoom& room);

/// Of bytes that pack() made with the same names; what `into` held is gone, but its memory is used.
void unpack(std::span<const char> bytes,
            const PersonNames& names,
            PackingRoom& room,
            CaseState& into);

}  // namespace protoflow::engine
