#include "runtime/http/step_json.hpp"

#include <nlohmann/json.hpp>

#include "engine/duty/reviewers.hpp"
#include "engine/log/record.hpp"

namespace protoflow::runtime {

namespace {

using Json = nlohmann::ordered_json;

Json reviewers_json(const CaseFile& file, model::StepId id, const Sight& sight) {
  const auto& protocol = file.plan->protocol;
  Json list = Json::array();
  for (const auto& reviewer : engine::reviewers_of(protocol, file.state, id)) {
    Json json{{"role", protocol[reviewer.role].name},
              {"partner", protocol[reviewer.partner].name},
              {"review", engine::kReviewStateNames[static_cast<std::size_t>(reviewer.review)]}};
    const auto person = file.state.person(reviewer.person);
    if (!person.empty() && may_see(sight.reader, NameOf{sight.people, person, &file})) {
      json["person"] = std::string(person);
    }
    list.push_back(std::move(json));
  }
  return list;
}

}  // namespace

nlohmann::ordered_json step_json(const CaseFile& file, model::StepId id, const Sight& sight) {
  const auto& protocol = file.plan->protocol;
  const auto& step = file.state[id];
  const bool inside = may_see(sight.reader, StepOf{file, id});
  Json json{{"step", protocol[id].name},
            {"title", protocol[id].title},
            {"work", engine::kWorkStateNames[static_cast<std::size_t>(step.work)]},
            {"time", engine::kTimeStateNames[static_cast<std::size_t>(step.time)]}};
  if (inside && step.outcome.known() && step.work == engine::WorkState::done) {
    json["outcome"] = protocol[id].outcomes[step.outcome.value].name;
  }
  if (inside && step.review != engine::ReviewState::none) {
    json["review"] = engine::kReviewStateNames[static_cast<std::size_t>(step.review)];
  }
  if (inside && step.work == engine::WorkState::in_review && protocol[id].review->by.size() > 1) {
    json["approvals_needed"] = protocol[id].review->approvals;
    json["reviewers"] = reviewers_json(file, id, sight);
  }
  if (step.due != model::kNever) {
    json["due"] = engine::to_text(step.due);
  }
  return json;
}

}  // namespace protoflow::runtime
