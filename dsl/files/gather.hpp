// The files of one protocol as one text with one tree: reads what `use` names, each file once, and
// says what is wrong at the line that names it. Knows nothing of names and meaning.
#pragma once

#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "dsl/files/shelf.hpp"
#include "dsl/syntax/parse.hpp"

namespace protoflow::dsl {

/// A file that a protocol uses, as it was read.
struct UsedText {
  std::string path, text;

  friend bool operator==(const UsedText&, const UsedText&) = default;
};

/// The whole of a protocol. The spans of the tree and of the messages are bytes of `joined(text,
/// used)`; the protocol's own file comes first, so that its bytes keep their places.
struct Gathered {
  Tree tree;
  std::vector<SourceFile> files;  // one for each file; empty when nothing is used
  std::vector<UsedText> used;
  std::vector<Diagnostic> diagnostics;
  bool lacks_a_file = false;  // one of those it names could not be read
};

/// Where other files come from, and in which languages they may be written.
struct Library {
  const Shelf& shelf;
  std::span<const Lexicon> known;
};

/// `own` is what `text` was parsed into.
[[nodiscard]] Gathered gather(Parsed own, std::string_view text, const Library& library);

/// The protocol's own text, then the others, an end of line between two.
[[nodiscard]] std::string joined(std::string_view text, std::span<const UsedText> used);

/// What is said at the line that names a file which cannot be read: `written` is the path on it.
[[nodiscard]] Diagnostic message_of(const ReadFault& fault, Span at, const std::string& written);

}  // namespace protoflow::dsl
