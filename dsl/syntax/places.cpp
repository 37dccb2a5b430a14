#include "dsl/syntax/places.hpp"

#include <algorithm>

namespace protoflow::dsl {
namespace {

using enum Keyword;

constexpr Keyword kDeclarations[] = {
    protocol,
    calendar,
    need,
    competence,
    partner,
    role,
    information,
    consent,
    stage,
    step,
    session,
    routine,
    agreement,
    ending,
    promise,
    example,
};

constexpr Keyword kProtocol[] = {
    version,
    replaces,
    objective,
    audience,
    value,
    coordinated_by,
    time_zone,
    use,
    translation,
};
constexpr Keyword kCalendar[] = {working_days, hours, closed_on, closed_as_in};
constexpr Keyword kGuided[] = {guidance, translation};
constexpr Keyword kPartner[] = {
    brings,
    gains,
    speaks,
    contact,
    closed_on,
    closed_as_in,
    was,
    translation,
};
constexpr Keyword kRole[] = {
    held_by,
    chosen_by,
    answer_within,
    volunteer_of,
    requires_competence,
    supervised_by,
    at_most,
    was,
    translation,
};
constexpr Keyword kInformation[] = {seen_by, sensitive, kept, was, translation};
constexpr Keyword kConsent[] = {covers, for_purpose, lasts, was, translation};
constexpr Keyword kStep[] = {
    after,        when,          responsible, with,   informs,      addresses,  requires_consent,
    asks_consent, accept_within, within,      remind, if_late,      if_late_by, may_be_held,
    records,      outcome,       review_by,   unless, repeat_until, through,    guidance,
    was,          translation,
};
constexpr Keyword kStage[] = {translation};
constexpr Keyword kSession[] = {
    hosted_by,
    with,
    for_up_to,
    every,
    on_request,
    prepare,
    follow_up,
    was,
    translation,
};
constexpr Keyword kAgreement[] = {signed_by, renewed_every, cases_before_signature};
constexpr Keyword kPromise[] = {never, whenever, exactly_one_of, case_ends, translation};
constexpr Keyword kRoutine[] = {
    for_exchange,
    for_feedback,
    for_evaluation,
    every,
    for_each_case,
    responsible,
    with,
    with_all_partners,
    asks,
    within,
    remind,
    if_late,
    if_late_by,
    was,
    translation,
};
constexpr Keyword kEnding[] = {
    when,
    immediately,
    at_any_time_by,
    counts_as,
    follow_up,
    was,
    translation,
};
constexpr Keyword kExample[] = {day, expect, translation};

constexpr Keyword kShareable[] = {calendar, need, competence, partner, information};

}  // namespace

bool is_shareable(Keyword declaration) {
  return std::find(std::begin(kShareable), std::end(kShareable), declaration) !=
         std::end(kShareable);
}

std::span<const Keyword> clauses_of(Keyword declaration) {
  switch (static_cast<int>(declaration)) {
    case static_cast<int>(protocol):
      return kProtocol;
    case static_cast<int>(calendar):
      return kCalendar;
    case static_cast<int>(need):
    case static_cast<int>(competence):
      return kGuided;
    case static_cast<int>(partner):
      return kPartner;
    case static_cast<int>(role):
      return kRole;
    case static_cast<int>(information):
      return kInformation;
    case static_cast<int>(consent):
      return kConsent;
    case static_cast<int>(stage):
      return kStage;
    case static_cast<int>(step):
      return kStep;
    case static_cast<int>(session):
      return kSession;
    case static_cast<int>(routine):
      return kRoutine;
    case static_cast<int>(agreement):
      return kAgreement;
    case static_cast<int>(ending):
      return kEnding;
    case static_cast<int>(promise):
      return kPromise;
    case static_cast<int>(example):
      return kExample;
    default:
      return {};
  }
}

std::vector<Keyword> places_of(Keyword clause) {
  std::vector<Keyword> places;
  for (const Keyword declaration : kDeclarations) {
    const auto clauses = clauses_of(declaration);
    if (std::find(clauses.begin(), clauses.end(), clause) != clauses.end()) {
      places.push_back(declaration);
    }
  }
  return places;
}

std::span<const Keyword> declarations() {
  return kDeclarations;
}

}  // namespace protoflow::dsl
