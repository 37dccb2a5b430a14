// The nearest of some words to one that was mistyped.
#pragma once

#include <cstddef>
#include <span>
#include <string>
#include <string_view>

namespace protoflow::dsl {

/// How many letters to add, drop, change or swap to go from one to the other; accents and capitals
/// cost nothing.
[[nodiscard]] std::size_t edit_distance(std::string_view left, std::string_view right);

/// The candidate nearest to `word`, or an empty text when none is near enough to be what was meant
/// (a third of its letters). The first of equals wins.
[[nodiscard]] std::string nearest(std::string_view word, std::span<const std::string> candidates);

}  // namespace protoflow::dsl
