#include "engine/model/canonical.hpp"

#include "engine/model/canonical_words.hpp"

// Structs are taken apart with structured bindings, all members at once: one that is added to the
// model does not compile here until it is written, or left out on purpose.
namespace protoflow::model {
namespace {

using namespace words;

/// Only where there are any, as is everything that the first way of writing did not have: a
/// protocol without it keeps its hash.
void write_translations(std::string& out, const std::vector<Translation>& translations) {
  for (const auto& [language, text] : translations) {
    line(out, "translation", {quoted(language), quoted(text)});
  }
}

// ---- who takes part
// -------------------------------------------------------------------------------------------------

void write_closed(std::string& out, const std::vector<ClosedDay>& closed) {
  for (const auto& [day, reason] : closed) {
    line(out, "closed_on", {digits(day.time_since_epoch().count()), quoted(reason)});
  }
}

void write_calendar(std::string& out, const Calendar& calendar) {
  const auto& [working, opens, closes, closed] = calendar;
  line(out, "working_days", {digits(working)});
  line(out, "hours", {digits(opens.count()), digits(closes.count())});
  write_closed(out, closed);
}

void write_partner(std::string& out, const Protocol& protocol, const Partner& partner) {
  const auto& [name, title, brings, gains, speaks, contact, closed, translations] = partner;
  line(out, "partner", {quoted(name), quoted(title)});
  line(out, "brings", {names_of(protocol.competences, brings)});
  line(out, "gains", {quoted(gains)});
  line(out, "speaks", {texts_of(speaks)});
  line(out, "contact", {quoted(contact)});
  write_closed(out, closed);
  write_translations(out, translations);
}

void write_role(std::string& out, const Protocol& protocol, const Role& role) {
  constexpr std::string_view kBindings[] = {"beneficiary", "held_by", "chosen_by", "volunteer_of"};
  const auto& [name,
               title,
               binding,
               partners,
               chooser,
               answer_within,
               requires_competences,
               supervisor,
               cases_max,
               translations,
               own_line] = role;
  line(out, "role", {quoted(name), quoted(title)});
  line(out, kBindings[static_cast<std::size_t>(binding)], {names_of(protocol.partners, partners)});
  line(out, "chooser", {name_of(protocol.roles, chooser), in_words(answer_within)});
  line(out, "requires", {names_of(protocol.competences, requires_competences)});
  line(out, "supervised_by", {name_of(protocol.roles, supervisor)});
  line(out, "cases_max", {cases_max ? digits(*cases_max) : std::string(kNothing)});
  write_translations(out, translations);
}

void write_information(std::string& out, const Protocol& protocol, const Information& information) {
  constexpr std::string_view kTypes[] = {"yes_or_no", "scale", "one_of", "number", "date", "text"};
  const auto& [name, title, type, levels, seen_by, sensitive, kept_after_closing, translations] =
      information;
  line(out, "information", {quoted(name), quoted(title)});
  line(out, kTypes[static_cast<std::size_t>(type)], {texts_of(levels)});
  line(out, "seen_by", {names_of(protocol.roles, seen_by)});
  line(out, "sensitive", {yes_if(sensitive)});
  line(out, "kept_after_closing", {in_words(kept_after_closing)});
  write_translations(out, translations);
}

void write_consent(std::string& out, const Protocol& protocol, const Consent& consent) {
  const auto& [name, title, covers, with, purpose, lasts, translations] = consent;
  line(out, "consent", {quoted(name), quoted(title)});
  line(out, "covers", {names_of(protocol.informations, covers)});
  line(out, "with", {names_of(protocol.roles, with)});
  line(out, "for", {quoted(purpose)});
  line(out, "lasts", {in_words(lasts)});
  write_translations(out, translations);
}

// ---- what happens
// -----------------------------------------------------------------------------------------------

void write_late(std::string& out,
                const Protocol& protocol,
                const std::vector<LateRule>& rules,
                const std::vector<Outcome>& outcomes) {
  constexpr std::string_view kActions[] = {"tell", "escalate", "settle"};
  for (const auto& [by, action, role, outcome] : rules) {
    line(out,
         "if_late",
         {in_words(by),
          std::string(kActions[static_cast<std::size_t>(action)]),
          name_of(protocol.roles, role),
          name_of(outcomes, outcome)});
  }
}

void write_outcomes(std::string& out, const Protocol& protocol, const Step& step) {
  for (const auto& [name, title, reopens, reopens_max, ends_case] : step.outcomes) {
    line(out,
         "outcome",
         {quoted(name),
          quoted(title),
          name_of(protocol.steps, reopens),
          digits(reopens_max),
          name_of(protocol.endings, ends_case)});
  }
}

void write_times(std::string& out, const Protocol& protocol, const Step& step) {
  line(out, "accept_within", {in_words(step.accept_within)});
  for (const auto& [within, from, when] : step.deadlines) {
    line(
        out, "within", {in_words(within), name_of(protocol.steps, from), in_words(protocol, when)});
  }
  for (const Duration& before : step.remind_before) {
    line(out, "remind_before", {in_words(before)});
  }
  write_late(out, protocol, step.late, step.outcomes);
  if (step.hold) {
    const auto& [at_most, reason] = *step.hold;
    line(out, "may_be_held", {in_words(at_most), quoted(reason)});
  }
}

void write_step(std::string& out, const Protocol& protocol, const Step& step) {
  const auto& [name,
               title,
               stage,
               after,
               when,
               unless,
               responsible,
               with,
               informs,
               addresses,
               requires_consents,
               asks_consent,
               accept_within,
               deadlines,
               remind_before,
               late,
               hold,
               records,
               outcomes,
               review,
               repeat,
               through,
               guidance,
               translations,
               own_line,
               responsible_line] = step;
  line(out, "step", {quoted(name), quoted(title), name_of(protocol.stages, stage)});
  line(out, "after", {in_words(protocol, after)});
  line(out, "when", {in_words(protocol, when)});
  line(out, "unless", {in_words(protocol, unless)});
  line(out, "responsible", {name_of(protocol.roles, responsible)});
  line(out, "with", {names_of(protocol.roles, with)});
  line(out, "informs", {names_of(protocol.roles, informs)});
  line(out, "addresses", {names_of(protocol.needs, addresses)});
  line(out, "requires_consent", {names_of(protocol.consents, requires_consents)});
  line(out, "asks_consent", {name_of(protocol.consents, asks_consent)});
  write_times(out, protocol, step);
  line(out, "records", {names_of(protocol.informations, records)});
  write_outcomes(out, protocol, step);
  if (review) {
    const auto& [by, within, returns_max, review_line] = *review;
    line(out, "review", {name_of(protocol.roles, by), in_words(within), digits(returns_max)});
  }
  if (repeat) {
    const auto& [until, times_max, every] = *repeat;
    line(out, "repeat", {in_words(protocol, until), digits(times_max), in_words(every)});
  }
  if (through.known()) {
    line(out, "through", {name_of(protocol.sessions, through)});
  }
  line(out, "guidance", {quoted(guidance)});
  write_translations(out, translations);
}

void write_follow_ups(std::string& out,
                      const Protocol& protocol,
                      const std::vector<FollowUp>& follow_ups) {
  for (const auto& [name, title, responsible, within] : follow_ups) {
    line(out,
         "follow_up",
         {quoted(name), quoted(title), name_of(protocol.roles, responsible), in_words(within)});
  }
}

void write_session(std::string& out, const Protocol& protocol, const Session& session) {
  const auto& [name,
               title,
               hosted_by,
               with,
               beneficiaries_max,
               every,
               on_request,
               preparations,
               follow_ups,
               translations,
               own_line] = session;
  line(out, "session", {quoted(name), quoted(title), name_of(protocol.roles, hosted_by)});
  line(out, "with", {names_of(protocol.roles, with)});
  line(out, "for_up_to", {beneficiaries_max ? digits(*beneficiaries_max) : std::string(kNothing)});
  line(out, "every", {in_words(every), yes_if(on_request)});
  for (const auto& [own_name, own_title, responsible, own_with, before] : preparations) {
    line(out,
         "prepare",
         {quoted(own_name),
          quoted(own_title),
          name_of(protocol.roles, responsible),
          names_of(protocol.roles, own_with),
          in_words(before)});
  }
  write_follow_ups(out, protocol, follow_ups);
  write_translations(out, translations);
}

void write_agreement(std::string& out, const Protocol& protocol, const Agreement& agreement) {
  const auto& [by_all_partners, partners, within, renewed_every] = agreement;
  line(out,
       "agreement",
       {yes_if(by_all_partners),
        names_of(protocol.partners, partners),
        in_words(within),
        in_words(renewed_every)});
}

void write_promise(std::string& out, const Protocol& protocol, const Promise& promise) {
  constexpr std::string_view kKinds[] = {"never_before",
                                         "then_later",
                                         "never_both",
                                         "exactly_one",
                                         "within_of",
                                         "case_ends_within",
                                         "by_different_partners",
                                         "sees_only_after"};
  const auto& [name, title, lines, translations, own_line] = promise;
  line(out, "promise", {quoted(name), quoted(title)});
  for (const auto& [kind, conditions, within, partner, information, consent, its_line] : lines) {
    std::string said = std::string(kKinds[static_cast<std::size_t>(kind)]);
    for (const Condition& condition : conditions) {
      said += ' ' + in_words(protocol, condition);
    }
    line(out,
         "promises",
         {said,
          in_words(within),
          name_of(protocol.partners, partner),
          name_of(protocol.informations, information),
          name_of(protocol.consents, consent)});
  }
  write_translations(out, translations);
}

void write_routine(std::string& out, const Protocol& protocol, const Routine& routine) {
  constexpr std::string_view kPurposes[] = {"exchange", "feedback", "evaluation"};
  constexpr std::string_view kAnswers[] = {"scale", "yes_or_no", "text"};
  const auto& [name,
               title,
               purpose,
               every,
               for_first,
               then_every,
               for_each_case,
               responsible,
               with_all_partners,
               with,
               asks,
               within,
               remind_before,
               late,
               translations] = routine;
  line(out,
       "routine",
       {quoted(name), quoted(title), std::string(kPurposes[static_cast<std::size_t>(purpose)])});
  line(out, "every", {in_words(every), in_words(for_first), in_words(then_every)});
  line(out, "for_each_case", {yes_if(for_each_case)});
  line(out, "responsible", {name_of(protocol.roles, responsible)});
  line(out, "with", {yes_if(with_all_partners), names_of(protocol.roles, with)});
  for (const auto& [text, type, from, to] : asks) {
    line(out,
         "asks",
         {quoted(text),
          std::string(kAnswers[static_cast<std::size_t>(type)]),
          digits(from),
          digits(to)});
  }
  line(out, "within", {in_words(within)});
  for (const Duration& before : remind_before) {
    line(out, "remind_before", {in_words(before)});
  }
  write_late(out, protocol, late, {});
  write_translations(out, translations);
}

void write_ending(std::string& out, const Protocol& protocol, const Ending& ending) {
  constexpr std::string_view kCounts[] = {"success", "neutral", "setback"};
  const auto& [name,
               title,
               when,
               has_condition,
               immediately,
               at_any_time_by,
               counts_as,
               follow_ups,
               translations] = ending;
  line(out, "ending", {quoted(name), quoted(title)});
  line(out, "when", {yes_if(has_condition), in_words(protocol, when)});
  line(out, "immediately", {yes_if(immediately)});
  line(out, "at_any_time_by", {name_of(protocol.roles, at_any_time_by)});
  line(out, "counts_as", {std::string(kCounts[static_cast<std::size_t>(counts_as)])});
  write_follow_ups(out, protocol, follow_ups);
  write_translations(out, translations);
}

template <class Guided>
void write_guided(std::string& out, std::string_view keyword, const std::vector<Guided>& table) {
  for (const auto& [name, title, guidance, translations] : table) {
    line(out, keyword, {quoted(name), quoted(title), quoted(guidance)});
    write_translations(out, translations);
  }
}

template <class Declaration, class Write>
void write_each(std::string& out,
                const Protocol& protocol,
                const std::vector<Declaration>& table,
                Write write) {
  for (const Declaration& declaration : table) {
    write(out, protocol, declaration);
  }
}

}  // namespace

std::string canonical(const Protocol& protocol) {
  const auto& [language,
               name,
               title,
               version,
               replaces,
               replaces_because,
               objective,
               audience,
               value,
               coordinated_by,
               time_zone,
               calendar,
               needs,
               competences,
               partners,
               roles,
               informations,
               consents,
               stages,
               steps,
               sessions,
               routines,
               agreement,
               endings,
               promises,
               examples,
               translations] = protocol;
  std::string out = "protoflow canonical 1\n";  // another way of writing is another number
  line(out, "protocol", {quoted(name), quoted(title)});
  line(out, "version", {digits(version), digits(replaces), quoted(replaces_because)});
  line(out, "objective", {quoted(objective)});
  line(out, "audience", {quoted(audience)});
  line(out, "value", {quoted(value)});
  line(out, "coordinated_by", {name_of(roles, coordinated_by)});
  line(out, "time_zone", {quoted(time_zone)});
  write_translations(out, translations);
  write_calendar(out, calendar);
  write_guided(out, "need", needs);
  write_guided(out, "competence", competences);
  write_each(out, protocol, partners, write_partner);
  write_each(out, protocol, roles, write_role);
  write_each(out, protocol, informations, write_information);
  write_each(out, protocol, consents, write_consent);
  for (const auto& [own_name, own_title, own_translations] : stages) {
    line(out, "stage", {quoted(own_name), quoted(own_title)});
    write_translations(out, own_translations);
  }
  write_each(out, protocol, steps, write_step);
  write_each(out, protocol, sessions, write_session);
  write_each(out, protocol, routines, write_routine);
  if (agreement) {
    write_agreement(out, protocol, *agreement);
  }
  write_each(out, protocol, endings, write_ending);
  write_each(out, protocol, promises, write_promise);
  return out;
}

}  // namespace protoflow::model
