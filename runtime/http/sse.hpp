// Server-sent events (WHATWG HTML, section 9.2): the text of one event and the open stream it is
// written to. Who subscribes to what is runtime/channel/stream's question.
#pragma once

#include <cstddef>
#include <functional>
#include <memory>
#include <string>
#include <string_view>

namespace protoflow::runtime {

/// One event as text, ends with an empty line. Line ends inside `text` become several `data:`
/// lines; line ends and NUL inside `id` and `event` are left out. An empty id or event is not
/// written.
[[nodiscard]] std::string event_text(std::string_view id,
                                     std::string_view event,
                                     std::string_view text);

/// A comment line: keeps proxies and readers from giving up on a silent stream.
inline constexpr std::string_view kHeartbeat = ":\n\n";

struct StreamPort;

/// A handle on an open stream; copies are the same stream. Everything on the loop. After the reader
/// has gone, sending does nothing.
class Stream final {
 public:
  explicit Stream(std::shared_ptr<StreamPort> port);

  /// false: the reader is gone, or was so slow that it has just been dropped.
  bool send(std::string_view id, std::string_view event, std::string_view text);

  /// Called once, when the reader has gone, was dropped or the server stops; at once when that has
  /// happened already.
  void on_close(std::function<void()> task);

  /// Called each time that everything sent so far has been taken over by the system.
  void on_drain(std::function<void()> task);

  void close();
  [[nodiscard]] bool open() const;

  /// Bytes that still wait here for the reader.
  [[nodiscard]] std::size_t queued() const;

 private:
  std::shared_ptr<StreamPort> port_;
};

}  // namespace protoflow::runtime
