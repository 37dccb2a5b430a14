// The house rules that no compiler and no linter checks. Each takes the tree and returns what
// breaks the rule, with the line and what to write instead; none reads a file.
#pragma once

#include <string_view>
#include <vector>

#include "tests/tidy/tree.hpp"

namespace protoflow::tidy {

/// runtime -> dsl -> engine/model and runtime -> engine -> engine/model; what is included exists.
[[nodiscard]] std::vector<Finding> include_direction(const Tree& tree);

/// A third party's headers, and those of the system, stay in the files that need them.
[[nodiscard]] std::vector<Finding> confined_headers(const Tree& tree);

/// A header of ours that shows a third party is included only where that third party may be.
[[nodiscard]] std::vector<Finding> exposed_headers(const Tree& tree);

/// Names that the house replaces by another: clocks, sleeps, output, shared ownership.
[[nodiscard]] std::vector<Finding> banned_names(const Tree& tree);

/// Functions of at most 60 lines.
[[nodiscard]] std::vector<Finding> long_functions(const Tree& tree);

/// Files of at most 500 lines.
[[nodiscard]] std::vector<Finding> long_files(const Tree& tree);

/// Headers say what they are for before `#pragma once`, and someone includes them.
[[nodiscard]] std::vector<Finding> header_openings(const Tree& tree);
[[nodiscard]] std::vector<Finding> dead_headers(const Tree& tree);

/// The namespace of a file is that of its folder.
[[nodiscard]] std::vector<Finding> namespaces(const Tree& tree);

/// File names are nouns of the field, and unit tests stand where the code they test stands.
[[nodiscard]] std::vector<Finding> file_names(const Tree& tree);

/// Nothing unfinished is marked as such, and nothing speaks of the machine it was written on.
[[nodiscard]] std::vector<Finding> unfinished_marks(const Tree& tree);
[[nodiscard]] std::vector<Finding> foreign_words(const Tree& tree);

/// Links between documents lead to a file and a heading that exist.
[[nodiscard]] std::vector<Finding> dead_links(const Tree& tree);

/// Every decision is linked from the index of docs/decisions/.
[[nodiscard]] std::vector<Finding> unlisted_decisions(const Tree& tree);

/// Every event kind and every diagnostic code is named by a test or a golden file, but for those
/// of `ratchet` (one a line), which may only shrink.
[[nodiscard]] std::vector<Finding> untested_names(const Tree& tree, std::string_view ratchet);

}  // namespace protoflow::tidy
