// A protocol as a picture, in Graphviz's DOT language or in Mermaid's: stages as frames, one colour
// per accountable partner, reviews as small nodes with the way back, joins and endings visible. It
// lays nothing out and draws nothing: runtime/graph does.
#pragma once

#include <string>

#include "engine/model/protocol.hpp"

namespace protoflow::dsl {

/// DOT text, UTF-8, in the protocol's own language; the same protocol gives the same bytes. Every
/// text of the author's is escaped. Colour is never the only sign: each step also carries its
/// role's title, each ending what it counts as. With a partner, its own steps and reviews are
/// strong, and the arrows that lead to them and from them; the rest is pale.
[[nodiscard]] std::string graph_dot(const model::Protocol& protocol, model::PartnerId partner = {});

/// The same as a Mermaid flowchart, to be pasted where Mermaid is drawn.
[[nodiscard]] std::string graph_mermaid(const model::Protocol& protocol,
                                        model::PartnerId partner = {});

}  // namespace protoflow::dsl
