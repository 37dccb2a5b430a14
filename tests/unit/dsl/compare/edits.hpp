// Every member of the model that is part of the meaning, each with an edit of it: of the protocol
// that uses every word of the language.
#pragma once

#include <span>

#include "dsl/compare/compare.hpp"

namespace protoflow::dsl {

struct Edit {
  const char* what;
  void (*change)(model::Protocol&);
  Member member;  // that must be told
};

/// The protocol that uses every word, with two at least in every list.
[[nodiscard]] model::Protocol crowded(model::Protocol whole);

[[nodiscard]] std::span<const Edit> edits();

/// Edits that are none: of places in the text, examples, the language, an order without meaning.
[[nodiscard]] std::span<const Edit> empty_edits();

}  // namespace protoflow::dsl
