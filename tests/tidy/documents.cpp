// Rules about documents: links that lead somewhere, decisions that can be found.
#include <algorithm>
#include <cctype>
#include <filesystem>
#include <optional>
#include <string>

#include "tests/tidy/rules.hpp"

namespace protoflow::tidy {
namespace {

struct Link {
  std::size_t line = 0;
  std::string_view target;
};

bool is_document(const SourceFile& file) {
  return file.path.ends_with(".md");
}

std::vector<Link> links_of(std::string_view text) {
  std::vector<Link> links;
  bool in_listing = false;
  std::size_t number = 0;
  for (const std::string_view line : lines_of(text)) {
    ++number;
    in_listing = line.starts_with("```") ? !in_listing : in_listing;
    std::size_t at = in_listing ? std::string_view::npos : line.find("](");
    while (at != std::string_view::npos) {
      const std::size_t end = line.find(')', at);
      links.push_back({.line = number, .target = line.substr(at + 2, end - at - 2)});
      at = line.find("](", at + 2);
    }
  }
  return links;
}

// The anchor that a reader's program gives a heading: lower case, blanks to dashes, no punctuation.
std::string anchor_of(std::string_view heading) {
  std::string anchor;
  heading.remove_prefix(std::min(heading.find_first_not_of("# "), heading.size()));
  for (const char character : heading) {
    const auto byte = static_cast<unsigned char>(character);
    if (character == ' ') {
      anchor += '-';
    } else if (std::isalnum(byte) != 0 || byte >= 0x80 || character == '-' || character == '_') {
      anchor += static_cast<char>(std::tolower(byte));
    }
  }
  return anchor;
}

bool has_heading(const SourceFile& file, std::string_view anchor) {
  return std::ranges::any_of(lines_of(file.text), [anchor](std::string_view line) {
    return line.starts_with('#') && anchor_of(line) == anchor;
  });
}

std::optional<std::string> dead_end(const Tree& tree, const SourceFile& from, std::string_view to) {
  const std::size_t hash = std::min(to.find('#'), to.size());
  const std::string_view anchor = to.substr(std::min(hash + 1, to.size()));
  const std::string path =
      hash == 0 ? from.path
                : (std::filesystem::path(from.path).parent_path() / to.substr(0, hash))
                      .lexically_normal()
                      .generic_string();
  const auto file = std::ranges::find_if(tree, [&path](const SourceFile& each) {
    return each.path == path || each.path.starts_with(path.ends_with('/') ? path : path + "/");
  });
  if (file == tree.end()) {
    return "the link leads to " + path + ", which is not there";
  }
  if (file->path == path && !anchor.empty() && !has_heading(*file, anchor)) {
    return path + " has no heading #" + std::string(anchor);
  }
  return std::nullopt;
}

}  // namespace

std::vector<Finding> dead_links(const Tree& tree) {
  std::vector<Finding> findings;
  for (const SourceFile& file : tree) {
    if (!is_document(file)) {
      continue;
    }
    for (const Link& link : links_of(file.text)) {
      if (begins_with_one_of(link.target, "http:// https:// mailto:")) {
        continue;
      }
      if (const auto reason = dead_end(tree, file, link.target)) {
        findings.push_back({file.path, link.line, *reason});
      }
    }
  }
  return findings;
}

std::vector<Finding> unlisted_decisions(const Tree& tree) {
  constexpr std::string_view kFolder = "docs/decisions/";
  constexpr std::string_view kIndex = "docs/decisions/README.md";
  std::vector<Finding> findings;
  const auto index = std::ranges::find(tree, kIndex, &SourceFile::path);
  for (const SourceFile& file : tree) {
    if (!file.path.starts_with(kFolder) || file.path == kIndex) {
      continue;
    }
    const std::string link = "](" + file.path.substr(kFolder.size()) + ")";
    if (index == tree.end() || index->text.find(link) == std::string::npos) {
      findings.push_back(
          {file.path, 1, "not linked from " + std::string(kIndex) + ": add it to the table"});
    }
  }
  return findings;
}

}  // namespace protoflow::tidy
