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

// Two bytes at once, by a pointer: this is where most of the reading of a text goes.
inline CodePoint letter_at(std::string_view text, std::size_t at) {
  const auto* const bytes = reinterpret_cast<const unsigned char*>(text.data()) + at;
  const bool plain = at + 1 < text.size() && ((bytes[0] | bytes[1]) & 0x80U) == 0;
  return plain ? CodePoint{bytes[0], 1} : decode_composed(text, at);
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

// One letter for either apostrophe.
char32_t folded(char32_t letter) {
  return is_apostrophe(letter) ? U'\'' : letter;
}

// The word with and without each of its accents. No word of a language has more than a few.
std::vector<std::u32string> ways_to_write(std::string_view word) {
  const std::u32string letters = letters_of(word);
  const std::u32string plain = plain_of(letters);
  std::vector<std::u32string> ways{{}};
  for (std::size_t i = 0; i < letters.size(); ++i) {
    const std::size_t so_far = ways.size();
    ways.resize(plain[i] == letters[i] ? so_far : 2 * so_far);
    std::copy_n(
        ways.begin(), ways.size() - so_far, ways.begin() + static_cast<std::ptrdiff_t>(so_far));
    for (std::size_t way = 0; way < ways.size(); ++way) {
      ways[way].push_back(folded(way < so_far ? letters[i] : plain[i]));
    }
  }
  return ways;
}

}  // namespace

struct Lexicon::Builder {
  std::vector<Place> places{{}};
  std::vector<std::vector<Edge>> edges{{}};

  void add(std::u32string_view way, Keyword keyword) {
    std::uint32_t at = 0;
    for (const char32_t letter : way) {
      const auto known = std::ranges::find(edges[at], letter, &Edge::letter);
      if (known != edges[at].end()) {
        at = known->place;
        continue;
      }
      const auto fresh = static_cast<std::uint32_t>(places.size());
      edges[at].push_back({letter, fresh});
      places.emplace_back();
      edges.emplace_back();
      at = fresh;
    }
    Place& end = places[at];
    end.elided = way.back() == U'\'';
    const auto last = end.keywords.begin() + end.count;
    if (end.count < end.keywords.size() && std::find(end.keywords.begin(), last, keyword) == last) {
      end.keywords[end.count++] = keyword;
    }
  }
};

Lexicon::Lexicon(const LanguageTable& table) : table_(table) {
  Builder builder;
  for (std::size_t i = 0; i < table.spellings.size(); ++i) {
    const Spelling& row = table.spellings[i];
    first_rows_[static_cast<std::size_t>(row.keyword) + 1] = static_cast<std::uint16_t>(i + 1);
    for (const std::u32string& way : ways_to_write(row.text)) {
      builder.add(way, row.keyword);
    }
  }
  places_ = std::move(builder.places);
  for (std::size_t i = 0; i < places_.size(); ++i) {
    places_[i].first_edge = static_cast<std::uint32_t>(edges_.size());
    places_[i].edges = static_cast<std::uint16_t>(builder.edges[i].size());
    edges_.insert(edges_.end(), builder.edges[i].begin(), builder.edges[i].end());
  }
  for (const Edge& edge : builder.edges.front()) {
    if (edge.letter < after_first_.size()) {
      after_first_[edge.letter] = edge.place;
    }
  }
}

std::span<const Spelling> Lexicon::rows(Keyword keyword) const {
  const auto at = static_cast<std::size_t>(keyword);
  if (keyword == Keyword::none) {
    return {};
  }
  return table_.spellings.subspan(first_rows_[at], first_rows_[at + 1] - first_rows_[at]);
}

const Lexicon::Place* Lexicon::next(const Place& from, char32_t letter) const {
  const Edge* edge = edges_.data() + from.first_edge;
  const Edge* const end = edge + from.edges;
  while (edge != end && edge->letter != letter) {
    ++edge;
  }
  return edge == end ? nullptr : &places_[edge->place];
}

WordMatch Lexicon::longest(std::string_view text, std::size_t at) const {
  WordMatch best;
  const Place* place = places_.data();
  const unsigned char first = at < text.size() ? static_cast<unsigned char>(text[at]) : '\0';
  const bool marked = at + 1 < text.size() && static_cast<unsigned char>(text[at + 1]) >= 0x80;
  if (first < after_first_.size() && !marked) {
    if (after_first_[first] == 0) {
      return best;
    }
    place += after_first_[first];
    ++at;
  }
  while (true) {
    const CodePoint written = letter_at(text, at);
    if (place->count > 0 && (!is_name_character(written.value) || place->elided)) {
      best = {static_cast<std::uint32_t>(at), place->count, place->keywords};
    }
    if (written.length == 0 || place->edges == 0) {
      return best;
    }
    const bool blank = is_blank(written.value);
    place = next(*place, blank ? U' ' : folded(written.value));
    if (place == nullptr) {
      return best;
    }
    at = blank ? skip_blanks(text, at) : at + written.length;
  }
}

std::span<const Lexicon> languages() {
  static const std::array kShipped{Lexicon(french()), Lexicon(english())};
  return kShipped;
}

std::span<const Lexicon> languages_from(model::Language first) {
  if (first == languages()[0].table().messages) {
    return languages();
  }
  static const std::array kEnglishFirst{Lexicon(english()), Lexicon(french())};
  return kEnglishFirst;
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
