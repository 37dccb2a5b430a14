#include "runtime/graph/tidy_svg.hpp"

#include <array>
#include <charconv>
#include <cstdio>
#include <string_view>
#include <utility>

#include "runtime/graph/text_width.hpp"

namespace protoflow::runtime {
namespace {

constexpr std::string_view kTextStart = "<text text-anchor=\"start\" x=\"";
constexpr std::string_view kTextEnd = "</text>";

void erase_all(std::string& text, std::string_view from, std::string_view to) {
  std::string kept;
  std::size_t at = 0;
  for (std::size_t start = text.find(from); start != std::string::npos;
       start = text.find(from, at)) {
    const std::size_t end = text.find(to, start);
    if (end == std::string::npos) {
      break;
    }
    kept.append(text, at, start - at);
    at = end + to.size();
  }
  kept.append(text, at);
  text = std::move(kept);
}

void replace_all(std::string& text, std::string_view from, std::string_view to) {
  for (std::size_t at = text.find(from); at != std::string::npos; at = text.find(from, at)) {
    text.replace(at, from.size(), to);
    at += to.size();
  }
}

double number_at(std::string_view text) {
  double number = 0;
  (void)std::from_chars(text.data(), text.data() + text.size(), number);  // 0 if there is none
  return number;
}

/// The value of ` name="…"` in a start tag; empty if it has none.
std::string_view attribute(std::string_view tag, std::string_view name) {
  const std::size_t at = tag.find(name);
  if (at == std::string_view::npos) {
    return {};
  }
  const std::string_view value = tag.substr(at + name.size());
  return value.substr(0, value.find('"'));
}

std::string plain(std::string_view escaped) {
  std::string text(escaped);
  constexpr std::array<std::pair<std::string_view, std::string_view>, 7> kEntities = {
      {{"&#45;", "-"},
       {"&#160;", "\u00a0"},
       {"&quot;", "\""},
       {"&#39;", "'"},
       {"&lt;", "<"},
       {"&gt;", ">"},
       {"&amp;", "&"}}};
  for (const auto& [entity, character] : kEntities) {
    replace_all(text, entity, character);
  }
  return text;
}

/// One `<text …>…</text>` that starts at its left edge, as the same text around its middle.
std::string centred(std::string_view element) {
  const std::string_view after_x = element.substr(kTextStart.size());
  const std::string_view rest = after_x.substr(std::min(after_x.find('"'), after_x.size()));
  const std::size_t tag_end = std::min(rest.find('>'), rest.size());
  const std::string_view tag = rest.substr(0, tag_end);
  const std::string_view content =
      rest.substr(std::min(tag_end + 1, rest.size()),
                  rest.size() - std::min(rest.size(), tag_end + 1 + kTextEnd.size()));
  const double width = text_width(plain(content),
                                  number_at(attribute(tag, " font-size=\"")),
                                  attribute(tag, " font-weight=\"") == "bold");
  std::array<char, 32> middle{};
  (void)std::snprintf(middle.data(), middle.size(), "%.2f", number_at(after_x) + width / 2);
  return "<text text-anchor=\"middle\" x=\"" + std::string(middle.data()) + std::string(rest);
}

// Printed by a browser, a drawing fits one page; on a screen it keeps its size.
constexpr std::string_view kPrinted =
    "<style>@page{margin:9mm}@media print{svg:root{width:100vw;height:99vh}}</style>\n";

void centre_texts(std::string& svg) {
  std::string out;
  std::size_t at = 0;
  for (std::size_t start = svg.find(kTextStart); start != std::string::npos;
       start = svg.find(kTextStart, at)) {
    const std::size_t end = svg.find(kTextEnd, start);
    if (end == std::string::npos) {
      break;
    }
    out.append(svg, at, start - at);
    at = end + kTextEnd.size();
    out += centred(std::string_view(svg).substr(start, at - start));
  }
  out.append(svg, at);
  svg = std::move(out);
}

}  // namespace

std::string tidy_svg(std::string svg) {
  const std::size_t start = svg.find("<svg");
  svg.erase(0, start == std::string::npos ? 0 : start);
  erase_all(svg, "<!--", "-->\n");
  erase_all(svg, "<title>", "</title>\n");
  replace_all(svg, "\"Helvetica,sans-Serif\"", "\"Helvetica,Arial,Liberation Sans,sans-serif\"");
  centre_texts(svg);
  if (const std::size_t first = svg.find("<g "); first != std::string::npos) {
    svg.insert(first, kPrinted);
  }
  return svg;
}

}  // namespace protoflow::runtime
