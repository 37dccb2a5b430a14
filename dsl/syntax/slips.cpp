// Slips that many authors make, and the words that were meant: a sign as in other texts, a name of
// two words, a title without quotation marks. A message then says what to write.
#include "dsl/source/utf8.hpp"
#include "dsl/syntax/builder.hpp"
#include "dsl/syntax/scan.hpp"

namespace protoflow::dsl {
namespace {

constexpr int kNameWordsMax = 5;

// The names that stand at `at`, one blank or more between them, as one: `first talk` is
// first-talk.
std::string joined_names(std::string_view text, std::uint32_t& at) {
  std::string joined;
  for (int word = 0; word < kNameWordsMax; ++word) {
    const auto begin = static_cast<std::uint32_t>(skip_blanks(text, at));
    const std::uint32_t end = scan_name_letters(text, begin);
    if (end == kNotThere) {
      break;
    }
    joined.append("-").append(text.substr(begin, end - begin));
    at = end;
  }
  return joined;
}

}  // namespace

// `responsible: tutor`, `if late, tell host`, `with tutor; host`.
Builder::Rewriting Builder::without_sign(std::uint32_t at) {
  const char sign = at < text_.size() ? text_[at] : ' ';
  const bool after_a_word = !nodes_.empty() && nodes_.back().kind == NodeKind::keyword;
  const auto next = static_cast<std::uint32_t>(skip_blanks(text_, at + 1));
  if (!(sign == ':' || sign == ';' || (sign == ',' && after_a_word)) || at_end_of_line(next)) {
    return {};
  }
  const Span word = word_span(next);
  return {{last_begin_, word.end},
          std::string(text_of({last_begin_, last_end_}))
              .append(sign == ';' ? ", " : " ")
              .append(text_of(word))};
}

// `held by library and neighbours`: the second is the deputy.
Builder::Rewriting Builder::as_deputy(std::uint32_t at) {
  const bool holds = nodes_.size() > 1 && nodes_.back().kind == NodeKind::name &&
                     nodes_[nodes_.size() - 2].word == Keyword::held_by;
  const WordMatch& word = word_at(at);
  const bool joins = word.has(Keyword::both) || word.has(Keyword::either);
  if (!holds || !(joins || text_[at] == ',')) {
    return {};
  }
  const auto begin = static_cast<std::uint32_t>(skip_blanks(text_, joins ? word.end : at + 1));
  const std::uint32_t end = scan_name_letters(text_, begin);
  if (end == kNotThere) {
    return {};
  }
  return {{last_begin_, end},
          std::string(text_of({last_begin_, last_end_}))
              .append(", ")
              .append(own_.canonical(Keyword::otherwise))
              .append(" ")
              .append(text_of({begin, end}))};
}

// `step first talk "…"` and `step talk The first talk`.
Builder::Rewriting Builder::name_or_title(std::uint32_t at) {
  const bool after_a_name = nodes_.size() > 1 && nodes_.back().kind == NodeKind::name;
  const Keyword before = after_a_name ? nodes_[nodes_.size() - 2].word : Keyword::none;
  const bool heads = before != Keyword::none && part_of(before) == Part::declaration;
  const WordMatch& word = word_at(at);
  if (!heads || word.has(Part::clause) || word.has(Part::declaration)) {
    return {};
  }
  std::uint32_t end = at;
  const std::string names = joined_names(text_, end);
  if (names.empty()) {
    return {};
  }
  if (!quote_at(text_, static_cast<std::uint32_t>(skip_blanks(text_, end))).closing.empty()) {
    return {{last_begin_, end}, std::string(text_of({last_begin_, last_end_})) + names};
  }
  std::string_view rest = text_.substr(at, end_of_line(text_, at) - at);
  rest = rest.substr(0, rest.find_last_not_of(" \t") + 1);
  if (word.found() || rest.find_first_of("\"#«“") != rest.npos) {
    return {};
  }
  return {{at, at + static_cast<std::uint32_t>(rest.size())}, "\"" + std::string(rest) + "\""};
}

Builder::Rewriting Builder::slip_at(std::uint32_t at) {
  for (const auto slip : {&Builder::as_deputy, &Builder::without_sign, &Builder::name_or_title}) {
    if (Rewriting meant = (this->*slip)(at); !meant.text.empty()) {
      return meant;
    }
  }
  return {};
}

}  // namespace protoflow::dsl
