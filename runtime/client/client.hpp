// The blocking HTTP client of the command line: one request and its answer, or a stream that is
// followed. Errors are sentences for the person at the terminal; they name the daemon's address,
// never a path or a query.
#pragma once

#include <chrono>
#include <expected>
#include <functional>
#include <map>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace protoflow::runtime {

struct ClientRequest {
  std::string method = "GET";
  std::string url{};
  std::string body{};  // JSON, unless a Content-Type says otherwise
  std::vector<std::pair<std::string, std::string>> headers{};
  std::chrono::milliseconds timeout{30'000};
};

struct ClientAnswer {
  int status = 0;
  std::string body{};
  std::map<std::string, std::string, std::less<>>
      headers{};  // by lower-case name; the last of a repeated one
};

struct ClientError {
  std::string what;       // what happened and what to do
  ClientAnswer answer{};  // when the daemon did answer, but not with what was asked for
};

/// Any answer with a status is an answer, also a problem. No redirect is followed.
[[nodiscard]] std::expected<ClientAnswer, ClientError> request(const ClientRequest& request);

struct FollowRequest {
  std::string url{};
  std::string last_event_id{};  // empty: only what comes from now on
  std::vector<std::pair<std::string, std::string>> headers{};
  std::chrono::milliseconds silence{
      45'000};  // three missed heartbeats: the stream counts as broken
};

/// false ends the following.
using OnEvent =
    std::function<bool(std::string_view id, std::string_view event, std::string_view text)>;

/// Calls `on_event` for each event until it says false or the server ends the stream. Returns the
/// last id seen, to carry on with. It does not connect again by itself.
[[nodiscard]] std::expected<std::string, ClientError> follow(const FollowRequest& request,
                                                             const OnEvent& on_event);

}  // namespace protoflow::runtime
