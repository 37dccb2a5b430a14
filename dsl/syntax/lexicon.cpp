#include "dsl/syntax/lexicon.hpp"

#include <algorithm>

#include "dsl/source/utf8.hpp"

namespace protoflow::dsl {
namespace {

bool is_apostrophe(char32_t value) {
  return value == U'\'' || value == U'\u2019';
}

// A letter followed by combining marks reads as the one composed letter.
CodePoint decode_composed(std::string_view text, std::size_t at) {
  const CodePoint first = decode(text, at);
  const std::size_t next = at + first.length;
  const CodePoint mark = decode(text, next);
  if (first.length == 0 || !is_combining_mark(mark.value)) {
    return first;
  }
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

constexpr auto first_of = [](const auto& letter) { return letter.first; };

}  // namespace

Lexicon::Lexicon(const LanguageTable& table) : table_(table) {
  for (std::size_t i = 0; i < table.spellings.size(); ++i) {
    const Spelling& row = table.spellings[i];
    first_rows_[static_cast<std::size_t>(row.keyword) + 1] = static_cast<std::uint16_t>(i + 1);
    std::u32string letters = letters_of(row.text);
    const char32_t first = without_accent(letters.front());
    std::u32string plain = plain_of(letters);
    auto place = std::ranges::lower_bound(by_first_letter_, first, {}, first_of);
    if (place == by_first_letter_.end() || place->first != first) {
      place = by_first_letter_.insert(place, {first, {}});
    }
    place->second.push_back({std::move(letters), std::move(plain), row.keyword});
  }
}

std::span<const Spelling> Lexicon::rows(Keyword keyword) const {
  const auto at = static_cast<std::size_t>(keyword);
  if (keyword == Keyword::none) {
    return {};
  }
  return table_.spellings.subspan(first_rows_[at], first_rows_[at + 1] - first_rows_[at]);
}

WordMatch Lexicon::longest(std::string_view text, std::size_t at) const {
  const char32_t first = without_accent(letter_at(text, at).value);
  const auto place = std::ranges::lower_bound(by_first_letter_, first, {}, first_of);
  WordMatch best;
  if (place == by_first_letter_.end() || place->first != first) {
    return best;
  }
  for (const Entry& entry : place->second) {
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

std::span<const Lexicon> languages() {
  static const std::array kShipped{Lexicon(french()), Lexicon(english())};
  return kShipped;
}

const Lexicon* language_tagged(std::string_view tag, std::span<const Lexicon> known) {
  for (const Lexicon& one : known) {
    if (one.table().tag == tag) {
      return &one;
    }
  }
  return nullptr;
}

const Lexicon& lexicon(model::Language language) {
  return languages()[language == model::Language::french ? 0 : 1];
}

}  // namespace protoflow::dsl
