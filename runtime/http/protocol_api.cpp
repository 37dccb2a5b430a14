// /v1/protocols: those deployed, and deploying one.
#include <nlohmann/json.hpp>

#include "runtime/http/api_json.hpp"
#include "runtime/http/calls.hpp"
#include "runtime/http/page.hpp"
#include "runtime/http/problem.hpp"

namespace protoflow::runtime {

namespace {

using Json = nlohmann::ordered_json;

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
  call.parts.casebook.deploy(std::move(*text),
                             [answer](const std::expected<PlanRef, NotDone>& plan) {
                               if (!plan) {
                                 return answer(respond(plan.error()));
                               }
                               answer(respond_json({{"protocol", (*plan)->protocol.name},
                                                    {"version", (*plan)->protocol.version},
                                                    {"meaning", (*plan)->meaning_hash}}));
                             });
}

}  // namespace protoflow::runtime
