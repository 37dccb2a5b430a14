// One connection of the HTTP server: reads one request at a time, hands it over, writes the answer,
// in order; or carries a stream. For the server's own files.
#pragma once

#include <atomic>
#include <chrono>
#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <unordered_set>

#include <boost/asio/basic_stream_socket.hpp>
#include <boost/asio/io_context.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <boost/beast/core/flat_buffer.hpp>
#include <boost/beast/http/parser.hpp>
#include <boost/beast/http/string_body.hpp>

#include "runtime/http/server.hpp"
#include "runtime/http/sse_port.hpp"

namespace protoflow::runtime {

using Socket =
    boost::asio::basic_stream_socket<boost::asio::ip::tcp, boost::asio::io_context::executor_type>;

class Session;

/// What all connections of one server share.
struct ServerShared {
  ServerShared(Loop& of_daemon,
               Handler handle,
               const HttpLimits& with_limits,
               std::function<void(std::string_view)> report_to)
      : loop(of_daemon),
        on_request(std::move(handle)),
        limits(with_limits),
        report(std::move(report_to)) {}

  Loop& loop;
  Handler on_request;
  HttpLimits limits;
  std::function<void(std::string_view)> report;
  std::unordered_set<std::shared_ptr<Session>> sessions;
  std::function<void()> on_empty;  // set while the server stops
  bool stopping = false;
  std::atomic<bool> alive =
      true;  // false once the server is gone; read by answers that die on other threads
};

class Session final : public std::enable_shared_from_this<Session> {
 public:
  Session(Socket socket, std::shared_ptr<ServerShared> shared);

  /// Begins to read. The session stays in `shared->sessions` until it has ended.
  void start();

  /// Answers without having read anything, then ends.
  void refuse(HttpResponse response);

  void answer(HttpResponse response);

  /// Called now and then: ends what is overdue, keeps streams warm.
  void tick(std::chrono::steady_clock::time_point now);

  /// The server stops: ends at once unless a request is in flight.
  void finish();

  /// Ends now; what was not written is lost.
  void drop();

 private:
  using Instant = std::chrono::steady_clock::time_point;
  enum class Phase : std::uint8_t { idle, reading, waiting, writing, streaming, leaving, ended };

  void next_request();
  void read_more();
  void on_read(std::size_t count);
  void on_end_of_input();
  void take_input();
  bool parse();
  void dispatch();
  void open_stream(HttpResponse response);
  bool write_stream(std::string text);
  void write_more();
  void on_written(std::size_t count);
  void written_all();
  void leave();
  void deadline_in(std::chrono::milliseconds delay);
  [[nodiscard]] std::size_t unsent() const;

  Socket socket_;
  std::shared_ptr<ServerShared> shared_;
  Phase phase_ = Phase::idle;
  Instant deadline_{};
  Instant heartbeat_{};
  boost::beast::flat_buffer input_;
  std::optional<boost::beast::http::request_parser<boost::beast::http::string_body>> parser_;
  std::string sending_;  // being written, from sent_ on
  std::size_t sent_ = 0;
  std::string waiting_;   // to be written after it
  bool writing_ = false;  // an asynchronous write is under way
  bool reading_ = false;  // an asynchronous read into input_ is under way
  bool keep_alive_ = true;
  bool head_only_ = false;
  bool continued_ = false;     // 100 Continue has been sent for this request
  bool unread_input_ = false;  // the request was refused before its end
  std::shared_ptr<StreamPort> stream_;
};

}  // namespace protoflow::runtime
