// Rules about words: names with a replacement, marks of unfinished work, words of other places.
#include <array>
#include <string>

#include "tests/tidy/rules.hpp"

namespace protoflow::tidy {
namespace {

struct BannedName {
  std::string_view name;
  std::string_view replacement;
  std::string_view where;  // folders, parted by blanks
  std::string_view except = {};
};

constexpr std::string_view kAll = "dsl/ engine/ runtime/ tests/";
constexpr std::string_view kPure = "dsl/ engine/";
constexpr std::string_view kProduct = "dsl/ engine/ runtime/";
constexpr std::string_view kPorts = "runtime/store/ runtime/clock/ runtime/channel/";

// clang-format off
constexpr auto kBannedNames = std::to_array<BannedName>({
    {"system_clock::now", "now() of the Clock that was passed in", kAll, "runtime/clock/ tests/unit/runtime/clock/ tests/bench/"},
    {"steady_clock::now", "an instant passed in by runtime/", kPure},
    {"gettimeofday", "now() of the Clock that was passed in", kAll, "runtime/clock/"},
    {"clock_gettime", "now() of the Clock that was passed in", kAll, "runtime/clock/ tests/bench/"},
    {"localtime", "engine/calendar", kAll},
    {"gmtime", "engine/log/record.hpp, to_text", kAll},
    {"std::endl", "'\\n'", kAll},
    {"printf", "text returned to runtime/", kPure},
    {"fprintf", "text returned to runtime/", kPure},
    {"puts", "text returned to runtime/", kPure},
    {"std::cout", "text returned to runtime/", kPure},
    {"std::cerr", "text returned to runtime/", kPure},
    {"snprintf", "std::to_chars and append", kPure},
    {"sprintf", "std::to_chars and append", kAll},
    {"strcpy", "std::string", kAll},
    {"sleep_for", "a wait on a condition", "tests/", "tests/bench/"},
    {"sleep_until", "a wait on a condition", "tests/", "tests/bench/"},
    {"usleep", "a wait on a condition", kAll},
    {"nanosleep", "a wait on a condition", kAll},
    {"shared_ptr", "a value, or unique_ptr", "dsl/ engine/ tests/", "tests/unit/runtime/ tests/sim/"},
    {"getenv", "a value passed in by runtime/cli", kAll, "runtime/cli/ runtime/main.cpp tests/"},
    {"random_device", "a seed passed in by runtime/", kPure},
    {"rand", "a seeded engine of <random>", kAll},
    {"srand", "a seeded engine of <random>", kAll},
    {"std::regex", "a parser by hand: std::regex recurses on its input", kProduct},
    {"stoi", "std::from_chars", kProduct},
    {"stol", "std::from_chars", kProduct},
    {"stoll", "std::from_chars", kProduct},
    {"stoul", "std::from_chars", kProduct},
    {"stoull", "std::from_chars", kProduct},
    {"stod", "std::from_chars", kProduct},
    {"atoi", "std::from_chars", kProduct},
    {"atol", "std::from_chars", kProduct},
    {"strtol", "std::from_chars", kProduct},
    {"setlocale", "nothing: output does not depend on the locale", kAll},
    {"virtual", "a free function: only EventStore, Clock and Channel are ports", kProduct, kPorts},
    {"catch (...)", "an error returned: only main and worker loops catch all", kPure},
    {"dynamic_cast", "std::variant", kAll},
    {"const_cast", "a value of the right constness", kAll},
    {"goto", "a function that returns early", kAll},
    {"malloc", "a container", kAll},
    {"assert", "a test, or an error returned", kProduct},
});
// clang-format on

void add_places(std::vector<Finding>& findings,
                const SourceFile& file,
                std::string_view name,
                std::string_view message) {
  const std::string_view text = is_cpp(file) && !file.code.empty() ? file.code : file.text;
  for (const std::size_t place : places_of(text, name)) {
    findings.push_back({file.path, line_at(text, place), std::string(message)});
  }
}

struct Word {
  std::string_view word;
  std::string_view advice;
};

// Spelt in two halves, so that this file keeps its own rule.
constexpr auto kUnfinished = std::to_array<Word>({
    {"TO"
     "DO",
     "finish it, or open an issue and say nothing here"},
    {"FIX"
     "ME",
     "fix it, or open an issue and say nothing here"},
    {"X"
     "XX",
     "say what is meant, as a sentence"},
    {"for"
     " now",
     "say what holds, not until when"},
    {"place"
     "holder",
     "write the thing itself"},
});

constexpr auto kForeign = std::to_array<Word>({
    {"/tmp"
     "/w",
     "a path of someone's machine: make it relative or temporary"},
    {"/wo"
     "rk/",
     "a path of someone's machine: make it relative"},
    {"/ro"
     "ot/",
     "a path of someone's machine: make it relative"},
    {"deb."
     "debian.org",
     "a package host: name the package alone"},
    {"A"
     "I",
     "the project speaks of itself alone"},
    {"L"
     "LM",
     "the project speaks of itself alone"},
    {"Cla"
     "ude",
     "the project speaks of itself alone"},
});

template <class Words>
std::vector<Finding> words_in(const Tree& tree, const Words& words) {
  std::vector<Finding> findings;
  for (const SourceFile& file : tree) {
    for (const Word& each : words) {
      for (const std::size_t place : places_of(file.text, each.word)) {
        findings.push_back({file.path,
                            line_at(file.text, place),
                            "\"" + std::string(each.word) + "\": " + std::string(each.advice)});
      }
    }
  }
  return findings;
}

}  // namespace

std::vector<Finding> banned_names(const Tree& tree) {
  std::vector<Finding> findings;
  for (const SourceFile& file : tree) {
    if (!is_cpp(file)) {
      continue;
    }
    for (const BannedName& each : kBannedNames) {
      if (begins_with_one_of(file.path, each.where) &&
          !begins_with_one_of(file.path, each.except)) {
        add_places(
            findings,
            file,
            each.name,
            std::string(each.name) + ": here the house writes " + std::string(each.replacement));
      }
    }
    if (is_header(file)) {
      add_places(findings, file, "using namespace", "using namespace in a header: qualify names");
    }
  }
  return findings;
}

std::vector<Finding> unfinished_marks(const Tree& tree) {
  return words_in(tree, kUnfinished);
}

std::vector<Finding> foreign_words(const Tree& tree) {
  return words_in(tree, kForeign);
}

}  // namespace protoflow::tidy
