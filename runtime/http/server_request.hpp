// Between Beast's parser and the daemon: a parsed message becomes an HttpRequest or a problem, and
// the daemon's answer finds its way back exactly once. For the server's own files.
#pragma once

#include <expected>
#include <memory>
#include <string_view>

#include <boost/beast/http/message.hpp>
#include <boost/beast/http/string_body.hpp>
#include <boost/system/error_code.hpp>

#include "runtime/http/server.hpp"

namespace protoflow::runtime {

class Session;
struct ServerShared;

using ParsedMessage = boost::beast::http::request<boost::beast::http::string_body>;

/// A HEAD becomes a GET. The error is what RFC 9112 has us refuse although it can be parsed.
[[nodiscard]] std::expected<HttpRequest, HttpResponse> to_request(ParsedMessage message);

/// What the client is told when the parser gives up.
[[nodiscard]] HttpResponse syntax_problem(const boost::system::error_code& error);

/// Whether the client waits for leave to send its body.
[[nodiscard]] bool asks_to_continue(std::string_view expect_field);

/// Gives the request to the daemon; the session gets the first answer, or a problem when there is
/// none or the daemon throws.
void hand_over(HttpRequest request,
               const std::shared_ptr<Session>& session,
               const std::shared_ptr<ServerShared>& shared);

}  // namespace protoflow::runtime
