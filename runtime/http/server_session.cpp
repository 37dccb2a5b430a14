#include "runtime/http/server_session.hpp"

#include <utility>

#include <boost/asio/buffer.hpp>
#include <boost/beast/http/error.hpp>

#include "runtime/http/problem.hpp"
#include "runtime/http/server_request.hpp"
#include "runtime/http/server_text.hpp"

namespace protoflow::runtime {

namespace asio = boost::asio;
namespace http = boost::beast::http;
using boost::system::error_code;

namespace {

constexpr std::size_t kHeaderChunk = 4 * 1024;
constexpr std::size_t kBodyChunk = 64 * 1024;

std::string peer_of(const Socket& socket) {
  error_code gone;
  const auto end = socket.remote_endpoint(gone);
  return gone ? std::string() : end.address().to_string();
}

}  // namespace

Session::Session(Socket socket, std::shared_ptr<ServerShared> shared)
    : socket_(std::move(socket)), shared_(std::move(shared)) {}

void Session::start() {
  error_code ignored;
  socket_.set_option(asio::ip::tcp::no_delay(true), ignored);
  next_request();
  deadline_in(shared_->limits.read);
}

void Session::refuse(HttpResponse response) {
  keep_alive_ = false;
  unread_input_ = true;
  phase_ = Phase::waiting;
  answer(std::move(response));
}

void Session::next_request() {
  phase_ = Phase::idle;
  continued_ = false;
  head_only_ = false;
  deadline_in(shared_->limits.idle);
  parser_.emplace();
  parser_->eager(true);
  parser_->header_limit(static_cast<std::uint32_t>(shared_->limits.header_bytes));
  parser_->body_limit(shared_->limits.body_bytes);
  take_input();
}

void Session::take_input() {
  if (input_.size() > 0 && parse()) {
    return;
  }
  read_more();
}

void Session::read_more() {
  if (reading_) {
    return;
  }
  reading_ = true;
  const std::size_t chunk = parser_ && parser_->is_header_done() ? kBodyChunk : kHeaderChunk;
  socket_.async_read_some(input_.prepare(chunk),
                          [self = shared_from_this()](const error_code& error, std::size_t count) {
                            self->reading_ = false;
                            if (error) {
                              self->on_end_of_input();
                            } else {
                              self->on_read(count);
                            }
                          });
}

void Session::on_end_of_input() {
  // Half a request is nobody's wish: nothing is done with it, and nobody is left to be told.
  drop();
}

void Session::on_read(std::size_t count) {
  switch (phase_) {
    case Phase::idle:
    case Phase::reading:
      input_.commit(count);
      take_input();
      return;
    case Phase::streaming:
    case Phase::leaving:
      read_more();  // whatever still comes is not read
      return;
    case Phase::waiting:
    case Phase::writing:
    case Phase::ended:
      return;
  }
}

/// true: the request was taken or refused. false: more bytes are needed.
bool Session::parse() {
  if (phase_ == Phase::idle) {
    phase_ = Phase::reading;
    deadline_in(shared_->limits.read);
  }
  error_code error;
  const std::size_t used = parser_->put(input_.data(), error);
  input_.consume(used);
  if (error && error != http::error::need_more) {
    refuse(syntax_problem(error));
    return true;
  }
  if (parser_->is_done()) {
    dispatch();
    return true;
  }
  if (parser_->is_header_done() && !continued_ &&
      asks_to_continue(parser_->get()[http::field::expect])) {
    continued_ = true;
    waiting_ += "HTTP/1.1 100 Continue\r\n\r\n";
    write_more();
  }
  return false;
}

void Session::dispatch() {
  phase_ = Phase::waiting;
  auto message = parser_->release();
  parser_.reset();
  keep_alive_ = message.version() == 11 && message.keep_alive() && !shared_->stopping;
  head_only_ = message.method() == http::verb::head;
  auto request = to_request(std::move(message));
  if (!request) {
    refuse(std::move(request.error()));
  } else if (request->method == "OPTIONS") {
    HttpResponse allowed{.status = 204};
    allowed.headers.emplace_back("Allow", "GET, HEAD, POST, DELETE, OPTIONS");
    answer(std::move(allowed));
  } else {
    deadline_ = Instant::max();
    request->peer = peer_of(socket_);
    hand_over(*std::move(request), shared_from_this(), shared_);
  }
}

void Session::answer(HttpResponse response) {
  if (phase_ != Phase::waiting) {
    return;  // the client has gone
  }
  if (response.stream) {
    open_stream(std::move(response));
    return;
  }
  keep_alive_ = keep_alive_ && !shared_->stopping;
  phase_ = Phase::writing;
  waiting_ += head_text(response, {.keep_alive = keep_alive_});
  if (!head_only_) {
    waiting_ += response.body;
  }
  write_more();
}

void Session::open_stream(HttpResponse response) {
  keep_alive_ = false;
  if (shared_->stopping) {
    drop();
    return;
  }
  response.content_type = "text/event-stream";
  waiting_ += head_text(response, {.keep_alive = false, .with_length = false});
  if (head_only_) {
    phase_ = Phase::writing;
    write_more();
    return;
  }
  phase_ = Phase::streaming;
  input_.clear();
  input_.shrink_to_fit();
  stream_ = std::make_shared<StreamPort>();
  const std::weak_ptr<Session> weak = weak_from_this();
  stream_->write = [weak](std::string text) {
    const auto self = weak.lock();
    return self && self->write_stream(std::move(text));
  };
  stream_->queued = [weak] {
    const auto self = weak.lock();
    return self ? self->unsent() : 0;
  };
  stream_->close = [weak] {
    if (const auto self = weak.lock()) {
      self->finish();
    }
  };
  write_stream({});
  read_more();  // the only way to learn that the reader has gone
  response.stream(Stream(stream_));
}

bool Session::write_stream(std::string text) {
  if (phase_ != Phase::streaming) {
    return false;
  }
  if (unsent() > 0 && unsent() + text.size() > shared_->limits.stream_queue_bytes) {
    drop();
    return false;
  }
  heartbeat_ = std::chrono::steady_clock::now() + shared_->limits.heartbeat;
  waiting_ += text;
  write_more();
  return phase_ == Phase::streaming;
}

std::size_t Session::unsent() const {
  return sending_.size() - sent_ + waiting_.size();
}

void Session::write_more() {
  if (writing_) {
    return;
  }
  if (sent_ == sending_.size()) {
    sending_.clear();
    sent_ = 0;
    std::swap(sending_, waiting_);
  }
  if (sending_.empty()) {
    written_all();
    return;
  }
  writing_ = true;
  if (phase_ == Phase::writing || phase_ == Phase::streaming) {
    deadline_in(shared_->limits.write);
  }
  socket_.async_write_some(asio::buffer(sending_.data() + sent_, sending_.size() - sent_),
                           [self = shared_from_this()](const error_code& error, std::size_t count) {
                             self->writing_ = false;
                             if (error) {
                               self->drop();
                             } else {
                               self->on_written(count);
                             }
                           });
}

void Session::on_written(std::size_t count) {
  sent_ += count;
  if (phase_ != Phase::ended) {
    write_more();
  }
}

void Session::written_all() {
  if (phase_ == Phase::streaming) {
    deadline_ = Instant::max();
    if (stream_->on_drain) {
      const auto task = stream_->on_drain;
      task();
    }
  } else if (phase_ == Phase::writing && keep_alive_) {
    next_request();
  } else if (phase_ == Phase::writing) {
    leave();
  }
}

void Session::leave() {
  if (!unread_input_) {
    drop();
    return;
  }
  // Closing over unread bytes would reset the connection and take the answer from the client: let
  // it finish talking first.
  phase_ = Phase::leaving;
  error_code ignored;
  socket_.shutdown(Socket::shutdown_send, ignored);
  deadline_in(shared_->limits.farewell);
  read_more();
}

void Session::finish() {
  switch (phase_) {
    case Phase::idle:
    case Phase::reading:
    case Phase::leaving:
      drop();
      return;
    case Phase::streaming:
      if (unsent() == 0) {
        drop();
        return;
      }
      phase_ = Phase::writing;  // what was sent reaches the reader, then the connection ends
      keep_alive_ = false;
      stream_->ended();
      return;
    case Phase::waiting:
    case Phase::writing:
      keep_alive_ = false;
      return;
    case Phase::ended:
      return;
  }
}

void Session::drop() {
  if (phase_ == Phase::ended) {
    return;
  }
  phase_ = Phase::ended;
  const auto self = shared_from_this();
  error_code ignored;
  socket_.shutdown(Socket::shutdown_both, ignored);
  socket_.close(ignored);
  shared_->sessions.erase(self);
  if (stream_) {
    stream_->ended();
  }
  if (shared_->sessions.empty() && shared_->on_empty) {
    std::exchange(shared_->on_empty, nullptr)();
  }
}

void Session::tick(Instant now) {
  if (now >= deadline_) {
    if (phase_ == Phase::reading) {
      refuse(problem(408,
                     "request-too-slow",
                     "The request did not arrive in time",
                     "The whole request must arrive within 15 seconds. Nothing was done; send it "
                     "again."));
    } else {
      drop();
    }
  } else if (phase_ == Phase::streaming && now >= heartbeat_) {
    write_stream(std::string(kHeartbeat));
  }
}

void Session::deadline_in(std::chrono::milliseconds delay) {
  deadline_ = std::chrono::steady_clock::now() + delay;
}

}  // namespace protoflow::runtime
