#include "runtime/http/api.hpp"

#include <utility>

#include "runtime/http/problem.hpp"
#include "runtime/http/routes.hpp"
#include "runtime/people/secret.hpp"

namespace protoflow::runtime {

namespace {

HttpResponse method_not_allowed(const std::string& methods) {
  auto response = problem(
      405, "method-not-allowed", "Method not allowed", "This address takes " + methods + ".");
  response.headers.emplace_back("Allow", methods);
  return response;
}

HttpResponse token_needed() {
  auto response = problem(401,
                          "token-needed",
                          "A token is needed",
                          "Send the header \"Authorization: Bearer TOKEN\". The token stands in "
                          "the file `token` of the data folder.");
  response.headers.emplace_back("WWW-Authenticate", "Bearer");
  return response;
}

class Api {
 public:
  explicit Api(ApiParts parts) : parts_(std::move(parts)) {}

  void handle(const HttpRequest& request, const Answer& answer) const {
    auto [route, places, methods] = find_route(request);
    const bool open = route != nullptr && route->needs == Needs::nothing;
    if (!open && is_of_api(request) && !may_enter(request)) {
      return answer(token_needed());
    }
    if (methods.empty()) {
      return answer(no_such_address());
    }
    if (route == nullptr) {
      return answer(method_not_allowed(methods));
    }
    route->answer({parts_, request, std::move(places)}, answer);
  }

 private:
  static bool is_of_api(const HttpRequest& request) {
    return request.segments.size() > 1 && request.segments[0] == "v1";
  }

  // Compared in constant time, so that the answer's delay tells nothing of the token.
  [[nodiscard]] bool may_enter(const HttpRequest& request) const {
    constexpr std::string_view kScheme = "Bearer ";
    const auto header = request.header("authorization");
    return header.starts_with(kScheme) && same_secret(header.substr(kScheme.size()), parts_.token);
  }

  ApiParts parts_;
};

}  // namespace

Handler make_api(ApiParts parts) {
  return [api = std::make_shared<Api>(std::move(parts))](HttpRequest request, Answer answer) {
    api->handle(request, answer);
  };
}

}  // namespace protoflow::runtime
