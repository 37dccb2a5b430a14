// /v1/partnerships: one for each protocol, that of its version in force.

#include <nlohmann/json.hpp>

#include "runtime/casebook/casebook.hpp"
#include "runtime/http/api_json.hpp"
#include "runtime/http/calls.hpp"
#include "runtime/http/partnership_json.hpp"
#include "runtime/http/problem.hpp"

namespace protoflow::runtime {

namespace {

using Json = nlohmann::ordered_json;

const PartnershipFile* find_partnership(const Reading& reading, std::string_view protocol) {
  const auto plan = reading.protocol(protocol);
  if (!plan) {
    return nullptr;
  }
  const auto found = reading.partnerships.find(partnership_stream(*plan));
  return found == reading.partnerships.end() ? nullptr : &found->second;
}

void add_remarks_of_cases(Json& list, const Reading& reading, const PlanRef& plan) {
  for (const auto& [stream, file] : reading.cases) {
    if (file.plan != plan) {
      continue;
    }
    for (auto& remark : remarks_json(plan->protocol, file.state.remarks)) {
      remark["case"] = stream.substr(kCasePrefix.size());
      list.push_back(std::move(remark));
    }
  }
}

HttpResponse no_such_partnership() {
  return problem(404,
                 "unknown-partnership",
                 "No such partnership",
                 "No protocol of that name is deployed. Look it up in the list at "
                 "/v1/partnerships.");
}

}  // namespace

void get_partnerships(const Call& call, const Answer& answer) {
  const auto& reading = call.reading();
  Json list = Json::array();
  for (const auto& [name, plan] : reading.protocols) {
    const auto* file = find_partnership(reading, name);
    if (file != nullptr) {
      list.push_back(partnership_json(*file->plan, file->state));
    }
  }
  answer(respond_json({{"partnerships", list}}));
}

void get_partnership(const Call& call, const Answer& answer) {
  const auto* file = find_partnership(call.reading(), call.places[0]);
  if (file == nullptr) {
    return answer(no_such_partnership());
  }
  auto json = partnership_json(*file->plan, file->state);
  add_remarks_of_cases(json["remarks"], call.reading(), file->plan);
  auto response = respond_json(json);
  response.headers.emplace_back("ETag", "\"" + std::to_string(file->state.version) + "\"");
  answer(std::move(response));
}

void post_partnership_command(const Call& call, const Answer& answer) {
  auto request = read_command(call.request);
  if (!request) {
    return answer(not_understood(request.error()));
  }
  const auto plan = call.reading().protocol(call.places[0]);
  if (!plan) {
    return answer(no_such_partnership());
  }
  request->stream = partnership_stream(*plan);
  submit(call, std::move(*request), 200, answer);
}

}  // namespace protoflow::runtime
