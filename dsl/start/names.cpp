#include "dsl/start/names.hpp"

#include <algorithm>
#include <array>

#include <utf8proc.h>

#include "dsl/diagnostic/nearest.hpp"
#include "dsl/source/utf8.hpp"
#include "dsl/syntax/lexicon.hpp"

namespace protoflow::dsl {
namespace {

constexpr std::size_t kNameLettersMax = 40;

// Neither control characters, nor marks of direction, which are not seen and mislead the eye; the
// two joiners are letters' business in several scripts.
bool is_shown(char32_t value) {
  constexpr std::array kHidden = {UTF8PROC_CATEGORY_CC,
                                  UTF8PROC_CATEGORY_CF,
                                  UTF8PROC_CATEGORY_CS,
                                  UTF8PROC_CATEGORY_CO,
                                  UTF8PROC_CATEGORY_CN,
                                  UTF8PROC_CATEGORY_ZL,
                                  UTF8PROC_CATEGORY_ZP};
  const auto category = utf8proc_category(static_cast<utf8proc_int32_t>(value));
  const bool joins = value == U'\u200C' || value == U'\u200D';
  return joins || (value != U'\uFFFD' && std::ranges::find(kHidden, category) == kHidden.end());
}

bool is_reserved(const std::string& name, model::Language language) {
  return lexicon(language).longest(name, 0).end == name.size();
}

// What comes before a number at the end: "club" of "club-2".
std::string_view stem(std::string_view name) {
  const std::size_t last = name.find_last_not_of("0123456789");
  const bool numbered =
      last != std::string_view::npos && last + 1 < name.size() && name[last] == '-' && last > 0;
  return numbered ? name.substr(0, last) : name;
}

// One letter more, less or other: readers would take one for the other.
bool alike(const std::string& left, const std::string& right) {
  return left == right || (stem(left) != stem(right) && edit_distance(left, right) <= 1);
}

bool is_free(const std::string& name,
             model::Language language,
             const std::vector<std::string>& taken) {
  return !is_reserved(name, language) &&
         std::ranges::none_of(taken, [&](const std::string& other) { return alike(name, other); });
}

bool ends_a_line(char32_t value) {
  return value == U'\n' || value == U'\r';
}

// A straight quotation mark would end the text.
char32_t curved(char32_t value, bool opens) {
  return value != U'"' ? value : opens ? U'“' : U'”';
}

void trim_hyphens(std::string& name) {
  while (name.ends_with('-')) {
    name.pop_back();
  }
}

}  // namespace

std::string safe_text(std::string_view text, std::size_t letters_max) {
  const std::string whole = composed(text);
  std::string safe;
  bool blank_before = true;
  bool quote_open = false;
  std::size_t letters = 0;
  for (std::size_t at = 0; at < whole.size() && letters < letters_max;) {
    const CodePoint next = decode(whole, at);
    at += next.length;
    const bool blank = ends_a_line(next.value) || is_blank(next.value);
    if (blank ? blank_before : !is_shown(next.value)) {
      continue;
    }
    quote_open = quote_open != (next.value == U'"');
    append_utf8(safe, blank ? U' ' : curved(next.value, quote_open));
    blank_before = blank;
    ++letters;
  }
  if (safe.ends_with(' ')) {
    safe.pop_back();
  }
  return safe;
}

std::string name_from(std::string_view title,
                      std::string_view fallback,
                      model::Language language,
                      const std::vector<std::string>& taken) {
  const std::string whole = composed(title);
  std::string name;
  std::size_t letters = 0;
  for (std::size_t at = 0; at < whole.size() && letters < kNameLettersMax; ++letters) {
    const CodePoint next = decode(whole, at);
    at += next.length;
    const bool kept = is_name_character(next.value) && next.value != U'_';
    if (kept && next.value != U'-') {
      append_utf8(
          name, static_cast<char32_t>(utf8proc_tolower(static_cast<utf8proc_int32_t>(next.value))));
    } else if (!name.empty() && !name.ends_with('-')) {
      name += '-';
    }
  }
  trim_hyphens(name);
  name = composed(name);
  if (name.empty() || !is_letter(decode(name, 0).value)) {
    name = std::string(fallback) + (name.empty() ? "" : "-" + name);
  }
  const std::string first = name;
  for (int number = 2; !is_free(name, language, taken); ++number) {
    name = first + "-" + std::to_string(number);
  }
  return name;
}

}  // namespace protoflow::dsl
