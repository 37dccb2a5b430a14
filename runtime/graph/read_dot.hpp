// DOT text to a Graphviz graph whose objects are numbered in the order of the text. Graphviz's own
// numbering follows memory addresses, and the order of clusters follows the numbering: the same
// text would be drawn differently from one call to the next.
#pragma once

#include <memory>
#include <string>

struct Agraph_s;  // NOLINT(readability-identifier-naming): the name that Graphviz gave it

namespace protoflow::runtime {

struct CloseGraph {
  void operator()(Agraph_s* graph) const;
};

/// Null when `dot` is not DOT; what is wrong goes to Graphviz's error function.
[[nodiscard]] std::unique_ptr<Agraph_s, CloseGraph> read_dot(const std::string& dot);

}  // namespace protoflow::runtime
