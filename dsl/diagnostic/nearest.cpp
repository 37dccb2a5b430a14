#include "dsl/diagnostic/nearest.hpp"

#include <algorithm>
#include <vector>

#include "dsl/source/utf8.hpp"

namespace protoflow::dsl {
namespace {

constexpr std::size_t kLettersMax = 60;

std::u32string plain_letters(std::string_view text) {
  std::u32string letters;
  const std::string whole = composed(text);
  for (std::size_t at = 0; at < whole.size();) {
    const CodePoint next = decode(whole, at);
    const char32_t plain = without_accent(next.value);
    letters.push_back(plain >= U'A' && plain <= U'Z' ? plain + 32 : plain);
    at += next.length;
  }
  return letters;
}

std::size_t distance(const std::u32string& left, const std::u32string& right) {
  std::vector<std::size_t> before(right.size() + 1), last(right.size() + 1), row(right.size() + 1);
  for (std::size_t j = 0; j <= right.size(); ++j) {
    last[j] = j;
  }
  for (std::size_t i = 1; i <= left.size(); ++i) {
    row[0] = i;
    for (std::size_t j = 1; j <= right.size(); ++j) {
      const std::size_t change = left[i - 1] == right[j - 1] ? 0 : 1;
      row[j] = std::min({last[j] + 1, row[j - 1] + 1, last[j - 1] + change});
      const bool swapped =
          i > 1 && j > 1 && left[i - 1] == right[j - 2] && left[i - 2] == right[j - 1];
      if (swapped) {
        row[j] = std::min(row[j], before[j - 2] + 1);
      }
    }
    before.swap(last);
    last.swap(row);
  }
  return last[right.size()];
}

// Of names as near as each other, the one whose digits differ less: A3 is rather A2 than A0.
std::size_t digits_apart(const std::u32string& left, const std::u32string& right) {
  constexpr std::size_t kNoDigits = 10;
  const auto digit = [](char32_t letter) { return letter >= U'0' && letter <= U'9'; };
  std::size_t apart = 0;
  for (std::size_t i = 0; i < std::min(left.size(), right.size()); ++i) {
    if (left[i] != right[i]) {
      const auto [low, high] = std::minmax(left[i], right[i]);
      apart += digit(low) && digit(high) ? high - low : kNoDigits;
    }
  }
  return apart;
}

}  // namespace

std::size_t edit_distance(std::string_view left, std::string_view right) {
  return distance(plain_letters(left), plain_letters(right));
}

std::string nearest(std::string_view word, std::span<const std::string> candidates) {
  const std::u32string letters = plain_letters(word);
  if (letters.size() > kLettersMax) {
    return {};
  }
  std::size_t best = std::max<std::size_t>(1, letters.size() / 3) + 1;
  std::size_t best_apart = 0;
  std::string result;
  for (const std::string& candidate : candidates) {
    const std::u32string other = plain_letters(candidate);
    const std::size_t gap = other.size() > letters.size() ? other.size() - letters.size()
                                                          : letters.size() - other.size();
    if (gap > best || (gap == best && result.empty())) {
      continue;
    }
    const std::size_t steps = distance(letters, other);
    const bool whole_word_changed = steps >= std::max(letters.size(), other.size());
    const bool closer = steps < best || (steps == best && !result.empty() &&
                                         digits_apart(letters, other) < best_apart);
    if (closer && !whole_word_changed) {
      best = steps;
      best_apart = digits_apart(letters, other);
      result = candidate;
    }
  }
  return result;
}

}  // namespace protoflow::dsl
