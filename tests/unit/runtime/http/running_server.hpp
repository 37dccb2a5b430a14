// A server on a loop of its own thread, on a free port of 127.0.0.1, for as long as the test holds
// it.
#pragma once

#include <cstdint>
#include <functional>
#include <future>
#include <memory>
#include <thread>
#include <utility>

#include "runtime/http/server.hpp"
#include "runtime/loop/loop.hpp"

namespace protoflow::runtime {

class RunningServer final {
 public:
  explicit RunningServer(Handler handler, HttpLimits limits = {})
      : server_(std::make_unique<HttpServer>(loop_, std::move(handler), limits)) {
    port_ = server_->listen("127.0.0.1", 0).value();
    thread_ = std::jthread([this] { loop_.run(); });
  }

  ~RunningServer() {
    loop_.post([this] {
      server_.reset();
      loop_.stop();
    });
    thread_.join();
  }

  [[nodiscard]] std::uint16_t port() const { return port_; }

  [[nodiscard]] std::string url(const std::string& path = "/") const {
    return "http://127.0.0.1:" + std::to_string(port_) + path;
  }

  [[nodiscard]] Loop& loop() { return loop_; }

  [[nodiscard]] HttpServer& server() { return *server_; }

  /// Runs the question on the loop and waits for its answer.
  template <class Question>
  auto ask(Question question) {
    std::promise<decltype(question())> promise;
    loop_.post([&] { promise.set_value(question()); });
    return promise.get_future().get();
  }

  /// Waits until the condition, asked on the loop, holds; asks again after each turn of the loop.
  void wait_until(const std::function<bool()>& condition) {
    while (!ask(condition)) {
      std::this_thread::yield();
    }
  }

 private:
  Loop loop_;
  std::unique_ptr<HttpServer> server_;
  std::uint16_t port_ = 0;
  std::jthread thread_;
};

}  // namespace protoflow::runtime
