// Which words may start a line of which declaration: read by the messages, by completion and by a
// test that holds the grammar to it.
#pragma once

#include <span>
#include <vector>

#include "dsl/syntax/keyword.hpp"

namespace protoflow::dsl {

/// The words that may start a line under `declaration`, in the order of the manual.
[[nodiscard]] std::span<const Keyword> clauses_of(Keyword declaration);

/// The declarations under which a line may start with `clause`.
[[nodiscard]] std::vector<Keyword> places_of(Keyword clause);

/// What a file that others use may declare.
[[nodiscard]] bool is_shareable(Keyword declaration);

/// Every word that starts a declaration of this version.
[[nodiscard]] std::span<const Keyword> declarations();

}  // namespace protoflow::dsl
