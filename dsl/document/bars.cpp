#include "dsl/document/bars.hpp"

#include <algorithm>
#include <array>
#include <cmath>

#include "dsl/document/render.hpp"

namespace protoflow::dsl::document {

namespace {

constexpr int kWidth = 1000;  // of the drawing, in its own units
constexpr int kHeight = 150;  // of upright bars
constexpr int kMarks = 8;     // how high a text bar can be
constexpr int kTextWidth = 30;

double largest(const Bars& bars) {
  const auto found = std::ranges::max_element(bars.values);
  return found == bars.values.end() || *found <= 0 ? 1.0 : *found;
}

int share(double value, double most, int of) {
  return static_cast<int>(std::lround(value / most * of));
}

std::string label_of(const Bars& bars, std::size_t place) {
  return place < bars.labels.size() ? bars.labels[place] : std::to_string(place + 1);
}

std::string rectangle(int x, int y, int width, int height) {
  return "<rect x=\"" + std::to_string(x) + "\" y=\"" + std::to_string(y) + "\" width=\"" +
         std::to_string(width) + "\" height=\"" + std::to_string(height) + "\">";
}

std::string upright_html(const Bars& bars) {
  const auto most = largest(bars);
  const auto count = static_cast<int>(std::max<std::size_t>(bars.values.size(), 1));
  std::string html = "<svg viewBox=\"0 0 " + std::to_string(kWidth) + " " +
                     std::to_string(kHeight) + "\" preserveAspectRatio=\"none\" role=\"img\">";
  for (std::size_t i = 0; i < bars.values.size(); ++i) {
    const auto from = static_cast<int>(i) * kWidth / count;
    const auto to = (static_cast<int>(i) + 1) * kWidth / count;
    const auto height = share(bars.values[i], most, kHeight - 2);
    html += rectangle(from + 1, kHeight - height, std::max(to - from - 2, 1), height) + "<title>" +
            escaped_html(label_of(bars, i)) + ": " + short_number(bars.values[i], bars.comma) +
            "</title></rect>";
  }
  return html + "</svg>";
}

std::string lying_html(const Bars& bars) {
  const auto most = largest(bars);
  std::string html = "<table class=\"bars\"><tbody>";
  for (std::size_t i = 0; i < bars.values.size(); ++i) {
    html += "<tr><th scope=\"row\">" + escaped_html(label_of(bars, i)) + "</th><td>" +
            "<svg viewBox=\"0 0 " + std::to_string(kWidth) +
            " 20\" preserveAspectRatio=\"none\" aria-hidden=\"true\">" +
            rectangle(0, 2, share(bars.values[i], most, kWidth), 16) +
            "</rect></svg></td><td class=\"value\">" + short_number(bars.values[i], bars.comma) +
            "</td></tr>";
  }
  return html + "</tbody></table>";
}

}  // namespace

std::string short_number(double value, bool comma) {
  const auto tenths = std::lround(value * 10);
  auto text = std::to_string(tenths / 10);
  if (tenths % 10 != 0) {
    text += (comma ? "," : ".") + std::to_string(tenths % 10);
  }
  return text;
}

std::string bars_html(const Bars& bars) {
  return "<figure class=\"bars\"><figcaption>" + escaped_html(plain(bars.caption)) +
         "</figcaption>" + (bars.upright ? upright_html(bars) : lying_html(bars)) + "</figure>\n";
}

std::string bars_text(const Bars& bars) {
  static constexpr std::array<std::string_view, kMarks + 1> kColumns = {
      " ", "▁", "▂", "▃", "▄", "▅", "▆", "▇", "█"};
  const auto most = largest(bars);
  std::string text = escaped_markdown(plain(bars.caption)) + "\n\n    ";
  for (std::size_t i = 0; i < bars.values.size(); ++i) {
    if (bars.upright) {
      text += kColumns[static_cast<std::size_t>(share(bars.values[i], most, kMarks))];
      continue;
    }
    text += i == 0 ? "" : "\n    ";
    for (int mark = share(bars.values[i], most, kTextWidth); mark > 0; --mark) {
      text += "█";
    }
    text += " " + short_number(bars.values[i], bars.comma) + "  " + one_line(label_of(bars, i));
  }
  return text + "\n\n";
}

}  // namespace protoflow::dsl::document
