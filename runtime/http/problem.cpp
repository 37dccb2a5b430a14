#include "runtime/http/problem.hpp"

#include <utility>

#include <nlohmann/json.hpp>

namespace protoflow::runtime {

HttpResponse problem(int status,
                     std::string type_slug,
                     std::string title,
                     std::string detail,
                     const std::vector<ProblemMember>& more) {
  nlohmann::ordered_json body = {{"type", "/problems/" + std::move(type_slug)},
                                 {"title", std::move(title)},
                                 {"status", status},
                                 {"detail", std::move(detail)}};
  for (const ProblemMember& member : more) {
    auto value = nlohmann::ordered_json::parse(member.json, nullptr, false);
    body[member.name] = value.is_discarded() ? nlohmann::ordered_json(member.json) : value;
  }
  HttpResponse response;
  response.status = status;
  response.content_type = "application/problem+json";
  // Texts may quote what a client sent; bytes that are not UTF-8 are replaced, never an exception.
  response.body = body.dump(-1, ' ', false, nlohmann::ordered_json::error_handler_t::replace);
  return response;
}

HttpResponse not_understood(std::string detail) {
  return problem(400, "not-understood", "The request could not be understood", std::move(detail));
}

HttpResponse no_such_address() {
  return problem(404,
                 "no-such-address",
                 "No such address",
                 "There is nothing at this address. See docs/operating.md for the paths.");
}

HttpResponse operators_only() {
  return problem(403,
                 "for-the-operator",
                 "For the operator",
                 "Only whoever runs the daemon may do this, with the operator's token.");
}

}  // namespace protoflow::runtime
