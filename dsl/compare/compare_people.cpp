// Who takes part, and what for.
#include <algorithm>

#include "dsl/compare/table.hpp"

namespace protoflow::dsl {
namespace {

using model::words::name_of;

template <class Declaration>
void compare_guided(const Telling& telling, const Declaration& was, const Declaration& now) {
  const auto& [name, title, guidance, translations] = now;
  compare_texts(telling, Member::title, was.title, title);
  compare_texts(telling, Member::guidance, was.guidance, guidance);
  compare_translations(telling, was.translations, translations);
}

void concern_need(Telling& telling, const model::Protocol& protocol, const model::Need& need) {
  const auto id = model::find<model::NeedId>(protocol.needs, need.name);
  for (const auto& step : protocol.steps) {
    if (std::ranges::find(step.addresses, id) != step.addresses.end()) {
      add_roles(telling.roles, protocol, {step.responsible});
    }
  }
}

void concern_competence(Telling& telling,
                        const model::Protocol& protocol,
                        const model::Competence& competence) {
  const auto id = model::find<model::CompetenceId>(protocol.competences, competence.name);
  for (const auto& role : protocol.roles) {
    if (std::ranges::find(role.requires_competences, id) != role.requires_competences.end()) {
      telling.roles.push_back(role.name);
    }
  }
  for (const auto& partner : protocol.partners) {
    if (std::ranges::find(partner.brings, id) != partner.brings.end()) {
      telling.partners.push_back(partner.name);
    }
  }
}

void concern_partner(Telling& telling, const model::Protocol&, const model::Partner& partner) {
  telling.partners.push_back(partner.name);
}

void compare_partner(const Telling& telling, const model::Partner& was, const model::Partner& now) {
  const auto& [name, title, brings, gains, speaks, contact, closed, translations] = now;
  const auto& [before, after, renamed, changes] = telling.versions;
  compare_texts(telling, Member::title, was.title, title);
  compare_phrases(telling,
                  Member::brings,
                  phrases_of(before.competences, was.brings),
                  phrases_of(after.competences, brings));
  compare_texts(telling, Member::gains, was.gains, gains);
  compare_tags(telling, Member::speaks, was.speaks, speaks);
  compare_texts(telling, Member::contact, was.contact, contact);
  compare_closed(telling, Member::partner_closed_on, was.closed, closed);
  compare_translations(telling, was.translations, translations);
}

void concern_role(Telling& telling, const model::Protocol& protocol, const model::Role& role) {
  telling.roles.push_back(role.name);
  if (role.binding == model::Binding::chosen_by) {
    add_roles(telling.roles, protocol, {role.chooser});
  }
}

Phrase holders(const model::Protocol& protocol, const model::Role& role) {
  Phrase phrase;
  for (const auto partner : role.partners) {
    phrase.exact += name_of(protocol.partners, partner) + ' ';
    phrase.words += (phrase.words.empty() ? std::string()
                                          : std::string(phrase_words(protocol.language).and_then)) +
                    called_in(protocol.partners, partner);
    phrase.partners.push_back(protocol[partner].name);
  }
  return phrase;
}

std::vector<Phrase> candidates(const model::Protocol& protocol, const model::Role& role) {
  auto phrases = phrases_of(protocol.partners, role.partners);
  for (std::size_t i = 0; i < phrases.size(); ++i) {
    phrases[i].partners = {protocol[role.partners[i]].name};
  }
  return phrases;
}

// Deputies are in order; those whom a referral may choose are not.
void compare_partners(const Telling& telling, const model::Role& was, const model::Role& now) {
  const auto& [before, after, renamed, changes] = telling.versions;
  if (was.binding == model::Binding::chosen_by && now.binding == model::Binding::chosen_by) {
    compare_phrases(telling, Member::candidates, candidates(before, was), candidates(after, now));
    return;
  }
  const Phrase old = holders(before, was);
  const Phrase held = holders(after, now);
  if (old.exact != held.exact) {
    auto concerned = old.partners;
    concerned.insert(concerned.end(), held.partners.begin(), held.partners.end());
    tell_change(telling, {Member::held_by, old.words, held.words, {}, std::move(concerned)});
  }
}

void compare_one_role(const Telling& telling, const model::Role& was, const model::Role& now) {
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
               line] = now;
  const auto& [before, after, renamed, changes] = telling.versions;
  const auto& words = phrase_words(telling.versions.reader()).bindings;
  compare_texts(telling, Member::title, was.title, title);
  compare_texts(telling,
                Member::binding,
                std::string(words[static_cast<std::size_t>(was.binding)]),
                std::string(words[static_cast<std::size_t>(binding)]));
  compare_partners(telling, was, now);
  compare_role(telling, Member::chooser, was.chooser, chooser);
  compare_durations(telling, Member::answer_within, was.answer_within, answer_within);
  compare_phrases(telling,
                  Member::requires_competence,
                  phrases_of(before.competences, was.requires_competences),
                  phrases_of(after.competences, requires_competences));
  compare_role(telling, Member::supervisor, was.supervisor, supervisor);
  compare_numbers(telling, Member::cases_max, was.cases_max, cases_max);
  compare_translations(telling, was.translations, translations);
}

std::string holders_of(const model::Protocol& protocol, const model::Role& role) {
  return holders(protocol, role).words;
}

}  // namespace

void compare_people(const Versions& versions) {
  const auto& [was, now, renamed, changes] = versions;
  compare_tables(versions,
                 was.needs,
                 now.needs,
                 {Subject::need, Member::whole_need, concern_need, compare_guided<model::Need>});
  compare_tables(versions,
                 was.competences,
                 now.competences,
                 {Subject::competence,
                  Member::whole_competence,
                  concern_competence,
                  compare_guided<model::Competence>});
  compare_tables(versions,
                 was.partners,
                 now.partners,
                 {Subject::partner, Member::whole_partner, concern_partner, compare_partner});
  compare_tables(versions,
                 was.roles,
                 now.roles,
                 {Subject::role,
                  Member::whole_role,
                  concern_role,
                  compare_one_role,
                  holders_of,
                  [](model::Role& empty, const model::Role& like) {
                    empty.binding = like.binding;
                    empty.partners = like.partners;
                  }});
}

}  // namespace protoflow::dsl
