// Texts inside DOT: quoted identifiers, and labels of centred lines in Graphviz's HTML-like markup,
// with everything of the author's escaped.
#pragma once

#include <string>
#include <string_view>

namespace protoflow::dsl {

/// `text` as a DOT identifier between double quotes.
[[nodiscard]] std::string quoted(std::string_view text);

/// `text` as the content of an HTML-like label.
[[nodiscard]] std::string html(std::string_view text);

/// The same, cut into lines of at most `columns_max` code points.
[[nodiscard]] std::string broken(std::string_view text, std::size_t columns_max);

/// Already escaped content in the small letters under a title.
[[nodiscard]] std::string small(std::string_view content, std::string_view colour = "#3d4650");

/// The lines of a label, each its own row so that they stand a little apart.
struct Label {
  std::string rows;

  /// `text` in bold, cut into lines of at most `columns_max`.
  Label& title(std::string_view text, std::size_t columns_max);

  /// `text` in small letters, cut likewise; `italic` for conditions.
  Label& note(std::string_view text,
              std::size_t columns_max,
              std::string_view colour = "#3d4650",
              bool italic = false);

  [[nodiscard]] std::string dot() const;
};

}  // namespace protoflow::dsl
