// The manuals can never be wrong: what they say to write is checked, what they say to type is
// typed, and what they show is what the program says. PROTOFLOW_UPDATE=1 writes what was found.
#include "tests/golden/manual.hpp"

#include <cstdlib>
#include <fstream>
#include <ostream>
#include <set>
#include <sstream>

#include <gtest/gtest.h>

#include "dsl/syntax/lexicon.hpp"
#include "dsl/syntax/places.hpp"
#include "tests/golden/stage.hpp"
#include "tests/support/places.hpp"

namespace protoflow::golden {
namespace {

const std::filesystem::path kFolder = in_sources("/docs");

std::string text_of(const std::string& manual) {
  std::ifstream stream(kFolder / manual, std::ios::binary);
  std::stringstream text;
  text << stream.rdbuf();
  return text.str();
}

std::string play(Stage& stage, const std::string& command, const std::string& input = {}) {
  return stage.play({.comment = {}, .command = command, .input = input});
}

// As on a terminal: both outputs alike, no exit code.
std::string seen(std::string_view said) {
  std::string lines;
  while (!said.empty()) {
    const auto end = std::min(said.find('\n'), said.size() - 1) + 1;
    auto line = said.substr(0, end);
    said.remove_prefix(end);
    if (said.empty() && line.starts_with("exit ")) {
      break;
    }
    line.remove_prefix(line.starts_with("! ") ? 2 : line == "!\n" ? 1 : 0);
    lines += line;
  }
  return lines;
}

// Someone whose system speaks that language.
class Reader {
 public:
  explicit Reader(bool french) : settings_(french ? "LANG=fr_FR.UTF-8 " : "") {}

  /// The listing's lines as they should be.
  std::string follow(const Listing& listing) {
    if (listing.kind == "console") {
      return type(listing.text);
    }
    if (listing.kind == "proto-flow" || !listing.name.empty()) {
      write(listing);
    }
    return listing.text;
  }

  /// What is wrong with the files that were written; a shared file has no examples.
  std::string troubles() {
    std::string found;
    for (const auto& name : files_) {
      if (!name.ends_with(".proto-flow")) {
        continue;
      }
      const auto text = play(stage_, "show " + name);
      found += trouble("protoflow check --json " + name, "\"diagnostics\": []");
      const bool shared = ("\n" + text).find("\nprotocol") == text.npos;
      const bool told = ("\n" + text).find("\nexemple ") != text.npos ||
                        ("\n" + text).find("\nexample ") != text.npos;
      found += shared || !told ? "" : trouble("protoflow test " + name, "exit 0");
      found += trouble("protoflow fmt --check " + name, "exit 0");
    }
    return found;
  }

 private:
  void write(const Listing& listing) {
    const auto name = listing.name.empty()
                          ? "listing-" + std::to_string(files_.size()) + ".proto-flow"
                          : listing.name;
    const bool there = !files_.insert(name).second;
    const auto before = there ? play(stage_, "show " + name) : std::string();
    play(stage_,
         "file " + name,
         listing.kind == "proto-flow" ? revised(before, listing.text) : listing.text);
  }

  std::string type(const std::string& console) {
    std::string text;
    std::stringstream lines(console);
    std::string command;
    std::string shown;
    const auto answer = [&] {
      const auto found = seen(play(stage_, played_as(command)));
      text += command.empty() ? "" : "$ " + command + "\n" + (shows(shown, found) ? shown : found);
      shown.clear();
    };
    for (std::string line; std::getline(lines, line);) {
      if (line.starts_with("$ ")) {
        if (!command.empty()) {
          answer();
        }
        command = line.substr(2);
      } else {
        shown += line + "\n";
      }
    }
    answer();
    return text;
  }

  // The one command that does not come back goes on beside the others, at a free port.
  [[nodiscard]] std::string played_as(const std::string& command) const {
    const std::string serve = "protoflow serve --data data ";
    const bool serves = command.starts_with(serve);
    return serves ? "start " + command.substr(serve.size())
                  : (command.starts_with("protoflow") ? settings_ : "") + command;
  }

  std::string trouble(const std::string& command, std::string_view wanted) {
    const auto said = play(stage_, command);
    return said.find(wanted) == said.npos ? "$ " + command + "\n" + said : "";
  }

  std::string settings_;
  Stage stage_;
  std::set<std::string> files_;
};

class Manual : public ::testing::TestWithParam<const char*> {};

TEST_P(Manual, ShowsWhatTheProgramSays) {
  const auto manual = text_of(GetParam());
  Reader reader(std::string_view(GetParam()).ends_with(".fr.md"));
  std::string found;
  std::size_t end = 0;
  for (const auto& listing : listings_of(manual)) {
    found += manual.substr(end, listing.begin - end) + reader.follow(listing);
    end = listing.end;
  }
  found += manual.substr(end);

  if (std::getenv("PROTOFLOW_UPDATE") != nullptr) {
    std::ofstream(kFolder / GetParam(), std::ios::binary) << found;
  }
  EXPECT_EQ(found, manual) << "set PROTOFLOW_UPDATE=1 to accept what was found";
  EXPECT_EQ(reader.troubles(), "");
}

INSTANTIATE_TEST_SUITE_P(Files,
                         Manual,
                         ::testing::Values("language.md", "for-authors.fr.md"),
                         [](const auto& instance) {
                           const std::string name = instance.param;
                           return std::string(name.starts_with("for") ? "French" : "English");
                         });

// As code begins: `step NAME "…"`.
bool names(const std::string& manual, std::string_view spelling) {
  const auto word = "`" + std::string(spelling);
  for (auto at = manual.find(word); at != manual.npos; at = manual.find(word, at + 1)) {
    const char after = manual[at + word.size()];
    if (after == '`' || after == ' ') {
      return true;
    }
  }
  return false;
}

// As a line of a listing begins.
bool shows_line(const std::string& listings, std::string_view spelling) {
  for (const auto* const before : {"\n", "\n  "}) {
    for (const auto* const after : {" ", "\n"}) {
      if (listings.find(before + std::string(spelling) + after) != listings.npos) {
        return true;
      }
    }
  }
  return false;
}

TEST(ManualOfTheLanguage, ExplainsAndShowsEveryLineInEveryLanguage) {
  const auto manual = text_of("language.md");
  std::string listings;
  for (const auto& listing : listings_of(manual)) {
    listings += listing.kind == "proto-flow" ? "\n" + listing.text : "";
  }
  for (const auto& lexicon : dsl::languages()) {
    for (const auto declaration : dsl::declarations()) {
      const auto clauses = dsl::clauses_of(declaration);
      std::vector<dsl::Keyword> words(clauses.begin(), clauses.end());
      words.push_back(declaration);
      for (const auto word : words) {
        const auto spelling = lexicon.canonical(word);
        EXPECT_TRUE(names(manual, spelling)) << spelling << " is in no table";
        EXPECT_TRUE(shows_line(listings, spelling)) << spelling << " is in no example";
      }
    }
  }
}

TEST(ManualOfTheLanguage, HoldsEveryWordInEveryLanguage) {
  const auto manual = text_of("language.md");
  for (const auto& lexicon : dsl::languages()) {
    for (std::size_t i = 0; i < dsl::kKeywordCount; ++i) {
      const auto spelling = lexicon.canonical(static_cast<dsl::Keyword>(i));
      EXPECT_NE(manual.find(spelling), manual.npos) << spelling;
    }
  }
}

}  // namespace
}  // namespace protoflow::golden
