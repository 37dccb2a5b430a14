// The channel to open event streams: each notice goes to every subscriber at once. A subscriber
// that comes back says the last number it has seen and first gets what it missed from the outbox,
// page by page as it reads. Everything on the loop.
#pragma once

#include <cstddef>
#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "runtime/channel/channel.hpp"
#include "runtime/http/sse.hpp"

namespace protoflow::runtime {

class StreamHub final : public std::enable_shared_from_this<StreamHub> {
 public:
  /// Notices after a number, in order, at most `limit`; fewer only when there are no more; nothing
  /// when they cannot be read now, which ends the subscriber's stream so that it comes back.
  using ReadAfter = std::function<std::optional<std::vector<OutgoingNotice>>(std::uint64_t number,
                                                                             std::size_t limit)>;

  /// Whether a subscriber may see a notice.
  using Allows = std::function<bool(const OutgoingNotice&)>;

  /// Whether the subscriber may still be there at all.
  using Holds = std::function<bool()>;

  /// Where missed notices are read; before it is set, a subscriber gets only what comes.
  void read_missed_from(ReadAfter read);

  /// `after`: the last number the subscriber has seen (Last-Event-ID); empty: only what comes from
  /// now on. Each event has the notice's number as id, `notice` as its name and the notice's JSON
  /// as its text.
  void subscribe(Stream stream,
                 std::optional<std::uint64_t> after,
                 Allows allows = {},
                 Holds holds = {});

  /// Ends the streams of those who may not be there any more.
  void look_again();

  [[nodiscard]] std::size_t subscribers() const { return subscribers_.size(); }

  void publish(const OutgoingNotice& notice);

 private:
  struct Subscriber {
    Stream stream;
    Allows allows;
    Holds holds;
    std::uint64_t seen = 0;
    bool catching_up = false;
  };

  void catch_up(Subscriber& subscriber);
  static void give(Subscriber& subscriber, const OutgoingNotice& notice);

  ReadAfter read_;
  std::vector<std::shared_ptr<Subscriber>> subscribers_;
};

[[nodiscard]] std::unique_ptr<Channel> make_stream_channel(std::string name,
                                                           std::shared_ptr<StreamHub> hub);

}  // namespace protoflow::runtime
