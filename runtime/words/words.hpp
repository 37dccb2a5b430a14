// Sentences for people, in French and in English, by the language of the protocol. Values and
// reasons never enter a sentence here.
#pragma once

#include <span>
#include <string>
#include <string_view>

#include "engine/decide/decide.hpp"
#include "engine/decide/transfer.hpp"
#include "engine/duty/duty.hpp"
#include "engine/duty/notice.hpp"

namespace protoflow::runtime {

[[nodiscard]] inline std::string_view say(model::Language language,
                                          std::string_view french,
                                          std::string_view english) {
  return language == model::Language::french ? french : english;
}

/// `text` with each `{name}` replaced; a name that is not among the pairs stays as it is.
struct Filling {
  std::string_view name;  // of a literal
  std::string value;
};

[[nodiscard]] std::string fill(std::string_view text, std::span<const Filling> fillings);

/// What people call a declaration of the protocol: its title, or its name when it has none.
[[nodiscard]] std::string title_of(const auto& declared) {
  return declared.title.empty() ? declared.name : declared.title;
}

/// A name between the quotes of the language: « name », or "name".
[[nodiscard]] std::string quoted(model::Language language, std::string_view name);

/// `lundi 4 janvier 2027 à 18 h 00` or `Monday 4 January 2027, 18:00`, in the plan's zone; `–` for
/// never.
[[nodiscard]] std::string date_words(model::Instant instant, const engine::Plan& plan);
[[nodiscard]] std::string date_words(const engine::LocalTime& local, model::Language language);

/// `la suite « … »`, `les réserves sur « … »`: a task within a sentence.
[[nodiscard]] std::string task_words(const engine::TaskSource& source,
                                     const model::Protocol& protocol);

/// Why it was refused, who could do it, what to do: one or two sentences.
[[nodiscard]] std::string sentence(const engine::Refusal& refusal, const engine::Plan& plan);

/// What the recipient is told: one sentence with the step's title and dates, nobody's name but
/// roles and partners.
[[nodiscard]] std::string sentence(const engine::Notice& notice, const engine::Plan& plan);

/// What happened, for a history: one sentence.
[[nodiscard]] std::string sentence(const engine::Event& event, const engine::Plan& plan);

/// Why something stays with the partner that would hand it over to `receiver`: one sentence, empty
/// when nothing stands in the way.
[[nodiscard]] std::string sentence(engine::Hindrance hindrance,
                                   model::RoleId role,
                                   model::PartnerId receiver,
                                   const model::Protocol& protocol);

/// `référent (Mission locale), ines`: role, partner and person of a duty.
[[nodiscard]] std::string who(const engine::Duty& duty, const model::Protocol& protocol);

/// What a duty asks: `faire l'étape « … »`, `relire l'étape « … »`, …
[[nodiscard]] std::string what(const engine::Duty& duty, const model::Protocol& protocol);

/// `suspendue, en retard`, where there is something of the kind to say: of a duty's work and time.
[[nodiscard]] std::string trouble_words(const engine::Duty& duty, model::Language language);

/// `proposée, en retard`: a step's work and time.
[[nodiscard]] std::string state_words(const engine::StepState& step, model::Language language);

}  // namespace protoflow::runtime
