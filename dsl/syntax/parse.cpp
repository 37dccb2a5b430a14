#include "dsl/syntax/parse.hpp"

#include <optional>

#include "dsl/source/utf8.hpp"
#include "dsl/syntax/grammar.hpp"
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

int lines_started(std::string_view text, model::Language language) {
  int count = 0;
  for (std::size_t line = 0; line < text.size() && count < 1000;) {
    const WordMatch word = lexicon(language).longest(text, skip_blanks(text, line));
    count += word.has(Part::declaration) || word.has(Part::clause) ? 1 : 0;
    const std::size_t end = text.find('\n', line);
    line = end == std::string_view::npos ? text.size() : end + 1;
  }
  return count;
}

Diagnostic plain(Code code, Span span, std::vector<std::string> parameters = {}) {
  return {.code = code,
          .span = span,
          .second = {},
          .parameters = std::move(parameters),
          .suggestion = {}};
}

// Why a text cannot be read at all, if so.
std::optional<Diagnostic> refusal(std::string_view text) {
  if (text.size() > kTextMax) {
    return plain(Code::too_large, {0, 0});
  }
  if (const auto broken = first_broken_byte(text)) {
    const auto at = static_cast<std::uint32_t>(*broken);
    return plain(Code::not_utf8, {at, at + 1}, {std::to_string(SourceText(text).line_of(at))});
  }
  if (const std::size_t found = text.find('\0'); found != std::string_view::npos) {
    const auto at = static_cast<std::uint32_t>(found);
    return plain(Code::nul_byte, {at, at + 1}, {std::to_string(SourceText(text).line_of(at))});
  }
  return std::nullopt;
}

}  // namespace

model::Language language_of(std::string_view text) {
  const std::uint32_t at = first_token(text);
  for (const auto language : {model::Language::french, model::Language::english}) {
    if (lexicon(language).longest(text, at).has(Keyword::protocol)) {
      return language;
    }
  }
  const int french = lines_started(text, model::Language::french);
  const int english = lines_started(text, model::Language::english);
  return english > french ? model::Language::english : model::Language::french;
}

Parsed parse(std::string_view text) {
  Parsed parsed;
  if (auto refused = refusal(text)) {
    const bool readable = text.size() <= kTextMax;
    parsed.language = readable ? language_of(text) : model::Language::french;
    parsed.diagnostics.push_back(std::move(*refused));
    return parsed;
  }
  parsed.language = language_of(text);
  Builder builder(text, parsed.language);
  grammar::Input in(text.data(), text.data() + text.size(), "");
  // Every line ends in stray_line at worst, so the grammar matches any text.
  (void)grammar::pegtl::parse<grammar::file, grammar::pegtl::nothing, grammar::Control>(in,
                                                                                        builder);
  parsed.tree = builder.take_tree();
  parsed.diagnostics = builder.take_diagnostics();
  const std::uint32_t at = first_token(text);
  const bool starts_well = lexicon(parsed.language).longest(text, at).has(Keyword::protocol);
  const bool told = !parsed.diagnostics.empty() && parsed.diagnostics.front().span.begin == at;
  if (!starts_well && !told) {
    const auto end = static_cast<std::uint32_t>(end_of_line(text, at));
    parsed.diagnostics.insert(parsed.diagnostics.begin(), plain(Code::no_protocol_line, {at, end}));
  }
  return parsed;
}

}  // namespace protoflow::dsl
