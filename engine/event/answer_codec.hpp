// Answers to a routine's questions, to and from the `answers` of a record's body:
//   [{"question":1,"scale":4},{"question":2,"yes":true},{"question":3,"text":{"commitment":…}}]
// The first question is 1; only texts are sealed.
#pragma once

#include <expected>
#include <string>
#include <vector>

#include "engine/event/codec.hpp"

namespace protoflow::engine {

/// A JSON array. The error is that of `seal`.
[[nodiscard]] std::expected<std::string, std::string> encode_answers(
    const std::vector<RecordedAnswer>& answers, const model::Routine& routine, const Seal& seal);

/// A text that was erased reads as empty. The error says what is wrong, never a value.
[[nodiscard]] std::expected<std::vector<RecordedAnswer>, std::string> decode_answers(
    const std::string& json, const model::Routine& routine, const Open& open);

}  // namespace protoflow::engine
