// The beneficiary's page: who is with them, what comes next, what is written about them and who
// reads it, what they may refuse, how to stop, whom to call. Short sentences, large print, one
// page. It is about a path, not about one person: no name is on it but those of organisations.
#pragma once

#include "dsl/document/document.hpp"
#include "dsl/document/phrases.hpp"

namespace protoflow::dsl::document {

[[nodiscard]] Document beneficiary_card(const Edition& edition);

}  // namespace protoflow::dsl::document
