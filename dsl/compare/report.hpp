// A comparison as partners read it: what concerns everyone, then each role, then each partner, and
// for whom nothing changes.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "dsl/compare/compare.hpp"

namespace protoflow::dsl {

struct Comparison {
  const model::Protocol& was;
  const model::Protocol& now;
  model::Language reader = model::Language::french;
  std::string meaning_was, meaning_now;  // the meaning hashes; empty: not shown
};

/// What only one role or partner is told; both unknown: everyone. Ids are places in the new
/// version, or in the old one for what was removed: hence names.
struct Audience {
  std::string role, partner;
};

enum class ReportFormat : std::uint8_t { text, markdown, json };

/// The role or the partner of that name in either version; both empty when there is none.
[[nodiscard]] Audience audience_named(const Comparison& comparison, std::string_view name);

/// The names of the partners that no change concerns, neither by themselves nor by a role. What
/// concerns everyone is for the caller to judge.
[[nodiscard]] std::vector<std::string> unconcerned_partners(const Comparison& comparison,
                                                            const std::vector<Change>& changes);

/// UTF-8, ends with a line end. With an audience: what concerns everyone, and what concerns it (a
/// partner: each role it holds, may be chosen for or gives volunteers to).
[[nodiscard]] std::string report(const Comparison& comparison,
                                 const std::vector<Change>& changes,
                                 const Audience& audience,
                                 ReportFormat format);

}  // namespace protoflow::dsl
