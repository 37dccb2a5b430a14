// The questions of `protoflow new`: one line each, with an answer in brackets that Enter accepts.
#pragma once

#include <iosfwd>
#include <optional>

#include "dsl/start/start.hpp"

namespace protoflow::runtime {

/// Asks for what `given` leaves empty, in its language. Nothing when the answers end before the
/// last question.
[[nodiscard]] std::optional<dsl::StartAnswers> ask_answers(const dsl::StartAnswers& given,
                                                           std::istream& in,
                                                           std::ostream& out);

}  // namespace protoflow::runtime
