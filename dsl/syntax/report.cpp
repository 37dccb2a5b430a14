// The messages of the parser: what stands there, what could have stood there, and the nearest of
// these.
#include <algorithm>
#include <array>

#include "dsl/diagnostic/nearest.hpp"
#include "dsl/source/utf8.hpp"
#include "dsl/syntax/builder.hpp"
#include "dsl/syntax/places.hpp"
#include "dsl/syntax/scan.hpp"

namespace protoflow::dsl {
namespace {

constexpr std::size_t kQuotedMax = 48;

std::string shortened(std::string_view words) {
  std::string result;
  std::size_t letters = 0;
  for (std::size_t at = 0; at < words.size(); ++letters) {
    const CodePoint next = decode(words, at);
    if (letters == kQuotedMax || next.value == U'\n') {
      return result + "…";
    }
    result.append(words.substr(at, next.length));
    at += next.length;
  }
  return result;
}

bool is_name_expected(Expected expected) {
  return expected <= Expected::a_level;
}

// The first `count` words at `at`, blanks in between included; empty when the line has fewer.
Span words_at(std::string_view text, std::uint32_t at, std::size_t count) {
  std::uint32_t end = at;
  for (std::size_t word = 0; word < count; ++word) {
    const auto begin = static_cast<std::uint32_t>(skip_blanks(text, end));
    std::uint32_t next = begin;
    for (CodePoint here = decode(text, next); here.length > 0; here = decode(text, next)) {
      const bool part = is_name_character(here.value) || here.value == U'\'' || here.value == U'’';
      if (!part) {
        break;
      }
      next += here.length;
    }
    if (next == begin) {
      return {at, at};
    }
    end = next;
  }
  return {at, end};
}

struct NearWord {
  Keyword keyword = Keyword::none;
  std::string spelling;
  Span span;
};

// The spelling among `keywords` nearest to the words at `at`, of those with more words than end at
// `past`.
NearWord near_word(std::string_view text,
                   std::uint32_t at,
                   const Lexicon& words,
                   std::span<const Keyword> keywords,
                   std::uint32_t past = 0) {
  NearWord best;
  double best_share = 1.0;
  for (const Spelling& row : words.table().spellings) {
    if (std::find(keywords.begin(), keywords.end(), row.keyword) == keywords.end()) {
      continue;
    }
    const auto blanks = static_cast<std::size_t>(std::count(row.text.begin(), row.text.end(), ' '));
    const Span span = words_at(text, at, blanks + 1);
    const std::string written(text.substr(span.begin, span.end - span.begin));
    const std::array candidates{std::string(row.text)};
    if (written.empty() || span.end <= past || nearest(written, candidates).empty()) {
      continue;
    }
    const double share = static_cast<double>(edit_distance(written, row.text)) /
                         static_cast<double>(row.text.size());
    if (share < best_share) {
      best_share = share;
      best = {row.keyword, std::string(row.text), span};
    }
  }
  return best;
}

// The word that belongs here, where the words at `at` are said elsewhere for it: `in 3 weeks`.
NearWord meant_word(std::string_view text,
                    std::uint32_t at,
                    const Lexicon& words,
                    std::span<const Keyword> keywords) {
  NearWord longest;
  for (const Spelling& row : words.table().mistaken) {
    const auto blanks = static_cast<std::size_t>(std::ranges::count(row.text, ' '));
    const Span span = words_at(text, at, blanks + 1);
    const std::string_view written = text.substr(span.begin, span.end - span.begin);
    const bool here = std::ranges::find(keywords, row.keyword) != keywords.end();
    if (here && span.end > longest.span.end && edit_distance(written, row.text) == 0) {
      longest = {row.keyword, std::string(words.canonical(row.keyword)), span};
    }
  }
  return longest;
}

std::string listed(std::span<const Keyword> keywords, const Lexicon& words) {
  std::string result;
  for (const Keyword keyword : keywords) {
    result += result.empty() ? "" : ", ";
    result += words.canonical(keyword);
  }
  return result;
}

}  // namespace

std::string_view phrase(Expected expected, model::Language language) {
  struct Phrase {
    std::string_view french, english;
  };

  static constexpr std::array kPhrases = {
#define PF_EXPECTED(name, french, english) Phrase{french, english},
#include "dsl/syntax/expected.def"
#undef PF_EXPECTED
  };
  const Phrase& found = kPhrases.at(static_cast<std::size_t>(expected));
  return language == model::Language::french ? found.french : found.english;
}

std::string_view Builder::text_of(Span span) const {
  return text_.substr(span.begin, span.end - span.begin);
}

void Builder::report(Diagnostic diagnostic) {
  add(diagnostics_, std::move(diagnostic));
}

// What stands at `at`, as a reader would point at it: a word, a quoted text, or one sign.
Span Builder::word_span(std::uint32_t at) const {
  const WordMatch word = own_.longest(text_, at);
  if (word.found()) {
    return {at, word.end};
  }
  const Quote quote = quote_at(text_, at);
  if (!quote.closing.empty()) {
    const std::uint32_t end = scan_quoted(text_, at, quote);
    return {at, std::min(end, end_of_line(text_, at))};
  }
  std::uint32_t end = at;
  for (CodePoint next = decode(text_, end); next.length > 0 && is_name_character(next.value);
       next = decode(text_, end)) {
    end += next.length;
  }
  return {at, end > at ? end : at + decode(text_, at).length};
}

std::string Builder::tried_word_near(std::string_view written) const {
  const std::uint32_t at = static_cast<std::uint32_t>(written.data() - text_.data());
  if (tried_at_ != at) {
    return {};
  }
  std::vector<Keyword> tried;
  for (std::size_t i = 0; i < kKeywordCount; ++i) {
    if (tried_.test(i)) {
      tried.push_back(static_cast<Keyword>(i));
    }
  }
  const NearWord near = near_word(text_, at, own_, tried);
  return near.span.end == at + written.size() ? near.spelling : std::string();
}

Builder::ForeignWord Builder::foreign_word(std::uint32_t at) const {
  ForeignWord best;
  for (const Lexicon& other : known_) {
    const WordMatch word = &other == &own_ ? WordMatch{} : other.longest(text_, at);
    if (word.end > best.word.end) {
      best = {word, &other};
    }
  }
  return best;
}

bool Builder::report_foreign(std::uint32_t at) {
  const auto [foreign, language] = foreign_word(at);
  if (!foreign.found() || own_.longest(text_, at).found()) {
    return false;
  }
  Keyword meant = foreign.keywords[0];
  for (std::uint8_t i = 0; i < foreign.count; ++i) {
    if (tried_at_ == at && tried_.test(static_cast<std::size_t>(foreign.keywords[i]))) {
      meant = foreign.keywords[i];
    }
  }
  const std::string own(own_.canonical(meant));
  const model::Language messages = own_.table().messages;
  const Span span{at, foreign.end};
  report({.code = Code::foreign_word,
          .span = span,
          .second = {},
          .parameters = {std::string(text_of(span)),
                         own,
                         std::string(language->table().name_in(messages)),
                         std::string(own_.table().name_in(messages))},
          .suggestion = own});
  return true;
}

void Builder::report_expected(Expected expected, std::uint32_t at) {
  const std::uint32_t begin = skip_gap(at);
  const std::string what(phrase(expected, own_.table().messages));
  const std::string last = shortened(text_of({last_begin_, last_end_}));
  const bool on_another_line = text_of({last_end_, begin}).contains('\n');
  broken_ = true;
  if (at_end_of_line(begin) || on_another_line) {
    report({.code = Code::missing_piece,
            .span = {last_end_, last_end_},
            .second = {},
            .parameters = {what, last},
            .suggestion = {}});
    return;
  }
  if (report_foreign(begin)) {
    return;
  }
  const Span span = word_span(begin);
  const std::string found = shortened(text_of(span));
  if (is_name_expected(expected) && own_.longest(text_, begin).found()) {
    report({.code = Code::reserved_name,
            .span = span,
            .second = {},
            .parameters = {found, what},
            .suggestion = {}});
    return;
  }
  const std::string near = tried_word_near(text_of(span));
  const Rewriting meant = near.empty() ? without_sign(begin) : Rewriting{span, near};
  report({.code = Code::unexpected_piece,
          .span = meant.text.empty() ? span : meant.span,
          .second = {},
          .parameters = {what, last, found},
          .suggestion = meant.text});
}

// `10 jour ouvrés`: a unit was understood, but a longer one was meant.
bool Builder::report_longer_unit() {
  constexpr std::array kUnits = {Keyword::unit_minutes,
                                 Keyword::unit_hours,
                                 Keyword::unit_days,
                                 Keyword::unit_working_days,
                                 Keyword::unit_weeks,
                                 Keyword::unit_months,
                                 Keyword::unit_years};
  const Node& unit = nodes_.back();
  if (unit.kind != NodeKind::keyword || std::ranges::find(kUnits, unit.word) == kUnits.end()) {
    return false;
  }
  const NearWord near = near_word(text_, last_begin_, own_, kUnits, last_end_);
  if (near.keyword == Keyword::none) {
    return false;
  }
  const Node& number = nodes_[nodes_.size() - 2];
  report({.code = Code::unexpected_piece,
          .span = near.span,
          .second = {},
          .parameters = {std::string(phrase(Expected::a_unit, own_.table().messages)),
                         std::string(text_of(number.span())),
                         std::string(text_of(near.span))},
          .suggestion = near.spelling});
  return true;
}

void Builder::report_mixed_connectives(std::uint32_t at) {
  report({.code = Code::mixed_connectives,
          .span = word_span(skip_gap(at)),
          .second = {},
          .parameters = {},
          .suggestion = {}});
  broken_ = true;
}

void Builder::report_too_deep(std::uint32_t at) {
  report({.code = Code::too_deep,
          .span = word_span(skip_gap(at)),
          .second = {},
          .parameters = {std::to_string(kNesting)},
          .suggestion = {}});
  broken_ = true;
}

bool Builder::report_misplaced(Keyword declaration, std::uint32_t at) {
  const WordMatch word = own_.longest(text_, at);
  if (!word.has(Part::clause)) {
    return false;
  }
  std::vector<Keyword> places;
  for (std::uint8_t i = 0; i < word.count; ++i) {
    const auto more = places_of(word.keywords[i]);
    places.insert(places.end(), more.begin(), more.end());
  }
  std::string where = listed(places, own_);
  if (word.has(Keyword::use)) {
    where.append(", ").append(phrase(Expected::top_of_file, own_.table().messages));
  }
  Diagnostic misplaced{.code = Code::nothing_before,
                       .span = {at, word.end},
                       .second = {},
                       .parameters = {std::string(text_of({at, word.end}))},
                       .suggestion = {}};
  if (declaration != Keyword::none) {
    misplaced.code = Code::misplaced_clause;
    misplaced.parameters.emplace_back(own_.canonical(declaration));
  }
  misplaced.parameters.push_back(std::move(where));
  report(std::move(misplaced));
  return true;
}

void Builder::report_unknown(Keyword declaration, std::uint32_t at) {
  std::vector<Keyword> here(clauses_of(declaration).begin(), clauses_of(declaration).end());
  const bool heading = looks_like_a_heading(at);
  const std::string list = listed(here.empty() || heading ? declarations() : here, own_);
  here.insert(here.end(), declarations().begin(), declarations().end());
  NearWord near = meant_word(text_, at, own_, here);
  if (near.keyword == Keyword::none) {
    near = near_word(text_, at, own_, here);
  }
  const Span span = near.keyword == Keyword::none ? word_span(at) : near.span;
  report({.code = Code::unknown_word,
          .span = span,
          .second = {},
          .parameters = {shortened(text_of(span)), list},
          .suggestion = near.spelling});
  swallowing_ =
      near.keyword == Keyword::none ? heading : part_of(near.keyword) == Part::declaration;
}

// Indentation means nothing, but it tells what a line that cannot be read was to be: one at the
// margin, with indented lines under it, was a declaration.
bool Builder::looks_like_a_heading(std::uint32_t at) {
  const auto indented = [this](std::uint32_t byte) { return byte > 0 && text_[byte - 1] != '\n'; };
  const std::uint32_t next = skip_lines_to_token(skip_broken_line(at));
  return !indented(at) && next < text_.size() && indented(next);
}

// Over what belongs to a declaration that could not be read, so that it costs one message.
std::uint32_t Builder::skip_declaration(std::uint32_t at) {
  while (at < text_.size()) {
    const std::uint32_t begin = skip_lines_to_token(at);
    const WordMatch own = own_.longest(text_, begin);
    const WordMatch foreign = foreign_word(begin).word;
    const bool starts =
        own.has(Part::declaration) || (!own.found() && foreign.has(Part::declaration));
    if (starts || begin >= text_.size()) {
      return at;
    }
    at = skip_broken_line(begin);
    at += at < text_.size() ? (text_[at] == '\r' ? 2U : 1U) : 0U;
  }
  return at;
}

std::uint32_t Builder::take_stray_line(Keyword declaration, std::uint32_t at) {
  const auto begin = static_cast<std::uint32_t>(skip_blanks(text_, at));
  swallowing_ = false;
  tried_at_ = kNotThere;
  if (report_foreign(begin)) {
    swallowing_ = foreign_word(begin).word.has(Part::declaration);
  } else if (!report_misplaced(declaration, begin)) {
    report_unknown(declaration, begin);
  }
  const std::uint32_t line_end = skip_broken_line(begin);
  const Keyword lost = swallowing_ ? kLostDeclaration : Keyword::none;
  push_leaf(NodeKind::error, lost, {begin, line_end});
  last_connects_ = false;
  std::uint32_t next =
      line_end + (line_end < text_.size() ? (text_[line_end] == '\r' ? 2U : 1U) : 0U);
  if (swallowing_) {
    const std::uint32_t after = skip_declaration(next);
    if (after > next) {
      push_leaf(NodeKind::error, lost, {next, after});
    }
    next = after;
  }
  last_connects_ = false;
  gap_from_ = kNotThere;
  return next;
}

}  // namespace protoflow::dsl
