// Collective sessions, and the routines by which partners exchange, give feedback and evaluate.
#include <algorithm>

#include "dsl/compare/table.hpp"
#include "dsl/print/wording.hpp"

namespace protoflow::dsl {
namespace {

using model::words::in_words;

void concern_session(Telling& telling,
                     const model::Protocol& protocol,
                     const model::Session& session) {
  add_roles(telling.roles, protocol, {session.hosted_by});
  add_roles(telling.roles, protocol, session.with);
}

std::string host_of(const model::Protocol& protocol, const model::Session& session) {
  return called_in(protocol.roles, session.hosted_by);
}

std::string held_phrase(const model::Session& session, model::Language language) {
  const auto& words = phrase_words(language);
  if (session.every) {
    const std::string every = every_phrase(*session.every, language);
    return session.on_request ? every + ", " + std::string(words.on_request) : every;
  }
  return std::string(session.on_request ? words.on_request : words.once);
}

std::vector<Phrase> preparation_phrases(const model::Protocol& protocol,
                                        const model::Session& session) {
  std::vector<Phrase> phrases;
  const auto& words = phrase_words(protocol.language);
  for (const auto& preparation : session.preparations) {
    const auto& [name, title, responsible, with, before] = preparation;
    auto others = phrases_of(protocol.roles, with);
    std::ranges::sort(others, {}, &Phrase::exact);
    const auto role = named(protocol.roles, responsible);
    Phrase phrase{name, title + '\n' + role.exact + '\n' + in_words(before), {}, {}, {}};
    std::vector<std::string> called_others;
    for (const Phrase& other : others) {
      phrase.exact += '\n' + other.exact;
      called_others.push_back(other.words);
    }
    phrase.words = in_quotes(called(preparation), protocol.language) + " (" + role.words +
                   (others.empty() ? "" : " " + std::string(words.with) + listed(called_others)) +
                   ", " + duration_text(before, protocol.language) + std::string(words.before) +
                   ")";
    add_roles(phrase.roles, protocol, {responsible});
    add_roles(phrase.roles, protocol, with);
    phrases.push_back(std::move(phrase));
  }
  return phrases;
}

void compare_session(const Telling& telling, const model::Session& was, const model::Session& now) {
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
               line] = now;
  const auto& before = telling.versions.was;
  const auto& after = telling.versions.now;
  compare_texts(telling, Member::title, was.title, title);
  compare_role(telling, Member::hosted_by, was.hosted_by, hosted_by);
  compare_roles(telling, Member::with, was.with, with);
  Telling with_the_person = telling;
  add_roles(with_the_person.roles, after, {model::kBeneficiary});
  compare_numbers(with_the_person, Member::places, was.beneficiaries_max, beneficiaries_max);
  if (was.every != every || was.on_request != on_request) {
    const auto language = telling.versions.reader();
    tell_change(
        with_the_person,
        {Member::held_every, held_phrase(was, language), held_phrase(now, language), {}, {}});
  }
  compare_phrases(telling,
                  Member::preparation,
                  preparation_phrases(before, was),
                  preparation_phrases(after, now));
  compare_follow_ups(telling, was.follow_ups, follow_ups);
  compare_translations(telling, was.translations, translations);
}

void concern_routine(Telling& telling,
                     const model::Protocol& protocol,
                     const model::Routine& routine) {
  if (!routine.with_all_partners) {
    add_roles(telling.roles, protocol, {routine.responsible});
    add_roles(telling.roles, protocol, routine.with);
  }
}

std::string purpose_phrase(const model::Routine& routine, model::Language language) {
  return std::string(phrase_words(language).purposes[static_cast<std::size_t>(routine.purpose)]);
}

std::string routine_summary(const model::Protocol& protocol, const model::Routine& routine) {
  return purpose_phrase(routine, protocol.language) + ", " +
         every_phrase(routine, protocol.language) + ", " +
         called_in(protocol.roles, routine.responsible);
}

std::vector<Phrase> question_phrases(const model::Routine& routine, model::Language language) {
  std::vector<Phrase> phrases;
  for (const auto& question : routine.asks) {
    const std::string words = question_phrase(question, language);
    const auto& [text, type, from, to] = question;
    phrases.push_back({text,
                       std::to_string(static_cast<int>(type)) + ' ' + std::to_string(from) + ' ' +
                           std::to_string(to),
                       words,
                       {},
                       {}});
  }
  return phrases;
}

void compare_routine(const Telling& telling, const model::Routine& was, const model::Routine& now) {
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
               translations,
               own_line] = now;
  const auto language = telling.versions.reader();
  compare_texts(telling, Member::title, was.title, title);
  compare_texts(telling,
                Member::routine_purpose,
                purpose_phrase(was, language),
                purpose_phrase(now, language));
  if (was.every != every || was.for_first != for_first || was.then_every != then_every) {
    tell_change(telling,
                {Member::every, every_phrase(was, language), every_phrase(now, language), {}, {}});
  }
  compare_flags(telling, Member::for_each_case, was.for_each_case, for_each_case);
  compare_role(telling, Member::responsible, was.responsible, responsible);
  Telling to_everyone = telling;
  to_everyone.roles.clear();
  compare_flags(to_everyone, Member::with_all_partners, was.with_all_partners, with_all_partners);
  compare_roles(telling, Member::with, was.with, with);
  compare_phrases(telling,
                  Member::asks,
                  question_phrases(was, language),
                  question_phrases(now, language),
                  Order::matters);
  compare_durations(telling, Member::routine_within, was.within, within);
  compare_reminders(telling, was.remind_before, remind_before);
  compare_phrases(telling,
                  Member::late,
                  late_phrases(telling.versions.was, was.late, {}),
                  late_phrases(telling.versions.now, late, {}),
                  Order::matters);
  compare_translations(telling, was.translations, translations);
}

}  // namespace

void compare_meetings(const Versions& versions) {
  const auto& [was, now, renamed, changes] = versions;
  compare_tables(versions,
                 was.sessions,
                 now.sessions,
                 {Subject::session,
                  Member::whole_session,
                  concern_session,
                  compare_session,
                  host_of,
                  [](model::Session& empty, const model::Session& like) {
                    empty.hosted_by = like.hosted_by;
                  }});
  compare_tables(versions,
                 was.routines,
                 now.routines,
                 {Subject::routine,
                  Member::whole_routine,
                  concern_routine,
                  compare_routine,
                  routine_summary,
                  [](model::Routine& empty, const model::Routine& like) {
                    empty.purpose = like.purpose;
                    empty.every = like.every;
                    empty.for_first = like.for_first;
                    empty.then_every = like.then_every;
                    empty.responsible = like.responsible;
                  }});
}

}  // namespace protoflow::dsl
