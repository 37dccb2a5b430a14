// A loop of its own thread and a channel on it, and a way to send through it and wait for the
// result.
#pragma once

#include <functional>
#include <future>
#include <memory>
#include <thread>
#include <utility>

#include "runtime/channel/channel.hpp"
#include "runtime/loop/loop.hpp"

namespace protoflow::runtime {

class RunningLoop final {
 public:
  RunningLoop() : thread_([this] { loop.run(); }) {}

  ~RunningLoop() {
    loop.stop();
    thread_.join();
  }

  /// Runs the question on the loop and waits for its answer.
  template <class Question>
  auto ask(Question question) {
    std::promise<decltype(question())> promise;
    loop.post([&] { promise.set_value(question()); });
    return promise.get_future().get();
  }

  /// Asks again after each turn of the loop until the condition holds.
  void wait_until(const std::function<bool()>& condition) {
    while (!ask(condition)) {
      std::this_thread::yield();
    }
  }

  Loop loop;

 private:
  std::jthread thread_;
};

inline OutgoingNotice notice(std::uint64_t number, std::string stream = "case/a") {
  return {number,
          stream + ':' + std::to_string(number),
          stream,
          R"({"number":)" + std::to_string(number) + "}"};
}

inline SendResult send_and_wait(RunningLoop& running,
                                Channel& channel,
                                const OutgoingNotice& notice) {
  std::promise<SendResult> promise;
  running.loop.post([&] {
    channel.send(notice, [&](SendResult result) { promise.set_value(std::move(result)); });
  });
  return promise.get_future().get();
}

}  // namespace protoflow::runtime
