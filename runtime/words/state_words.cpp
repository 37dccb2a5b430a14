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

}  // namespace

std::string state_words(const engine::StepState& step, model::Language language) {
  const auto& words = kWork[static_cast<std::size_t>(step.work)];
  std::string text(say(language, words.french, words.english));
  const bool late =
      step.time == engine::TimeState::late || step.time == engine::TimeState::escalated;
  return late ? text + std::string(say(language, ", en retard", ", late")) : text;
}

}  // namespace protoflow::runtime
