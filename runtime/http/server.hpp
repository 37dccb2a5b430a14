// The HTTP/1.1 server: turns bytes on sockets into requests for one function of the daemon and its
// answers into bytes. It knows limits, keep-alive and streams; it does not know what a path means
// (runtime/http/api does) and speaks no TLS (a front proxy does). RFC 9110 and 9112. Everything
// runs on the loop.
#pragma once

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <expected>
#include <functional>
#include <map>
#include <memory>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "runtime/http/sse.hpp"
#include "runtime/loop/loop.hpp"

namespace protoflow::runtime {

/// One request, complete and within the limits. Texts are valid UTF-8 without NUL, except `body`,
/// which is as it came.
struct HttpRequest {
  std::string method;  // GET, POST…; a HEAD arrives as GET and its answer loses its body
  std::string path;    // percent-decoded, without the query
  std::vector<std::string> segments;  // the path cut at its `/`, then decoded: %2F does not cut
  std::map<std::string, std::string, std::less<>> query;  // decoded; the first of a repeated name
  std::map<std::string, std::string, std::less<>>
      headers;  // by lower-case name; repeated ones joined by ", "
  std::string body;
  std::string peer{};  // the address at the other end of the connection, as text

  /// Empty when there is none.
  [[nodiscard]] std::string_view header(std::string_view lower_case_name) const;
  [[nodiscard]] std::string_view query_value(std::string_view name) const;
};

struct HttpResponse {
  int status = 200;
  std::string content_type = "application/json";
  std::string body{};
  std::vector<std::pair<std::string, std::string>> headers{};

  /// When set, the answer is an event stream: the body is not sent, and this is called with the
  /// open stream once.
  std::function<void(Stream)> stream{};
};

/// To be called once, on the loop, now or later. When every copy is gone uncalled, the client gets
/// a 500.
using Answer = std::function<void(HttpResponse)>;
using Handler = std::function<void(HttpRequest, Answer)>;

/// All limits in one place. The constants are what the daemon uses; tests shorten the times.
struct HttpLimits {
  std::size_t header_bytes = 16 * 1024;  // 431 beyond
  std::size_t body_bytes = 1024 * 1024;  // 413 beyond
  std::size_t connections = 1000;        // 503 beyond
  std::size_t stream_queue_bytes =
      256 * 1024;  // a slower reader of a stream is dropped; it resumes by Last-Event-ID
  std::chrono::milliseconds read{15'000};  // from the first byte of a request to its last (408)
  std::chrono::milliseconds idle{60'000};  // between two requests of a connection
  std::chrono::milliseconds write{
      30'000};  // without one byte taken by the reader of an answer or a stream
  std::chrono::milliseconds heartbeat{15'000};  // between two comments on a silent stream
  std::chrono::milliseconds farewell{2'000};    // for requests in flight when the server stops
};

struct ListenError {
  std::string what;  // a sentence for the operator: what is wrong with the address and which option
                     // to change
};

class HttpServer final {
 public:
  /// `report` gets one neutral sentence when a request could not be served by our fault.
  HttpServer(Loop& loop,
             Handler on_request,
             HttpLimits limits = {},
             std::function<void(std::string_view)> report = {});
  HttpServer(const HttpServer&) = delete;
  HttpServer& operator=(const HttpServer&) = delete;
  ~HttpServer();

  /// Binds and begins to accept. `address` is an IPv4 or IPv6 address or `localhost`; port 0 asks
  /// the system for a free one. Returns the bound port.
  [[nodiscard]] std::expected<std::uint16_t, ListenError> listen(const std::string& address,
                                                                 std::uint16_t port);

  /// Stops accepting, closes streams and idle connections, lets requests in flight end within
  /// `farewell`; then `done`.
  void stop(std::function<void()> done);

  [[nodiscard]] std::size_t connections() const;

 private:
  struct Parts;
  std::shared_ptr<Parts> parts_;
};

}  // namespace protoflow::runtime
