// The JSON of the people who could take a role: the question read, the proposals written. For
// runtime/http/api*.cpp only.
#pragma once

#include <expected>
#include <string>

#include <nlohmann/json_fwd.hpp>

#include "runtime/casebook/matching.hpp"
#include "runtime/http/server.hpp"

namespace protoflow::runtime {

/// `role=NAME`, or `step=NAME` for its responsible role; `speaks=ar,fa`, `days=monday,friday`. The
/// error says which of them is wrong.
[[nodiscard]] std::expected<Asked, std::string> read_asked(const HttpRequest& request,
                                                           const model::Protocol& protocol);

/// {"person","cases","for":["shares_language"],"against":["training_lapsed"],
/// "lacking":["…"]}: reasons by name, none when nothing stands against her.
[[nodiscard]] nlohmann::ordered_json proposed_json(const Proposed& proposed, const CaseFile& file);

/// Of somebody of another partner, what a matching needs: that they could take it, and what speaks
/// for them.
[[nodiscard]] nlohmann::ordered_json stranger_json(const Proposed& proposed);

}  // namespace protoflow::runtime
