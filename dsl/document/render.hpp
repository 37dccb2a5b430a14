// A document as HTML or as Markdown. Every text is escaped; the same document gives the same bytes.
// The HTML is one file that asks for nothing else: no script, no font, no picture, and its own
// style sheet for screen and for A4 paper. Printed to PDF, it is the document to hand over.
#pragma once

#include <string>
#include <string_view>

#include "dsl/document/document.hpp"

namespace protoflow::dsl::document {

[[nodiscard]] std::string render_html(const Document& document);

/// CommonMark with GitHub's tables.
[[nodiscard]] std::string render_markdown(const Document& document);

/// `text` as the content of an HTML element or of a quoted attribute.
[[nodiscard]] std::string escaped_html(std::string_view text);

/// `text` so that no character of it means anything to Markdown; more does where a line begins.
[[nodiscard]] std::string escaped_markdown(std::string_view text, bool begins_line = true);

/// The style sheet of the HTML pages.
[[nodiscard]] std::string_view page_style();

}  // namespace protoflow::dsl::document
