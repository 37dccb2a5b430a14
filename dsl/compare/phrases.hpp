// Small phrases of a comparison in the reader's language: what a declaration is called, a calendar,
// a late rule. No sentences: these are in sentences_french.cpp and sentences_english.cpp.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "engine/model/protocol.hpp"

namespace protoflow::dsl {

/// Its title, or its name when it has none.
[[nodiscard]] std::string called(const auto& declaration) {
  return declaration.title.empty() ? declaration.name : declaration.title;
}

template <class Declaration, class Tag>
[[nodiscard]] std::string called_in(const std::vector<Declaration>& table, model::Id<Tag> id) {
  return id.value < table.size() ? called(table[id.value]) : std::string();
}

/// The words of one language that sentences are not made of.
struct PhraseWords {
  std::string_view open, close;  // quotes
  std::string_view tell, escalate, settle, late_by, after_delay;
  std::string_view counted_from, when, and_then;
  std::string_view first_for, then_every;
  std::string_view reopens, at_most, ends_case, until;
  std::string_view on_request, once, with, before, all_partners, always, nobody;
  std::string_view beneficiary;
  // By the enumerations of the model.
  std::string_view bindings[4], types[6], purposes[3], answers[3], counts[3], promises[8];
  std::string_view days[7];
};

[[nodiscard]] const PhraseWords& phrase_words(model::Language language);

[[nodiscard]] std::string in_quotes(std::string_view text, model::Language language);

/// "a, b, c"; empty for none.
[[nodiscard]] std::string listed(const std::vector<std::string>& parts);

/// "2027-05-06".
[[nodiscard]] std::string day_phrase(std::chrono::sys_days day);
[[nodiscard]] std::string hours_phrase(const model::Calendar& calendar);
[[nodiscard]] std::string working_days_phrase(std::uint8_t working, model::Language language);
[[nodiscard]] std::string deadline_phrase(const model::Protocol& protocol,
                                          const model::Deadline& deadline);
[[nodiscard]] std::string late_phrase(const model::Protocol& protocol,
                                      const model::LateRule& rule,
                                      const std::vector<model::Outcome>& outcomes);
[[nodiscard]] std::string outcome_phrase(const model::Protocol& protocol,
                                         const model::Outcome& outcome);
[[nodiscard]] std::string repeat_phrase(const model::Protocol& protocol,
                                        const model::Repeat& repeat);
/// "Coordination, Tutrice", "2 parmi Coordination, Tutrice, Référente".
[[nodiscard]] std::string reviewers_phrase(const model::Protocol& protocol,
                                           const model::Review& review);
/// "every 2 weeks", "chaque mois".
[[nodiscard]] std::string every_phrase(model::Duration every, model::Language language);
[[nodiscard]] std::string every_phrase(const model::Routine& routine, model::Language language);
/// "2 times"; empty for none.
[[nodiscard]] std::string times_phrase(std::uint8_t times, model::Language language);
[[nodiscard]] std::string question_phrase(const model::Question& question,
                                          model::Language language);
[[nodiscard]] std::string promise_phrase(const model::Protocol& protocol,
                                         const model::PromiseLine& line);

}  // namespace protoflow::dsl
