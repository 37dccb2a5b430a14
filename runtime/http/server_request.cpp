#include "runtime/http/server_request.hpp"

#include <algorithm>
#include <cctype>
#include <exception>
#include <string>
#include <typeinfo>
#include <utility>

#include <boost/beast/http/error.hpp>

#include "runtime/http/problem.hpp"
#include "runtime/http/server_session.hpp"
#include "runtime/http/server_text.hpp"

namespace protoflow::runtime {

namespace http = boost::beast::http;

namespace {

/// The one use of an answer. When every copy of the Answer has gone unused, says so to the client.
struct Once {
  std::shared_ptr<Session> session;
  std::shared_ptr<ServerShared> shared;

  Once(std::shared_ptr<Session> to, std::shared_ptr<ServerShared> of)
      : session(std::move(to)), shared(std::move(of)) {}

  Once(const Once&) = delete;
  Once& operator=(const Once&) = delete;

  ~Once() {
    if (!session || !shared->alive) {
      return;
    }
    // May die on a thread of the store's: the session is touched on the loop only.
    shared->loop.post([unanswered = std::move(session)] {
      unanswered->answer(problem(500,
                                 "no-answer",
                                 "The request was not answered",
                                 "The daemon dropped this request. Look whether it took effect "
                                 "before you repeat it."));
    });
  }
};

std::string lower(std::string_view text) {
  std::string out(text);
  std::ranges::transform(
      out, out.begin(), [](unsigned char c) { return static_cast<char>(std::tolower(c)); });
  return out;
}

std::unexpected<HttpResponse> refused(std::string detail) {
  return std::unexpected(
      problem(400, "malformed-request", "The request is malformed", std::move(detail)));
}

}  // namespace

std::expected<HttpRequest, HttpResponse> to_request(ParsedMessage message) {
  const auto coding = message[http::field::transfer_encoding];
  if (!coding.empty() &&
      (lower(coding) != "chunked" || message.count(http::field::content_length) > 0)) {
    return refused(
        "The only transfer coding understood is `chunked`, without a length beside it. Nothing "
        "was done.");
  }
  if (message.version() == 11 && message.count(http::field::host) != 1) {
    return refused("A request of HTTP/1.1 has exactly one Host field (RFC 9112, 3.2).");
  }
  HttpRequest request;
  request.method = message.method() == http::verb::head ? "GET" : message.method_string();
  if (request.method == "OPTIONS") {
    return request;  // its target may be `*`
  }
  auto target = read_target(message.target());
  if (!target) {
    return refused(std::move(target.error()));
  }
  request.path = std::move(target->path);
  request.segments = std::move(target->segments);
  request.query = std::move(target->query);
  for (const auto& field : message) {
    std::string& value = request.headers[lower(field.name_string())];
    value += value.empty() ? "" : ", ";
    value += field.value();
  }
  request.body = std::move(message.body());
  return request;
}

HttpResponse syntax_problem(const boost::system::error_code& error) {
  if (error == http::error::body_limit) {
    return problem(413,
                   "body-too-large",
                   "The body of the request is too large",
                   "A request carries at most 1 MiB. Nothing was done; send less at a time.");
  }
  if (error == http::error::header_limit) {
    return problem(431,
                   "header-too-large",
                   "The header of the request is too large",
                   "Address and header fields together take at most 16 KiB. Nothing was done.");
  }
  return problem(400,
                 "malformed-request",
                 "This is not an HTTP/1.1 request",
                 "The server could not read the request and has done nothing. Check the program "
                 "that sent it.");
}

bool asks_to_continue(std::string_view expect_field) {
  return lower(expect_field) == "100-continue";
}

void hand_over(HttpRequest request,
               const std::shared_ptr<Session>& session,
               const std::shared_ptr<ServerShared>& shared) {
  const auto once = std::make_shared<Once>(session, shared);
  const Answer answer = [once](HttpResponse response) {
    if (const auto waiting = std::exchange(once->session, nullptr)) {
      waiting->answer(std::move(response));
    }
  };
  try {
    shared->on_request(std::move(request), answer);
  } catch (const std::exception& bug) {
    // Its text may quote the request, which may speak of a person: only its kind is told.
    if (shared->report) {
      shared->report(std::string("a request failed by a fault of the daemon: ") +
                     typeid(bug).name());
    }
    answer(problem(500,
                   "daemon-fault",
                   "The daemon failed on this request",
                   "This is a fault of the daemon, not of the request. Look whether the request "
                   "took effect before you repeat it, and tell the operator."));
  }
}

}  // namespace protoflow::runtime
