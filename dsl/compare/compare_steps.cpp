// The stages and steps of the path.
#include <algorithm>

#include "dsl/compare/table.hpp"
#include "dsl/print/wording.hpp"

namespace protoflow::dsl {
namespace {

using model::words::in_one_order;
using model::words::in_words;

void concern_everyone(Telling&, const model::Protocol&, const model::Stage&) {}

void compare_stage(const Telling& telling, const model::Stage& was, const model::Stage& now) {
  const auto& [name, title, translations] = now;
  compare_texts(telling, Member::title, was.title, title);
  compare_translations(telling, was.translations, translations);
}

void concern_step(Telling& telling, const model::Protocol& protocol, const model::Step& step) {
  add_roles(telling.roles, protocol, {step.responsible});
}

void concern_all(Telling& telling, const model::Protocol& protocol, const model::Step& step) {
  add_roles(telling.roles, protocol, step.with);
  add_roles(telling.roles, protocol, step.informs);
  if (step.review) {
    add_roles(telling.roles, protocol, step.review->by);
  }
}

std::string responsible_of(const model::Protocol& protocol, const model::Step& step) {
  return called_in(protocol.roles, step.responsible);
}

std::vector<Phrase> deadline_phrases(const model::Protocol& protocol, const model::Step& step) {
  std::vector<Phrase> phrases;
  for (const auto& deadline : step.deadlines) {
    const auto& [within, from, when] = deadline;
    phrases.push_back({named(protocol.steps, from).exact + '\n' + in_one_order(protocol, when),
                       in_words(within),
                       deadline_phrase(protocol, deadline),
                       {},
                       {}});
  }
  return phrases;
}

std::vector<Phrase> outcome_phrases(const model::Protocol& protocol, const model::Step& step) {
  std::vector<Phrase> phrases;
  for (const auto& outcome : step.outcomes) {
    const auto& [name, title, reopens, reopens_max, ends_case] = outcome;
    phrases.push_back({name,
                       title + '\n' + named(protocol.steps, reopens).exact + '\n' +
                           std::to_string(reopens_max) + '\n' +
                           named(protocol.endings, ends_case).exact,
                       outcome_phrase(protocol, outcome),
                       {},
                       {}});
    if (reopens.known()) {
      add_roles(phrases.back().roles, protocol, {protocol[reopens].responsible});
    }
  }
  return phrases;
}

void tell_renamed_outcomes(const Telling& telling, const model::Step& now) {
  for (const auto& outcome : now.outcomes) {
    const auto old =
        telling.versions.renamed.find({Subject::step, outcome_key(now.name, outcome.name)});
    if (old != telling.versions.renamed.end()) {
      tell_change(telling, {Member::outcome_name, old->second, outcome.name, {}, {}});
    }
  }
}

void compare_hold(const Telling& telling,
                  const std::optional<model::Hold>& was,
                  const std::optional<model::Hold>& now) {
  const auto phrase = [&](const std::optional<model::Hold>& hold) {
    if (!hold) {
      return std::string();
    }
    const auto& [at_most, reason] = *hold;
    return duration_text(at_most, telling.versions.reader()) + " (" + reason + ")";
  };
  compare_texts(telling, Member::hold, phrase(was), phrase(now));
}

// Who reviews, in an order that says nothing; and how many of them must approve.
std::string exact_reviewers(const model::Protocol& protocol, const model::Review& review) {
  auto names = model::words::names_of(protocol.roles, review.by);
  std::ranges::sort(names);
  return listed(names) + ' ' + std::to_string(review.approvals);
}

void compare_reviewers(const Telling& telling,
                       const std::optional<model::Review>& was,
                       const std::optional<model::Review>& now) {
  const auto& before = telling.versions.was;
  const auto& after = telling.versions.now;
  const bool alike = was && now ? exact_reviewers(before, *was) == exact_reviewers(after, *now)
                                : was.has_value() == now.has_value();
  if (alike) {
    return;
  }
  Difference difference{Member::review, {}, {}, {}, {}};
  if (was) {
    difference.was = reviewers_phrase(before, *was);
    add_roles(difference.roles, before, was->by);
  }
  if (now) {
    difference.is = reviewers_phrase(after, *now);
    add_roles(difference.roles, after, now->by);
  }
  tell_change(telling, std::move(difference));
}

void compare_review(const Telling& telling, const model::Step& was, const model::Step& now) {
  compare_reviewers(telling, was.review, now.review);
  if (!now.review) {
    return;
  }
  const auto& [by, approvals, within, returns_max, line] = *now.review;
  const model::Review old = was.review.value_or(model::Review{});
  Telling to_both = telling;
  add_roles(to_both.roles, telling.versions.now, by);
  compare_durations(to_both, Member::review_within, old.within, within);
  const auto language = telling.versions.reader();
  compare_texts(to_both,
                Member::returns_max,
                times_phrase(old.returns_max, language),
                times_phrase(returns_max, language));
}

void compare_repeat(const Telling& telling,
                    const std::optional<model::Repeat>& was,
                    const std::optional<model::Repeat>& now) {
  const auto exact = [](const model::Protocol& protocol, const model::Repeat& repeat) {
    const auto& [until, times_max, every] = repeat;
    return in_one_order(protocol, until) + ' ' + std::to_string(times_max) + ' ' + in_words(every);
  };
  const auto phrases = [&](const model::Protocol& protocol,
                           const std::optional<model::Repeat>& repeat) {
    std::vector<Phrase> found;
    if (repeat) {
      found.push_back({{}, exact(protocol, *repeat), repeat_phrase(protocol, *repeat), {}, {}});
    }
    return found;
  };
  compare_phrases(telling,
                  Member::repeat,
                  phrases(telling.versions.was, was),
                  phrases(telling.versions.now, now));
}

void compare_times(const Telling& telling, const model::Step& was, const model::Step& now) {
  const auto& before = telling.versions.was;
  const auto& after = telling.versions.now;
  compare_durations(telling, Member::accept_within, was.accept_within, now.accept_within);
  compare_phrases(telling,
                  Member::within,
                  deadline_phrases(before, was),
                  deadline_phrases(after, now),
                  Order::matters);
  compare_reminders(telling, was.remind_before, now.remind_before);
  compare_phrases(telling,
                  Member::late,
                  late_phrases(before, was.late, was.outcomes),
                  late_phrases(after, now.late, now.outcomes),
                  Order::matters);
  compare_hold(telling, was.hold, now.hold);
}

void compare_links(const Telling& telling, const model::Step& was, const model::Step& now) {
  const auto& before = telling.versions.was;
  const auto& after = telling.versions.now;
  compare_phrases(telling,
                  Member::addresses,
                  phrases_of(before.needs, was.addresses),
                  phrases_of(after.needs, now.addresses));
  Telling with_the_person = telling;
  add_roles(with_the_person.roles, after, {model::kBeneficiary});
  compare_phrases(with_the_person,
                  Member::requires_consent,
                  phrases_of(before.consents, was.requires_consents),
                  phrases_of(after.consents, now.requires_consents));
  compare_named(with_the_person,
                Member::asks_consent,
                named(before.consents, was.asks_consent),
                named(after.consents, now.asks_consent));
  compare_phrases(with_the_person,
                  Member::records,
                  phrases_of(before.informations, was.records),
                  phrases_of(after.informations, now.records));
  compare_named(telling,
                Member::through,
                named(before.sessions, was.through),
                named(after.sessions, now.through));
}

void compare_step(const Telling& telling, const model::Step& was, const model::Step& now) {
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
               line,
               responsible_line] = now;
  const auto& [protocol_was, protocol_now, renamed, changes] = telling.versions;
  compare_texts(telling, Member::title, was.title, title);
  compare_role(telling, Member::responsible, was.responsible, responsible);
  compare_named(telling,
                Member::stage,
                named(protocol_was.stages, was.stage),
                named(protocol_now.stages, stage));
  compare_conditions(telling, Member::after, was.after, after);
  compare_conditions(telling, Member::when, was.when, when);
  compare_conditions(telling, Member::unless, was.unless, unless);
  compare_times(telling, was, now);
  compare_review(telling, was, now);
  compare_roles(telling, Member::with, was.with, with);
  compare_roles(telling, Member::informs, was.informs, informs);
  compare_links(telling, was, now);
  tell_renamed_outcomes(telling, now);
  compare_phrases(telling,
                  Member::outcome,
                  outcome_phrases(protocol_was, was),
                  outcome_phrases(protocol_now, now));
  compare_repeat(telling, was.repeat, repeat);
  compare_texts(telling, Member::guidance, was.guidance, guidance);
  compare_translations(telling, was.translations, translations);
}

}  // namespace

void compare_steps(const Versions& versions) {
  const auto& [was, now, renamed, changes] = versions;
  compare_tables(versions,
                 was.stages,
                 now.stages,
                 {Subject::stage, Member::whole_stage, concern_everyone, compare_stage});
  compare_tables(versions,
                 was.steps,
                 now.steps,
                 {Subject::step,
                  Member::whole_step,
                  concern_step,
                  compare_step,
                  responsible_of,
                  [](model::Step& empty, const model::Step& like) {
                    empty.responsible = like.responsible;
                    empty.stage = like.stage;
                  },
                  concern_all});
}

std::size_t differences(const model::Protocol& was,
                        const model::Step& left,
                        const model::Protocol& now,
                        const model::Step& right) {
  std::vector<Change> changes;
  const Renames none;
  compare_step({{was, now, none, changes}, Subject::step, right.name, {}, {}, {}}, left, right);
  return changes.size();
}

}  // namespace protoflow::dsl
