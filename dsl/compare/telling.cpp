#include "dsl/compare/telling.hpp"

#include <algorithm>
#include <deque>
#include <map>

#include "dsl/print/wording.hpp"

namespace protoflow::dsl {
namespace {

using model::words::in_one_order;
using model::words::in_words;

void add_names(std::vector<std::string>& names, const std::vector<std::string>& more) {
  for (const std::string& name : more) {
    if (std::ranges::find(names, name) == names.end()) {
      names.push_back(name);
    }
  }
}

std::string words_of(const std::optional<model::Duration>& duration, model::Language language) {
  return duration ? duration_text(*duration, language) : std::string();
}

std::string keys_in_order(const std::vector<Phrase>& phrases,
                          const std::map<std::string, std::deque<const Phrase*>>& others) {
  std::string keys;
  for (const Phrase& phrase : phrases) {
    if (others.contains(phrase.key)) {
      keys += phrase.key + '\n';
    }
  }
  return keys;
}

std::map<std::string, std::deque<const Phrase*>> by_key(const std::vector<Phrase>& phrases) {
  std::map<std::string, std::deque<const Phrase*>> found;
  for (const Phrase& phrase : phrases) {
    found[phrase.key].push_back(&phrase);
  }
  return found;
}

std::string all_words(const std::vector<Phrase>& phrases) {
  std::vector<std::string> parts;
  parts.reserve(phrases.size());
  for (const Phrase& phrase : phrases) {
    parts.push_back(phrase.words);
  }
  return listed(parts);
}

std::vector<Phrase> role_phrases(const model::Protocol& protocol,
                                 const std::vector<model::RoleId>& roles) {
  auto phrases = phrases_of(protocol.roles, roles);
  for (std::size_t i = 0; i < roles.size(); ++i) {
    add_roles(phrases[i].roles, protocol, {roles[i]});
  }
  return phrases;
}

}  // namespace

void tell_change(const Telling& telling, ChangeKind kind, Difference difference) {
  auto roles = telling.roles;
  auto partners = telling.partners;
  add_names(roles, difference.roles);
  add_names(partners, difference.partners);
  const bool everyone = roles.empty() && partners.empty();
  telling.versions.changes.push_back({.kind = kind,
                                      .subject = telling.subject,
                                      .member = difference.member,
                                      .name = telling.name,
                                      .called = telling.called,
                                      .was = std::move(difference.was),
                                      .is = std::move(difference.is),
                                      .everyone = everyone,
                                      .roles = std::move(roles),
                                      .partners = std::move(partners)});
}

void tell_change(const Telling& telling, Difference difference) {
  const ChangeKind kind = difference.was.empty()  ? ChangeKind::added
                          : difference.is.empty() ? ChangeKind::removed
                                                  : ChangeKind::changed;
  tell_change(telling, kind, std::move(difference));
}

void compare_phrases(const Telling& telling,
                     Member member,
                     const std::vector<Phrase>& was,
                     const std::vector<Phrase>& now,
                     Order order) {
  auto before = by_key(was);
  const std::size_t told = telling.versions.changes.size();
  for (const Phrase& phrase : now) {
    auto& matching = before[phrase.key];
    if (matching.empty()) {
      tell_change(
          telling, ChangeKind::added, {member, {}, phrase.words, phrase.roles, phrase.partners});
      continue;
    }
    const Phrase& old = *matching.front();
    matching.pop_front();
    if (old.exact != phrase.exact) {
      auto roles = phrase.roles;
      add_names(roles, old.roles);
      tell_change(
          telling, ChangeKind::changed, {member, old.words, phrase.words, roles, phrase.partners});
    }
  }
  for (const Phrase& phrase : was) {
    auto& left = before[phrase.key];
    if (!left.empty() && std::ranges::find(left, &phrase) != left.end()) {
      tell_change(
          telling, ChangeKind::removed, {member, phrase.words, {}, phrase.roles, phrase.partners});
    }
  }
  const bool moved = order == Order::matters && telling.versions.changes.size() == told &&
                     keys_in_order(was, by_key(now)) != keys_in_order(now, by_key(was));
  if (moved) {
    tell_change(telling, ChangeKind::changed, {member, all_words(was), all_words(now), {}, {}});
  }
}

void compare_texts(const Telling& telling,
                   Member member,
                   const std::string& was,
                   const std::string& now) {
  if (was != now) {
    tell_change(telling, {member, was, now, {}, {}});
  }
}

void compare_numbers(const Telling& telling,
                     Member member,
                     std::optional<std::int64_t> was,
                     std::optional<std::int64_t> now) {
  if (was != now) {
    tell_change(telling,
                {member,
                 was ? std::to_string(*was) : std::string(),
                 now ? std::to_string(*now) : std::string(),
                 {},
                 {}});
  }
}

void compare_flags(const Telling& telling, Member member, bool was, bool now) {
  if (was != now) {
    tell_change(telling, now ? ChangeKind::added : ChangeKind::removed, {member, {}, {}, {}, {}});
  }
}

void compare_durations(const Telling& telling,
                       Member member,
                       const std::optional<model::Duration>& was,
                       const std::optional<model::Duration>& now) {
  if (was != now) {
    const auto language = telling.versions.reader();
    tell_change(telling, {member, words_of(was, language), words_of(now, language), {}, {}});
  }
}

void compare_reminders(const Telling& telling,
                       const std::vector<model::Duration>& was,
                       const std::vector<model::Duration>& now) {
  const auto phrases = [&](const std::vector<model::Duration>& reminders) {
    std::vector<Phrase> found;
    for (const auto& before : reminders) {
      const std::string exact = in_words(before);
      found.push_back({exact, exact, duration_text(before, telling.versions.reader()), {}, {}});
    }
    return found;
  };
  compare_phrases(telling, Member::remind, phrases(was), phrases(now));
}

void compare_conditions(const Telling& telling,
                        Member member,
                        const model::Condition& was,
                        const model::Condition& now) {
  const auto& before = telling.versions.was;
  const auto& after = telling.versions.now;
  if (in_one_order(before, was) != in_one_order(after, now)) {
    tell_change(telling, {member, condition_text(was, before), condition_text(now, after), {}, {}});
  }
}

void compare_tags(const Telling& telling,
                  Member member,
                  const std::vector<std::string>& was,
                  const std::vector<std::string>& now) {
  const auto phrases = [](const std::vector<std::string>& tags) {
    std::vector<Phrase> found;
    found.reserve(tags.size());
    for (const std::string& tag : tags) {
      found.push_back({tag, tag, tag, {}, {}});
    }
    return found;
  };
  compare_phrases(telling, member, phrases(was), phrases(now));
}

void compare_translations(const Telling& telling,
                          const std::vector<model::Translation>& was,
                          const std::vector<model::Translation>& now) {
  const auto phrases = [](const std::vector<model::Translation>& translations) {
    std::vector<Phrase> found;
    found.reserve(translations.size());
    for (const auto& [language, text] : translations) {
      found.push_back({language, text, language, {}, {}});
    }
    return found;
  };
  compare_phrases(telling, Member::translation, phrases(was), phrases(now));
}

void compare_closed(const Telling& telling,
                    Member member,
                    const std::vector<model::ClosedDay>& was,
                    const std::vector<model::ClosedDay>& now) {
  const auto phrases = [](const std::vector<model::ClosedDay>& closed) {
    std::vector<Phrase> found;
    for (const auto& [day, reason] : closed) {
      const std::string date = day_phrase(day);
      std::string words = date;
      if (!reason.empty()) {
        words.append(" (").append(reason).append(")");
      }
      found.push_back({date, reason, std::move(words), {}, {}});
    }
    return found;
  };
  compare_phrases(telling, member, phrases(was), phrases(now));
}

void compare_named(const Telling& telling, Member member, const Named& was, const Named& now) {
  if (was.exact != now.exact) {
    tell_change(telling, {member, was.words, now.words, {}, {}});
  }
}

void compare_role(const Telling& telling, Member member, model::RoleId was, model::RoleId now) {
  const auto before = named(telling.versions.was.roles, was);
  const auto after = named(telling.versions.now.roles, now);
  if (before.exact != after.exact) {
    std::vector<std::string> roles;
    add_roles(roles, telling.versions.was, {was});
    add_roles(roles, telling.versions.now, {now});
    tell_change(telling, {member, before.words, after.words, std::move(roles), {}});
  }
}

void compare_roles(const Telling& telling,
                   Member member,
                   const std::vector<model::RoleId>& was,
                   const std::vector<model::RoleId>& now) {
  compare_phrases(telling,
                  member,
                  role_phrases(telling.versions.was, was),
                  role_phrases(telling.versions.now, now));
}

void compare_follow_ups(const Telling& telling,
                        const std::vector<model::FollowUp>& was,
                        const std::vector<model::FollowUp>& now) {
  const auto phrases = [](const model::Protocol& protocol,
                          const std::vector<model::FollowUp>& follow_ups) {
    std::vector<Phrase> found;
    for (const auto& follow_up : follow_ups) {
      const auto& [name, title, responsible, within] = follow_up;
      const auto role = named(protocol.roles, responsible);
      Phrase phrase{name,
                    title + '\n' + role.exact + '\n' + in_words(within),
                    called(follow_up) + " (" + role.words + ", " +
                        duration_text(within, protocol.language) + ")",
                    {},
                    {}};
      add_roles(phrase.roles, protocol, {responsible});
      found.push_back(std::move(phrase));
    }
    return found;
  };
  compare_phrases(telling,
                  Member::follow_up,
                  phrases(telling.versions.was, was),
                  phrases(telling.versions.now, now));
}

std::vector<Phrase> late_phrases(const model::Protocol& protocol,
                                 const std::vector<model::LateRule>& rules,
                                 const std::vector<model::Outcome>& outcomes) {
  std::vector<Phrase> phrases;
  for (const auto& rule : rules) {
    const auto& [by, action, role, outcome] = rule;
    const std::string exact = in_words(by) + '\n' + std::to_string(static_cast<int>(action)) +
                              '\n' + named(protocol.roles, role).exact + '\n' +
                              model::words::name_of(outcomes, outcome);
    phrases.push_back({exact, exact, late_phrase(protocol, rule, outcomes), {}, {}});
    add_roles(phrases.back().roles, protocol, {role});
  }
  return phrases;
}

void add_roles(std::vector<std::string>& names,
               const model::Protocol& protocol,
               const std::vector<model::RoleId>& roles) {
  for (const auto role : roles) {
    if (role.known()) {
      add_names(names, {protocol[role].name});
    }
  }
}

}  // namespace protoflow::dsl
