// What a partner must know to join: two printed pages, from the people's needs to the room to sign.
// Everything is said from this partner's place; information it may not read is not told, neither
// by name when it is sensitive nor through a condition.
#pragma once

#include "dsl/document/document.hpp"
#include "dsl/document/phrases.hpp"

namespace protoflow::dsl::document {

/// Requires: `partner` is one of the protocol's.
[[nodiscard]] Document partner_brief(const Edition& edition, model::PartnerId partner);

}  // namespace protoflow::dsl::document
