#include "dsl/syntax/lexicon.hpp"

#include "dsl/source/utf8.hpp"

namespace protoflow::dsl {
namespace {

constexpr std::size_t kNoLetter = 26;

std::size_t letter_place(char32_t value) {
  const char32_t plain = without_accent(value);
  return plain >= U'a' && plain <= U'z' ? static_cast<std::size_t>(plain - U'a') : kNoLetter;
}

bool is_apostrophe(char32_t value) {
  return value == U'\'' || value == U'\u2019';
}

// A letter followed by combining marks reads as the one composed letter.
CodePoint decode_composed(std::string_view text, std::size_t at) {
  const CodePoint first = decode(text, at);
  const std::size_t next = at + first.length;
  const bool marked = next < text.size() && (text[next] == '\xCC' || text[next] == '\xCD');
  if (first.length == 0 || !marked) {
    return first;
  }
  const CodePoint mark = decode(text, next);
  const std::string joined = composed(text.substr(at, first.length + mark.length));
  return {decode(joined, 0).value, first.length + mark.length};
}

CodePoint letter_at(std::string_view text, std::size_t at) {
  const bool plain = at + 1 < text.size() && static_cast<unsigned char>(text[at]) < 0x80 &&
                     static_cast<unsigned char>(text[at + 1]) < 0x80;
  return plain ? CodePoint{static_cast<unsigned char>(text[at]), 1} : decode_composed(text, at);
}

// The end in the text, from `at`, of a word spelled `letters`, or with a `plain` letter for one of
// them; else 0.
std::size_t match_end(std::u32string_view letters,
                      std::u32string_view plain,
                      std::string_view text,
                      std::size_t at) {
  for (std::size_t i = 0; i < letters.size(); ++i) {
    const char32_t spelled = letters[i];
    if (spelled == U' ') {
      const std::size_t next = skip_blanks(text, at);
      if (next == at) {
        return 0;
      }
      at = next;
      continue;
    }
    const CodePoint written = letter_at(text, at);
    const bool same = written.value == spelled || written.value == plain[i] ||
                      (is_apostrophe(spelled) && is_apostrophe(written.value));
    if (written.length == 0 || !same) {
      return 0;
    }
    at += written.length;
  }
  const CodePoint after = decode(text, at);
  const bool glued = after.length > 0 && is_name_character(after.value);
  return glued && !is_apostrophe(letters.back()) ? 0 : at;
}

// A one-letter word keeps its accent, so that `à` does not make `a` a reserved name.
std::u32string plain_of(std::u32string letters) {
  if (letters.size() > 1) {
    for (char32_t& letter : letters) {
      letter = without_accent(letter);
    }
  }
  return letters;
}

std::u32string letters_of(std::string_view text) {
  std::u32string letters;
  for (std::size_t at = 0; at < text.size();) {
    const CodePoint next = decode(text, at);
    letters.push_back(next.value);
    at += next.length;
  }
  return letters;
}

}  // namespace

Lexicon::Lexicon(std::span<const Spelling> table) {
  for (const Spelling& row : table) {
    std::u32string letters = letters_of(row.text);
    const std::size_t place = letter_place(letters.front());
    std::u32string plain = plain_of(letters);
    by_first_letter_.at(place).push_back({std::move(letters), std::move(plain), row.keyword});
  }
}

WordMatch Lexicon::longest(std::string_view text, std::size_t at) const {
  const CodePoint first = letter_at(text, at);
  const std::size_t place = letter_place(first.value);
  WordMatch best;
  if (place == kNoLetter) {
    return best;
  }
  for (const Entry& entry : by_first_letter_[place]) {
    const auto end = static_cast<std::uint32_t>(match_end(entry.letters, entry.plain, text, at));
    if (end == 0 || end < best.end) {
      continue;
    }
    if (end > best.end) {
      best = {.end = end};
    }
    if (!best.has(entry.keyword) && best.count < best.keywords.size()) {
      best.keywords[best.count++] = entry.keyword;
    }
  }
  return best;
}

const Lexicon& lexicon(model::Language language) {
  static const Lexicon french(french_spellings());
  static const Lexicon english(english_spellings());
  return language == model::Language::french ? french : english;
}

std::span<const Spelling> spellings(model::Language language) {
  return language == model::Language::french ? french_spellings() : english_spellings();
}

std::string_view canonical_spelling(model::Language language, Keyword keyword) {
  for (const Spelling& row : spellings(language)) {
    if (row.keyword == keyword) {
      return row.text;
    }
  }
  return {};
}

}  // namespace protoflow::dsl
