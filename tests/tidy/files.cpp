// Rules about files: how headers open, where tests and namespaces stand, what files are called.
#include <algorithm>
#include <array>
#include <string>

#include "tests/tidy/rules.hpp"

namespace protoflow::tidy {
namespace {

constexpr std::size_t kOpeningLinesMax = 6;

bool is_ours(const SourceFile& file) {
  return is_cpp(file) && begins_with_one_of(file.path, "dsl/ engine/ runtime/ tests/");
}

std::string_view folder_of(std::string_view path) {
  const std::size_t slash = path.rfind('/');
  return slash == std::string_view::npos ? std::string_view() : path.substr(0, slash + 1);
}

std::string_view file_name_of(std::string_view path) {
  return path.substr(path.rfind('/') + 1);
}

// The first paragraph of comment at the head of a file; a format specified there may follow it.
std::size_t opening_lines(std::string_view text) {
  std::size_t count = 0;
  for (const std::string_view line : lines_of(text)) {
    if (!line.starts_with("// ")) {
      break;
    }
    ++count;
  }
  return count;
}

std::string_view expected_namespace(std::string_view path) {
  if (path.starts_with("engine/model/")) {
    return "namespace protoflow::model";
  }
  if (path.starts_with("engine/")) {
    return "namespace protoflow::engine";
  }
  if (path.starts_with("dsl/")) {
    return "namespace protoflow::dsl";
  }
  return path.starts_with("runtime/") ? "namespace protoflow::runtime" : "";
}

// Support code of tests is a header and its source; anything else is a test.
bool is_test_or_its_support(const Tree& tree, const SourceFile& file) {
  const std::string header = file.path.substr(0, file.path.rfind('.')) + ".hpp";
  return file.path.ends_with("_test.cpp") ||
         std::ranges::find(tree, header, &SourceFile::path) != tree.end();
}

}  // namespace

std::vector<Finding> header_openings(const Tree& tree) {
  std::vector<Finding> findings;
  for (const SourceFile& file : tree) {
    if (!is_header(file) || !is_ours(file)) {
      continue;
    }
    const std::size_t opening = opening_lines(file.text);
    if (opening == 0 || opening > kOpeningLinesMax) {
      findings.push_back({file.path,
                          1,
                          "a header opens with one to six lines: what it is for, what it does "
                          "not do (this one has " +
                              std::to_string(opening) + ")"});
    }
    if (places_of(file.code, "#pragma once").empty()) {
      findings.push_back({file.path, 1, "a header is guarded by #pragma once"});
    }
  }
  return findings;
}

std::vector<Finding> dead_headers(const Tree& tree) {
  std::vector<Finding> findings;
  for (const SourceFile& header : tree) {
    if (!is_header(header) || !is_ours(header)) {
      continue;
    }
    const std::string line = "#include \"" + header.path + "\"";
    const bool is_included = std::ranges::any_of(tree, [&](const SourceFile& file) {
      return is_cpp(file) && file.text.find(line) != std::string::npos;
    });
    if (!is_included) {
      findings.push_back({header.path, 1, "no file includes this header: use it or remove it"});
    }
  }
  return findings;
}

std::vector<Finding> namespaces(const Tree& tree) {
  std::vector<Finding> findings;
  for (const SourceFile& file : tree) {
    const std::string_view expected = is_cpp(file) ? expected_namespace(file.path) : "";
    const bool has_namespace = !places_of(file.code, "namespace").empty();
    if (!expected.empty() && has_namespace && file.code.find(expected) == std::string::npos) {
      findings.push_back({file.path, 1, "code of this folder stands in " + std::string(expected)});
    }
  }
  return findings;
}

std::vector<Finding> file_names(const Tree& tree) {
  constexpr auto kVague = std::to_array<std::string_view>(
      {"util", "utils", "helper", "helpers", "manager", "handler", "misc", "common", "info"});
  constexpr std::string_view kUnit = "tests/unit/";
  std::vector<Finding> findings;
  for (const SourceFile& file : tree) {
    if (!is_ours(file)) {
      continue;
    }
    std::string_view name = file_name_of(file.path);
    name = name.substr(0, name.find('.'));
    for (const std::string_view vague : kVague) {
      if (name == vague || name.ends_with("_" + std::string(vague))) {
        findings.push_back(
            {file.path, 1, "a file is named by its idea, not " + std::string(vague)});
      }
    }
    if (!file.path.starts_with(kUnit)) {
      continue;
    }
    const std::string_view tested = folder_of(std::string_view(file.path).substr(kUnit.size()));
    const auto exists = [&](const SourceFile& each) { return each.path.starts_with(tested); };
    if (std::ranges::none_of(tree, exists) || !is_test_or_its_support(tree, file)) {
      findings.push_back({file.path, 1, "unit tests mirror the tree: <folder>/<idea>_test.cpp"});
    }
  }
  return findings;
}

}  // namespace protoflow::tidy
