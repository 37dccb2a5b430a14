// Rules about length, for which a counter of braces is enough.
#include <algorithm>
#include <array>
#include <string>

#include "tests/tidy/rules.hpp"

namespace protoflow::tidy {
namespace {

constexpr std::size_t kFunctionLinesMax = 60;
constexpr std::size_t kFileLinesMax = 500;

enum class Brace { scope, function, other };

struct Open {
  Brace kind = Brace::other;
  std::size_t first_line = 0;
};

// What stands before the brace tells what it opens.
Brace kind_of(std::string_view head) {
  const auto opened = std::ranges::count(head, '(') - std::ranges::count(head, ')');
  const std::size_t parenthesis = head.find('(');
  const std::size_t equals = head.find(" = ");
  if (opened > 0 || (equals != std::string_view::npos && equals < parenthesis)) {
    return Brace::other;
  }
  constexpr auto kTypeWords =
      std::to_array<std::string_view>({"namespace", "struct", "class", "union", "extern"});
  const bool is_type = std::ranges::any_of(kTypeWords, [head](std::string_view word) {
    return head.starts_with(word) || head.find(" " + std::string(word) + " ") != head.npos;
  });
  if (parenthesis != std::string_view::npos && !head.starts_with("struct")) {
    return Brace::function;
  }
  return is_type ? Brace::scope : Brace::other;
}

// Directives hold braces of their own accord, so their lines are emptied.
std::string without_directives(std::string_view code) {
  std::string text(code);
  bool in_directive = false;
  for (std::size_t at = 0; at < text.size(); ++at) {
    const bool begins_line = at == 0 || code[at - 1] == '\n';
    const bool continues = begins_line && at > 1 && code[at - 2] == '\\';
    if (begins_line && !(in_directive && continues)) {
      in_directive = text[at] == '#';
    }
    if (in_directive && text[at] != '\n') {
      text[at] = ' ';
    }
  }
  return text;
}

class FunctionLengths final {
 public:
  explicit FunctionLengths(const SourceFile& file)
      : path_(file.path), code_(without_directives(file.code)) {}

  std::vector<Finding> find() {
    for (std::size_t at = 0; at < code_.size(); ++at) {
      line_ += code_[at] == '\n' ? 1 : 0;
      if (code_[at] == '{') {
        open_brace(at);
      } else if (code_[at] == '}') {
        close_brace();
      }
      if (code_[at] == '{' || code_[at] == '}' || code_[at] == ';') {
        head_start_ = at + 1;
      }
    }
    return std::move(findings_);
  }

 private:
  void open_brace(std::size_t at) {
    const std::size_t start = code_.find_first_not_of(" \n", head_start_);
    const std::string_view head = std::string_view(code_).substr(start, at - start);
    const bool at_scope =
        std::ranges::all_of(open_, [](const Open& each) { return each.kind == Brace::scope; });
    open_.push_back(
        {.kind = at_scope ? kind_of(head) : Brace::other, .first_line = line_at(code_, start)});
  }

  void close_brace() {
    if (open_.empty()) {
      return;
    }
    const Open closed = open_.back();
    open_.pop_back();
    const std::size_t length = line_ - closed.first_line + 1;
    if (closed.kind == Brace::function && length > kFunctionLinesMax) {
      findings_.push_back({path_,
                           closed.first_line,
                           "a function of " + std::to_string(length) + " lines: at most " +
                               std::to_string(kFunctionLinesMax) + ", name its parts"});
    }
  }

  std::string path_;
  std::string code_;
  std::vector<Open> open_;
  std::vector<Finding> findings_;
  std::size_t line_ = 1;
  std::size_t head_start_ = 0;
};

}  // namespace

std::vector<Finding> long_functions(const Tree& tree) {
  std::vector<Finding> findings;
  for (const SourceFile& file : tree) {
    if (is_cpp(file)) {
      std::ranges::move(FunctionLengths(file).find(), std::back_inserter(findings));
    }
  }
  return findings;
}

std::vector<Finding> long_files(const Tree& tree) {
  std::vector<Finding> findings;
  for (const SourceFile& file : tree) {
    const bool is_code = is_cpp(file) || file.path.ends_with(".def") || file.path == "dev" ||
                         file.path.ends_with("CMakeLists.txt") || file.path.ends_with(".ts") ||
                         file.path.ends_with(".tsx");
    const std::size_t length = is_code ? lines_of(file.text).size() : 0;
    if (length > kFileLinesMax) {
      findings.push_back({file.path,
                          length,
                          "a file of " + std::to_string(length) + " lines: at most " +
                              std::to_string(kFileLinesMax) + ", one idea a file"});
    }
  }
  return findings;
}

}  // namespace protoflow::tidy
