#include "dsl/print/dot_text.hpp"

#include "dsl/print/wording.hpp"

namespace protoflow::dsl {
namespace {

std::string row(std::string_view content) {
  return "<TR><TD>" + std::string(content) + "</TD></TR>";
}

}  // namespace

std::string html(std::string_view text) {
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
      default:
        escaped += static_cast<unsigned char>(c) < 0x20 ? ' ' : c;
    }
  }
  return escaped;
}

std::string quoted(std::string_view text) {
  std::string escaped = "\"";
  for (const char c : text) {
    if (c == '"' || c == '\\') {
      escaped += '\\';
    }
    escaped += static_cast<unsigned char>(c) < 0x20 ? ' ' : c;
  }
  return escaped + "\"";
}

std::string broken(std::string_view text, std::size_t columns_max) {
  std::string joined;
  for (const std::string& line : wrapped(text, columns_max)) {
    joined += (joined.empty() ? "" : "<BR/>") + html(line);
  }
  return joined;
}

std::string small(std::string_view content, std::string_view colour) {
  return "<FONT POINT-SIZE=\"10\" COLOR=\"" + std::string(colour) + "\">" + std::string(content) +
         "</FONT>";
}

Label& Label::title(std::string_view text, std::size_t columns_max) {
  for (const std::string& line : wrapped(text, columns_max)) {
    rows += row("<B>" + html(line) + "</B>");
  }
  return *this;
}

Label& Label::note(std::string_view text,
                   std::size_t columns_max,
                   std::string_view colour,
                   bool italic) {
  for (const std::string& line : wrapped(text, columns_max)) {
    rows += row(small(italic ? "<I>" + html(line) + "</I>" : html(line), colour));
  }
  return *this;
}

std::string Label::dot() const {
  if (rows.empty()) {
    return "\"\"";
  }
  return "<<TABLE BORDER=\"0\" CELLBORDER=\"0\" CELLSPACING=\"0\" CELLPADDING=\"1\">" + rows +
         "</TABLE>>";
}

}  // namespace protoflow::dsl
