// The state of one case as a short string of bytes, and back: how a case waits in memory. Every
// member is packed by its type, so that a new one is packed without a word here. The bytes live in
// this process only: they are never written to a file, and change with the program.
#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

#include "engine/packed/instants.hpp"
#include "engine/packed/person_names.hpp"
#include "engine/packed/said_members.hpp"
#include "engine/packed/step_shapes.hpp"
#include "engine/state/case_state.hpp"

namespace protoflow::engine {

/// What the packed cases have in common, said in each by number.
struct InCommon {
  PersonNames persons;
  SaidMembers members;
  StepShapes shapes;
};

/// What packing and unpacking hold on to: memory that need not be asked for again, and what is
/// known of the case that was unpacked last, which is most often the one that is packed next.
struct PackingRoom {
  struct Mark {  // where the bytes of the steps from `place` on begin, and what was said before
    std::size_t place = 0, at = 0, said = 0;
    model::Instant last;
  };

  struct Read {
    std::span<const char> bytes;  // they must stand until the next call, or be forgotten
    std::vector<Mark> marks;
    std::vector<StepState> steps;
    Instants instants;

    void forget() { marks.clear(); }
  };

  std::vector<char> bytes;
  std::vector<std::uint32_t> persons;
  Read read;
};

/// The bytes stand in `room` until it is used again. Requires that no instant is the one just
/// before kNever and no stream version the one before the greatest: no record can say them.
[[nodiscard]] std::span<const char> pack(const CaseState& state,
                                         InCommon& common,
                                         PackingRoom& room);

/// Of bytes that pack() made with the same `common`; what `into` held is gone, but its memory is
/// used.
void unpack(std::span<const char> bytes,
            const InCommon& common,
            PackingRoom& room,
            CaseState& into);

}  // namespace protoflow::engine
