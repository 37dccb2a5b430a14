// /v1/cases: the list, one case, its history and times, who could take a step; opening and acting.
#include <nlohmann/json.hpp>

#include "runtime/access/shown_event.hpp"
#include "runtime/http/api_json.hpp"
#include "runtime/http/calls.hpp"
#include "runtime/http/entity_tag.hpp"
#include "runtime/http/problem.hpp"

namespace protoflow::runtime {

using Json = nlohmann::ordered_json;

const CaseFile* find_case(const Call& call) {
  const auto& all = call.reading().cases;
  const auto found = all.find(case_stream(call.places[0]));
  return found == all.end() || !may_see(call.reader, found->second) ? nullptr : &found->second;
}

HttpResponse no_such_case() {
  return problem(404,
                 "unknown-case",
                 "No such case",
                 "There is no such case. Look it up in the list at /v1/cases.");
}

void get_cases(const Call& call, const Answer& answer) {
  const auto& all = call.reading().cases;
  Json list = Json::array();
  auto at = all.upper_bound(case_stream(call.request.query_value("after")));
  const auto skip_unseen = [&] {
    while (at != all.end() && !may_see(call.reader, at->second)) {
      ++at;
    }
  };
  skip_unseen();
  for (; at != all.end() && list.size() < kListMax; skip_unseen()) {
    const auto& [stream, file] = *at++;
    list.push_back(
        {{"case", stream.substr(kCasePrefix.size())},
         {"protocol", file.plan->protocol.name},
         {"status", engine::kCaseStatusNames[static_cast<std::size_t>(file.state.status)]},
         {"version", file.state.version}});
  }
  Json json{{"cases", list}};
  if (at != all.end()) {
    json["next"] = "/v1/cases?after=" + list.back()["case"].get<std::string>();
  }
  answer(respond_json(json));
}

void get_case(const Call& call, const Answer& answer) {
  const auto* file = find_case(call);
  if (file == nullptr) {
    return answer(no_such_case());
  }
  const auto values = reads_as(call);
  if (!values) {
    return answer(values.error());
  }
  const auto json = case_json(call.places[0], *file, {call.reader, *values, call.reading().people});
  answer(respond_version(call.request, json, file->state.version));
}

void get_history(const Call& call, const Answer& answer) {
  if (find_case(call) == nullptr) {
    return answer(no_such_case());
  }
  Json events = Json::array();
  const auto read =
      call.parts.casebook.read_history(case_stream(call.places[0]), [&](std::string_view line) {
        events.push_back(shown_event(call.reader, call.reading(), line));
      });
  if (!read) {
    return answer(problem(503, "not-readable", "Not now", read.error()));
  }
  answer(respond_json({{"case", call.places[0]}, {"events", events}}));
}

void post_case(const Call& call, const Answer& answer) {
  auto request = read_command(call.request);
  if (!request) {
    return answer(not_understood(request.error()));
  }
  if (!request->case_id.empty()) {
    return answer(not_understood("A new case gets its own id: leave \"case\" out."));
  }
  request->command = "open";
  if (auto refused = refuse_actor(call, *request)) {
    return answer(std::move(*refused));
  }
  if (!sees_protocol(call, request->protocol)) {
    return answer(no_such_protocol());
  }
  submit(call, std::move(*request), 201, answer);
}

void post_case_command(const Call& call, const Answer& answer) {
  auto request = read_command(call.request);
  if (!request) {
    return answer(not_understood(request.error()));
  }
  if (request->command == "open") {
    return answer(not_understood("Open a case with POST /v1/cases."));
  }
  if (request->command == "plan_session") {
    return answer(not_understood("Plan a session with POST /v1/sessions."));
  }
  if (!request->case_id.empty()) {
    return answer(not_understood("The address names the case: leave \"case\" out."));
  }
  request->case_id = call.places[0];
  if (auto refused = refuse_actor(call, *request)) {
    return answer(std::move(*refused));
  }
  if (call.reader.is_person() && find_case(call) == nullptr) {
    return answer(no_such_case());
  }
  submit(call, std::move(*request), 200, answer);
}

}  // namespace protoflow::runtime
