// A plot as inline SVG and as lines of text. Greys only, each value readable without colour.
#pragma once

#include <string>

#include "dsl/document/document.hpp"

namespace protoflow::dsl::document {

/// One <figure>; for whoever does not see it, the caption and the values are its text.
[[nodiscard]] std::string bars_html(const Bars& bars);

/// A line of blocks a value; upright bars in one line.
[[nodiscard]] std::string bars_text(const Bars& bars);

/// At most one decimal: "3", "3.5". `comma`: "3,5".
[[nodiscard]] std::string short_number(double value, bool comma);

}  // namespace protoflow::dsl::document
