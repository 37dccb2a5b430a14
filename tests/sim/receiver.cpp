#include "tests/sim/receiver.hpp"

namespace protoflow::testing {

Receiver::Receiver(std::uint16_t port) {
  server_ = std::make_unique<runtime::HttpServer>(
      loop_, [this](const runtime::HttpRequest& request, const runtime::Answer& answer) {
        if (unwilling) {
          ++turned_away_;
          return answer({.status = 503});
        }
        {
          const std::scoped_lock lock(mutex_);
          ids_.emplace_back(request.header("webhook-id"));
        }
        answer({.status = 204});
      });
  port_ = server_->listen("127.0.0.1", port).value();
  thread_ = std::jthread([this] { loop_.run(); });
}

Receiver::~Receiver() {
  loop_.post([this] {
    server_.reset();
    loop_.stop();
  });
  thread_.join();
}

std::string Receiver::url() const {
  return "http://127.0.0.1:" + std::to_string(port_) + "/notices";
}

std::vector<std::string> Receiver::ids() const {
  const std::scoped_lock lock(mutex_);
  return ids_;
}

}  // namespace protoflow::testing
