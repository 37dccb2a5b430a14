// What a protocol's picture says and wears: its few words in each language, and one colour for
// whoever is accountable. It draws nothing.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "engine/model/protocol.hpp"

namespace protoflow::dsl {

struct GraphWords {
  std::string_view opening, beneficiary, within, when, review, approved, returned_at_most, reopens,
      once, times, not_needed, all, any, immediately, at_any_time_by, success, neutral, setback,
      one_of, unless, through, repeats;
};

[[nodiscard]] const GraphWords& graph_words(model::Language language);

/// A light ground that stays light when printed in grey, and a strong line.
struct Colour {
  std::string_view ground, line;
};

/// Who answers for a role: the beneficiary, one partner, or whoever is chosen for the case.
struct Accountable {
  std::string title;
  Colour colour;
};

/// The accountables of a protocol in the order of its roles, and each role's place among them.
struct Accountables {
  std::vector<Accountable> all;
  std::vector<std::size_t> of_role;  // by RoleId

  /// Where `role` stands in `all`; the first one for an unknown role.
  [[nodiscard]] std::size_t place(model::RoleId role) const {
    return role.known() && role.value < of_role.size() ? of_role[role.value] : 0;
  }
};

[[nodiscard]] Accountables find_accountables(const model::Protocol& protocol);

/// True for a partner that holds `role`, or may be chosen for it; false without a partner.
[[nodiscard]] bool answers(const model::Protocol& protocol,
                           model::PartnerId partner,
                           model::RoleId role);

/// "au plus 2 fois" after `what`.
[[nodiscard]] std::string limit_label(std::string_view what,
                                      unsigned times,
                                      const GraphWords& words);

/// What stands in a review: "revue", "revue 2/3".
[[nodiscard]] std::string review_words(const model::Review& review, const GraphWords& words);

/// True for a partner that holds one of the roles that review.
[[nodiscard]] bool reviews(const model::Protocol& protocol,
                           model::PartnerId partner,
                           const model::Review& review);

/// What stands in a join: "et", "ou", "2/3".
[[nodiscard]] std::string join_words(const model::ConditionNode& group, const GraphWords& words);

/// What the picture calls a role; empty for an unknown one.
[[nodiscard]] std::string role_title(const model::Protocol& protocol, model::RoleId role);

/// The title, or the name where the author gave no title.
[[nodiscard]] std::string title_or_name(std::string_view title, std::string_view name);

}  // namespace protoflow::dsl
