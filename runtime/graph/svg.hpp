// DOT text to SVG, through Graphviz. The only place that knows Graphviz. It reads no file and draws
// the same bytes on every machine: no plug-in is looked for, and text is measured by our own table
// instead of the fonts that happen to be installed.
#pragma once

#include <expected>
#include <string>

namespace protoflow::runtime {

/// The SVG element of `dot`, UTF-8, from `<svg` on, or what Graphviz says is wrong with it.
/// Callable from any thread; one picture is drawn at a time.
[[nodiscard]] std::expected<std::string, std::string> render_svg(const std::string& dot);

}  // namespace protoflow::runtime
