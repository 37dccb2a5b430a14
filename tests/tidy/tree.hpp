// The source tree as the house rules see it: every text file of the project, and beside the text of
// a C++ file its code alone. Reads files; judges nothing.
#pragma once

#include <cstddef>
#include <filesystem>
#include <string>
#include <string_view>
#include <vector>

namespace protoflow::tidy {

struct SourceFile {
  std::string path;  // from the root, with slashes
  std::string text;
  std::string
      code;  // C++ only: `text` with comments and literals blanked, so positions are the same
};

using Tree = std::vector<SourceFile>;  // in the order of paths

struct Finding {
  std::string path;
  std::size_t line = 0;  // 1-based
  std::string message;   // what is wrong and what to write instead
};

/// Every text file under `root` that belongs to the project: no build folder, no git folder.
[[nodiscard]] Tree read_tree(const std::filesystem::path& root);

/// A file as read_tree would give it.
[[nodiscard]] SourceFile make_file(std::string path, std::string text);

/// `text` with each character of a comment or a literal replaced by a blank; line ends stay.
[[nodiscard]] std::string code_only(std::string_view text);

[[nodiscard]] std::vector<std::string_view> lines_of(std::string_view text);

/// The words of a list parted by blanks.
[[nodiscard]] std::vector<std::string_view> words_of(std::string_view list);

/// Whether `path` begins with one of the words of `prefixes`.
[[nodiscard]] bool begins_with_one_of(std::string_view path, std::string_view prefixes);

[[nodiscard]] std::size_t line_at(std::string_view text, std::size_t position);

/// Positions where `name` stands as a whole word.
[[nodiscard]] std::vector<std::size_t> places_of(std::string_view text, std::string_view name);

[[nodiscard]] bool is_cpp(const SourceFile& file);

[[nodiscard]] bool is_header(const SourceFile& file);

/// One line a finding, `path:line: message`; empty when there is none.
[[nodiscard]] std::string to_text(const std::vector<Finding>& findings);

}  // namespace protoflow::tidy
