#include <algorithm>
#include <string>

#include "dsl/document/bars.hpp"
#include "dsl/document/render.hpp"
#include "dsl/source/utf8.hpp"

namespace protoflow::dsl::document {
namespace {

/// Marks that turn the direction of all that follows them; HTML can fence them in, Markdown cannot.
bool turns_what_follows(char32_t value) {
  return (value >= 0x202A && value <= 0x202E) || (value >= 0x2066 && value <= 0x2069);
}

/// `inner` is escaped already.
std::string marked(const std::string& inner, Weight weight) {
  const std::string_view mark = weight == Weight::strong ? "**" : "";
  const std::size_t start = inner.find_first_not_of(' ');
  if (mark.empty() || start == std::string::npos) {
    return inner;
  }
  // Markdown takes no blank inside a mark.
  const std::size_t end = inner.find_last_not_of(' ') + 1;
  return inner.substr(0, start) + std::string(mark) + inner.substr(start, end - start) +
         std::string(mark) + inner.substr(end);
}

std::string markdown_of(const Text& text, bool begins_line = true) {
  std::string all;
  for (std::size_t i = 0; i < text.size();) {
    const Weight weight = text[i].weight;
    std::string run;  // of one weight: two marks that touch would read as none
    for (; i < text.size() && text[i].weight == weight; ++i) {
      run += escaped_markdown(text[i].text, begins_line && all.empty() && run.empty());
    }
    all += marked(run, weight);
  }
  return all;
}

std::string markdown_of(const Lines& lines, std::string_view separator, bool begin_lines = true) {
  std::string all;
  for (const Text& line : lines) {
    all += (all.empty() ? "" : std::string(separator)) + markdown_of(line, begin_lines);
  }
  return all;
}

// A cell of a table begins no line.
std::string cell_of(const Lines& lines) {
  return " " + markdown_of(lines, "<br>", false) + " |";
}

struct MarkdownBlock {
  std::string operator()(const Paragraph& paragraph) const {
    return markdown_of(paragraph.text) + "\n\n";
  }

  std::string operator()(const List& list) const {
    std::string markdown;
    std::size_t number = 0;
    for (const Lines& item : list.items) {
      const std::string mark = list.numbered  ? std::to_string(++number) + ". "
                               : list.to_tick ? "- \u2610 "
                                              : "- ";
      const std::string indent = "  \n" + std::string(list.numbered ? 3 : 2, ' ');
      markdown += mark + markdown_of(item, indent) + "\n";
    }
    return markdown + "\n";
  }

  std::string operator()(const Table& table) const {
    std::string head = "|";
    std::string rule = "|";
    for (const Lines& column : table.columns) {
      head += cell_of(column);
      rule += "---|";
    }
    std::string markdown =
        markdown_of(weighted(table.caption, Weight::plain)) + "\n\n" + head + "\n" + rule + "\n";
    for (const Row& row : table.rows) {
      markdown += "|";
      if (!row.group.empty()) {
        markdown += cell_of({weighted(row.group, Weight::strong)});
        markdown.append(table.columns.size() - 1, '|');
      }
      for (const Lines& cell : row.cells) {
        markdown += cell_of(cell);
      }
      markdown += "\n";
    }
    return markdown + "\n";
  }

  std::string operator()(const Signatures& signatures) const {
    std::string markdown;
    for (const Signature& side : signatures.sides) {
      markdown += markdown_of(side.who) + "\n\n";
      for (const std::string& line : side.lines) {
        markdown += "- " + escaped_markdown(line) + " \\_\\_\\_\\_\\_\\_\\_\\_\\_\\_\\_\\_\n";
      }
      markdown += "\n";
    }
    return markdown;
  }

  std::string operator()(const Bars& bars) const { return bars_text(bars); }
};

}  // namespace

std::string escaped_markdown(std::string_view text, bool begins_line) {
  constexpr std::string_view kMeaningful = "\\`*_[]<>#|~&";
  std::string escaped;
  for (std::size_t at = 0; at < text.size();) {
    const CodePoint point = decode(text, at);
    const std::string_view bytes = text.substr(at, point.length);
    const char c = bytes.front();
    at += point.length;
    if (turns_what_follows(point.value)) {
      continue;
    }
    if (point.value < 0x20) {
      escaped += ' ';
      continue;
    }
    // `-`, `+`, `1.` and `1)` begin a list where they begin a line, and `=` makes a heading.
    const bool begins =
        begins_line && escaped.find_first_not_of("0123456789 ") == std::string::npos;
    if (kMeaningful.find(c) != std::string_view::npos ||
        (begins && std::string_view("-+=.)").find(c) != std::string_view::npos)) {
      escaped += '\\';
    }
    escaped += bytes;
  }
  return escaped;
}

std::string render_markdown(const Document& document) {
  std::string markdown = "# " + markdown_of(weighted(document.title, Weight::plain)) + "\n\n";
  for (const Text& line : {document.subtitle, document.note}) {
    markdown += line.empty() ? "" : markdown_of(line) + "\n\n";
  }
  for (const Section& section : document.sections) {
    if (!section.heading.empty()) {
      markdown += "## " + escaped_markdown(section.heading) + "\n\n";
    }
    for (const Block& block : section.blocks) {
      markdown += std::visit(MarkdownBlock{}, block);
    }
  }
  return markdown + "---\n\n" + markdown_of(document.footer) + "\n";
}

}  // namespace protoflow::dsl::document
