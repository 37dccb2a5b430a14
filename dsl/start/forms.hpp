// The texts of a first protocol, one set per language, with places to fill. Private to dsl/start.
#pragma once

#include <array>
#include <string_view>

#include "dsl/start/start.hpp"

namespace protoflow::dsl {

/// What Enter accepts.
struct StartDefaults {
  std::string_view title, objective, audience, need;
  std::array<std::string_view, kStartPartnersMin> partners;
};

/// Places: {name} {title} {objective} {audience} {need} of the protocol; {partner} {partner-title}
/// of the partner at hand; {coordinating} {second} partners; {supports}, the roles of the others;
/// {first-support}; {supported}, that all their steps have settled.
struct StartForms {
  StartDefaults defaults;
  std::string_view protocol_fallback, partner_fallback;
  std::string_view support;  // begins the names of the others' roles
  std::string_view action;   // and of their steps
  std::string_view all_of;   // before a list of more than one step
  std::string_view head;     // up to the partners
  std::string_view coordinating_partner, second_partner, other_partner;
  std::string_view roles;
  std::string_view second_support_role, other_support_role;
  std::string_view path;  // what is recorded, and the steps before those of the others
  std::string_view action_step;
  std::string_view rest;  // the last step, meetings, endings
  std::string_view example_head, example_action, example_done, example_tail;
  std::string_view refusal_head, refusal_action, refusal_tail;
};

[[nodiscard]] const StartForms& french_forms();
[[nodiscard]] const StartForms& english_forms();
[[nodiscard]] const StartForms& forms(model::Language language);

}  // namespace protoflow::dsl
