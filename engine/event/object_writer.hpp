// One JSON object, appended to a text member by member: the same bytes as nlohmann's dump() of an
// ordered object, which is what the log holds, without building that object. Keys are words of the
// program; where a name of the protocol is the key, it is escaped() before. Private to
// engine/event.
#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <string_view>

#include "engine/log/appender.hpp"

namespace protoflow::engine {

class ObjectWriter final {
 public:
  explicit ObjectWriter(Appender& text) : text_(text) { text_.put('{'); }

  /// The object is whole; nothing is put into it any more.
  void end() { text_.put('}'); }

  /// An object within this one: it is ended before anything else is put here.
  [[nodiscard]] ObjectWriter object(std::string_view key) {
    put_key(key);
    return ObjectWriter(text_);
  }

  /// A list of objects: they are put by next() until end_list().
  void begin_list(std::string_view key) {
    put_key(key);
    text_.put('[');
  }

  [[nodiscard]] ObjectWriter next() {
    if (text_.last() != '[') {
      text_.put(',');
    }
    return ObjectWriter(text_);
  }

  void end_list() { text_.put(']'); }

  /// Words of the program: nothing in them is looked at.
  void put_word(std::string_view key, std::string_view word) {
    put_key(key);
    text_.put_quoted(word);
  }

  /// Names of the protocol: known to be UTF-8.
  void put_name(std::string_view key, std::string_view name) {
    put_key(key);
    is_plain(name) ? text_.put_quoted(name) : put_escaped(name);
  }

  /// A list of them.
  void put_names(std::string_view key, std::span<const std::string_view> names) {
    put_key(key);
    text_.put('[');
    for (const auto name : names) {
      if (text_.last() != '[') {
        text_.put(',');
      }
      is_plain(name) ? text_.put_quoted(name) : put_escaped(name);
    }
    text_.put(']');
  }

  /// Words from outside. Throws, as nlohmann does, when they are not UTF-8.
  void put_text(std::string_view key, std::string_view text) {
    put_key(key);
    is_plain(text) && is_ascii(text) ? text_.put_quoted(text) : put_escaped(text);
  }

  /// JSON that is written already.
  void put_json(std::string_view key, std::string_view json) {
    put_key(key);
    text_.put(json);
  }

  void put_number(std::string_view key, std::int64_t number) {
    put_key(key);
    text_.put_number(number);
  }

  /// kNever is null.
  void put_instant(std::string_view key, model::Instant instant) {
    put_key(key);
    instant == model::kNever ? text_.put("null") : text_.put_instant(instant);
  }

  /// Without quotes.
  [[nodiscard]] static std::string escaped(std::string_view name);

 private:
  void put_key(std::string_view key) {
    if (text_.last() != '{') {
      text_.put(',');
    }
    text_.put_quoted(key);
    text_.put(':');
  }

  void put_escaped(std::string_view text);

  Appender& text_;
};

}  // namespace protoflow::engine
