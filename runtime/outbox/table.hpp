// The outbox's own SQLite file: which notices there are, and for each channel which of them have
// gone out. It is written with WAL and synchronous=NORMAL: after a power failure the last marks may
// be missing and their notices go out again, never less.
//
//   notice(number, id, stream, json, entered)   every notice, by growing number; `entered` in ms
//   since 1970 (UTC) channel(id, name)                           every channel there ever was
//   delivery(channel, number, state, attempts, next_at, last_error)   state: pending | sent | dead
//   cursor(scanned)                             events up to this position have had their notices
//   entered
//
// No queue, no thread, no sending: the outbox does that. One thread at a time.
#pragma once

#include <cstddef>
#include <cstdint>
#include <expected>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "engine/model/time.hpp"
#include "runtime/channel/channel.hpp"
#include "runtime/store/sqlite.hpp"

namespace protoflow::runtime {

struct OutboxError {
  std::string what;  // a sentence for the operator: path, cause, what to do
};

enum class DeliveryState : std::uint8_t { pending, sent, dead };

/// `pending`, `sent` or `dead`: in the table and in the API.
[[nodiscard]] std::string_view delivery_state_name(DeliveryState state);

using ChannelId = std::int64_t;

struct DeliveryMark {
  ChannelId channel = 0;
  std::uint64_t number = 0;
  DeliveryState state = DeliveryState::pending;
  int attempts = 0;
  model::Instant next_at{};
  std::string last_error{};
};

/// What one transaction is to write; all of it or nothing.
struct OutboxWork {
  std::vector<OutgoingNotice> notices{};
  std::uint64_t scanned = 0;  // never goes back
  model::Instant at{};
  std::vector<DeliveryMark> marks{};
  std::vector<ChannelId> revive{};                // their dead deliveries become pending again
  std::optional<model::Instant> forget_before{};  // sent notices that were entered before it go
};

struct OpenDelivery {
  ChannelId channel = 0;
  std::uint64_t number = 0;
  std::string stream{};
  int attempts = 0;
  model::Instant next_at{};
};

struct DeadDelivery {
  std::string channel{};
  std::uint64_t number = 0;
  std::string id{};
  std::string stream{};
  int attempts = 0;
  std::string reason{};
};

/// One notice on one channel, whatever has become of it.
struct DeliveryView {
  OutgoingNotice notice{};  // `not_before`: of the next attempt, while there is one
  std::string channel{};
  DeliveryState state = DeliveryState::pending;
  int attempts = 0;
  std::string reason{};  // of the latest failure, or of what was settled without being sent
};

struct OutboxWritten {
  std::vector<OutgoingNotice> entered{};  // without those whose number stood already
  std::vector<OpenDelivery> revived{};
  std::uint64_t scanned = 0;
  std::size_t given = 0;  // notices in the work
};

class OutboxTable final {
 public:
  /// Makes the file when absent. Refuses a file of another program's or of a newer protoflow.
  [[nodiscard]] static std::expected<OutboxTable, OutboxError> open(const std::string& path);

  /// A second connection, to read while another thread writes.
  [[nodiscard]] static std::expected<OutboxTable, OutboxError> open_to_read(
      const std::string& path);

  /// The channel's number; a name that is new gets one, and only notices entered later.
  [[nodiscard]] std::expected<ChannelId, OutboxError> channel(std::string_view name);

  /// From now on each notice that is entered is to be delivered to these.
  void deliver_to(std::vector<ChannelId> channels) { channels_ = std::move(channels); }

  [[nodiscard]] std::expected<OutboxWritten, OutboxError> write(const OutboxWork& work);

  [[nodiscard]] std::expected<std::uint64_t, OutboxError> scanned();

  /// In order of their numbers.
  [[nodiscard]] std::expected<std::vector<OpenDelivery>, OutboxError> pending(ChannelId channel);
  /// When the first of them was entered; nothing: none waits.
  [[nodiscard]] std::expected<std::optional<model::Instant>, OutboxError> oldest_pending(
      ChannelId channel);
  [[nodiscard]] std::expected<std::size_t, OutboxError> count_dead(ChannelId channel);
  [[nodiscard]] std::expected<std::vector<DeadDelivery>, OutboxError> dead(std::size_t limit);

  /// Those whose id begins so, by growing number. Reads every notice that is kept.
  [[nodiscard]] std::expected<std::vector<DeliveryView>, OutboxError> with_ids(
      const std::string& beginning, std::size_t limit);

  /// Notices with a greater number, in order.
  [[nodiscard]] std::expected<std::vector<OutgoingNotice>, OutboxError> read_after(
      std::uint64_t number, std::size_t limit);

 private:
  using Result = std::expected<void, sqlite::Failure>;

  OutboxTable(std::string path, sqlite::Connection connection)
      : path_(std::move(path)), connection_(std::move(connection)) {}

  [[nodiscard]] std::expected<void, OutboxError> prepare_file();
  [[nodiscard]] Result write_all(const OutboxWork& work, OutboxWritten& written);
  [[nodiscard]] Result enter(const OutboxWork& work, OutboxWritten& written);
  [[nodiscard]] Result mark(const std::vector<DeliveryMark>& marks);
  [[nodiscard]] Result revive(ChannelId channel, OutboxWritten& written);
  [[nodiscard]] Result forget(model::Instant before);
  [[nodiscard]] std::expected<sqlite::Statement*, sqlite::Failure> statement(std::string_view sql);
  [[nodiscard]] std::unexpected<OutboxError> failed(const sqlite::Failure& failure) const;

  struct Prepared {
    std::string_view sql;  // a literal
    sqlite::Statement statement;
  };

  std::string path_;
  sqlite::Connection connection_;
  std::vector<ChannelId> channels_;
  std::vector<std::unique_ptr<Prepared>> prepared_;  // ended before the connection
};

}  // namespace protoflow::runtime
