// GET /v1/cases/CASE/times.

#include <ranges>

#include <nlohmann/json.hpp>

#include "engine/duty/ledger.hpp"
#include "engine/duty/orphan.hpp"
#include "runtime/http/api_json.hpp"
#include "runtime/http/calls.hpp"
#include "runtime/http/problem.hpp"

namespace protoflow::runtime {

namespace {

using Json = nlohmann::ordered_json;

struct History {
  std::vector<PlanRef> plans;  // the versions that the case went by, in order
  std::vector<engine::Event> events;
};

// Without the values: no time depends on them.
History history_of(const Casebook& casebook, std::string_view case_id) {
  History history;
  auto& [plans, events] = history;
  const engine::Open closed = [](const engine::SealedText&) {
    return std::optional<std::string>();
  };
  const auto read = casebook.read_history(case_stream(case_id), [&](std::string_view line) {
    const auto record = engine::read_record(line);
    const auto& known = casebook.reading().plans;
    const auto plan = record ? known.find(record->protocol) : known.end();
    if (plan == known.end()) {
      return;
    }
    const auto* was = plans.empty() ? nullptr : &plans.back()->protocol;
    if (auto event = engine::decode(*record, plan->second->protocol, closed, was)) {
      events.push_back(std::move(*event));
    }
    if (plans.empty() || plans.back() != plan->second) {
      plans.push_back(plan->second);
    }
  });
  return read ? history : History{};
}

}  // namespace

void get_times(const Call& call, const Answer& answer) {
  const auto* file = find_case(call);
  if (file == nullptr) {
    return answer(no_such_case());
  }
  const auto& protocol = file->plan->protocol;
  const auto now = call.parts.clock.now();
  const auto [plans, events] = history_of(call.parts.casebook, call.places[0]);
  if (events.empty()) {
    return answer(
        problem(503, "not-readable", "Not now", "The history cannot be read now. Try again."));
  }
  Json json{{"case", call.places[0]},
            {"until", engine::to_text(now)},
            {"orphan_ms", Json::object()},
            {"stops", Json::array()}};
  std::vector<const model::Protocol*> later;
  for (const auto& plan : plans | std::views::drop(1)) {
    later.push_back(&plan->protocol);
  }
  const auto& first = plans.front()->protocol;
  const auto orphan = engine::orphan_time(first, events, now, later);
  for (std::size_t i = 0; i < orphan.by_cause.size(); ++i) {
    if (orphan.by_cause[i].count() != 0) {
      json["orphan_ms"][std::string(engine::kOrphanCauseNames[i])] = orphan.by_cause[i].count();
    }
  }
  for (const auto& stop : engine::stops(first, events)) {
    if (!may_see(call.reader, StepOf{*file, stop.step})) {
      continue;
    }
    Json each{{"step", protocol[stop.step].name},
              {"why", engine::kStopCauseNames[static_cast<std::size_t>(stop.why)]},
              {"from", engine::to_text(stop.from)}};
    if (stop.to != model::kNever) {
      each["to"] = engine::to_text(stop.to);
    }
    json["stops"].push_back(std::move(each));
  }
  answer(respond_json(json));
}

}  // namespace protoflow::runtime
