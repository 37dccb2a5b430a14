#include "dsl/syntax/lexicon.hpp"

#include <gtest/gtest.h>

namespace protoflow::dsl {
namespace {

struct Case {
  std::string_view text;
  Keyword keyword;    // none: no word stands there
  std::uint32_t end;  // byte after the word
};

void expect_words(model::Language language, std::initializer_list<Case> cases) {
  for (const Case& row : cases) {
    const WordMatch word = lexicon(language).longest(row.text, 0);
    EXPECT_EQ(word.found(), row.keyword != Keyword::none) << row.text;
    if (row.keyword != Keyword::none) {
      EXPECT_TRUE(word.has(row.keyword)) << row.text;
      EXPECT_EQ(word.end, row.end) << row.text;
    }
  }
}

TEST(Lexicon, FindsTheLongestFrenchWord) {
  // clang-format off
  expect_words(model::Language::french, {
      {"étape accueil",              Keyword::step,             6},
      {"etape accueil",              Keyword::step,             5},   // accents are optional
      {"e\xCC\x81tape x",            Keyword::step,             7},   // and may be combining marks
      {"étapes accueil",             Keyword::none,             0},   // a longer word is another word
      {"étape-1",                    Keyword::none,             0},
      {"étape",                      Keyword::step,             6},
      {"requiert langue",            Keyword::requires_competence, 8},
      {"requiert le consentement x", Keyword::requires_consent, 24},
      {"si  retard\tde 3 jours",     Keyword::if_late_by,       13},  // any run of blanks
      {"si\u00A0retard",             Keyword::if_late,          10},
      {"si\u202Fretard",             Keyword::if_late,          11},
      {"si\nretard",                 Keyword::none,             0},   // but no end of line
      {"bénéficie d'aide",           Keyword::gains,            14},
      {"bénéficie d’aide",           Keyword::gains,            16},  // either apostrophe
      {"l’un de a, b",               Keyword::any_of,           9},
      {"a defaut x",                 Keyword::otherwise,        8},
      {"à b",                        Keyword::to,               2},
      {"a b",                        Keyword::none,             0},   // `a` stays free for a name
      {"Étape x",                    Keyword::none,             0},
      {"accepté sous 3 jours",       Keyword::accept_within,    13},
      {"accepte tuteur",             Keyword::accepts,          7},
      {"الطالب",                     Keyword::none,             0},
      {"",                           Keyword::none,             0},
  });
  // clang-format on
}

TEST(Lexicon, FindsTheLongestEnglishWord) {
  // clang-format off
  expect_words(model::Language::english, {
      {"is not needed",   Keyword::is_not_needed,   13},
      {"is not open",     Keyword::is_not,           6},
      {"is nothing",      Keyword::is,               2},
      {"for each case",   Keyword::for_each_case,   13},
      {"for \"x\"",       Keyword::for_purpose,      3},
      {"for 3 months",    Keyword::for_duration,     3},
      {"étape x",         Keyword::none,             0},
      {"working days",    Keyword::working_days,    12},
      {"working days",    Keyword::unit_working_days, 12},
  });
  // clang-format on
}

}  // namespace
}  // namespace protoflow::dsl
