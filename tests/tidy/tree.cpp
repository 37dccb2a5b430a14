#include "tests/tidy/tree.hpp"

#include <algorithm>
#include <array>
#include <cctype>
#include <fstream>
#include <iterator>

namespace protoflow::tidy {
namespace {

constexpr std::array<std::string_view, 8> kFolders = {
    ".ci", "docs", "dsl", "engine", "protocols", "runtime", "tests", "web"};
constexpr std::size_t kTextBytesMax = 1'000'000;

bool is_word_character(char character) {
  return std::isalnum(static_cast<unsigned char>(character)) != 0 || character == '_';
}

std::size_t after(std::string_view text, std::string_view mark, std::size_t from) {
  const std::size_t found = text.find(mark, from);
  return found == std::string_view::npos ? text.size() : found + mark.size();
}

std::size_t end_of_line(std::string_view text, std::size_t from) {
  return std::min(text.find('\n', from), text.size());
}

std::size_t end_of_quoted(std::string_view text, std::size_t start) {
  for (std::size_t at = start + 1; at < text.size() && text[at] != '\n'; ++at) {
    if (text[at] == '\\') {
      ++at;
    } else if (text[at] == text[start]) {
      return at + 1;
    }
  }
  return end_of_line(text, start);
}

std::size_t end_of_raw(std::string_view text, std::size_t start) {
  const std::size_t open = text.find('(', start);
  if (open == std::string_view::npos) {
    return text.size();
  }
  const std::string close = ")" + std::string(text.substr(start + 2, open - start - 2)) + "\"";
  return after(text, close, open);
}

// Where the comment or literal that begins at `at` ends; `at` itself when none begins there.
std::size_t end_of_blank(std::string_view text, std::size_t at) {
  const std::string_view rest = text.substr(at);
  const bool inside_word = at > 0 && is_word_character(text[at - 1]);
  if (rest.starts_with("//")) {
    return end_of_line(text, at);
  }
  if (rest.starts_with("/*")) {
    return after(text, "*/", at + 2);
  }
  if (rest.starts_with("R\"") && !inside_word) {
    return end_of_raw(text, at);
  }
  // A quote inside a word parts the digits of a number.
  if (rest.starts_with('"') || (rest.starts_with('\'') && !inside_word)) {
    return end_of_quoted(text, at);
  }
  return at;
}

bool is_text(std::string_view text) {
  return text.size() <= kTextBytesMax && text.find('\0') == std::string_view::npos;
}

void add_file(Tree& tree, const std::filesystem::path& root, const std::filesystem::path& file) {
  std::ifstream stream(file, std::ios::binary);
  std::string text((std::istreambuf_iterator<char>(stream)), std::istreambuf_iterator<char>());
  if (is_text(text)) {
    tree.push_back(make_file(file.lexically_relative(root).generic_string(), std::move(text)));
  }
}

}  // namespace

constexpr std::string_view kOfOthers = "node_modules";  // installed, and no part of the house

Tree read_tree(const std::filesystem::path& root) {
  Tree tree;
  for (const auto& entry : std::filesystem::directory_iterator(root)) {
    if (entry.is_regular_file() && entry.path().filename() != ".git") {
      add_file(tree, root, entry.path());
    }
  }
  for (const std::string_view folder : kFolders) {
    if (!std::filesystem::is_directory(root / folder)) {
      continue;
    }
    std::filesystem::recursive_directory_iterator at(root / folder);
    for (; at != std::filesystem::end(at); ++at) {
      if (at->path().filename() == kOfOthers) {
        at.disable_recursion_pending();
      } else if (at->is_regular_file()) {
        add_file(tree, root, at->path());
      }
    }
  }
  std::ranges::sort(tree, {}, &SourceFile::path);
  return tree;
}

SourceFile make_file(std::string path, std::string text) {
  SourceFile file{.path = std::move(path), .text = std::move(text), .code = {}};
  if (is_cpp(file)) {
    file.code = code_only(file.text);
  }
  return file;
}

std::string code_only(std::string_view text) {
  std::string code(text);
  std::size_t at = 0;
  while (at < text.size()) {
    const std::size_t end = end_of_blank(text, at);
    for (std::size_t blank = at; blank < end; ++blank) {
      if (code[blank] != '\n') {
        code[blank] = ' ';
      }
    }
    at = std::max(end, at + 1);
  }
  return code;
}

std::vector<std::string_view> lines_of(std::string_view text) {
  std::vector<std::string_view> lines;
  std::size_t at = 0;
  while (at < text.size()) {
    const std::size_t end = end_of_line(text, at);
    lines.push_back(text.substr(at, end - at));
    at = end + 1;
  }
  return lines;
}

std::vector<std::string_view> words_of(std::string_view list) {
  std::vector<std::string_view> words;
  while (!list.empty()) {
    const std::size_t end = std::min(list.find(' '), list.size());
    words.push_back(list.substr(0, end));
    list.remove_prefix(std::min(end + 1, list.size()));
  }
  return words;
}

bool begins_with_one_of(std::string_view path, std::string_view prefixes) {
  return std::ranges::any_of(words_of(prefixes),
                             [path](std::string_view prefix) { return path.starts_with(prefix); });
}

std::size_t line_at(std::string_view text, std::size_t position) {
  const std::string_view before = text.substr(0, position);
  return 1 + static_cast<std::size_t>(std::ranges::count(before, '\n'));
}

std::vector<std::size_t> places_of(std::string_view text, std::string_view name) {
  std::vector<std::size_t> places;
  for (std::size_t at = text.find(name); at != std::string_view::npos;
       at = text.find(name, at + 1)) {
    const std::size_t end = at + name.size();
    const bool begins =
        !is_word_character(name.front()) || at == 0 || !is_word_character(text[at - 1]);
    const bool ends =
        !is_word_character(name.back()) || end == text.size() || !is_word_character(text[end]);
    if (begins && ends) {
      places.push_back(at);
    }
  }
  return places;
}

bool is_cpp(const SourceFile& file) {
  return file.path.ends_with(".cpp") || is_header(file);
}

bool is_header(const SourceFile& file) {
  return file.path.ends_with(".hpp");
}

std::string to_text(const std::vector<Finding>& findings) {
  std::string text;
  for (const Finding& finding : findings) {
    text += finding.path + ":" + std::to_string(finding.line) + ": " + finding.message + "\n";
  }
  return text;
}

}  // namespace protoflow::tidy
