// The lines of an example: what someone does on a day, and what is expected then. Private to the
// parser.
#pragma once

#include "dsl/syntax/grammar_condition.hpp"

namespace protoflow::dsl::grammar {

// clang-format off

struct recorded : pegtl::seq<name, need<Expected::a_value, pegtl::sor<value, text>>> {
  static constexpr NodeKind kind = NodeKind::recorded;
  static constexpr Keyword word = Keyword::none;
};
struct one_recorded : need<Expected::an_information, recorded> {};

struct verb : pegtl::sor<
    pegtl::seq<word<Keyword::takes>, step_name>,
    pegtl::seq<word<Keyword::declines>, step_name, pegtl::opt<text>>,
    pegtl::seq<word<Keyword::completes>, step_name,
               pegtl::opt<word<Keyword::as_outcome>, need<Expected::an_outcome, name>>,
               pegtl::opt<word<Keyword::with>, one_recorded, pegtl::star<comma, one_recorded>>>,
    pegtl::seq<word<Keyword::approves>, step_name>,
    pegtl::seq<word<Keyword::returns>, step_name, pegtl::opt<text>>,
    pegtl::seq<word<Keyword::holds>, step_name, pegtl::opt<text>>,
    pegtl::seq<word<Keyword::resumes>, step_name>,
    pegtl::seq<word<Keyword::proposes>, role_name, need<Expected::word_to, word<Keyword::to>>, partner_name>,
    pegtl::seq<word<Keyword::accepts>, role_name>,
    pegtl::seq<word<Keyword::ends_case_as>, need<Expected::an_ending, name>>> {};

struct action : pegtl::sor<word<Keyword::opened>, word<Keyword::nothing>,
                           pegtl::seq<name, need<Expected::a_verb, verb>>> {};

struct step_state : pegtl::sor<
    pegtl::seq<word<Keyword::is_offered>, pegtl::opt<word<Keyword::to>, role_name>>,
    word<Keyword::is_waiting>, word<Keyword::is_taken>, word<Keyword::is_held>, word<Keyword::is_in_review>,
    word<Keyword::is_done>, word<Keyword::is_not_needed>, word<Keyword::is_withdrawn>, word<Keyword::is_late>,
    pegtl::seq<word<Keyword::is_escalated_to>, role_name>,
    pegtl::seq<word<Keyword::was_told>, pegtl::opt<word<Keyword::told_about>, step_name>>,
    pegtl::seq<word<Keyword::is>, need<Expected::an_outcome, name>>> {};

struct expectation : pegtl::sor<
    pegtl::seq<word<Keyword::closed_as>, need<Expected::an_ending, name>>,
    pegtl::seq<name, need<Expected::an_expectation, step_state>>> {
  static constexpr NodeKind kind = NodeKind::expectation;
  static constexpr Keyword word = Keyword::none;
};

// clang-format on

}  // namespace protoflow::dsl::grammar
