// /v1/tasks: who owes what in all streams, the most urgent first.
#include <algorithm>

#include <nlohmann/json.hpp>

#include "engine/partnership/partnership.hpp"
#include "runtime/http/api_json.hpp"
#include "runtime/http/calls.hpp"
#include "runtime/http/problem.hpp"
#include "runtime/http/session_api.hpp"
#include "runtime/people/duty_of.hpp"

namespace protoflow::runtime {

namespace {

using Json = nlohmann::ordered_json;

}  // namespace

void get_tasks(const Call& call, const Answer& answer) {
  const auto& reading = call.reading();
  const auto person_id = call.request.query_value("person");
  const auto partner = call.request.query_value("partner");
  const auto only_case = call.request.query_value("case");
  const auto* person = person_id.empty() ? nullptr : reading.people.find(person_id);
  if (!person_id.empty() && person == nullptr) {
    return answer(
        problem(404, "unknown-person", "No such person", "The directory has no such person."));
  }
  std::vector<Json> list;
  const auto add = [&](std::string_view stream, const auto& file) {
    const auto& protocol = file.plan->protocol;
    for (const auto& duty : engine::duties(protocol, file.state)) {
      const bool theirs = person == nullptr || is_for(duty, *person, protocol);
      if (theirs && (partner.empty() || protocol[duty.partner].name == partner)) {
        list.push_back(duty_json(stream, *file.plan, duty));
      }
    }
  };
  for (const auto& [stream, file] : reading.cases) {
    if (only_case.empty() || stream == case_stream(only_case)) {
      add(stream, file);
    }
  }
  if (only_case.empty()) {
    for (const auto& [stream, file] : reading.partnerships) {
      add(stream, file);
    }
    for (const auto& [stream, file] : reading.sessions) {
      add(stream, file);
    }
    std::ranges::move(sessions_to_plan(reading, person, partner), std::back_inserter(list));
  }
  std::ranges::stable_sort(list, {}, [](const Json& json) { return json.value("due", "9"); });
  answer(respond_json({{"tasks", std::move(list)}}));
}

}  // namespace protoflow::runtime
