// What Graphviz writes, made fit to hand out: no prologue, no comments, no internal names as
// tooltips, and every text centred on its place, so that another font than the measured one still
// sits inside its box.
#pragma once

#include <string>

namespace protoflow::runtime {

/// From `<svg` on. A text that is not Graphviz's SVG comes back without what it does not have.
[[nodiscard]] std::string tidy_svg(std::string svg);

}  // namespace protoflow::runtime
