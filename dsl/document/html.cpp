#include <string>

#include "dsl/document/bars.hpp"
#include "dsl/document/render.hpp"
#include "dsl/source/utf8.hpp"

namespace protoflow::dsl::document {
namespace {

bool turns_direction(char32_t value) {
  return (value >= 0x590 && value <= 0x8FF) || (value >= 0xFB1D && value <= 0xFDFF) ||
         (value >= 0xFE70 && value <= 0xFEFF) || (value >= 0x10800 && value <= 0x10FFF) ||
         (value >= 0x1E800 && value <= 0x1EFFF) || (value >= 0x200E && value <= 0x200F) ||
         (value >= 0x202A && value <= 0x202E) || (value >= 0x2066 && value <= 0x2069);
}

bool turns_direction(std::string_view text) {
  for (std::size_t at = 0; at < text.size();) {
    const CodePoint point = decode(text, at);
    if (turns_direction(point.value)) {
      return true;
    }
    at += point.length;
  }
  return false;
}

std::string_view element_of(Weight weight) {
  switch (weight) {
    case Weight::plain:
      return {};
    case Weight::strong:
      return "strong";
    case Weight::quiet:
      return "small";
    case Weight::code:
      return "code";
  }
  return {};
}

/// Text of another language or direction is kept apart from what stands around it.
std::string html_of(const Span& span) {
  std::string inner = escaped_html(span.text);
  if (!span.language.empty()) {
    inner = "<span lang=\"" + escaped_html(span.language) + "\" dir=\"auto\">" + inner + "</span>";
  } else if (turns_direction(span.text)) {
    inner = "<span dir=\"auto\">" + inner + "</span>";
  }
  const std::string element(element_of(span.weight));
  return element.empty() ? inner : "<" + element + ">" + inner + "</" + element + ">";
}

std::string html_of(const Text& text) {
  std::string all;
  for (const Span& span : text) {
    all += html_of(span);
  }
  return all;
}

std::string html_of(const Lines& lines) {
  if (lines.size() == 1) {
    return html_of(lines.front());
  }
  std::string all;
  for (const Text& line : lines) {
    all += "<div>" + html_of(line) + "</div>";
  }
  return all;
}

std::string open_cell(std::string_view scope, std::string_view more = {}) {
  return scope.empty() ? "<td>"
                       : "<th scope=\"" + std::string(scope) + "\"" + std::string(more) + ">";
}

struct HtmlBlock {
  std::string operator()(const Paragraph& paragraph) const {
    return "<p>" + html_of(paragraph.text) + "</p>\n";
  }

  std::string operator()(const List& list) const {
    const std::string element = list.numbered ? "ol" : "ul";
    std::string html = "<" + element + (list.to_tick ? " class=\"tick\"" : "") + ">\n";
    for (const Lines& item : list.items) {
      html += "<li>" + html_of(item) + "</li>\n";
    }
    return html + "</" + element + ">\n";
  }

  std::string operator()(const Table& table) const {
    std::string html = "<table class=\"" + table.name + "\">\n<caption>" + html_of(table.caption) +
                       "</caption>\n" + widths(table) + "<thead>\n<tr>";
    for (const Lines& column : table.columns) {
      html += open_cell("col") + "<div>" + html_of(column) + "</div></th>";
    }
    html += "</tr>\n</thead>\n<tbody>\n";
    bool first = true;
    for (const Row& row : table.rows) {
      if (!row.group.empty()) {
        html += std::string(first ? "" : "</tbody>\n<tbody>\n") + "<tr class=\"group\">" +
                open_cell("rowgroup", " colspan=\"" + std::to_string(table.columns.size()) + "\"") +
                html_of(row.group) + "</th></tr>\n";
      } else {
        html += "<tr>" + cells(row) + "</tr>\n";
      }
      first = false;
    }
    return html + "</tbody>\n</table>\n";
  }

  std::string operator()(const Signatures& signatures) const {
    std::string html = "<div class=\"signatures\">\n";
    for (const Signature& side : signatures.sides) {
      html += "<div class=\"side\">\n<p>" + html_of(side.who) + "</p>\n";
      for (const std::string& line : side.lines) {
        html += "<div class=\"line\"><span>" + escaped_html(line) + "</span></div>\n";
      }
      html += "</div>\n";
    }
    return html + "</div>\n";
  }

  std::string operator()(const Bars& bars) const { return bars_html(bars); }

 private:
  static std::string widths(const Table& table) {
    std::string html;
    for (const std::size_t width : table.widths) {
      html += "<col style=\"width: " + std::to_string(width) + "%\">";
    }
    return html.empty() ? html : "<colgroup>" + html + "</colgroup>\n";
  }

  static std::string cells(const Row& row) {
    std::string html;
    for (std::size_t i = 0; i < row.cells.size(); ++i) {
      html += open_cell(i == 0 ? "row" : "") + html_of(row.cells[i]) + (i == 0 ? "</th>" : "</td>");
    }
    return html;
  }
};

std::string html_of(const Section& section) {
  std::string html = "<section>\n";
  if (!section.heading.empty()) {
    html += "<h2>" + escaped_html(section.heading) + "</h2>\n";
  }
  for (const Block& block : section.blocks) {
    html += std::visit(HtmlBlock{}, block);
  }
  return html + "</section>\n";
}

std::string body_of(const Document& document) {
  std::string html = "<header>\n<h1>" + html_of(document.title) + "</h1>\n";
  if (!document.subtitle.empty()) {
    html += "<p class=\"subtitle\">" + html_of(document.subtitle) + "</p>\n";
  }
  if (!document.note.empty()) {
    html += "<p class=\"note\">" + html_of(document.note) + "</p>\n";
  }
  html += "</header>\n<main>\n";
  bool in_columns = false;
  for (const Section& section : document.sections) {
    const bool half = section.width == Width::half;
    if (half != in_columns) {
      html += half ? "<div class=\"columns\">\n" : "</div>\n";
      in_columns = half;
    }
    html += html_of(section);
  }
  html += in_columns ? "</div>\n" : "";
  return html + "</main>\n<footer>" + html_of(document.footer) + "</footer>\n";
}

std::string_view setting_name(Setting setting) {
  switch (setting) {
    case Setting::wide:
      return "wide";
    case Setting::normal:
      return "normal";
    case Setting::close:
      return "close";
    case Setting::closest:
      return "closest";
  }
  return "normal";
}

}  // namespace

std::string escaped_html(std::string_view text) {
  std::string escaped;
  for (const char c : text) {
    switch (c) {
      case '&':
        escaped += "&amp;";
        break;
      case '<':
        escaped += "&lt;";
        break;
      case '>':
        escaped += "&gt;";
        break;
      case '"':
        escaped += "&quot;";
        break;
      case '\'':
        escaped += "&#39;";
        break;
      default:
        escaped += static_cast<unsigned char>(c) < 0x20 ? ' ' : c;
    }
  }
  return escaped;
}

std::string render_html(const Document& document) {
  return "<!DOCTYPE html>\n<html lang=\"" + std::string(language_tag(document.language)) +
         "\">\n<head>\n<meta charset=\"utf-8\">\n"
         "<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; style-src "
         "'unsafe-inline'\">\n"
         "<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n<title>" +
         escaped_html(plain(document.title)) + "</title>\n<style>\n" + "@page { size: A4 " +
         (document.landscape ? "landscape" : "portrait") + "; }\n" + std::string(page_style()) +
         "</style>\n</head>\n<body class=\"" + document.kind + " " +
         std::string(setting_name(document.setting)) + "\">\n" + body_of(document) +
         "</body>\n</html>\n";
}

}  // namespace protoflow::dsl::document
