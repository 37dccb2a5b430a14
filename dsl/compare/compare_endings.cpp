// What the partners sign, how a case ends, and what the protocol promises.
#include <algorithm>

#include "dsl/compare/table.hpp"
#include "dsl/print/wording.hpp"

namespace protoflow::dsl {
namespace {

using model::words::in_one_order;
using model::words::in_words;
using model::words::name_of;

std::string signers_phrase(const model::Protocol& protocol, const model::Agreement& agreement) {
  if (agreement.by_all_partners) {
    return std::string(phrase_words(protocol.language).all_partners);
  }
  std::vector<std::string> parts;
  parts.reserve(agreement.partners.size());
  for (const auto partner : agreement.partners) {
    parts.push_back(called_in(protocol.partners, partner));
  }
  return listed(parts);
}

std::string signers(const model::Protocol& protocol, const model::Agreement& agreement) {
  std::vector<std::string> names;
  names.reserve(agreement.partners.size());
  for (const auto partner : agreement.partners) {
    names.push_back(name_of(protocol.partners, partner));
  }
  std::ranges::sort(names);
  return model::words::yes_if(agreement.by_all_partners) + listed(names);
}

std::string renewal_phrase(const model::Agreement& agreement, model::Language language) {
  return agreement.renewed_every ? every_phrase(*agreement.renewed_every, language) : std::string();
}

void compare_agreement(const Versions& versions) {
  const auto& was = versions.was.agreement;
  const auto& now = versions.now.agreement;
  const Telling telling{versions, Subject::agreement, {}, {}, {}, {}};
  if (was && !now) {
    const auto phrase = signers_phrase(versions.was, *was);
    tell_change(telling, ChangeKind::removed, {Member::whole_agreement, phrase, {}, {}, {}});
  }
  if (!now) {
    return;
  }
  if (!was) {
    const auto phrase = signers_phrase(versions.now, *now);
    tell_change(telling, ChangeKind::added, {Member::whole_agreement, {}, phrase, {}, {}});
  }
  const auto& [by_all_partners, partners, within, renewed_every, cases_before_signature] = *now;
  const auto old = was.value_or(model::Agreement{by_all_partners, {}, {}, {}});
  if (was && signers(versions.was, old) != signers(versions.now, *now)) {
    tell_change(telling,
                {Member::signed_by,
                 signers_phrase(versions.was, old),
                 signers_phrase(versions.now, *now),
                 {},
                 {}});
  }
  compare_durations(telling, Member::signed_within, old.within, within);
  compare_texts(telling,
                Member::renewed_every,
                renewal_phrase(old, versions.reader()),
                renewal_phrase(*now, versions.reader()));
  compare_flags(
      telling, Member::cases_before_signature, old.cases_before_signature, cases_before_signature);
}

void concern_everyone(Telling&, const model::Protocol&, const auto&) {}

std::string counts_phrase(const model::Ending& ending, model::Language language) {
  return std::string(phrase_words(language).counts[static_cast<std::size_t>(ending.counts_as)]);
}

std::string ending_summary(const model::Protocol& protocol, const model::Ending& ending) {
  return counts_phrase(ending, protocol.language);
}

// Without a condition an ending is reached by hand only; with an empty one, always.
Phrase reached(const model::Protocol& protocol, const model::Ending& ending) {
  const auto& words = phrase_words(protocol.language);
  const std::string said = condition_text(ending.when, protocol);
  return {{},
          model::words::yes_if(ending.has_condition) + in_one_order(protocol, ending.when),
          ending.has_condition ? (said.empty() ? std::string(words.always) : said) : std::string(),
          {},
          {}};
}

void compare_ending(const Telling& telling, const model::Ending& was, const model::Ending& now) {
  const auto& [name,
               title,
               when,
               has_condition,
               immediately,
               at_any_time_by,
               counts_as,
               follow_ups,
               translations] = now;
  const auto language = telling.versions.reader();
  compare_texts(telling, Member::title, was.title, title);
  const Phrase before = reached(telling.versions.was, was);
  const Phrase after = reached(telling.versions.now, now);
  if (before.exact != after.exact) {
    tell_change(telling, {Member::ending_when, before.words, after.words, {}, {}});
  }
  compare_flags(telling, Member::immediately, was.immediately, immediately);
  compare_named(telling,
                Member::at_any_time_by,
                named(telling.versions.was.roles, was.at_any_time_by),
                named(telling.versions.now.roles, at_any_time_by));
  compare_texts(
      telling, Member::counts_as, counts_phrase(was, language), counts_phrase(now, language));
  compare_follow_ups(telling, was.follow_ups, follow_ups);
  compare_translations(telling, was.translations, translations);
}

// The first ending that holds is the one: their order is part of the meaning.
void compare_order(const Versions& versions) {
  const auto common = [](const std::vector<model::Ending>& endings,
                         const std::vector<model::Ending>& others) {
    const auto known = by_name(others);
    std::vector<std::string> found;
    for (const auto& ending : endings) {
      if (known.contains(ending.name)) {
        found.push_back(ending.name);
      }
    }
    return found;
  };
  const auto& [was, now, renamed, changes] = versions;
  const auto before = common(was.endings, now.endings);
  const auto after = common(now.endings, was.endings);
  if (before != after) {
    tell_change({versions, Subject::ending, {}, {}, {}, {}},
                {Member::endings_order, listed(before), listed(after), {}, {}});
  }
}

std::vector<Phrase> line_phrases(const model::Protocol& protocol, const model::Promise& promise) {
  std::vector<Phrase> phrases;
  for (const auto& line : promise.lines) {
    const auto& [kind, conditions, within, partner, information, consent, its_line] = line;
    std::vector<std::string> parts;
    parts.reserve(conditions.size());
    for (const auto& condition : conditions) {
      parts.push_back(in_one_order(protocol, condition));
    }
    if (model::words::is_in_any_order(kind)) {
      std::ranges::sort(parts);
    }
    parts.push_back(std::to_string(static_cast<int>(kind)));
    parts.push_back(in_words(within));
    parts.push_back(name_of(protocol.partners, partner));
    parts.push_back(name_of(protocol.informations, information));
    parts.push_back(name_of(protocol.consents, consent));
    const std::string exact = listed(parts);
    phrases.push_back({exact, exact, promise_phrase(protocol, line), {}, {}});
  }
  return phrases;
}

void compare_promise(const Telling& telling, const model::Promise& was, const model::Promise& now) {
  const auto& [name, title, lines, translations, its_line] = now;
  compare_texts(telling, Member::title, was.title, title);
  compare_phrases(telling,
                  Member::promise_line,
                  line_phrases(telling.versions.was, was),
                  line_phrases(telling.versions.now, now));
  compare_translations(telling, was.translations, translations);
}

}  // namespace

void compare_endings(const Versions& versions) {
  const auto& [was, now, renamed, changes] = versions;
  compare_agreement(versions);
  compare_tables(
      versions,
      was.endings,
      now.endings,
      {Subject::ending,
       Member::whole_ending,
       concern_everyone,
       compare_ending,
       ending_summary,
       [](model::Ending& empty, const model::Ending& like) { empty.counts_as = like.counts_as; }});
  compare_order(versions);
  compare_tables(versions,
                 was.promises,
                 now.promises,
                 {Subject::promise, Member::whole_promise, concern_everyone, compare_promise});
}

}  // namespace protoflow::dsl
