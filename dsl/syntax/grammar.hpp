// The grammar: what a file, a declaration and a line look like, once for every language. Private to
// the parser.
#pragma once

#include "dsl/syntax/grammar_condition.hpp"
#include "dsl/syntax/grammar_example.hpp"

namespace protoflow::dsl::grammar {

// clang-format off

/// A line: its first word, what follows, the end of the line.
template <Keyword Word, class... Rest>
struct clause : pegtl::seq<word<Word>, Rest..., line_end> {
  static constexpr NodeKind kind = NodeKind::clause;
  static constexpr Keyword word = Word;
  static constexpr bool begins_with_its_word = true;
};

template <class... Parts>
struct header : pegtl::seq<Parts..., line_end> {};

/// A header and its lines, up to the next declaration.
template <Keyword Word, class Header, class... Clauses>
struct declaration
    : pegtl::seq<word<Word>, Header,
                 pegtl::star<pegtl::sor<blank_line,
                                        pegtl::seq<pegtl::not_at<declaration_start>, pegtl::not_at<pegtl::eof>,
                                                   pegtl::sor<Clauses..., stray_line<Word>>>>>> {
  static constexpr NodeKind kind = NodeKind::declaration;
  static constexpr Keyword word = Word;
  static constexpr bool begins_with_its_word = true;
};

/// A title in another language.
struct translation : clause<Keyword::translation, need<Expected::a_language, tag>, need<Expected::a_text, text>> {};

/// The name in an earlier version.
struct was : clause<Keyword::was, names<Expected::a_new_name>> {};

struct titled : header<need<Expected::a_new_name, name>, pegtl::opt<text>> {};
struct untitled : header<> {};

// Protocol and calendar.
struct use : clause<Keyword::use, need<Expected::a_file, text>> {};
struct protocol : declaration<Keyword::protocol, titled,
    clause<Keyword::version, need<Expected::a_number, number>>,
    clause<Keyword::replaces, need<Expected::a_number, number>,
           need<Expected::word_because, word<Keyword::because>>, need<Expected::a_text, text>>,
    clause<Keyword::objective, need<Expected::a_text, text>>,
    clause<Keyword::audience, need<Expected::a_text, text>>,
    clause<Keyword::value, need<Expected::a_text, text>>,
    clause<Keyword::coordinated_by, role_name>,
    clause<Keyword::time_zone, need<Expected::a_time_zone, token<NodeKind::zone>>>,
    use, translation> {};

struct week_day : pegtl::sor<word<Keyword::monday>, word<Keyword::tuesday>, word<Keyword::wednesday>,
                             word<Keyword::thursday>, word<Keyword::friday>, word<Keyword::saturday>,
                             word<Keyword::sunday>> {};
struct one_week_day : need<Expected::a_week_day, week_day> {};
struct closed_day : pegtl::seq<date, pegtl::opt<text>> {
  static constexpr NodeKind kind = NodeKind::closed_day;
  static constexpr Keyword word = Keyword::none;
};
struct one_closed_day : need<Expected::a_date, closed_day> {};
struct closed_on : clause<Keyword::closed_on, one_closed_day, pegtl::star<comma, one_closed_day>> {};
struct closed_as_in : clause<Keyword::closed_as_in, need<Expected::a_file, text>> {};

struct calendar : declaration<Keyword::calendar, untitled,
    clause<Keyword::working_days, one_week_day,
           pegtl::sor<pegtl::seq<word<Keyword::to>, one_week_day>, pegtl::star<comma, one_week_day>>>,
    clause<Keyword::hours, need<Expected::a_clock_time, token<NodeKind::clock>>,
           need<Expected::word_to, word<Keyword::to>>, need<Expected::a_clock_time, token<NodeKind::clock>>>,
    closed_on, closed_as_in> {};

// Who.
struct guidance : clause<Keyword::guidance, need<Expected::a_text, text>> {};
struct need_declaration : declaration<Keyword::need, titled, guidance, translation> {};
struct competence : declaration<Keyword::competence, titled, guidance, translation> {};

struct one_language : need<Expected::a_language, tag> {};
struct partner : declaration<Keyword::partner, titled,
    clause<Keyword::brings, names<Expected::a_competence>>,
    clause<Keyword::gains, need<Expected::a_text, text>>,
    clause<Keyword::speaks, one_language, pegtl::star<comma, one_language>>,
    clause<Keyword::contact, need<Expected::a_text, text>>,
    closed_on, closed_as_in,
    was, translation> {};

struct answer_within : pegtl::seq<word<Keyword::answer_within>, some_duration> {};

struct role : declaration<Keyword::role, titled,
    clause<Keyword::held_by, partner_name, pegtl::star<pegtl::opt<comma>, word<Keyword::otherwise>, partner_name>>,
    clause<Keyword::chosen_by, role_name, pegtl::opt<word<Keyword::among>, names<Expected::a_partner>>,
           pegtl::opt<pegtl::opt<comma>, answer_within>>,
    clause<Keyword::answer_within, some_duration>,
    clause<Keyword::volunteer_of, partner_name>,
    clause<Keyword::requires_competence, names<Expected::a_competence>>,
    clause<Keyword::supervised_by, role_name>,
    clause<Keyword::at_most, need<Expected::a_number, number>, need<Expected::word_cases, word<Keyword::cases>>>,
    was, translation> {};

// A person's data.
struct information_type : pegtl::sor<
    word<Keyword::yes_or_no>,
    pegtl::seq<pegtl::sor<word<Keyword::scale>, word<Keyword::one_of>>, names<Expected::a_level>>,
    word<Keyword::number>, word<Keyword::date>, word<Keyword::text>> {};

struct information : declaration<Keyword::information,
    header<need<Expected::a_new_name, name>, pegtl::opt<text>, need<Expected::a_type, information_type>>,
    clause<Keyword::seen_by, roles>,
    clause<Keyword::sensitive>,
    clause<Keyword::kept, some_duration, need<Expected::word_after_closing, word<Keyword::after_closing>>>,
    was, translation> {};

struct consent : declaration<Keyword::consent, titled,
    clause<Keyword::covers, names<Expected::an_information>, need<Expected::word_with, word<Keyword::with>>, roles>,
    clause<Keyword::for_purpose, need<Expected::a_text, text>>,
    clause<Keyword::lasts, some_duration>,
    was, translation> {};

// What is done.
struct stage : declaration<Keyword::stage, titled, translation> {};

struct late_action : pegtl::sor<
    pegtl::seq<word<Keyword::tell>, roles>,
    pegtl::seq<word<Keyword::escalate_to>, role_name>,
    pegtl::seq<word<Keyword::settle_as>, need<Expected::an_outcome, name>>> {};
struct if_late : clause<Keyword::if_late, need<Expected::a_late_action, late_action>> {};
struct if_late_by : clause<Keyword::if_late_by, some_duration, need<Expected::a_late_action, late_action>> {};
/// A second name is read, so that the message can say what is wrong with it.
struct responsible : clause<Keyword::responsible, role_name,
                            pegtl::star<pegtl::sor<comma, word<Keyword::both>>, role_name>> {};
struct at_most_times : pegtl::seq<word<Keyword::at_most>, need<Expected::a_number, number>,
                                  need<Expected::word_times, word<Keyword::times>>> {};

/// `A, B`, or `2 of A, B, C`. The comma before `may return` belongs to no list.
struct reviewers : pegtl::seq<pegtl::opt<number, need<Expected::word_of_these, word<Keyword::of_these>>>, role_name,
                              pegtl::star<pegtl::not_at<comma, word<Keyword::may_return>>, comma, role_name>> {};

struct remind : clause<Keyword::remind, some_duration, need<Expected::word_before, word<Keyword::before>>> {};

struct step : declaration<Keyword::step, titled,
    clause<Keyword::after, some_condition>,
    clause<Keyword::when, some_condition>,
    responsible,
    clause<Keyword::with, roles>,
    clause<Keyword::informs, roles>,
    clause<Keyword::addresses, names<Expected::a_need>>,
    clause<Keyword::requires_consent, names<Expected::a_consent>>,
    clause<Keyword::asks_consent, need<Expected::a_consent, name>>,
    clause<Keyword::accept_within, some_duration>,
    clause<Keyword::within, some_duration, pegtl::opt<word<Keyword::counted_from>, step_name>,
           pegtl::opt<word<Keyword::when>, some_condition>>,
    remind,
    if_late, if_late_by,
    clause<Keyword::may_be_held, need<Expected::word_at_most, word<Keyword::at_most>>, some_duration, pegtl::opt<text>>,
    clause<Keyword::records, names<Expected::an_information>>,
    clause<Keyword::outcome, need<Expected::a_new_name, name>, pegtl::opt<text>,
           pegtl::opt<word<Keyword::was>, names<Expected::a_new_name>>,
           pegtl::opt<pegtl::sor<pegtl::seq<word<Keyword::reopens>, step_name, pegtl::opt<at_most_times>>,
                                 pegtl::seq<word<Keyword::ends_case_as>, need<Expected::an_ending, name>>>>>,
    clause<Keyword::review_by, reviewers, pegtl::opt<word<Keyword::within>, some_duration>,
           pegtl::opt<pegtl::opt<comma>, word<Keyword::may_return>, pegtl::opt<at_most_times>>>,
    clause<Keyword::unless, some_condition>,
    clause<Keyword::repeat_until, some_condition, pegtl::opt<pegtl::opt<comma>, at_most_times>,
           pegtl::opt<pegtl::opt<comma>, word<Keyword::every>, period>>,
    clause<Keyword::through, need<Expected::a_session, name>>,
    guidance,
    was, translation> {};

// Where people meet.
struct follow_up : clause<Keyword::follow_up, need<Expected::a_new_name, name>, pegtl::opt<text>,
                          need<Expected::word_responsible, word<Keyword::responsible>>, role_name,
                          need<Expected::word_within, word<Keyword::within>>, some_duration> {};

struct session : declaration<Keyword::session, titled,
    clause<Keyword::hosted_by, role_name>,
    clause<Keyword::with, roles>,
    clause<Keyword::for_up_to, need<Expected::a_number, number>,
           need<Expected::word_beneficiaries, word<Keyword::beneficiaries>>>,
    clause<Keyword::every, period>,
    clause<Keyword::on_request>,
    clause<Keyword::prepare, need<Expected::a_new_name, name>, pegtl::opt<text>,
           need<Expected::word_responsible, word<Keyword::responsible>>, role_name,
           pegtl::opt<word<Keyword::with>, roles>, some_duration, need<Expected::word_before, word<Keyword::before>>>,
    follow_up,
    was, translation> {};

struct answer : pegtl::sor<
    pegtl::seq<word<Keyword::scale>, need<Expected::a_number, number>, need<Expected::word_to, word<Keyword::to>>,
               need<Expected::a_number, number>>,
    word<Keyword::yes_or_no>, word<Keyword::text>> {};

struct routine : declaration<Keyword::routine, titled,
    clause<Keyword::for_exchange>,
    clause<Keyword::for_feedback>,
    clause<Keyword::for_evaluation>,
    clause<Keyword::every, period,
           pegtl::opt<word<Keyword::for_duration>, some_duration, pegtl::opt<comma>,
                      pegtl::opt<word<Keyword::then>, need<Expected::word_every, word<Keyword::every>>, period>>>,
    clause<Keyword::for_each_case>,
    responsible,
    clause<Keyword::with_all_partners>,
    clause<Keyword::with, roles>,
    clause<Keyword::asks, need<Expected::a_text, text>, need<Expected::an_answer, answer>>,
    clause<Keyword::within, some_duration>,
    remind,
    if_late, if_late_by,
    was, translation> {};

struct agreement : declaration<Keyword::agreement, untitled,
    clause<Keyword::signed_by, need<Expected::a_signatory, pegtl::sor<word<Keyword::all_partners>, name>>,
           pegtl::star<comma, partner_name>, pegtl::opt<word<Keyword::within>, some_duration>>,
    clause<Keyword::renewed_every, period>,
    clause<Keyword::cases_before_signature>> {};

// How it ends, and what must happen.
struct ending : declaration<Keyword::ending, titled,
    clause<Keyword::when, some_condition>,
    clause<Keyword::immediately>,
    clause<Keyword::at_any_time_by, role_name>,
    clause<Keyword::counts_as, need<Expected::a_result,
           pegtl::sor<word<Keyword::success>, word<Keyword::neutral>, word<Keyword::setback>>>>,
    follow_up,
    was, translation> {};

/// A promise that starts with what it speaks of: its word stands in the middle.
template <Keyword Word, class... Rest>
struct said_of : pegtl::seq<Rest..., line_end> {
  static constexpr NodeKind kind = NodeKind::clause;
  static constexpr Keyword word = Word;
};

struct one_atom : need<Expected::a_step, atom> {};
struct both_atoms : pegtl::seq<atom, word<Keyword::both>, atom> {};

struct promise : declaration<Keyword::promise, titled,
    clause<Keyword::never, one_atom, need<Expected::word_before, word<Keyword::before>>, one_atom>,
    clause<Keyword::whenever, one_atom, pegtl::opt<comma>, need<Expected::word_then_later, word<Keyword::then_later>>, one_atom>,
    clause<Keyword::exactly_one_of, one_atom, pegtl::star<comma, one_atom>>,
    clause<Keyword::case_ends, need<Expected::word_within, word<Keyword::within>>, some_duration>,
    said_of<Keyword::never_both, both_atoms, word<Keyword::never_both>>,
    said_of<Keyword::by_different_partners, both_atoms, word<Keyword::by_different_partners>>,
    said_of<Keyword::sees, name, word<Keyword::sees>, name, word<Keyword::only_after>, name>,
    said_of<Keyword::within, atom, word<Keyword::within>, duration, word<Keyword::counted_from>, atom>,
    said_of<Keyword::promise, name, pegtl::not_at<declaration_start>, need<Expected::a_promise, pegtl::failure>>,
    translation> {};

struct example : declaration<Keyword::example, titled,
    clause<Keyword::day, need<Expected::a_number, number>, need<Expected::an_action, action>>,
    clause<Keyword::expect, need<Expected::an_expectation, expectation>,
           pegtl::star<word<Keyword::both>, need<Expected::an_expectation, expectation>>>,
    translation> {};

struct any_declaration : pegtl::sor<protocol, calendar, need_declaration, competence, partner, role, information,
                                    consent, stage, step, session, routine, agreement, ending,
                                    promise, example> {};

/// A file that others use has its own `use` lines at the top.
struct file : pegtl::seq<pegtl::star<pegtl::sor<blank_line, use, any_declaration,
                                                pegtl::seq<pegtl::not_at<pegtl::eof>, stray_line<Keyword::none>>>>,
                         pegtl::eof> {
  static constexpr NodeKind kind = NodeKind::file;
  static constexpr Keyword word = Keyword::none;
};

// clang-format on

}  // namespace protoflow::dsl::grammar
