// A broken line costs only itself: each line of the shipped protocols is spoilt in turn, and
// nothing is said but what is wrong with it.
#include <algorithm>
#include <array>
#include <string>
#include <vector>

#include <gtest/gtest.h>

#include "dsl/compile.hpp"
#include "tests/support/places.hpp"
#include "tests/unit/dsl/golden_shelf.hpp"

namespace protoflow::dsl {
namespace {

struct Line {
  std::size_t begin, end;
};

// Lines that stand alone: one that goes on after a comma is not taken apart.
std::vector<Line> lines_with_words(const std::string& text) {
  std::vector<Line> lines;
  bool goes_on = false;
  for (std::size_t at = 0; at < text.size();) {
    const std::size_t end = std::min(text.find('\n', at), text.size());
    const std::size_t begin = text.find_first_not_of(" \t", at);
    const bool went_on = goes_on;
    goes_on = end > 0 && text[end - 1] == ',';
    if (begin < end && text[begin] != '#' && !went_on && !goes_on) {
      lines.push_back({begin, end});
    }
    at = end + 1;
  }
  return lines;
}

// A first word that no word is near to.
std::string with_unknown_word(const std::string& text, Line line) {
  return text.substr(0, line.begin) + "zqxj " + text.substr(line.begin);
}

std::string with_words_after(const std::string& text, Line line) {
  return text.substr(0, line.end) + " zqxj" + text.substr(line.end);
}

// What the shipped protocols use.
Shelf shipped(const std::string& own) {
  const auto text = [](std::string_view path) -> std::expected<std::string, ReadFault> {
    return read_golden(in_sources("/protocols/").append(path));
  };
  return {.own = own, .text = text, .closed_days = {}};
}

TEST(OneMessage, ForEachLineThatCannotBeRead) {
  for (const std::string name : {"madame-s", "first-steps"}) {
    const std::string sound = read_golden(in_sources("/protocols/") + name + ".proto-flow");
    const Shelf shelf = shipped(name + ".proto-flow");
    std::size_t said = 0;
    for (const Line line : lines_with_words(sound)) {
      for (const auto spoil : {with_unknown_word, with_words_after}) {
        const std::string text = spoil(sound, line);
        const Compiled compiled = compile(text, shelf);
        said += compiled.diagnostics.size();
        // None where the words fell into a comment or a text.
        EXPECT_LE(compiled.diagnostics.size(), 1U) << render_text(compiled, text, name, false);
      }
    }
    EXPECT_GT(said, lines_with_words(sound).size());
  }
}

TEST(OneMessage, ForEachNameThatIsMisspelt) {
  const std::string sound = read_golden(in_sources("/protocols/first-steps.proto-flow"));
  for (const std::string name : {"adviser", "coordinator", "welcome"}) {
    const std::size_t declared = sound.find(" " + name + " \"") + 1;
    for (std::size_t at = sound.find(name); at != sound.npos; at = sound.find(name, at + 1)) {
      if (at == declared || (at > 0 && sound[at - 1] != ' ')) {
        continue;
      }
      std::string text = sound;
      text.insert(at + name.size(), "x");
      const Compiled compiled = compile(text);
      EXPECT_LE(compiled.diagnostics.size(), 1U) << render_text(compiled, text, name, false);
    }
  }
}

// What is wrong elsewhere is said in the same run.
TEST(OneMessage, DoesNotKeepTheOthersFromBeingSaid) {
  const std::string text =
      "protocole essai \"Essai\"\n  coordonné par référente\npartenaire mission \"Mission\"\n"
      "partenaire atelier \"Atelier\"\nrôle référente \"Référente\"\n  tenu par misson\n"
      "étape accueil \"Accueil\"\n  responsable référente\nfin terminé \"Terminé\"\n  quand "
      "acceuil\n";
  const Compiled compiled = compile(text);

  std::vector<std::string_view> codes;
  for (const Diagnostic& told : compiled.diagnostics) {
    codes.push_back(entry(told.code).code);
  }
  EXPECT_EQ(codes,
            (std::vector<std::string_view>{
                "PF701", "PF702", "PF703", "PF705", "PF201", "PF707", "PF201"}))
      << render_text(compiled, text, "essai", false);
}

}  // namespace
}  // namespace protoflow::dsl
