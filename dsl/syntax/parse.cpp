#include "dsl/syntax/parse.hpp"

#include <algorithm>
#include <optional>

#include "dsl/source/encoding.hpp"
#include "dsl/source/utf8.hpp"
#include "dsl/syntax/grammar.hpp"
#include "dsl/syntax/places.hpp"
#include "dsl/syntax/scan.hpp"

namespace protoflow::dsl {
namespace {

// The first word of the text, over blank lines and comments.
std::uint32_t first_token(std::string_view text) {
  std::uint32_t at = 0;
  while (true) {
    at = skip_blanks_and_comment(text, at);
    if (at >= text.size() || (text[at] != '\n' && text[at] != '\r')) {
      return at;
    }
    ++at;
  }
}

constexpr int kLinesMax = 1000;  // that are asked for their language

// The words that start the first lines, in each of the languages.
template <class See>
void see_first_words(std::string_view text, std::span<const Lexicon> known, See see) {
  std::vector<WordMatch> words(known.size());
  std::size_t line = 0;
  for (int count = 0; line < text.size() && count < kLinesMax; ++count) {
    const std::size_t at = skip_blanks(text, line);
    for (std::size_t i = 0; i < known.size(); ++i) {
      words[i] = known[i].longest(text, at);
    }
    see(words);
    const std::size_t end = text.find('\n', line);
    line = end == std::string_view::npos ? text.size() : end + 1;
  }
}

// The place of the one word of that sort; nothing when none or several are.
template <class Test>
std::optional<std::size_t> only(const std::vector<WordMatch>& words, Test test) {
  const auto found = std::ranges::find_if(words, test);
  const bool one =
      found != words.end() && std::find_if(found + 1, words.end(), test) == words.end();
  return one ? std::optional(static_cast<std::size_t>(found - words.begin())) : std::nullopt;
}

Diagnostic plain(Code code, Span span, std::vector<std::string> parameters = {}) {
  return {.code = code,
          .span = span,
          .second = {},
          .parameters = std::move(parameters),
          .suggestion = {}};
}

// A file for others to use: it declares something, and nothing but what may be shared.
bool is_shared(const Tree& tree) {
  bool declares = false;
  for (const NodeIndex at : tree.children(0)) {
    if (tree[at].kind == NodeKind::error ||
        (tree[at].kind == NodeKind::declaration && !is_shareable(tree[at].word))) {
      return false;
    }
    declares = declares || tree[at].kind == NodeKind::declaration;
  }
  return declares;
}

// Why a text cannot be read at all, if so.
std::optional<Diagnostic> refusal(std::string_view text) {
  if (text.size() > kTextMax) {
    return plain(Code::too_large, {0, 0});
  }
  if (looks_like_utf16(text)) {
    return plain(Code::utf16, {0, 1}, {"1"});
  }
  if (const auto broken = first_broken_byte(text)) {
    const auto at = static_cast<std::uint32_t>(*broken);
    const bool windows = guess_encoding(text) == Encoding::windows_1252;
    return plain(
        Code::not_utf8,
        {at, at + 1},
        {std::to_string(SourceText(text).line_of(at)), windows ? "Windows-1252" : "Latin-1"});
  }
  if (const std::size_t found = text.find('\0'); found != std::string_view::npos) {
    const auto at = static_cast<std::uint32_t>(found);
    return plain(Code::nul_byte, {at, at + 1}, {std::to_string(SourceText(text).line_of(at))});
  }
  return std::nullopt;
}

}  // namespace

const Lexicon& language_of(std::string_view text, std::span<const Lexicon> known) {
  const std::uint32_t at = first_token(text);
  for (const Lexicon& one : known) {
    if (one.longest(text, at).has(Keyword::protocol)) {
      return one;
    }
  }
  std::optional<std::size_t> declared;
  std::vector<int> lines(known.size());
  see_first_words(text, known, [&](const std::vector<WordMatch>& words) {
    const auto declares = [](const WordMatch& word) { return word.has(Part::declaration); };
    declared = declared ? declared : only(words, declares);
    for (std::size_t i = 0; i < words.size(); ++i) {
      lines[i] += words[i].has(Part::declaration) || words[i].has(Part::clause) ? 1 : 0;
    }
  });
  const auto most = static_cast<std::size_t>(std::ranges::max_element(lines) - lines.begin());
  return known[declared.value_or(most)];
}

Parsed parse(std::string_view text, std::span<const Lexicon> known) {
  Parsed parsed;
  if (auto refused = refusal(text)) {
    const auto readable = to_utf8(text.substr(0, kTextMax), guess_encoding(text));
    parsed.words = readable ? &language_of(*readable, known) : &known.front();
    parsed.diagnostics.push_back(std::move(*refused));
    return parsed;
  }
  parsed.words = &language_of(text, known);
  Builder builder(text, *parsed.words, known);
  grammar::Input in(text.data(), text.data() + text.size(), "");
  // Every line ends in stray_line at worst, so the grammar matches any text.
  (void)grammar::pegtl::parse<grammar::file, grammar::pegtl::nothing, grammar::Control>(in,
                                                                                        builder);
  parsed.tree = builder.take_tree();
  parsed.diagnostics = builder.take_diagnostics();
  const std::uint32_t at = first_token(text);
  const bool starts_well = parsed.words->longest(text, at).has(Keyword::protocol);
  const bool told = !parsed.diagnostics.empty() && parsed.diagnostics.front().span.begin == at;
  parsed.shared = is_shared(parsed.tree);
  if (!starts_well && !told && !parsed.shared) {
    const auto end = static_cast<std::uint32_t>(end_of_line(text, at));
    parsed.diagnostics.insert(parsed.diagnostics.begin(), plain(Code::no_protocol_line, {at, end}));
  }
  return parsed;
}

}  // namespace protoflow::dsl
