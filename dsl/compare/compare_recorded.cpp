// What is recorded of a person, who sees it, and what the person agreed to.
#include <algorithm>

#include "dsl/compare/table.hpp"

namespace protoflow::dsl {
namespace {

void concern_information(Telling& telling,
                         const model::Protocol& protocol,
                         const model::Information& information) {
  add_roles(telling.roles, protocol, information.seen_by);
  add_roles(telling.roles, protocol, {model::kBeneficiary});
}

// One level of a scale means what it means by its place among the others.
std::string levels_phrase(const model::Information& information) {
  return listed(information.levels);
}

void compare_type(const Telling& telling,
                  const model::Information& was,
                  const model::Information& now) {
  const auto& words = phrase_words(telling.versions.reader()).types;
  compare_texts(telling,
                Member::type,
                std::string(words[static_cast<std::size_t>(was.type)]),
                std::string(words[static_cast<std::size_t>(now.type)]));
  auto old_levels = was.levels;
  auto new_levels = now.levels;
  if (now.type != model::InformationType::scale) {
    std::ranges::sort(old_levels);
    std::ranges::sort(new_levels);
  }
  if (old_levels != new_levels) {
    tell_change(telling, {Member::levels, levels_phrase(was), levels_phrase(now), {}, {}});
  }
}

void compare_information(const Telling& telling,
                         const model::Information& was,
                         const model::Information& now) {
  const auto& [name, title, type, levels, seen_by, sensitive, kept_after_closing, translations] =
      now;
  (void)type;  // with the levels
  (void)levels;
  compare_texts(telling, Member::title, was.title, title);
  compare_type(telling, was, now);
  Telling to_the_person = telling;  // each reader is told of their own sight; the person of all
  to_the_person.roles = {telling.versions.now.roles[model::kBeneficiary.value].name};
  compare_roles(to_the_person, Member::seen_by, was.seen_by, seen_by);
  compare_flags(telling, Member::sensitive, was.sensitive, sensitive);
  compare_durations(telling, Member::kept, was.kept_after_closing, kept_after_closing);
  compare_translations(telling, was.translations, translations);
}

void concern_consent(Telling& telling,
                     const model::Protocol& protocol,
                     const model::Consent& consent) {
  add_roles(telling.roles, protocol, {model::kBeneficiary});
  add_roles(telling.roles, protocol, consent.with);
  const auto id = model::find<model::ConsentId>(protocol.consents, consent.name);
  for (const auto& step : protocol.steps) {
    if (step.asks_consent == id) {
      add_roles(telling.roles, protocol, {step.responsible});
    }
  }
}

void compare_consent(const Telling& telling, const model::Consent& was, const model::Consent& now) {
  const auto& [name, title, covers, with, purpose, lasts, translations] = now;
  compare_texts(telling, Member::title, was.title, title);
  compare_phrases(telling,
                  Member::covers,
                  phrases_of(telling.versions.was.informations, was.covers),
                  phrases_of(telling.versions.now.informations, covers));
  compare_roles(telling, Member::consent_with, was.with, with);
  compare_texts(telling, Member::purpose, was.purpose, purpose);
  compare_durations(telling, Member::lasts, was.lasts, lasts);
  compare_translations(telling, was.translations, translations);
}

}  // namespace

void compare_recorded(const Versions& versions) {
  const auto& [was, now, renamed, changes] = versions;
  compare_tables(versions,
                 was.informations,
                 now.informations,
                 {Subject::information,
                  Member::whole_information,
                  concern_information,
                  compare_information,
                  nullptr,
                  [](model::Information& empty, const model::Information& like) {
                    empty.type = like.type;
                    empty.levels = like.levels;
                  }});
  compare_tables(versions,
                 was.consents,
                 now.consents,
                 {Subject::consent, Member::whole_consent, concern_consent, compare_consent});
}

}  // namespace protoflow::dsl
