// How wide a text will be, for the layout of pictures: the advance widths of Helvetica, which Arial
// and Liberation Sans share, with a little room for other fonts. An estimate for drawing boxes,
// never for typesetting.
#pragma once

#include <string_view>

namespace protoflow::runtime {

/// The width of `text` (UTF-8) in the unit of `font_size`.
[[nodiscard]] double text_width(std::string_view text, double font_size, bool bold);

}  // namespace protoflow::runtime
