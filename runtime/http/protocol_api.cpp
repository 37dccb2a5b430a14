// /v1/protocols: those deployed, and deploying one.
#include <nlohmann/json.hpp>

#include "runtime/casebook/answers.hpp"
#include "runtime/http/api_json.hpp"
#include "runtime/http/calls.hpp"
#include "runtime/http/page.hpp"
#include "runtime/http/problem.hpp"
#include "runtime/http/protocol_changes.hpp"

namespace protoflow::runtime {

namespace {

using Json = nlohmann::ordered_json;

Json deployed_json(const engine::Plan& plan) {
  return {{"protocol", plan.protocol.name},
          {"version", plan.protocol.version},
          {"meaning", plan.meaning_hash}};
}

// What stands in the way of deploying the text, or what it would change.
HttpResponse rehearse(const Reading& reading, const ProtocolText& text) {
  const auto plan = make_plan(text);
  if (!plan) {
    const auto& error = plan.error();
    return respond(not_done(Why::bad_request,
                            "protocol_not_valid",
                            error.what.empty()
                                ? dsl::render_text(error.compiled, text.text, "protocol", false)
                                : error.what));
  }
  if (const auto next = reading.free_version(**plan); next != 0) {
    return respond(version_taken(**plan, next));
  }
  auto json = deployed_json(**plan);
  json["dry_run"] = true;
  const auto newest = reading.protocol((*plan)->protocol.name);
  json["changes"] = newest ? changes_json(*newest, **plan) : Json::array();
  return respond_json(json);
}

}  // namespace

void get_protocols(const Call& call, const Answer& answer) {
  auto page = Page::read(call.request);
  if (!page) {
    return answer(not_understood(page.error()));
  }
  Json list = Json::array();
  for (const auto& [name, plan] : call.reading().protocols) {
    if (!may_see(call.reader, plan->protocol) || !page->takes(name)) {
      continue;
    }
    list.push_back({{"protocol", name},
                    {"version", plan->protocol.version},
                    {"title", plan->protocol.title},
                    {"meaning", plan->meaning_hash}});
  }
  answer(page->respond(call.request, {{"protocols", std::move(list)}}));
}

void post_protocol(const Call& call, const Answer& answer) {
  if (const auto text = read_text_member(call.request, "text"); !text) {
    return answer(not_understood(text.error()));
  }
  auto text = read_protocol_text(call.request.body);
  if (!text) {
    return answer(not_understood(text.error()));
  }
  const auto dry_run = Json::parse(call.request.body).value("dry_run", Json(false));
  if (!dry_run.is_boolean()) {
    return answer(not_understood("The member \"dry_run\" must be true or false."));
  }
  if (dry_run.get<bool>()) {
    return answer(rehearse(call.reading(), *text));
  }
  call.parts.casebook.deploy(
      std::move(*text), [answer](const std::expected<PlanRef, NotDone>& plan) {
        answer(plan ? respond_json(deployed_json(**plan)) : respond(plan.error()));
      });
}

}  // namespace protoflow::runtime
