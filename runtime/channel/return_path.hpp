// How a channel's own thread brings results back: on the loop, and only while the channel still
// lives.
#pragma once

#include <memory>
#include <utility>

#include "runtime/channel/channel.hpp"
#include "runtime/loop/loop.hpp"

namespace protoflow::runtime {

class ReturnPath final {
 public:
  explicit ReturnPath(Loop& loop) : loop_(loop), alive_(std::make_shared<bool>(true)) {}

  /// Any thread, as long as this object lives.
  void give(Channel::Done done, SendResult result) const {
    loop_.post([still = std::weak_ptr<bool>(alive_),
                done = std::move(done),
                result = std::move(result)]() mutable {
      if (still.lock()) {
        done(std::move(result));
      }
    });
  }

 private:
  Loop& loop_;
  std::shared_ptr<bool> alive_;
};

}  // namespace protoflow::runtime
