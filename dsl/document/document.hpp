// A page for people as data: title, sections, paragraphs, lists, tables, boxes to sign. One file of
// this folder says what each document holds; render.hpp turns it into HTML or Markdown. It knows
// nothing of protocols.
#pragma once

#include <cstdint>
#include <initializer_list>
#include <string>
#include <string_view>
#include <utility>
#include <variant>
#include <vector>

#include "engine/model/protocol.hpp"

namespace protoflow::dsl::document {

enum class Weight : std::uint8_t { plain, strong, quiet, code };

/// A run of text; `language` is its BCP 47 tag where it is not the document's.
struct Span {
  std::string text;
  Weight weight = Weight::plain;
  std::string language = {};

  friend bool operator==(const Span&, const Span&) = default;
};

using Text = std::vector<Span>;

/// Texts that stand under one another in one place.
using Lines = std::vector<Text>;

struct Paragraph {
  Text text;
};

struct List {
  std::vector<Lines> items;
  bool numbered = false;
  bool to_tick = false;  // each item has a box for a pen
};

/// A row whose `group` is not empty is a heading over the rows below it and has no cells. The first
/// cell of any other row is its heading.
struct Row {
  Text group;
  std::vector<Lines> cells;
};

struct Table {
  std::string name;  // for the style sheet: steps, matrix, …
  Text caption;
  std::vector<Lines> columns;
  std::vector<std::size_t> widths;  // of the columns, in hundredths; empty: as they come
  std::vector<Row> rows;
};

/// One side that signs: who, and what is to be filled in by hand.
struct Signature {
  Text who;
  std::vector<std::string> lines;
};

struct Signatures {
  std::vector<Signature> sides;
};

/// A plot: one bar a value, all on one scale. A bar without a label of its own stands for its
/// place.
struct Bars {
  Text caption;  // says what is drawn and in which unit
  std::vector<std::string> labels;
  std::vector<double> values;  // never negative
  bool upright = false;        // many values over time: columns; otherwise a line each
  bool comma = false;          // between the whole number and its decimal
};

using Block = std::variant<Paragraph, List, Table, Signatures, Bars>;

/// `half` sections that follow one another share two columns.
enum class Width : std::uint8_t { full, half };

struct Section {
  std::string heading;
  Width width = Width::full;
  std::vector<Block> blocks;
};

/// How tightly a document is set so that it keeps to its pages.
enum class Setting : std::uint8_t { wide, normal, close, closest };

struct Document {
  std::string kind;  // for the style sheet: brief, matrix, card
  model::Language language = model::Language::french;
  bool landscape = false;
  Setting setting = Setting::normal;
  Text title, subtitle, note;
  std::vector<Section> sections;
  Text footer;
};

/// "fr", "en".
[[nodiscard]] std::string_view language_tag(model::Language language);

[[nodiscard]] Text text(std::string_view words, Weight weight = Weight::plain);

/// An author's text with its blanks and line ends brought to single spaces, no control characters.
[[nodiscard]] std::string one_line(std::string_view text);

Text& operator+=(Text& left, const Text& right);
[[nodiscard]] Text operator+(Text left, const Text& right);

[[nodiscard]] Text weighted(Text text, Weight weight);

[[nodiscard]] std::string plain(const Text& text);

using Fillings = std::initializer_list<std::pair<std::string_view, Text>>;

/// `pattern` with each `{name}` replaced by its filling; a name without one stays.
[[nodiscard]] Text fill(std::string_view pattern, Fillings fillings);

/// `parts` with `separator` between them, and `last` before the last one.
[[nodiscard]] Text joined(const Lines& parts, std::string_view separator, std::string_view last);

/// How much room the document asks for: its code points, and some for every line end and heading.
[[nodiscard]] std::size_t bulk(const Document& document);

}  // namespace protoflow::dsl::document
