// The words of the canonical text: a line is a keyword and words; texts and names are quoted, so
// that no text can pass for another line or another word. For canonical.cpp, and for dsl/compare,
// which tells what of it differs.
#pragma once

#include <initializer_list>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "engine/model/protocol.hpp"

namespace protoflow::model::words {

inline constexpr std::string_view kNothing = "-";

[[nodiscard]] std::string quoted(std::string_view text);
[[nodiscard]] std::string digits(std::int64_t number);
[[nodiscard]] std::string yes_if(bool holds);
[[nodiscard]] std::string in_words(const Duration& duration);
[[nodiscard]] std::string in_words(const std::optional<Duration>& duration);
[[nodiscard]] std::vector<std::string> texts_of(const std::vector<std::string>& texts);

/// Preorder with the number of operands: no bracket is needed to read it in one way only.
[[nodiscard]] std::string in_words(const Protocol& protocol, const Condition& condition);

/// The name that it has now.
[[nodiscard]] const std::string& name_of(const Protocol& protocol, const FormerName& former);

/// What declarations were called before: a line each, in one order.
[[nodiscard]] std::string in_words(const Protocol& protocol,
                                   const std::vector<FormerName>& former_names);

/// The same meaning gives the same text: the operands of `and`, `or` and `2 of` in one order.
[[nodiscard]] std::string in_one_order(const Protocol& protocol, const Condition& condition);

/// The lines of a review; sorted, those of one meaning are alike. Where there is one reviewer, it
/// stands by itself.
[[nodiscard]] std::string in_words(const Protocol& protocol, const Review& review, bool sorted);

/// Whether the order of a promise's operands says nothing.
[[nodiscard]] bool is_in_any_order(PromiseKind kind);

void line(std::string& out, std::string_view keyword, std::initializer_list<std::string> words);

template <class Declaration, class Tag>
std::string name_of(const std::vector<Declaration>& table, Id<Tag> id) {
  return id.value < table.size() ? quoted(table[id.value].name) : std::string(kNothing);
}

template <class Declaration, class Tag>
std::vector<std::string> names_of(const std::vector<Declaration>& table,
                                  const std::vector<Id<Tag>>& ids) {
  std::vector<std::string> names;
  names.reserve(ids.size());
  for (const Id<Tag> id : ids) {
    names.push_back(name_of(table, id));
  }
  return names;
}

}  // namespace protoflow::model::words
