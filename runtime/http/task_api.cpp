// /v1/tasks: who owes what in all streams, the most urgent first.
#include <algorithm>

#include <nlohmann/json.hpp>

#include "engine/decide/late_answer.hpp"
#include "engine/partnership/partnership.hpp"
#include "runtime/http/api_json.hpp"
#include "runtime/http/calls.hpp"
#include "runtime/http/problem.hpp"
#include "runtime/http/session_api.hpp"
#include "runtime/people/duty_of.hpp"
#include "runtime/words/words.hpp"

namespace protoflow::runtime {

namespace {

using Json = nlohmann::ordered_json;

// Nobody has taken it since they were asked.
bool may_still_take(const CaseFile& file, const engine::Duty& duty, const Person& person) {
  const auto& protocol = file.plan->protocol;
  return duty.kind == engine::DutyKind::step &&
         engine::turn_before(protocol, file.state, duty.step, actor_of(person, protocol));
}

void mark_as_free(Json& task, model::Language language) {
  task["may_still_take"] = true;
  const auto trouble = task.value("trouble", "");
  task["trouble"] =
      trouble + (trouble.empty() ? "" : ", ") +
      std::string(say(language, "vous pouvez encore vous en charger", "you may still take it on"));
}

}  // namespace

void get_tasks(const Call& call, const Answer& answer) {
  const auto& reading = call.reading();
  const auto person_id = call.request.query_value("person");
  const auto partner = call.request.query_value("partner");
  const auto only_case = call.request.query_value("case");
  const auto* person = person_id.empty() ? nullptr : reading.people.find(person_id);
  if (!person_id.empty() && (person == nullptr || !may_see(call.reader, *person))) {
    return answer(
        problem(404, "unknown-person", "No such person", "The directory has no such person."));
  }
  std::vector<Json> list;
  const auto add = [&](std::string_view stream, const auto& file, const CaseFile* of) {
    const auto& protocol = file.plan->protocol;
    for (const auto& duty : engine::duties(protocol, file.state)) {
      const bool late = person != nullptr && of != nullptr && may_still_take(*of, duty, *person);
      const bool theirs = person == nullptr || late || is_for(duty, *person, protocol);
      if (theirs && (partner.empty() || protocol[duty.partner].name == partner)) {
        const bool named = may_see(call.reader, NameOf{reading.people, duty.person, of});
        list.push_back(duty_json(stream, *file.plan, duty, named));
        if (late) {
          mark_as_free(list.back(), protocol.language);
        }
      }
    }
  };
  for (const auto& [stream, file] : reading.cases) {
    const bool asked = only_case.empty() || stream == case_stream(only_case);
    if (asked && may_see(call.reader, file)) {
      add(stream, file, &file);
    }
  }
  if (only_case.empty()) {
    for (const auto& [stream, file] : reading.partnerships) {
      if (may_see(call.reader, file.plan->protocol)) {
        add(stream, file, nullptr);
      }
    }
    for (const auto& [stream, file] : reading.sessions) {
      if (may_see(call.reader, SessionOf{reading, file})) {
        add(stream, file, nullptr);
      }
    }
    std::ranges::move(sessions_to_plan(call, person, partner), std::back_inserter(list));
  }
  std::ranges::stable_sort(list, {}, [](const Json& json) { return json.value("due", "9"); });
  answer(respond_json({{"tasks", std::move(list)}}));
}

}  // namespace protoflow::runtime
