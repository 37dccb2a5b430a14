// The fixed words of the documents: one table a language, in words_<language>.cpp. `{name}` is
// filled in. A text here speaks to its reader as « vous ».
#pragma once

#include <array>
#include <string_view>

#include "engine/model/protocol.hpp"

namespace protoflow::dsl::document {

/// What every document says of steps, conditions and delays.
struct PhraseWords {
  std::string_view beneficiary, comma, and_last, semicolon, quoted, colon;
  std::string_view from_opening, after, when, reserved_condition;
  std::string_view step_outcome, step_other_outcome, step_not_needed, step_needed;
  std::string_view known, unknown, yes, no;
  std::array<std::string_view, 6> compared, dated;  // by Compare
  std::string_view consent_given, consent_refused;
  std::string_view within, within_of, within_when, otherwise, no_deadline, accept, hold, remind;
  std::string_view late_told, late_told_by, late_escalated, late_escalated_by, late_settled,
      late_settled_by;
  std::string_view repeated, repeated_every, unless, through;
  std::string_view role_of_partner, deputies, chosen_among, partner_chosen;
  std::string_view version, meaning_hash, made_from;
};

struct MatrixWords {
  std::string_view title, caption, stage, step, role, partner, no_stage, sessions, routines;
  std::string_view preparation, follow_up, separator;
  // By MatrixMark: the letter, the word, what it means.
  std::array<std::string_view, 5> letters, names, meanings;
};

struct BriefWords {
  std::string_view subtitle, people, programme, objective, value;
  std::string_view your_place, brings, gains, role_deputy, role_chosen, role_volunteer,
      answer_within, cases_max, no_role;
  std::string_view steps, steps_caption, step, opens, deadline, late, if_chosen, with, informs,
      records, asks, needs_consent, outcomes, reviewed, some_of, quorum, within, returns_once,
      returns, guidance, and_more, elsewhere;
  std::string_view reviews, review_item, supports, support_item, deputies, deputy_item;
  std::string_view meetings, session_host, session_with, session_once, session_on_request,
      session_for, prepares, follow_up, routine_leads, routine_joins, routine_case, routine_first,
      report_within;
  std::array<std::string_view, 3> purposes;  // by RoutinePurpose
  std::string_view receives, offers, reminders, review_requests, informed, informed_many, told_many,
      told, told_own, told_by, escalated, escalated_by, referrals, chooser, declined, closing;
  std::string_view sees, sensitive, kept, sees_none, hidden, hidden_sensitive,
      hidden_sensitive_many, deputy_sees, consents, consent_item, consent_purpose, consent_lasts;
  std::string_view call, call_item, no_contact;
  std::string_view leave, leave_lead, leave_coordinator, leave_deputy, leave_stand_in, leave_chosen,
      leave_nobody;
  std::string_view agreement, signed_by_all, signed_by, signed_within, renewed, cases_before,
      cases_after, replaces, sign_here, partnership;
  std::array<std::string_view, 4> sign_lines;
};

struct CardWords {
  std::string_view title, with_you, chosen, name_line, telephone_line;
  std::string_view next, by_you;
  std::string_view notes, notes_nothing, notes_else, notes_caption, information, seen_by, sensitive;
  std::string_view refuse, refuse_lead, purpose, lasts, without, others;
  std::string_view stop, stop_at_any_time, stop_ask, rights, disagree;
  std::string_view call, call_item;
};

struct DocumentWords {
  PhraseWords phrase;
  MatrixWords matrix;
  BriefWords brief;
  CardWords card;
};

[[nodiscard]] const DocumentWords& document_words(model::Language language);

}  // namespace protoflow::dsl::document
