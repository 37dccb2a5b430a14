// How much one stream may hold. A history that goes on for ever is a mistake or an attack; each
// limit is met by a refusal, never by a loss.
#pragma once

#include <cstddef>
#include <cstdint>

namespace protoflow::model {

/// Cases that one occurrence of a session keeps: with a place, waiting for one, or gone again.
inline constexpr std::size_t kCasesPerSessionMax = 1000;
inline constexpr std::size_t kRemarksMax = 1000;   // of one stream
inline constexpr std::size_t kSaidTextMax = 4000;  // bytes: of one text that somebody says

/// Rounds of one step: its reopenings and repeats together.
inline constexpr std::uint8_t kRoundsMax = 255;

/// Tasks of one stream, settled ones included.
inline constexpr std::size_t kTasksMax = 200;

}  // namespace protoflow::model
