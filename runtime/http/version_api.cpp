// /v1/protocols/PROTOCOL/versions and /changes: every version that was deployed, its text and who
// has signed it, and what one changes of another.
#include <algorithm>

#include <nlohmann/json.hpp>

#include "runtime/casebook/migrating.hpp"
#include "runtime/http/api_json.hpp"
#include "runtime/http/calls.hpp"
#include "runtime/http/page.hpp"
#include "runtime/http/partnership_json.hpp"
#include "runtime/http/problem.hpp"
#include "runtime/http/protocol_changes.hpp"

namespace protoflow::runtime {

namespace {

using Json = nlohmann::ordered_json;

struct Deployment {
  PlanRef plan;
  std::string deployed;  // the instant of its record
  std::string body;
};

// In order; a version that came back into force stands where it was last deployed. The error is an
// answer.
std::expected<std::vector<Deployment>, HttpResponse> deployments_of(const Call& call,
                                                                    std::string_view protocol) {
  std::vector<Deployment> list;
  const auto stream = std::string(kProtocolPrefix) + std::string(protocol);
  const auto read = call.parts.casebook.read_history(stream, [&](std::string_view line) {
    auto record = engine::read_record(line);
    const auto& plans = call.reading().plans;
    const auto plan = record ? plans.find(record->protocol) : plans.end();
    if (plan != plans.end()) {
      std::erase_if(list, [&](const Deployment& each) { return each.plan == plan->second; });
      list.push_back({plan->second, engine::to_text(record->recorded), std::move(record->body)});
    }
  });
  return read ? std::expected<std::vector<Deployment>, HttpResponse>(std::move(list))
              : std::unexpected(problem(503, "not-readable", "Not now", read.error()));
}

bool is_in_force(const Call& call, const PlanRef& plan) {
  return call.reading().protocol(plan->protocol.name) == plan;
}

Json version_json(const Call& call, const Deployment& deployment) {
  const auto& plan = deployment.plan;
  Json json{{"version", plan->protocol.version},
            {"meaning", plan->meaning_hash},
            {"title", plan->protocol.title},
            {"deployed", deployment.deployed},
            {"in_force", is_in_force(call, plan)}};
  const auto& partnerships = call.reading().partnerships;
  const auto found = partnerships.find(partnership_stream(*plan));
  json["partners"] = found == partnerships.end()
                         ? Json::array()
                         : partnership_json(*plan, found->second.state)["partners"];
  return json;
}

// Of the protocol that the address names: nothing when the reader may not know of it.
PlanRef newest_of(const Call& call) {
  return sees_protocol(call, call.places[0]) ? call.reading().protocol(call.places[0]) : nullptr;
}

// The one that is called so in the query; otherwise the one before the newest.
PlanRef version_before(const Call& call, const std::vector<Deployment>& list) {
  const auto from = call.request.query_value("from");
  if (!from.empty()) {
    return call.reading().version(call.places[0], from);
  }
  return list.size() > 1 ? list[list.size() - 2].plan : list.back().plan;
}

}  // namespace

void get_versions(const Call& call, const Answer& answer) {
  auto page = Page::read(call.request);
  if (!page) {
    return answer(not_understood(page.error()));
  }
  if (!newest_of(call)) {
    return answer(no_such_protocol());
  }
  const auto deployments = deployments_of(call, call.places[0]);
  if (!deployments) {
    return answer(deployments.error());
  }
  Json list = Json::array();
  for (const auto& deployment : *deployments) {
    if (page->takes(deployment.deployed + deployment.plan->meaning_hash)) {
      list.push_back(version_json(call, deployment));
    }
  }
  answer(page->respond(call.request, {{"versions", std::move(list)}}));
}

void get_version(const Call& call, const Answer& answer) {
  const auto newest = newest_of(call);
  if (!newest) {
    return answer(no_such_protocol());
  }
  const auto plan = call.reading().version(call.places[0], call.places[1]);
  if (!plan) {
    return answer(respond(unknown_version(*newest, std::string(call.places[1]), call.reading())));
  }
  const auto deployments = deployments_of(call, call.places[0]);
  if (!deployments) {
    return answer(deployments.error());
  }
  const auto found = std::ranges::find(*deployments, plan, &Deployment::plan);
  if (found == deployments->end()) {
    return answer(no_such_protocol());
  }
  auto json = version_json(call, *found);
  json["protocol"] = plan->protocol.name;
  json["language"] = plan->protocol.language == model::Language::french ? "fr" : "en";
  const auto body = Json::parse(found->body, nullptr, false);
  for (const auto* member : {"text", "files", "calendars"}) {
    if (body.contains(member)) {
      json[member] = body[member];
    }
  }
  answer(respond_json(json));
}

void get_changes(const Call& call, const Answer& answer) {
  const auto newest = newest_of(call);
  if (!newest) {
    return answer(no_such_protocol());
  }
  const auto deployments = deployments_of(call, call.places[0]);
  if (!deployments) {
    return answer(deployments.error());
  }
  const auto to = call.request.query_value("to");
  const auto now = to.empty() ? newest : call.reading().version(call.places[0], to);
  const auto was = deployments->empty() ? newest : version_before(call, *deployments);
  if (!now || !was) {
    const auto called = now ? call.request.query_value("from") : to;
    return answer(respond(unknown_version(*newest, std::string(called), call.reading())));
  }
  answer(
      respond_json({{"protocol", now->protocol.name},
                    {"was", {{"version", was->protocol.version}, {"meaning", was->meaning_hash}}},
                    {"is", {{"version", now->protocol.version}, {"meaning", now->meaning_hash}}},
                    {"changes", changes_json(*was, *now)}}));
}

}  // namespace protoflow::runtime
