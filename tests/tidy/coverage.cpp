// The rule that lists hold: what engine/event/kinds.def and dsl/diagnostic/*.def name, a test
// names.
#include <algorithm>
#include <string>

#include "tests/tidy/rules.hpp"

namespace protoflow::tidy {
namespace {

struct Listed {
  std::string path;
  std::size_t line = 0;
  std::string_view name;
  std::string_view code;  // what people see of it ("PF101"), which names it as well; may be empty
};

bool is_list(const SourceFile& file) {
  return file.path == "engine/event/kinds.def" ||
         (file.path.starts_with("dsl/diagnostic/") && file.path.ends_with(".def"));
}

std::string_view quoted_in(std::string_view line) {
  const std::size_t open = line.find('"');
  const std::size_t end = line.find('"', std::min(open, line.size() - 1) + 1);
  return end == std::string_view::npos ? "" : line.substr(open + 1, end - open - 1);
}

// A row is PF_SOMETHING(name, ...) or PF_SOMETHING(name, "code", ...) at the beginning of a line.
std::vector<Listed> listed_names(const Tree& tree) {
  std::vector<Listed> names;
  for (const SourceFile& file : tree) {
    std::size_t number = 0;
    for (const std::string_view line : lines_of(is_list(file) ? file.text : std::string_view())) {
      ++number;
      const std::size_t open = line.find('(');
      const std::size_t end = line.find_first_of(",)");
      if (line.starts_with("PF_") && end != std::string_view::npos && open < end) {
        const std::string_view name = line.substr(open + 1, end - open - 1);
        names.push_back({file.path, number, name, quoted_in(line)});
      }
    }
  }
  return names;
}

bool is_tested(const Tree& tree, const Listed& each) {
  return std::ranges::any_of(tree, [&each](const SourceFile& file) {
    return file.path.starts_with("tests/") && !file.path.starts_with("tests/tidy/") &&
           (!places_of(file.text, each.name).empty() ||
            (!each.code.empty() && !places_of(file.text, each.code).empty()));
  });
}

}  // namespace

std::vector<Finding> untested_names(const Tree& tree, std::string_view ratchet) {
  std::vector<Finding> findings;
  std::vector<std::string_view> allowed = lines_of(ratchet);
  std::erase_if(allowed, [](std::string_view line) { return line.empty() || line[0] == '#'; });
  for (const Listed& each : listed_names(tree)) {
    const bool is_allowed = std::erase(allowed, each.name) > 0;
    const bool tested = is_tested(tree, each);
    const std::string name(each.name);
    if (!tested && !is_allowed) {
      findings.push_back(
          {each.path, each.line, name + " is named by no test and no golden file: write one"});
    } else if (tested && is_allowed) {
      findings.push_back(
          {each.path, each.line, name + " is tested now: remove it from tests/tidy/untested.txt"});
    }
  }
  for (const std::string_view name : allowed) {
    findings.push_back({"tests/tidy/untested.txt", 1, std::string(name) + " is in no list"});
  }
  return findings;
}

}  // namespace protoflow::tidy
