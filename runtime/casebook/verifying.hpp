// Verification of a whole log: each hash follows from the event before, each event reads under its
// protocol, the stored states follow from the events. It finds the first bad event and changes
// nothing.
#pragma once

#include <cstdint>
#include <expected>
#include <optional>

#include "runtime/casebook/checkpoint.hpp"
#include "runtime/casebook/reading.hpp"
#include "runtime/store/event_store.hpp"

namespace protoflow::runtime {

struct Verification {
  std::uint64_t events = 0;
  std::uint64_t streams = 0;
  std::uint64_t cases = 0;
  std::uint64_t compared = 0;  // streams whose stored state was met on the way
  model::Language language = model::Language::french;  // of the first protocol deployed
  std::optional<Fault> fault;
};

/// With a vault behind `open`, sealed values are opened too, so that an altered one is found even
/// where its event was hashed again. The error is one of reading, not of what was read.
[[nodiscard]] std::expected<Verification, StoreError> verify(const EventStore& store,
                                                             const Checkpoints& checkpoints,
                                                             OpenFor open);

/// A stream that is shorter than its stored state remembers, or whose event of that version is
/// another one.
[[nodiscard]] std::optional<Fault> find_broken_end(const Reading& reading,
                                                   const Checkpoints& checkpoints);

}  // namespace protoflow::runtime
