#include "runtime/http/api.hpp"

#include <algorithm>
#include <array>
#include <chrono>
#include <utility>

#include <nlohmann/json.hpp>

#include "runtime/door/door.hpp"
#include "runtime/http/json_depth.hpp"
#include "runtime/http/keys.hpp"
#include "runtime/http/openapi/described.hpp"
#include "runtime/http/problem.hpp"
#include "runtime/http/routes.hpp"
#include "runtime/people/secret.hpp"

namespace protoflow::runtime {

namespace {

constexpr std::size_t kRequestIdMax = 64;

HttpResponse method_not_allowed(const std::string& methods) {
  auto response = problem(
      405, "method-not-allowed", "Method not allowed", "This address takes " + methods + ".");
  response.headers.emplace_back("Allow", methods);
  return response;
}

// The same for a token that is missing, wrong, revoked or too old: it tells nothing of any.
HttpResponse token_needed() {
  auto response = problem(401,
                          "token-needed",
                          "A token is needed",
                          "Send the header \"Authorization: Bearer TOKEN\" with a token that is "
                          "valid today. The operator's stands in the file `token` of the data "
                          "folder; whoever runs the daemon issues one to each person.");
  response.headers.emplace_back("WWW-Authenticate", "Bearer");
  return response;
}

HttpResponse may_only_read() {
  return problem(403,
                 "token-only-reads",
                 "This token only reads",
                 "It was issued for reading. Ask whoever runs the daemon for one that acts.");
}

HttpResponse key_used_otherwise() {
  return problem(
      422,
      "key-used-otherwise",
      "This key was sent with another request",
      "Nothing was done. An Idempotency-Key stands for one request: send that one again, "
      "unchanged, or choose a new key.");
}

std::string_view token_of(const HttpRequest& request) {
  constexpr std::string_view kScheme = "Bearer ";
  const auto header = request.header("authorization");
  return header.starts_with(kScheme) ? header.substr(kScheme.size()) : cookie_of(request);
}

// A filter that is misspelt would show more than was asked for. Open addresses may be asked with
// whatever a program adds.
std::optional<std::string> unknown_in_query(const Route& route, const HttpRequest& request) {
  if (route.needs == Needs::nothing || request.query.empty()) {
    return std::nullopt;
  }
  const auto known = names_known_instead(route, request);
  if (!known) {
    return std::nullopt;
  }
  return "The query has a name that this address does not know. It knows " +
         (known->empty() ? "none." : *known + ".");
}

// What a rehearsal was, may be sent again in earnest, with the same key.
bool is_rehearsal(const HttpRequest& request) {
  constexpr std::string_view kMember = "dry_run";
  if (!request.body.contains(kMember)) {
    return false;
  }
  const auto json = nlohmann::json::parse(request.body, nullptr, false);
  return json.is_object() && json.value(kMember, nlohmann::json()) == true;
}

// One of the sender's own, where it can stand in a line of the log, so that a proxy's and ours are
// one.
std::string id_of(const HttpRequest& request) {
  const auto sent = request.header("x-request-id");
  const bool is_plain = std::ranges::all_of(sent, [](char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '-' ||
           c == '_' || c == '.';
  });
  return is_plain && !sent.empty() && sent.size() <= kRequestIdMax ? std::string(sent)
                                                                   : random_id();
}

// Anybody may write any word there; only these become a label.
std::string_view known_method(std::string_view method) {
  constexpr auto kKnown = std::to_array<std::string_view>({"GET", "POST", "DELETE"});
  const auto* known = std::ranges::find(kKnown, method);
  return known == kKnown.end() ? "other" : *known;
}

class Api {
 public:
  explicit Api(ApiParts parts)
      : parts_(std::move(parts)), people_(parts_.rates.person), strangers_(parts_.rates.stranger) {}

  void handle(const HttpRequest& request, const Answer& answer) {
    auto found = find_route(request);
    const auto watched = watch(request, found.route, answer);
    handle_at(std::move(found), request, watched);
  }

 private:
  // Every answer carries the id of its request, by which the operator finds it in the log.
  Answer watch(const HttpRequest& request, const Route* route, const Answer& answer) const {
    return [answer,
            id = id_of(request),
            method = known_method(request.method),
            path = route == nullptr ? std::string_view() : route->path,
            begun = std::chrono::steady_clock::now(),
            told = parts_.on_answered](HttpResponse response) {
      response.headers.emplace_back("X-Request-Id", id);
      if (told) {
        told({id, method, path, response.status, std::chrono::steady_clock::now() - begun});
      }
      answer(std::move(response));
    };
  }

  void handle_at(FoundRoute found, const HttpRequest& request, const Answer& answer) {
    auto& [route, places, methods] = found;
    Reader reader;
    const bool open = route != nullptr && route->needs == Needs::nothing;
    if (!open && is_of_api(request)) {
      auto entered = enter(request);
      if (!entered) {
        return answer(std::move(entered.error()));
      }
      reader = std::move(*entered);
    } else if (open && !request.header("authorization").empty()) {
      reader = enter(request).value_or(Reader{});
    }
    if (methods.empty()) {
      return answer(no_such_address());
    }
    if (route == nullptr) {
      return answer(method_not_allowed(methods));
    }
    if (route->needs == Needs::operating && !reader.is_operator()) {
      return answer(operators_only());
    }
    if (route->needs == Needs::acting && !reader.may_act) {
      return answer(may_only_read());
    }
    if (nests_too_deep(request.body)) {
      return answer(not_understood("The body nests deeper than " + std::to_string(kJsonDepthMax) +
                                   " levels."));
    }
    if (const auto unknown = unknown_in_query(*route, request)) {
      return answer(not_understood(*unknown));
    }
    if (const auto key = request.header("idempotency-key");
        request.method == "POST" && !key.empty()) {
      return handle_once(*route, {parts_, request, std::move(reader), std::move(places)}, answer);
    }
    route->answer({parts_, request, std::move(reader), std::move(places)}, answer);
  }

  void handle_once(const Route& route, const Call& call, const Answer& answer) {
    const auto said = call.request.header("idempotency-key");
    if (!is_key(said)) {
      return answer(not_understood("Idempotency-Key must be plain ASCII, at most 128 bytes long."));
    }
    const auto key =
        (call.reader.is_person() ? call.reader.person.id : "") + ":" + std::string(said);
    if (!keys_->keep(key, call.request)) {
      return answer(key_used_otherwise());
    }
    const bool rehearses = is_rehearsal(call.request);
    route.answer(call, [answer, key, rehearses, keys = keys_](HttpResponse response) {
      if (rehearses || response.status >= 400) {
        keys->forget(key);
      }
      answer(std::move(response));
    });
  }

  static bool is_of_api(const HttpRequest& request) {
    return request.segments.size() > 1 && request.segments[0] == "v1";
  }

  // Whoever has sent too many wrong tokens waits, with a right one too: otherwise the answer would
  // tell when one is right.
  std::expected<Reader, HttpResponse> enter(const HttpRequest& request) {
    const auto now = parts_.pace.now();
    const auto address = client_of(request);
    if (const auto wait = strangers_.wait(address, now)) {
      return std::unexpected(too_often(*wait));
    }
    auto reader = reader_of(
        token_of(request), parts_.token, parts_.casebook.reading().people, parts_.clock.now());
    if (parts_.door != nullptr &&
        parts_.door->links().opens_for_operator(token_of(request), parts_.clock.now())) {
      reader = {.kind = ReaderKind::the_operator, .may_act = true};
    }
    if (reader.kind == ReaderKind::nobody) {
      strangers_.take(address, now);
      return std::unexpected(token_needed());
    }
    if (request.method != "GET" && request.header("authorization").empty() &&
        !comes_from_our_page(request, parts_.door)) {
      return std::unexpected(from_elsewhere());
    }
    if (reader.is_person()) {
      if (const auto wait = people_.wait(reader.token, now)) {
        return std::unexpected(too_often(*wait));
      }
      people_.take(reader.token, now);
    }
    return reader;
  }

  ApiParts parts_;
  RateLimit people_;  // by the id of their token
  std::shared_ptr<Keys> keys_ = std::make_shared<Keys>();
  RateLimit strangers_;  // wrong tokens, by the address they come from
};

}  // namespace

Handler make_api(ApiParts parts) {
  return [api = std::make_shared<Api>(std::move(parts))](HttpRequest request, Answer answer) {
    api->handle(request, answer);
  };
}

}  // namespace protoflow::runtime
