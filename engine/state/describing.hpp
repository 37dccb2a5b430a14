// `key=value` words for the lines of `describe`; what is empty, zero or never is left out. Private
// to engine/state.
#pragma once

#include <string>
#include <string_view>

#include "engine/log/record.hpp"
#include "engine/model/protocol.hpp"

namespace protoflow::engine {

template <class E, class Names>
std::string_view name_of(E value, const Names& names) {
  return names[static_cast<std::size_t>(value)];
}

inline void add(std::string& text, std::string_view key, std::string_view value) {
  if (!value.empty()) {
    text.append(" ").append(key).append("=").append(value);
  }
}

inline void add_instant(std::string& text, std::string_view key, model::Instant instant) {
  if (instant != model::kNever) {
    add(text, key, to_text(instant));
  }
}

inline void add_number(std::string& text, std::string_view key, std::int64_t number) {
  if (number != 0) {
    add(text, key, std::to_string(number));
  }
}

template <class IdType>
std::string_view name_or_nothing(const model::Protocol& protocol, IdType id) {
  return id.known() ? std::string_view(protocol[id].name) : std::string_view();
}

}  // namespace protoflow::engine
