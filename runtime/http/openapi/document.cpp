#include "runtime/http/openapi/document.hpp"

#include <algorithm>
#include <array>
#include <map>
#include <string>
#include <vector>

#include <nlohmann/json.hpp>

#include "runtime/http/openapi/components.hpp"
#include "runtime/http/openapi/described.hpp"
#include "runtime/http/openapi/notation.hpp"
#include "runtime/http/routes.hpp"

namespace protoflow::runtime {

namespace {

using Json = nlohmann::ordered_json;

constexpr std::string_view kIntroduction =
    "Organisations that accompany people write joint protocols; the daemon runs them, and tracks "
    "who owes which step to whom. Everything here is addressed by pseudonymous ids. What one may "
    "not see is left out, or answered as what there is not. An error is a problem of RFC 9457, "
    "whose `type` never changes its meaning. With any POST, Idempotency-Key makes a repetition do "
    "nothing. The examples are about one protocol, that of POST /v1/protocols, and are run as they "
    "stand.";

// What any act may be answered, beside the refusals of the engine.
constexpr std::string_view kActs =
    "not-yourself unknown-person version-conflict unknown-command unknown-step unknown-outcome "
    "unknown-role unknown-partner unknown-ending unknown-information unknown-consent "
    "unknown-routine unknown-session wrong-value wrong-answer wrong-attendance wrong-date "
    "step-needed role-needed partner-needed person-needed consent-needed event-needed "
    "session-needed training-lapsed case-not-open other-version session-not-awaited "
    "keys-unavailable";

Json parameter(std::string_view in, const NotedMember& member) {
  return {{"name", member.name},
          {"in", in},
          {"required", !member.optional},
          {"description", described_place(member.name)},
          {"schema", type_schema(member.type)}};
}

Json header_parameter(const char* name) {
  return {{"$ref", std::string("#/components/parameters/") + name}};
}

bool has_version(const DescribedRoute& route) {
  return route.gives == "Case" || route.gives == "Session" || route.gives == "Partnership";
}

bool takes_commands(const DescribedRoute& route) {
  return route.takes.ends_with("Command") && route.gives == "Done" &&
         route.takes != "ContactCommand";
}

Json parameters_of(const DescribedRoute& route) {
  Json list = Json::array();
  for (auto rest = route.path; rest.contains('{');) {
    rest.remove_prefix(rest.find('{') + 1);
    list.push_back(parameter("path", {.name = rest.substr(0, rest.find('}')), .type = "text"}));
  }
  for (auto rest = route.query; !rest.empty();) {
    list.push_back(parameter("query", take_member(rest)));
  }
  if (route.method == "POST") {
    list.push_back(header_parameter("Idempotency-Key"));
  }
  if (takes_commands(route)) {
    list.push_back(header_parameter("If-Match"));
  }
  if (has_version(route) || route.path == "/v1/openapi.json") {
    list.push_back(header_parameter("If-None-Match"));
  }
  if (route.gives == "text/event-stream") {
    list.push_back(header_parameter("Last-Event-ID"));
  }
  return list;
}

Json body_of(const DescribedRoute& route) {
  Json content{{"schema", type_schema(route.takes)}};
  Json examples = Json::object();
  for (const auto& command : described_commands()) {
    if (is_sent_in(command, route.takes)) {
      examples[std::string(command.name)] = {{"summary", command.says},
                                             {"value", example_of(command)}};
    }
  }
  if (examples.empty()) {
    content["example"] = example_of(route);
  } else {
    content["examples"] = std::move(examples);
  }
  return {{"required", true}, {"content", {{"application/json", std::move(content)}}}};
}

std::vector<std::string_view> words_of(std::string_view text) {
  std::vector<std::string_view> words;
  while (!text.empty()) {
    words.push_back(text.substr(0, text.find(' ')));
    text.remove_prefix(std::min(text.size(), words.back().size() + 1));
  }
  return words;
}

std::vector<std::string_view> problems_of(const DescribedRoute& route, Needs needs) {
  auto slugs = words_of(route.problems);
  if (std::erase(slugs, "acts") != 0) {
    std::ranges::copy(words_of(kActs), std::back_inserter(slugs));
  }
  if (needs != Needs::nothing) {
    std::ranges::copy(words_of("token-needed too-often"), std::back_inserter(slugs));
  }
  if (needs == Needs::acting) {
    slugs.emplace_back("token-only-reads");
  }
  if (needs == Needs::operating) {
    slugs.emplace_back("for-the-operator");
  }
  if (route.method == "POST") {
    std::ranges::copy(words_of("not-understood key-used-otherwise not-written stopping"),
                      std::back_inserter(slugs));
  }
  return slugs;
}

Json problem_response(const std::string& says) {
  return {
      {"description", says},
      {"content",
       {{"application/problem+json", {{"schema", {{"$ref", "#/components/schemas/Problem"}}}}}}}};
}

void add_problems(Json& responses, const DescribedRoute& route, Needs needs) {
  std::map<int, std::string> by_status;
  const auto slugs = problems_of(route, needs);
  for (const auto& problem : described_problems()) {
    if (std::ranges::find(slugs, problem.slug) != slugs.end()) {
      by_status[problem.status] +=
          "- `" + std::string(problem.slug) + "`: " + std::string(problem.when) + "\n";
    }
  }
  if (route.problems.contains("acts")) {
    by_status[403] += "- `not-yours`: it is for another role or partner; `detail` says whose.\n";
    by_status[409] += "- or refused by the protocol: `code` says why, `detail` who could.\n";
  }
  for (const auto& [status, says] : by_status) {
    responses[std::to_string(status)] = problem_response(says);
  }
  responses["default"] = problem_response(
      "Another problem: of HTTP itself, of too large or too slow a request, or of "
      "the daemon.");
}

Json responses_of(const DescribedRoute& route, Needs needs) {
  const bool is_json = !route.gives.contains('/');
  Json done{{"description", "Done."}};
  if (has_version(route) || takes_commands(route)) {
    done["headers"]["ETag"] = {{"$ref", "#/components/headers/ETag"}};
  }
  done["content"][is_json ? "application/json" : std::string(route.gives)]["schema"] =
      is_json ? type_schema(route.gives) : Json{{"type", "string"}};
  Json responses{{std::to_string(route.status), done}};
  if (route.status == 201) {
    done["description"] = "It had been done before, or was only rehearsed.";
    responses["200"] = done;
  }
  if (has_version(route) || route.path == "/v1/openapi.json" || route.gives == "text/calendar") {
    responses["304"] = {{"description", "Nothing has changed for the reader."}};
  }
  add_problems(responses, route, needs);
  return responses;
}

Json security_of(Needs needs) {
  switch (needs) {
    case Needs::nothing:
      return Json::array();
    case Needs::reading:
      return Json::array({{{"token", Json::array()}}});
    case Needs::acting:
      return Json::array({{{"token", Json::array({"act"})}}});
    case Needs::operating:
      return Json::array({{{"token", Json::array({"operate"})}}});
  }
  return Json::array();
}

Json operation_of(const DescribedRoute& route, Needs needs) {
  const auto rest = route.path.substr(std::string_view("/v1/").size());
  Json operation{{"operationId", route.id},
                 {"summary", route.says},
                 {"tags", {rest.substr(0, rest.find_first_of("/."))}},
                 {"security", security_of(needs)}};
  if (auto parameters = parameters_of(route); !parameters.empty()) {
    operation["parameters"] = std::move(parameters);
  }
  if (!route.takes.empty()) {
    operation["requestBody"] = body_of(route);
  }
  operation["responses"] = responses_of(route, needs);
  return operation;
}

std::string lower(std::string_view method) {
  std::string text(method);
  std::ranges::transform(text, text.begin(), [](char c) { return static_cast<char>(c | 0x20); });
  return text;
}

}  // namespace

Json openapi_document() {
  Json paths = Json::object();
  for (const auto& route : all_routes()) {
    if (const auto* described = description_of(route)) {
      paths[std::string(route.path)][lower(route.method)] = operation_of(*described, route.needs);
    }
  }
  return {
      {"openapi", "3.1.0"},
      {"info",
       {{"title", "protoflow"}, {"version", PROTOFLOW_VERSION}, {"description", kIntroduction}}},
      {"servers", Json::array({{{"url", "/"}}})},
      {"paths", std::move(paths)},
      {"components", openapi_components()}};
}

}  // namespace protoflow::runtime
