#include "dsl/format/spell.hpp"

#include <algorithm>

#include "dsl/source/utf8.hpp"
#include "dsl/syntax/scan.hpp"

namespace protoflow::dsl {
namespace {

// What a spelling may depend on: the leaves before and after.
struct Place {
  const Manuscript& manuscript;
  const Line& line;
  std::size_t at;

  [[nodiscard]] NodeIndex leaf(std::size_t place) const {
    return place < line.pieces.size() ? line.pieces[place].leaf : kNoNode;
  }

  [[nodiscard]] bool is(std::size_t place, NodeKind kind) const {
    return leaf(place) != kNoNode && manuscript.tree[leaf(place)].kind == kind;
  }
};

char32_t small(char32_t letter) {
  return letter >= U'A' && letter <= U'Z' ? letter + (U'a' - U'A') : letter;
}

bool contains_letter(std::string_view letters, char32_t letter) {
  for (std::size_t at = 0; at < letters.size();) {
    const CodePoint next = decode(letters, at);
    if (next.value == letter) {
      return true;
    }
    at += next.length;
  }
  return false;
}

bool starts_with_vowel(const LanguageTable& table, std::string_view name) {
  const bool unelided = std::ranges::any_of(
      table.unelided, [&](std::string_view start) { return name.starts_with(start); });
  return !unelided && contains_letter(table.vowels, small(without_accent(decode(name, 0).value)));
}

bool is_among(std::span<const Keyword> keywords, Keyword keyword) {
  return std::ranges::find(keywords, keyword) != keywords.end();
}

// The word after this one, a number left aside.
Keyword next_word(const Place& place) {
  const std::size_t next = place.at + (place.is(place.at + 1, NodeKind::number) ? 2 : 1);
  return place.is(next, NodeKind::keyword) ? place.manuscript.tree[place.leaf(next)].word
                                           : Keyword::none;
}

bool asks_for(const Place& place, Form form) {
  const Manuscript& manuscript = place.manuscript;
  const LanguageTable& table = manuscript.to.table();
  const std::size_t before = place.at - 1;
  switch (form) {
    case Form::accepted:
      return false;
    case Form::before_vowel:
      return place.is(place.at + 1, NodeKind::name) &&
             starts_with_vowel(table, spelled_name(manuscript, place.leaf(place.at + 1)));
    case Form::before_masculine:
      return is_among(table.masculine, next_word(place));
    case Form::before_feminine:
      return is_among(table.feminine, next_word(place));
    case Form::after_one:
      return place.is(before, NodeKind::number) && manuscript.leaf(place.leaf(before)) == "1";
    case Form::after_word:
      return place.is(before, NodeKind::keyword);
    case Form::before_range:
      return place.is(place.at + 2, NodeKind::keyword) &&
             manuscript.tree[place.leaf(place.at + 2)].word == Keyword::to;
  }
  return false;
}

std::string_view spelled_word(const Place& place, Keyword keyword) {
  const auto rows = place.manuscript.to.rows(keyword);
  const auto asked =
      std::ranges::find_if(rows, [&](const Spelling& row) { return asks_for(place, row.form); });
  return asked == rows.end() ? rows.front().text : asked->text;
}

}  // namespace

bool is_beneficiary(const Manuscript& manuscript, NodeIndex name) {
  const Node& node = manuscript.tree[name];
  const WordMatch word = manuscript.from.longest(manuscript.text, node.begin);
  return word.has(Keyword::beneficiary) && word.end == node.end;
}

std::string spelled_name(const Manuscript& manuscript, NodeIndex name) {
  return is_beneficiary(manuscript, name)
             ? std::string(manuscript.to.canonical(Keyword::beneficiary))
             : composed(manuscript.leaf(name));
}

std::string spelled(const Manuscript& manuscript, const Line& line, std::size_t place) {
  const NodeIndex leaf = line.pieces[place].leaf;
  const Node& node = manuscript.tree[leaf];
  if (node.kind == NodeKind::keyword) {
    return std::string(spelled_word({manuscript, line, place}, node.word));
  }
  if (node.kind == NodeKind::name) {
    return spelled_name(manuscript, leaf);
  }
  if (node.kind == NodeKind::text) {
    return text_inside(manuscript.leaf(leaf));
  }
  return std::string(manuscript.leaf(leaf));
}

}  // namespace protoflow::dsl
