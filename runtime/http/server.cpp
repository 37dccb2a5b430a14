#include "runtime/http/server.hpp"

#include <sys/resource.h>

#include <algorithm>
#include <utility>

#include <boost/asio/basic_socket_acceptor.hpp>
#include <boost/asio/ip/address.hpp>

#include "runtime/http/problem.hpp"
#include "runtime/http/server_session.hpp"
#include "runtime/loop/asio_loop.hpp"

namespace protoflow::runtime {

namespace asio = boost::asio;
using boost::system::error_code;
using Tcp = asio::ip::tcp;
using Acceptor = asio::basic_socket_acceptor<Tcp, asio::io_context::executor_type>;

namespace {

// Connections beyond the limit get an answer, but not without end.
constexpr std::size_t kRefusedAtOnce = 64;
constexpr std::chrono::milliseconds kAcceptAgain{100};

/// A thousand connections and the store's files do not fit the usual soft limit of 1,024
/// descriptors.
void allow_descriptors(std::size_t count) {
  rlimit limit{};
  if (getrlimit(RLIMIT_NOFILE, &limit) == 0 && limit.rlim_cur < count) {
    limit.rlim_cur = std::min<rlim_t>(count, limit.rlim_max);
    (void)setrlimit(RLIMIT_NOFILE, &limit);  // the old limit holds when this fails
  }
}

std::string place(const std::string& address, std::uint16_t port) {
  const bool six = address.find(':') != std::string::npos;
  return (six ? '[' + address + ']' : address) + ':' + std::to_string(port);
}

ListenError explain(const error_code& error, const std::string& address, std::uint16_t port) {
  const std::string cannot = "cannot listen on " + place(address, port) + ": ";
  if (error == asio::error::address_in_use) {
    return {cannot +
            "another program holds this port; stop it, or choose another port with --listen "
            "ADDRESS:PORT"};
  }
  if (error == asio::error::access_denied) {
    return {cannot +
            "ports below 1024 need a privilege; choose a higher port with --listen ADDRESS:PORT"};
  }
  if (error == boost::system::errc::address_not_available) {
    return {cannot +
            "this machine has no such address; use 127.0.0.1 for this machine alone or 0.0.0.0 "
            "for every network, with --listen ADDRESS:PORT"};
  }
  return {cannot + error.message() + "; choose another address with --listen ADDRESS:PORT"};
}

std::chrono::milliseconds tick_period(const HttpLimits& limits) {
  const auto shortest = std::min({limits.read, limits.idle, limits.write, limits.heartbeat});
  return std::clamp(shortest / 4, std::chrono::milliseconds(5), std::chrono::milliseconds(1000));
}

}  // namespace

std::string_view HttpRequest::header(std::string_view lower_case_name) const {
  const auto found = headers.find(lower_case_name);
  return found == headers.end() ? std::string_view() : std::string_view(found->second);
}

std::string_view HttpRequest::query_value(std::string_view name) const {
  const auto found = query.find(name);
  return found == query.end() ? std::string_view() : std::string_view(found->second);
}

struct HttpServer::Parts : std::enable_shared_from_this<HttpServer::Parts> {
  Parts(Loop& loop,
        Handler on_request,
        HttpLimits limits,
        std::function<void(std::string_view)> report)
      : acceptor(AsioLoop::context(loop).get_executor()),
        shared(std::make_shared<ServerShared>(
            loop, std::move(on_request), limits, std::move(report))) {}

  Acceptor acceptor;
  std::shared_ptr<ServerShared> shared;
  TimerId ticker = TimerId::none;
  TimerId farewell = TimerId::none;

  void accept() {
    acceptor.async_accept([self = shared_from_this()](const error_code& error, Socket socket) {
      if (!self->acceptor.is_open()) {
        return;
      }
      if (!error) {
        self->welcome(std::move(socket));
        self->accept();
      } else {
        // Most likely out of descriptors: connections that end give some back.
        self->shared->loop.after(kAcceptAgain, [self] {
          if (self->acceptor.is_open()) {
            self->accept();
          }
        });
      }
    });
  }

  void welcome(Socket socket) {
    const std::size_t present = shared->sessions.size();
    if (present >= shared->limits.connections + kRefusedAtOnce) {
      return;
    }
    const auto session = std::make_shared<Session>(std::move(socket), shared);
    shared->sessions.insert(session);
    if (present >= shared->limits.connections) {
      auto busy = problem(503,
                          "too-many-connections",
                          "The server holds as many connections as it can",
                          "Nothing was done. Try again in a few seconds.");
      busy.headers.emplace_back("Retry-After", "5");
      session->refuse(std::move(busy));
    } else {
      session->start();
    }
  }

  void tick() {
    const auto now = std::chrono::steady_clock::now();
    const auto present = shared->sessions;  // a tick may end sessions
    for (const auto& session : present) {
      session->tick(now);
    }
    tick_later();
  }

  void tick_later() {
    ticker = shared->loop.after(tick_period(shared->limits), [this] { tick(); });
  }

  void drop_all() {
    const auto present = shared->sessions;
    for (const auto& session : present) {
      session->drop();
    }
  }

  void close() {
    error_code ignored;
    acceptor.close(ignored);
    shared->loop.cancel(std::exchange(farewell, TimerId::none));
  }
};

HttpServer::HttpServer(Loop& loop,
                       Handler on_request,
                       HttpLimits limits,
                       std::function<void(std::string_view)> report)
    : parts_(std::make_shared<Parts>(loop, std::move(on_request), limits, std::move(report))) {}

HttpServer::~HttpServer() {
  parts_->shared->alive = false;
  parts_->shared->on_empty = nullptr;
  parts_->close();
  parts_->shared->loop.cancel(parts_->ticker);
  parts_->drop_all();
  parts_->shared->on_request = nullptr;
}

std::expected<std::uint16_t, ListenError> HttpServer::listen(const std::string& address,
                                                             std::uint16_t port) {
  error_code error;
  const auto parsed = asio::ip::make_address(address == "localhost" ? "127.0.0.1" : address, error);
  if (error) {
    return std::unexpected(ListenError{"cannot listen on \"" + address +
                                       "\": this is not an IP address; write --listen 127.0.0.1:" +
                                       std::to_string(port) + " for this machine alone"});
  }
  allow_descriptors(parts_->shared->limits.connections + 512);
  const Tcp::endpoint endpoint(parsed, port);
  Acceptor& acceptor = parts_->acceptor;
  acceptor.open(endpoint.protocol(), error);
  if (!error) {
    acceptor.set_option(Acceptor::reuse_address(true), error);
  }
  if (!error) {
    acceptor.bind(endpoint, error);
  }
  if (!error) {
    acceptor.listen(Acceptor::max_listen_connections, error);
  }
  if (error) {
    error_code ignored;
    acceptor.close(ignored);
    return std::unexpected(explain(error, address, port));
  }
  parts_->accept();
  parts_->tick_later();
  return acceptor.local_endpoint().port();
}

void HttpServer::stop(std::function<void()> done) {
  const auto shared = parts_->shared;
  parts_->close();
  shared->stopping = true;
  const auto present = shared->sessions;
  for (const auto& session : present) {
    session->finish();
  }
  if (shared->sessions.empty()) {
    shared->loop.post(std::move(done));
    return;
  }
  shared->on_empty = [shared, done = std::move(done)]() mutable {
    shared->loop.post(std::move(done));
  };
  parts_->farewell =
      shared->loop.after(shared->limits.farewell, [parts = parts_.get()] { parts->drop_all(); });
}

std::size_t HttpServer::connections() const {
  return parts_->shared->sessions.size();
}

}  // namespace protoflow::runtime
