// What stands between a Stream and the connection that carries it: a few functions, emptied when
// the connection ends. For the server's own files, and for tests that need a stream without a
// socket.
#pragma once

#include <cstddef>
#include <functional>
#include <string>
#include <vector>

namespace protoflow::runtime {

struct StreamPort {
  std::function<bool(std::string)> write;  // false: no longer open
  std::function<std::size_t()> queued;
  std::function<void()> close;
  std::function<void()> on_drain;
  std::vector<std::function<void()>> on_close;
  bool open = true;

  /// The connection has ended: tells everyone once, then holds nothing.
  void ended();
};

}  // namespace protoflow::runtime
