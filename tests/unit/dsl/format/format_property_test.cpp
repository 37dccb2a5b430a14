// What holds for every text, whatever its layout and whatever was done to it. A failure prints its
// seed; PROTOFLOW_SEED=n runs that one alone.
#include <algorithm>
#include <chrono>
#include <cstdlib>
#include <random>

#include <gtest/gtest.h>

#include "dsl/compile.hpp"
#include "dsl/format/format.hpp"
#include "dsl/syntax/parse.hpp"
#include "dsl/syntax/scan.hpp"
#include "engine/model/canonical.hpp"
#include "tests/unit/dsl/syntax/other_languages.hpp"
#include "tests/unit/dsl/syntax/whole_language.hpp"

namespace protoflow::dsl {
namespace {

constexpr int kRounds = 150;

class Dice {
 public:
  explicit Dice(std::uint64_t seed) : random_(seed) {}

  std::size_t below(std::size_t count) { return random_() % count; }

  bool once_in(std::size_t count) { return below(count) == 0; }

  template <class Choices>
  auto one_of(const Choices& choices) {
    return std::data(choices)[below(std::size(choices))];
  }

 private:
  std::mt19937_64 random_;
};

template <class Run>
void for_each_seed(Run run) {
  const char* wanted = std::getenv("PROTOFLOW_SEED");
  const std::uint64_t first = wanted != nullptr ? std::stoull(wanted) : std::random_device{}();
  for (std::uint64_t seed = first; seed < first + (wanted != nullptr ? 1 : kRounds); ++seed) {
    SCOPED_TRACE("PROTOFLOW_SEED=" + std::to_string(seed));
    Dice dice(seed);
    run(dice);
    if (::testing::Test::HasFailure()) {
      return;
    }
  }
}

std::string inside(const std::string& text, const Node& node) {
  return text.substr(node.begin, node.end - node.begin);
}

// Kinds and words of the tree, names and texts.
std::string shape_of(const std::string& text) {
  const Parsed parsed = parse(text, all_languages());
  std::string shape(parsed.words->table().tag);
  for (const Node& node : parsed.tree.nodes) {
    shape += std::to_string(static_cast<int>(node.kind)) + " " +
             std::to_string(static_cast<int>(node.word)) + " " + std::to_string(node.size);
    const bool beneficiary = node.kind == NodeKind::name &&
                             parsed.words->longest(text, node.begin).has(Keyword::beneficiary);
    if (is_leaf(node.kind) && node.kind != NodeKind::keyword && !beneficiary) {
      shape += " " + unquoted(inside(text, node));
    }
    shape += "\n";
  }
  return shape;
}

std::vector<std::string> comments_of(const std::string& text) {
  const Parsed parsed = parse(text, all_languages());
  std::vector<std::string> comments;
  std::size_t at = 0;
  const auto see_gap = [&](std::size_t end) {
    for (std::size_t found = text.find('#', at); found < end; found = text.find('#', found)) {
      const std::size_t line_end = std::min({text.find_first_of("\r\n", found), end, text.size()});
      comments.push_back(text.substr(found, line_end - found));
      while (comments.back().ends_with(' ')) {
        comments.back().pop_back();
      }
      found = line_end;
    }
  };
  for (const Node& node : parsed.tree.nodes) {
    if (is_leaf(node.kind)) {
      see_gap(node.begin);
      at = node.end;
    }
  }
  see_gap(text.size());
  return comments;
}

std::string blanks(Dice& dice) {
  constexpr std::string_view kBlanks[] = {" ", "  ", "\t", "\u00A0", " \u202F ", "\uFEFF "};
  return std::string(dice.one_of(kBlanks));
}

// The end of a line and perhaps more lines, with comments if they are wanted.
std::string line_break(Dice& dice, bool comments) {
  std::string result;
  do {
    result += dice.once_in(3) ? blanks(dice) : "";
    result += comments && dice.once_in(3) ? "# note " + std::to_string(dice.below(1000)) : "";
    result += dice.once_in(2) ? "\n" : "\r\n";
  } while (comments && dice.once_in(3));
  return result + (dice.once_in(2) ? blanks(dice) : "");
}

bool starts_any_line(std::string_view words, std::size_t at) {
  return std::ranges::any_of(all_languages(), [&](const Lexicon& language) {
    return language.longest(words, at).starts_line();
  });
}

// The same text with other marks and other ends of lines.
std::string other_text(Dice& dice, const std::string& words) {
  const bool quoted = words.contains('"');
  const std::size_t marks = quoted ? 1 + dice.below(2) : dice.below(3);
  std::string result(marks == 0 ? "\"" : marks == 1 ? "«" : "“");
  for (std::size_t i = 0; i < words.size(); ++i) {
    const bool alone = words[i] == ' ' && i + 1 < words.size() && words[i + 1] != ' ';
    if (alone && dice.once_in(4) && !starts_any_line(words, i + 1)) {
      result += dice.once_in(2) ? " \r\n\n  " : "\n";
    } else {
      result += words[i];
    }
  }
  return result + (marks == 0 ? "\"" : marks == 1 ? " »" : "”");
}

// The leaves of a text in another layout and in other spellings.
std::string laid_out_otherwise(Dice& dice, const std::string& text, bool comments) {
  const Parsed parsed = parse(text, all_languages());
  std::string result;
  bool starts = true;
  bool may_go_on = false;
  for (const Node& node : parsed.tree.nodes) {
    if (node.kind == NodeKind::declaration || node.kind == NodeKind::clause) {
      starts = true;
    }
    if (node.kind == NodeKind::declaration) {
      result += result.empty() ? "" : line_break(dice, comments) + "\n";
    }
    if (!is_leaf(node.kind)) {
      continue;
    }
    const bool connective = node.kind == NodeKind::keyword && connects(node.word);
    if (starts) {
      result += result.empty() ? "" : line_break(dice, comments);
    } else {
      const bool breaks = (may_go_on || connective) && dice.once_in(3);
      result += breaks ? line_break(dice, comments) : blanks(dice);
    }
    starts = false;
    if (node.kind == NodeKind::keyword) {
      std::string word(dice.one_of(parsed.words->rows(node.word)).text);
      result += word;
    } else if (node.kind == NodeKind::text) {
      result += other_text(dice, unquoted(inside(text, node)));
    } else {
      result += inside(text, node);
    }
    may_go_on = connective || inside(text, node) == ",";
  }
  return result + (dice.once_in(2) ? line_break(dice, comments) : "");
}

std::string source_text(Dice& dice) {
  return whole_language(all_languages()[dice.below(all_languages().size())]);
}

std::string formatted(const std::string& text) {
  return format(text, all_languages()).value_or("not formatted:\n" + text);
}

std::string meaning_of(const std::string& text) {
  const Compiled compiled = compile(text, whole_shelf(), all_languages());
  return compiled.protocol ? canonical(*compiled.protocol) : std::string();
}

TEST(FormatProperty, DependsOnNoLayoutAndNoSpelling) {
  for_each_seed([](Dice& dice) {
    const std::string source = source_text(dice);
    const std::string one = laid_out_otherwise(dice, source, false);
    const std::string other = laid_out_otherwise(dice, source, false);
    ASSERT_EQ(shape_of(one), shape_of(source)) << one;
    const std::string written = formatted(one);
    ASSERT_EQ(written, formatted(other));
    ASSERT_EQ(formatted(written), written);
    ASSERT_EQ(shape_of(written), shape_of(source));
    ASSERT_EQ(meaning_of(written), meaning_of(source));
  });
}

TEST(FormatProperty, KeepsEveryCommentInItsPlace) {
  for_each_seed([](Dice& dice) {
    const std::string text = laid_out_otherwise(dice, source_text(dice), true);
    const std::string written = formatted(text);
    ASSERT_EQ(comments_of(written), comments_of(text)) << text;
    ASSERT_EQ(formatted(written), written) << text;
    ASSERT_EQ(shape_of(written), shape_of(text));
  });
}

TEST(FormatProperty, TranslatesThereAndBack) {
  for_each_seed([](Dice& dice) {
    const std::string text = laid_out_otherwise(dice, source_text(dice), true);
    const Lexicon& own = *parse(text, all_languages()).words;
    const Lexicon& to = all_languages()[dice.below(all_languages().size())];
    const std::string there = translate(text, to, all_languages()).value_or("not translated");
    ASSERT_EQ(translate(there, own, all_languages()).value_or(there), formatted(text));
  });
}

TEST(FormatProperty, LosesNothingOfADamagedText) {
  constexpr std::string_view kDamage[] = {
      "\"",   "«",     "»",   "“",  "”",           ",",      "(",    ")",      "#",    "\n",
      "\r",   "\r\n",  " ",   "'",  "’",           "1",      "2.5",  "a",      "avec", "of",
      "not",  "étape", "non", "\t", "<=",          "\xC3",   "é",    "\u0301", "d'",   "\u00A0",
      "step", "et",    "\\",  "و",  "beneficiary", "\uFEFF", "10:00"};
  for_each_seed([&](Dice& dice) {
    std::string text = laid_out_otherwise(dice, source_text(dice), true);
    for (std::size_t blow = dice.below(6); blow-- > 0;) {
      text.replace(dice.below(text.size()), dice.below(4), dice.one_of(kDamage));
    }
    const Parsed parsed = parse(text, all_languages());
    if (!parsed.tree.nodes.empty()) {
      ASSERT_EQ(rebuild(parsed.tree, text), text);
    }
    const auto result = format(text, all_languages());
    if (!result) {
      ASSERT_FALSE(result.error().diagnostics.empty());
      return;
    }
    ASSERT_EQ(formatted(*result), *result) << text;
    ASSERT_EQ(shape_of(*result), shape_of(text)) << text;
    ASSERT_EQ(meaning_of(*result), meaning_of(text)) << text;
  });
}

// Far more than any of these takes, far less than work that grows with the square would.
TEST(FormatProperty, IsDoneInTimeWhateverItIsGiven) {
  const auto repeated = [](std::string_view part, std::size_t count) {
    std::string result;
    for (std::size_t i = 0; i < count; ++i) {
      result += part;
    }
    return result;
  };
  const std::string start = "protocole p\nétape s\n";
  const std::string texts[] = {
      start + "  après " + repeated("(", 1'000'000),
      start + "  après " + repeated("non ", 250'000) + "a\n",
      start + "  après " + repeated("a et ", 200'000) + "a\n",
      start + "  avec " + repeated("a, ", 350'000) + "a\n",
      start + "  avec " + repeated("a, # c\n", 150'000) + "a\n",
      start + "  conseil \"" + repeated("mot ", 250'000) + "\"\n",
      start + repeated("  conseil \"avec avec mot mot mot\n mot\"\n", 30'000),
      start + repeated("# c\n\r\n", 250'000),
      start + repeated("\r\n", 500'000) + repeated("\"", 100'000),
      start + repeated("besoin b\n", 100'000),
      repeated("\xEF\xBB\xBF", 300'000),
      std::string(1U << 20U, '\0'),
      std::string(1U << 20U, 'a'),
      repeated("e\u0301", 300'000),
  };
  for (const std::string& text : texts) {
    const auto begun = std::chrono::steady_clock::now();
    const auto result = format(text);
    EXPECT_TRUE(result || !result.error().diagnostics.empty());
    EXPECT_LT(std::chrono::steady_clock::now() - begun, std::chrono::seconds(20))
        << text.substr(0, 60);
  }
}

}  // namespace
}  // namespace protoflow::dsl
