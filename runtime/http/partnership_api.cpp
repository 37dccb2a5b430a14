#include "runtime/http/partnership_api.hpp"

#include <nlohmann/json.hpp>

#include "runtime/casebook/casebook.hpp"
#include "runtime/http/api_json.hpp"
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

}  // namespace

HttpResponse partnerships(const Reading& reading) {
  Json list = Json::array();
  for (const auto& [name, plan] : reading.protocols) {
    const auto* file = find_partnership(reading, name);
    if (file != nullptr) {
      list.push_back(partnership_json(*file->plan, file->state));
    }
  }
  return respond_json({{"partnerships", list}});
}

HttpResponse one_partnership(const Reading& reading, std::string_view protocol) {
  const auto* file = find_partnership(reading, protocol);
  if (file == nullptr) {
    return problem(404,
                   "unknown-partnership",
                   "No such partnership",
                   "No protocol of that name is deployed. Look it up in the list at "
                   "/v1/partnerships.");
  }
  auto json = partnership_json(*file->plan, file->state);
  add_remarks_of_cases(json["remarks"], reading, file->plan);
  auto response = respond_json(json);
  response.headers.emplace_back("ETag", "\"" + std::to_string(file->state.version) + "\"");
  return response;
}

}  // namespace protoflow::runtime
