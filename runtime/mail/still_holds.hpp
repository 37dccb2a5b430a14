// Whether a letter that has waited is still true: what was settled meanwhile is not asked for, and
// a reminder dies with its cause. A pure function of the letter and the live streams.
#pragma once

#include "runtime/casebook/reading.hpp"
#include "runtime/mail/letter.hpp"

namespace protoflow::runtime {

/// false: nothing of the kind is owed in its stream any more, by its reader's partner, or, of
/// something late, by anybody. Letters that only say what has happened always hold.
[[nodiscard]] bool still_holds(const Letter& letter, const Reading& reading);

}  // namespace protoflow::runtime
