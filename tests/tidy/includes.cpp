// Rules about `#include`: which folder may see which, and where a third party may be seen.
#include <algorithm>
#include <array>
#include <optional>
#include <string>

#include "tests/tidy/rules.hpp"

namespace protoflow::tidy {
namespace {

struct Include {
  std::size_t line = 0;
  std::string_view name;
  bool is_ours = false;  // written with quotes
};

std::vector<Include> includes_of(const SourceFile& file) {
  std::vector<Include> includes;
  std::size_t number = 0;
  for (const std::string_view line : lines_of(file.text)) {
    ++number;
    constexpr std::string_view kDirective = "#include ";
    if (!line.starts_with(kDirective) || line.size() < kDirective.size() + 2) {
      continue;
    }
    const char open = line[kDirective.size()];
    const std::string_view rest = line.substr(kDirective.size() + 1);
    const std::size_t end = rest.find(open == '<' ? '>' : '"');
    includes.push_back({.line = number, .name = rest.substr(0, end), .is_ours = open == '"'});
  }
  return includes;
}

struct Direction {
  std::string_view from;
  std::string_view to;  // folders, parted by blanks
};

// The first row whose folder holds the file decides.
constexpr auto kDirections = std::to_array<Direction>({
    {"engine/model/", "engine/model/"},
    {"engine/", "engine/"},
    {"dsl/", "dsl/ engine/model/"},
    {"runtime/", "runtime/ dsl/ engine/"},
    {"tests/", "tests/ runtime/ dsl/ engine/"},
});

struct Part {
  std::string_view headers;  // how their names begin, parted by blanks
  std::string_view places;   // where they may stand: folders, or beginnings of file names
  bool only_in_cpp = true;
};

// Third parties cost three to eight seconds a file; a new row here is a decision (docs/decisions/).
// Of several rows that match, the longest header name decides; tests may see all.
constexpr auto kParts = std::to_array<Part>({
    {"tao/", "dsl/syntax/", false},
    {"boost/msm/ boost/mpl/ boost/fusion/", "engine/lifecycle/", false},
    {"boost/asio boost/beast boost/system/", "runtime/http/ runtime/loop/", false},
    {"boost/pfr", "engine/packed/ engine/migrate/"},
    {"boost/", ""},
    {"nlohmann/",
     "engine/event/ engine/log/ engine/model/canonical dsl/compare/ dsl/diagnostic/ dsl/ide/ "
     "runtime/"},
    {"nlohmann/json_fwd.hpp", "engine/ dsl/ runtime/", false},
    {"openssl/", "engine/log/ engine/model/canonical runtime/"},
    {"sodium", "runtime/"},
    {"sqlite3", "runtime/store/"},
    {"curl/", "runtime/"},
    {"spdlog/", "runtime/"},
    {"graphviz/", "runtime/"},
    {"libical/", "runtime/protocols/holidays runtime/calendar/"},
    {"csv.h", "runtime/people/import"},
    {"toml++/", "runtime/configuration/"},
    {"prometheus/", "runtime/metrics/"},
    {"CLI/", "runtime/cli/"},
    {"date/", "runtime/"},
    {"utf8proc", "dsl/"},
    {"gtest/ gmock/ benchmark/", ""},
    {"sys/types.h", "runtime/", false},
    {"sys/ netinet/ arpa/ fcntl.h unistd.h poll.h signal.h pthread.h termios.h netdb.h dirent.h "
     "spawn.h",
     "runtime/"},
    {"fstream filesystem iostream cstdio ctime csignal random thread", "runtime/", false},
    {"future condition_variable mutex shared_mutex locale", "runtime/", false},
});

const Part* part_of(std::string_view header) {
  const Part* found = nullptr;
  std::size_t longest = 0;
  for (const Part& part : kParts) {
    for (const std::string_view name : words_of(part.headers)) {
      if (header.starts_with(name) && name.size() > longest) {
        found = &part;
        longest = name.size();
      }
    }
  }
  return found;
}

std::optional<std::string> confinement_breach(const SourceFile& file, std::string_view header) {
  const Part* part = part_of(header);
  if (part == nullptr) {
    const bool is_standard = header.find_first_of("./") == std::string_view::npos;
    return is_standard ? std::nullopt
                       : std::optional("<" + std::string(header) +
                                       "> is not in the table of third parties: a new one needs a "
                                       "decision and a row in tests/tidy/includes.cpp");
  }
  if (!begins_with_one_of(file.path, part->places)) {
    return "<" + std::string(header) + "> belongs to " +
           (part->places.empty() ? "tests/ only" : std::string(part->places)) +
           ": put what needs it there, behind a function of ours";
  }
  if (part->only_in_cpp && is_header(file)) {
    return "<" + std::string(header) + "> belongs in a .cpp file: declare functions of ours here";
  }
  return std::nullopt;
}

// The folders that a header of ours confines itself to by showing a third party's; none when empty.
std::string_view private_to(const SourceFile& header) {
  for (const Include& include : includes_of(header)) {
    const bool is_standard = include.name.find_first_of("./") == std::string_view::npos;
    const Part* part = include.is_ours || is_standard ? nullptr : part_of(include.name);
    if (part != nullptr && include.name != "nlohmann/json_fwd.hpp") {
      return part->places;
    }
  }
  return {};
}

}  // namespace

std::vector<Finding> include_direction(const Tree& tree) {
  std::vector<Finding> findings;
  for (const SourceFile& file : tree) {
    const auto* row = std::ranges::find_if(
        kDirections, [&](const Direction& each) { return file.path.starts_with(each.from); });
    if (!is_cpp(file) || row == kDirections.end()) {
      continue;
    }
    for (const Include& include : includes_of(file)) {
      if (!include.is_ours) {
        continue;
      }
      if (!begins_with_one_of(include.name, row->to)) {
        findings.push_back({file.path,
                            include.line,
                            std::string(row->from) + " may include only " + std::string(row->to) +
                                ", not \"" + std::string(include.name) + "\""});
      } else if (std::ranges::find(tree, include.name, &SourceFile::path) == tree.end()) {
        findings.push_back({file.path,
                            include.line,
                            "\"" + std::string(include.name) +
                                "\" does not exist: paths are written from the root"});
      }
    }
  }
  return findings;
}

std::vector<Finding> confined_headers(const Tree& tree) {
  std::vector<Finding> findings;
  for (const SourceFile& file : tree) {
    if (!is_cpp(file) || file.path.starts_with("tests/")) {
      continue;
    }
    for (const Include& include : includes_of(file)) {
      if (include.is_ours) {
        continue;
      }
      if (const auto breach = confinement_breach(file, include.name)) {
        findings.push_back({file.path, include.line, *breach});
      }
    }
  }
  return findings;
}

std::vector<Finding> exposed_headers(const Tree& tree) {
  std::vector<Finding> findings;
  for (const SourceFile& file : tree) {
    if (!is_cpp(file) || file.path.starts_with("tests/")) {
      continue;
    }
    for (const Include& include : includes_of(file)) {
      const auto header = std::ranges::find(tree, include.name, &SourceFile::path);
      const std::string_view folders = header == tree.end() ? "" : private_to(*header);
      if (include.is_ours && !folders.empty() && !begins_with_one_of(file.path, folders)) {
        findings.push_back({file.path,
                            include.line,
                            "\"" + std::string(include.name) +
                                "\" shows a third party and stays private to " +
                                std::string(folders)});
      }
    }
  }
  return findings;
}

}  // namespace protoflow::tidy
