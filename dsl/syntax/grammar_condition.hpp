// The parts of lines: names, lists, durations, conditions. Private to the parser.
#pragma once

#include "dsl/syntax/rules.hpp"

namespace protoflow::dsl::grammar {

// clang-format off

using name = token<NodeKind::name>;
using text = token<NodeKind::text>;
using number = token<NodeKind::number>;
using date = token<NodeKind::date>;
using tag = token<NodeKind::tag>;
using comma = mark<','>;

template <Expected E>
using names = pegtl::seq<need<E, name>, pegtl::star<comma, need<E, name>>>;

using roles = names<Expected::a_role>;
using role_name = need<Expected::a_role, name>;
using partner_name = need<Expected::a_partner, name>;
using step_name = need<Expected::a_step, name>;

struct unit : pegtl::sor<word<Keyword::unit_working_days>, word<Keyword::unit_days>, word<Keyword::unit_weeks>,
                         word<Keyword::unit_months>, word<Keyword::unit_hours>, word<Keyword::unit_minutes>,
                         word<Keyword::unit_years>> {};
using some_unit = need<Expected::a_unit, unit>;

struct duration : pegtl::seq<number, some_unit> {
  static constexpr NodeKind kind = NodeKind::duration;
  static constexpr Keyword word = Keyword::none;
};
using some_duration = need<Expected::a_duration, duration>;

/// After `every`, one month needs no number.
struct period : pegtl::seq<pegtl::opt<number>, some_unit> {
  static constexpr NodeKind kind = NodeKind::duration;
  static constexpr Keyword word = Keyword::none;
};

struct value : pegtl::sor<word<Keyword::yes>, word<Keyword::no>, date, number, name> {};

struct condition;

struct atom : pegtl::seq<name, pegtl::opt<pegtl::sor<
                  word<Keyword::is_done>, word<Keyword::is_not_needed>, word<Keyword::is_known>, word<Keyword::is_given>,
                  pegtl::seq<pegtl::sor<word<Keyword::is_not>, word<Keyword::is>, token<NodeKind::compare>>,
                             need<Expected::a_value, value>>>>> {
  static constexpr NodeKind kind = NodeKind::atom;
  static constexpr Keyword word = Keyword::none;
};

struct group : pegtl::seq<mark<'('>, need<Expected::a_condition, nested<condition>>,
                          need<Expected::a_closing_bracket, mark<')'>>> {
  static constexpr NodeKind kind = NodeKind::group;
  static constexpr Keyword word = Keyword::none;
};

struct choice : need<Expected::a_step, pegtl::sor<group, atom>> {};
struct selection : pegtl::seq<pegtl::sor<word<Keyword::all_of>, word<Keyword::any_of>,
                                         pegtl::seq<number, word<Keyword::of_these>>>,
                              choice, pegtl::star<comma, choice>> {
  static constexpr NodeKind kind = NodeKind::selection;
  static constexpr Keyword word = Keyword::none;
};

struct operand;
struct negation : pegtl::seq<word<Keyword::negated>, need<Expected::a_condition, nested<operand>>> {
  static constexpr NodeKind kind = NodeKind::negation;
  static constexpr Keyword word = Keyword::none;
};

struct operand : pegtl::sor<selection, negation, group, atom> {};

template <Keyword Connective>
struct joined : pegtl::plus<word<Connective>, need<Expected::a_condition, operand>> {};

struct condition
    : pegtl::seq<operand, pegtl::opt<pegtl::sor<pegtl::seq<joined<Keyword::both>, not_mixed_with<Keyword::either>>,
                                                pegtl::seq<joined<Keyword::either>, not_mixed_with<Keyword::both>>>>> {
  static constexpr NodeKind kind = NodeKind::condition;
  static constexpr Keyword word = Keyword::none;
};

using some_condition = need<Expected::a_condition, condition>;

// clang-format on

}  // namespace protoflow::dsl::grammar
