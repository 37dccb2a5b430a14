// A protocol as a picture, in Graphviz's DOT language: stages as frames, one colour per accountable
// partner, reviews as small nodes with the way back, joins and endings visible. It lays nothing out
// and draws nothing: runtime/graph does.
#pragma once

#include <string>

#include "engine/model/protocol.hpp"

namespace protoflow::dsl {

/// DOT text, UTF-8, in the protocol's own language; the same protocol gives the same bytes. Every
/// text of the author's is escaped. Colour is never the only sign: each step also carries its
/// role's title, each ending what it counts as.
[[nodiscard]] std::string graph_dot(const model::Protocol& protocol);

}  // namespace protoflow::dsl
