// /v1/partnerships: one for each protocol, that of its version in force.

#include <nlohmann/json.hpp>

#include "runtime/casebook/casebook.hpp"
#include "runtime/http/api_json.hpp"
#include "runtime/http/calls.hpp"
#include "runtime/http/entity_tag.hpp"
#include "runtime/http/page.hpp"
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

// Of a case, those that were made by the reader's partner or of what the reader has to do with.
std::vector<engine::Remark> seen_remarks(const Reader& reader, const CaseFile& file) {
  auto remarks = file.state.remarks;
  const auto& protocol = file.plan->protocol;
  std::erase_if(remarks, [&](const engine::Remark& remark) {
    const bool theirs =
        remark.partner.known() && protocol[remark.partner].name == reader.person.partner;
    return !may_see(reader, file) || !(theirs || may_see(reader, StepOf{file, remark.step}));
  });
  return remarks;
}

void add_remarks_of_cases(Json& list, const Call& call, const PlanRef& plan) {
  for (const auto& [stream, file] : call.reading().cases) {
    if (file.plan != plan) {
      continue;
    }
    for (auto& remark : remarks_json(plan->protocol, seen_remarks(call.reader, file))) {
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
  auto page = Page::read(call.request);
  if (!page) {
    return answer(not_understood(page.error()));
  }
  const auto& reading = call.reading();
  Json list = Json::array();
  for (const auto& [name, plan] : reading.protocols) {
    const auto* file = find_partnership(reading, name);
    if (file != nullptr && may_see(call.reader, plan->protocol) && page->takes(name)) {
      list.push_back(partnership_json(*file->plan, file->state));
    }
  }
  answer(page->respond(call.request, {{"partnerships", std::move(list)}}));
}

void get_partnership(const Call& call, const Answer& answer) {
  const auto* file = find_partnership(call.reading(), call.places[0]);
  if (file == nullptr || !may_see(call.reader, file->plan->protocol)) {
    return answer(no_such_partnership());
  }
  auto json = partnership_json(*file->plan, file->state);
  add_remarks_of_cases(json["remarks"], call, file->plan);
  answer(respond_version(call.request, json, file->state.version));
}

void post_partnership_command(const Call& call, const Answer& answer) {
  auto request = read_command(call.request);
  if (!request) {
    return answer(not_understood(request.error()));
  }
  const auto plan = call.reading().protocol(call.places[0]);
  if (!plan || !may_see(call.reader, plan->protocol)) {
    return answer(no_such_partnership());
  }
  if (auto refused = refuse_actor(call, *request)) {
    return answer(std::move(*refused));
  }
  request->stream = partnership_stream(*plan);
  submit(call, std::move(*request), 200, answer);
}

}  // namespace protoflow::runtime
