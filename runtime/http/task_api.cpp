// /v1/tasks: who owes what in all streams, the most urgent first.
#include <expected>
#include <map>
#include <utility>

#include <nlohmann/json.hpp>

#include "engine/decide/late_answer.hpp"
#include "engine/partnership/partnership.hpp"
#include "runtime/http/api_json.hpp"
#include "runtime/http/calls.hpp"
#include "runtime/http/outbox_api.hpp"
#include "runtime/http/page.hpp"
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

// Which tasks are asked for.
struct Wanted {
  const Person* person = nullptr;
  std::string partner, case_id;
  bool late = false, given_away = false;
};

// ?of=me and ?of=partner are said by whoever reads, or of the ?person=… that the operator names.
std::expected<Wanted, HttpResponse> read_wanted(const Call& call) {
  const auto& request = call.request;
  const auto person_id = request.query_value("person");
  const auto of = request.query_value("of");
  Wanted wanted{.partner = std::string(request.query_value("partner")),
                .case_id = std::string(request.query_value("case"))};
  const auto late = read_flag(request, "late"), given_away = read_flag(request, "given_away");
  if (!late || !given_away) {
    return std::unexpected(not_understood(late ? given_away.error() : late.error()));
  }
  wanted.late = *late;
  wanted.given_away = *given_away;
  wanted.person = person_id.empty() ? nullptr : call.reading().people.find(person_id);
  if (!person_id.empty() && (wanted.person == nullptr || !may_see(call.reader, *wanted.person))) {
    return std::unexpected(
        problem(404, "unknown-person", "No such person", "The directory has no such person."));
  }
  if (of.empty()) {
    return wanted;
  }
  if (wanted.person == nullptr && call.reader.is_person()) {
    wanted.person = &call.reader.person;
  }
  if (wanted.person == nullptr || (of != "me" && of != "partner")) {
    return std::unexpected(not_understood(
        "\"of\" must be me or partner; without a token of one's own, beside ?person=…."));
  }
  if (of == "partner") {
    wanted.partner = std::exchange(wanted.person, nullptr)->partner;
  }
  return wanted;
}

// One task before it is written down.
struct Owed {
  std::string_view stream;
  const engine::Plan* plan = nullptr;
  engine::Duty duty;
  const CaseFile* of = nullptr;
  bool free = false;  // the person asked for may still take it
  Json json{};        // of a session that is still to be planned, at once
};

using Tasks = std::map<std::string, Owed>;  // by what they are sorted by

// None is lost where two are alike.
void add(Tasks& tasks, std::string key, Owed owed) {
  while (tasks.contains(key)) {
    key += '+';
  }
  tasks.emplace(std::move(key), std::move(owed));
}

// The most urgent first, then stream by stream in the order of declaration. No person: a cursor
// says what the key says, to readers who may not know whose it is.
std::string key_of_task(std::string_view stream, const engine::Duty& duty) {
  const bool of_a_step = duty.step.known() && duty.task.empty();
  const auto due = duty.due == model::kNever ? "9" : engine::to_text(duty.due);
  auto key = due + " " + std::string(stream) + (of_a_step ? " 0 " : " 1 ");
  for (const auto number : {of_a_step ? duty.step.value : std::uint16_t{0},
                            static_cast<std::uint16_t>(duty.kind),
                            duty.step.value,
                            duty.binding.value,
                            duty.routine.value,
                            duty.role.value,
                            duty.partner.value}) {
    key += key_of(number).substr(15) + " ";
  }
  return key + duty.task;
}

bool is_late(engine::TimeState time) {
  return time == engine::TimeState::late || time == engine::TimeState::escalated;
}

// Offered to another partner, or lent to a colleague for a while: whoever gave it still answers for
// it.
bool is_given_away(const CaseFile* file, const engine::Duty& duty, const Wanted& wanted) {
  if (file == nullptr || duty.kind != engine::DutyKind::step) {
    return false;
  }
  const auto& step = file->state[duty.step];
  const auto lender = file->state.person(step.delegator);
  const auto* person = wanted.person;
  return (step.receiver.known() &&
          (person == nullptr || is_for(duty, *person, file->plan->protocol))) ||
         (!lender.empty() && (person == nullptr || lender == person->id));
}

void add_tasks(Tasks& tasks,
               std::string_view stream,
               const auto& file,
               const CaseFile* of,
               const Wanted& wanted) {
  const auto& protocol = file.plan->protocol;
  for (auto& duty : engine::duties(protocol, file.state)) {
    const auto* person = wanted.person;
    const bool free = person != nullptr && of != nullptr && may_still_take(*of, duty, *person);
    const bool theirs = wanted.given_away
                            ? is_given_away(of, duty, wanted)
                            : person == nullptr || free || is_for(duty, *person, protocol);
    if (theirs && (!wanted.late || is_late(duty.time)) &&
        (wanted.partner.empty() || protocol[duty.partner].name == wanted.partner)) {
      add(tasks, key_of_task(stream, duty), {stream, file.plan.get(), duty, of, free});
    }
  }
}

Tasks tasks_of(const Call& call, const Wanted& wanted) {
  const auto& reading = call.reading();
  Tasks tasks;
  for (const auto& [stream, file] : reading.cases) {
    const bool asked = wanted.case_id.empty() || stream == case_stream(wanted.case_id);
    if (asked && may_see(call.reader, file)) {
      add_tasks(tasks, stream, file, &file, wanted);
    }
  }
  if (!wanted.case_id.empty()) {
    return tasks;
  }
  for (const auto& [stream, file] : reading.partnerships) {
    if (may_see(call.reader, file.plan->protocol)) {
      add_tasks(tasks, stream, file, nullptr, wanted);
    }
  }
  for (const auto& [stream, file] : reading.sessions) {
    if (may_see(call.reader, SessionOf{reading, file})) {
      add_tasks(tasks, stream, file, nullptr, wanted);
    }
  }
  if (wanted.late || wanted.given_away) {
    return tasks;
  }
  for (auto& json : sessions_to_plan(call, wanted.person, wanted.partner)) {
    auto key = json["due"].get<std::string>() + " ~ " + json["protocol"].get<std::string>() + " " +
               json["session"].get<std::string>();
    add(tasks, std::move(key), {.json = std::move(json)});
  }
  return tasks;
}

Json written(const Call& call, const Owed& owed) {
  if (owed.plan == nullptr) {
    return owed.json;
  }
  const bool named = may_see(call.reader, NameOf{call.reading().people, owed.duty.person, owed.of});
  auto json = duty_json(owed.stream, *owed.plan, owed.duty, named);
  if (owed.free) {
    mark_as_free(json, owed.plan->protocol.language);
  }
  return json;
}

}  // namespace

void get_tasks(const Call& call, const Answer& answer) {
  auto page = Page::read(call.request);
  if (!page) {
    return answer(not_understood(page.error()));
  }
  const auto wanted = read_wanted(call);
  if (!wanted) {
    return answer(wanted.error());
  }
  Json list = Json::array();
  for (const auto& [key, owed] : tasks_of(call, *wanted)) {
    if (page->takes(key)) {
      list.push_back(written(call, owed));
    }
  }
  Json tasks{{"tasks", std::move(list)}};
  const bool for_operator = call.reader.is_operator() && wanted->person == nullptr;
  if (for_operator && wanted->partner.empty() && !wanted->given_away && page->after().empty()) {
    const auto only = wanted->case_id.empty() ? std::string() : case_stream(wanted->case_id);
    if (auto deliveries = given_up(call.parts, only); !deliveries.empty()) {
      tasks["deliveries"] = std::move(deliveries);
    }
  }
  answer(page->respond(call.request, std::move(tasks)));
}

}  // namespace protoflow::runtime
