// How much one protocol and one stream may hold. A history that goes on for ever is a mistake or an attack; each
// limit is met by a refusal, never by a loss.
#pragma once

#include <chrono>
#include <cstddef>
#include <cstdint>

#include "engine/model/time.hpp"

namespace protoflow::model {

/// Of one kind in one protocol, and lines of one of them. Ids are 16 bits wide.
inline constexpr std::size_t kDeclarationsMax = 10'000;

/// Cases that one occurrence of a session keeps: with a place, waiting for one, or gone again.
inline constexpr std::size_t kCasesPerSessionMax = 1000;
inline constexpr std::size_t kRemarksMax = 1000;   // of one stream
inline constexpr std::size_t kSaidTextMax = 4000;  // bytes: of one text that somebody says

/// Rounds of one step: its reopenings and repeats together.
inline constexpr std::uint8_t kRoundsMax = 255;

/// Tasks of one stream, settled ones included.
inline constexpr std::size_t kTasksMax = 200;

/// The last instant that a record can say; every delay ends there.
inline constexpr Instant kLatestInstant = std::chrono::sys_days{std::chrono::year{9999} / 12 / 31} +
                                          std::chrono::hours{24} - std::chrono::milliseconds{1};

}  // namespace protoflow::model
