// /v1/cases: the list, one case, its history and times, who could take a step; opening and acting.
#include <algorithm>

#include <nlohmann/json.hpp>

#include "runtime/access/shown_event.hpp"
#include "runtime/http/api_json.hpp"
#include "runtime/http/calls.hpp"
#include "runtime/http/entity_tag.hpp"
#include "runtime/http/page.hpp"
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

namespace {

// Of what a case is called; the pseudonymous id of the beneficiary only where it is shown.
bool is_called(const Call& call, std::string_view id, const CaseFile& file, std::string_view like) {
  const bool known = call.reader.is_operator() || call.reader.is(file.state.beneficiary);
  return id.contains(like) || (known && file.state.beneficiary.contains(like));
}

}  // namespace

void get_cases(const Call& call, const Answer& answer) {
  auto page = Page::read(call.request);
  if (!page) {
    return answer(not_understood(page.error()));
  }
  const auto protocol = call.request.query_value("protocol");
  const auto like = call.request.query_value("search");
  const auto state = call.request.query_value("state");
  const auto& states = engine::kCaseStatusNames;
  if (!state.empty() && std::ranges::find(states, state) == states.end()) {
    return answer(not_understood("\"state\" must be a state of a case, such as active."));
  }
  const auto& all = call.reading().cases;
  Json list = Json::array();
  for (auto at = all.upper_bound(case_stream(page->after())); at != all.end() && !page->is_over();
       ++at) {
    const auto& [stream, file] = *at;
    const auto id = std::string_view(stream).substr(kCasePrefix.size());
    const auto status = states[static_cast<std::size_t>(file.state.status)];
    const bool meant = (protocol.empty() || protocol == file.plan->protocol.name) &&
                       (state.empty() || state == status) && is_called(call, id, file, like);
    if (meant && may_see(call.reader, file) && page->takes(id)) {
      list.push_back({{"case", id},
                      {"protocol", file.plan->protocol.name},
                      {"status", status},
                      {"version", file.state.version}});
    }
  }
  answer(page->respond(call.request, {{"cases", std::move(list)}}));
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
  auto page = Page::read(call.request);
  const auto after = read_number(call.request, "after_sequence");
  if (!page || !after) {
    return answer(not_understood(page ? after.error() : page.error()));
  }
  Json events = Json::array();
  std::uint64_t version = 0;
  const auto read =
      call.parts.casebook.read_history(case_stream(call.places[0]), [&](std::string_view line) {
        if (++version > *after && page->takes(key_of(version))) {
          events.push_back(shown_event(call.reader, call.reading(), line));
        }
      });
  if (!read) {
    return answer(problem(503, "not-readable", "Not now", read.error()));
  }
  answer(page->respond(call.request, {{"case", call.places[0]}, {"events", std::move(events)}}));
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
