#include <array>

#include "runtime/words/words.hpp"

namespace protoflow::runtime {

namespace {

struct StateWords {
  std::string_view french, english;
};

constexpr std::array<StateWords, 8> kWork = {{{"en attente", "waiting"},
                                              {"proposée", "offered"},
                                              {"prise", "taken"},
                                              {"suspendue", "held"},
                                              {"en revue", "in review"},
                                              {"faite", "done"},
                                              {"sans objet", "not needed"},
                                              {"retirée", "withdrawn"}}};

bool is_late(engine::TimeState time) {
  return time == engine::TimeState::late || time == engine::TimeState::escalated;
}

std::string_view work_words(engine::WorkState work, model::Language language) {
  const auto& words = kWork[static_cast<std::size_t>(work)];
  return say(language, words.french, words.english);
}

}  // namespace

std::string trouble_words(const engine::Duty& duty, model::Language language) {
  std::string text;
  if (duty.work == engine::WorkState::held) {
    text = work_words(duty.work, language);
  }
  if (is_late(duty.time)) {
    text.append(text.empty() ? "" : ", ").append(say(language, "en retard", "late"));
  }
  return text;
}

std::string state_words(const engine::StepState& step, model::Language language) {
  std::string text(work_words(step.work, language));
  return is_late(step.time) ? text.append(say(language, ", en retard", ", late")) : text;
}

}  // namespace protoflow::runtime
