// The sentences of a comparison, one table per language: a third language is one more table.
// {name} is what the declaration is called, {was} and {is} the phrases of the change.
#pragma once

#include <span>
#include <string>
#include <string_view>

#include "dsl/compare/compare.hpp"

namespace protoflow::dsl {

/// The forms that a member never takes are empty.
struct Sentences {
  Member member;
  std::string_view changed, added, removed;
};

/// One row for each member, in the order of members.def.
[[nodiscard]] constexpr bool in_order(std::span<const Sentences> table) {
  for (std::size_t i = 0; i < table.size(); ++i) {
    if (static_cast<std::size_t>(table[i].member) != i) {
      return false;
    }
  }
  return table.size() == kMemberCount;
}

/// The words around the sentences.
struct ReportWords {
  std::string_view title;                  // {protocol}
  std::string_view meaning, same_meaning;  // {was}, {is}
  std::string_view no_change, everyone, beneficiary;
  std::string_view role;                   // {role}
  std::string_view partner;                // {partner}
  std::string_view nothing, nothing_else;  // {partners}
};

[[nodiscard]] std::span<const Sentences> french_sentences();
[[nodiscard]] std::span<const Sentences> english_sentences();
[[nodiscard]] const ReportWords& report_words(model::Language language);

/// One sentence: what changes, for whoever reads `language`.
[[nodiscard]] std::string sentence(const Change& change, model::Language language);

}  // namespace protoflow::dsl
