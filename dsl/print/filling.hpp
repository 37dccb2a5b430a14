// A text with places such as `{name}`, filled in one pass. Knows nothing of what it fills in.
#pragma once

#include <span>
#include <string>
#include <string_view>

namespace protoflow::dsl {

struct Filling {
  std::string_view place;  // "{name}"
  std::string text;
};

/// `form` with each place filled, as often as it occurs; what is filled in is not looked at again.
/// Of two places of which one begins the other, the longer wins.
[[nodiscard]] std::string filled(std::string_view form, std::span<const Filling> fillings);

}  // namespace protoflow::dsl
