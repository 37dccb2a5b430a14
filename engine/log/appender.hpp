// Appends to a text whose memory is used again: short pieces, many a record, without a look at the
// text's bookkeeping for each. Private to the writers of records and of their members.
#pragma once

#include <charconv>
#include <cstddef>
#include <cstdint>
#include <cstring>
#include <string>
#include <string_view>

#include "engine/model/time.hpp"

namespace protoflow::engine {

/// Nothing to escape: no control character, quote or backslash. Looks at every byte, which a
/// processor does many at a time.
[[nodiscard]] inline bool is_plain(std::string_view text) {
  unsigned escapes = 0;
  for (const char c : text) {
    escapes |= static_cast<unsigned>(static_cast<unsigned char>(c) < 0x20) |
               static_cast<unsigned>(c == '"') | static_cast<unsigned>(c == '\\');
  }
  return escapes == 0;
}

[[nodiscard]] inline bool is_ascii(std::string_view text) {
  unsigned char all = 0;
  for (const char c : text) {
    all |= static_cast<unsigned char>(c);
  }
  return all < 0x80;
}

class Appender final {
 public:
  /// What `text` held is gone; until the end it holds nothing of use.
  explicit Appender(std::string& text) : text_(text) {
    text_.resize(text_.capacity());
    look_again(0);
  }

  Appender(const Appender&) = delete;
  Appender& operator=(const Appender&) = delete;

  ~Appender() { text_.resize(static_cast<std::size_t>(at_ - text_.data())); }

  void put(char c) {
    make_room(1);
    *at_++ = c;
  }

  void put(std::string_view piece) {
    make_room(piece.size());
    std::memcpy(at_, piece.data(), piece.size());
    at_ += piece.size();
  }

  /// Requires that the text is plain.
  void put_quoted(std::string_view plain) {
    make_room(plain.size() + 2);
    *at_++ = '"';
    std::memcpy(at_, plain.data(), plain.size());
    at_ += plain.size();
    *at_++ = '"';
  }

  template <class Number>
  void put_number(Number number) {
    constexpr std::size_t kDigitsMax = 20;
    make_room(kDigitsMax);
    at_ = std::to_chars(at_, end_, number).ptr;
  }

  /// In quotes, as to_text writes it.
  void put_instant(model::Instant instant);

  [[nodiscard]] char last() const { return at_[-1]; }

 private:
  void make_room(std::size_t more) {
    if (static_cast<std::size_t>(end_ - at_) < more) [[unlikely]] {
      grow(more);
    }
  }

  void grow(std::size_t more) {
    const auto written = static_cast<std::size_t>(at_ - text_.data());
    text_.resize(2 * text_.size() + more);
    look_again(written);
  }

  void look_again(std::size_t written) {
    at_ = text_.data() + written;
    end_ = text_.data() + text_.size();
  }

  std::string& text_;
  char* at_ = nullptr;
  char* end_ = nullptr;
};

}  // namespace protoflow::engine
