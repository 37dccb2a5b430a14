#include "runtime/outbox/table.hpp"

#include <fcntl.h>
#include <unistd.h>

#include <array>
#include <memory>
#include <utility>

namespace protoflow::runtime {

namespace {

constexpr std::int64_t kApplication = 0x70666f62;  // "pfob"
constexpr std::int64_t kVersion = 1;
constexpr int kForgottenAtOnce = 1000;

constexpr std::string_view kSchema = R"(
BEGIN IMMEDIATE;
CREATE TABLE notice(number INTEGER PRIMARY KEY, id TEXT NOT NULL, stream TEXT NOT NULL,
                    json TEXT NOT NULL, entered INTEGER NOT NULL);
CREATE TABLE channel(id INTEGER PRIMARY KEY, name TEXT NOT NULL UNIQUE);
CREATE TABLE delivery(channel INTEGER NOT NULL, number INTEGER NOT NULL, state TEXT NOT NULL,
                      attempts INTEGER NOT NULL DEFAULT 0, next_at INTEGER NOT NULL DEFAULT 0,
                      last_error TEXT NOT NULL DEFAULT '', PRIMARY KEY(channel, number)) WITHOUT ROWID;
CREATE INDEX delivery_open ON delivery(channel, state, number) WHERE state <> 'sent';
CREATE TABLE cursor(only_row INTEGER PRIMARY KEY CHECK(only_row = 1), scanned INTEGER NOT NULL);
INSERT INTO cursor VALUES(1, 0);
PRAGMA application_id = 0x70666f62;
PRAGMA user_version = 1;
COMMIT;
)";

DeliveryState state_of(std::string_view text) {
  return text == "sent"   ? DeliveryState::sent
         : text == "dead" ? DeliveryState::dead
                          : DeliveryState::pending;
}

std::int64_t to_column(std::uint64_t number) {
  return static_cast<std::int64_t>(number);
}

std::int64_t to_column(model::Instant instant) {
  return instant.time_since_epoch().count();
}

std::uint64_t number_in(const sqlite::Statement& row, int column) {
  return static_cast<std::uint64_t>(row.integer(column));
}

model::Instant instant_in(const sqlite::Statement& row, int column) {
  return model::Instant(std::chrono::milliseconds(row.integer(column)));
}

/// Calls `visit` for each row, then resets.
template <class Visit>
std::expected<void, sqlite::Failure> each_row(sqlite::Statement& statement, Visit visit) {
  while (true) {
    const auto row = statement.step();
    if (!row) {
      return std::unexpected(row.error());
    }
    if (!*row) {
      statement.reset();
      return {};
    }
    visit(statement);
  }
}

}  // namespace

std::string_view delivery_state_name(DeliveryState state) {
  switch (state) {
    case DeliveryState::pending:
      return "pending";
    case DeliveryState::sent:
      return "sent";
    case DeliveryState::dead:
      return "dead";
  }
  return "pending";
}

std::unexpected<OutboxError> OutboxTable::failed(const sqlite::Failure& failure) const {
  const std::string where = "the outbox \"" + path_ + "\": " + failure.what;
  switch (sqlite::kind_of(failure)) {
    case sqlite::Kind::busy:
      return std::unexpected(OutboxError{where + "; another program holds it: end that program"});
    case sqlite::Kind::full:
    case sqlite::Kind::sync_lost:
      return std::unexpected(OutboxError{where + "; make room on the disk, or look at its health"});
    case sqlite::Kind::damaged:
      return std::unexpected(
          OutboxError{where + "; move the file away and start again: notices are derived anew from "
                              "the event log"});
    case sqlite::Kind::denied:
      return std::unexpected(
          OutboxError{where + "; give this account the right to read and write it"});
    case sqlite::Kind::collision:
    case sqlite::Kind::other:
      return std::unexpected(OutboxError{where});
  }
  return std::unexpected(OutboxError{where});
}

std::expected<OutboxTable, OutboxError> OutboxTable::open(const std::string& path) {
  const int made = ::open(path.c_str(), O_RDWR | O_CREAT | O_CLOEXEC, 0640);
  if (made >= 0) {
    ::close(made);  // when it cannot be made, opening says why
  }
  auto connection = sqlite::Connection::open(path, sqlite::Access::write);
  OutboxTable table(path, connection ? std::move(*connection) : sqlite::Connection());
  if (!connection) {
    return table.failed(connection.error());
  }
  if (auto ready = table.prepare_file(); !ready) {
    return std::unexpected(std::move(ready.error()));
  }
  return table;
}

std::expected<OutboxTable, OutboxError> OutboxTable::open_to_read(const std::string& path) {
  auto connection = sqlite::Connection::open(path, sqlite::Access::read);
  OutboxTable table(path, connection ? std::move(*connection) : sqlite::Connection());
  if (!connection) {
    return table.failed(connection.error());
  }
  if (auto done = table.connection_.execute("PRAGMA busy_timeout = 50"); !done) {
    return table.failed(done.error());
  }
  return table;
}

std::expected<void, OutboxError> OutboxTable::prepare_file() {
  if (auto done = connection_.execute("PRAGMA busy_timeout = 200"); !done) {
    return failed(done.error());
  }
  const auto application = connection_.integer("PRAGMA application_id");
  const auto version = connection_.integer("PRAGMA user_version");
  const auto objects = connection_.integer("SELECT count(*) FROM sqlite_schema");
  if (!application || !version || !objects) {
    return failed(!application ? application.error()
                  : !version   ? version.error()
                               : objects.error());
  }
  const bool empty = *objects == 0 && *application == 0;
  if (!empty && *application != kApplication) {
    return std::unexpected(
        OutboxError{"\"" + path_ +
                    "\" is a database of another program, not an outbox; nothing was changed: "
                    "choose another folder with --data"});
  }
  if (*version > kVersion) {
    return std::unexpected(
        OutboxError{"the outbox \"" + path_ +
                    "\" was written by a newer protoflow; nothing was changed: use that version"});
  }
  if (auto done = connection_.execute("PRAGMA journal_mode = WAL; PRAGMA synchronous = NORMAL");
      !done) {
    return failed(done.error());
  }
  if (empty) {
    if (auto done = connection_.execute(std::string(kSchema)); !done) {
      (void)connection_.execute("ROLLBACK");  // nothing to undo when the file could not be begun
      return failed(done.error());
    }
  }
  return {};
}

std::expected<sqlite::Statement*, sqlite::Failure> OutboxTable::statement(std::string_view sql) {
  for (const auto& known : prepared_) {
    if (known->sql.data() == sql.data()) {
      return &known->statement;
    }
  }
  auto made = connection_.prepare(sql);
  if (!made) {
    return std::unexpected(std::move(made.error()));
  }
  prepared_.push_back(std::make_unique<Prepared>(Prepared{sql, std::move(*made)}));
  return &prepared_.back()->statement;
}

std::expected<ChannelId, OutboxError> OutboxTable::channel(std::string_view name) {
  auto insert = connection_.prepare("INSERT OR IGNORE INTO channel(name) VALUES(?1)");
  if (!insert) {
    return failed(insert.error());
  }
  insert->bind(1, name);
  if (auto done = insert->run(); !done) {
    return failed(done.error());
  }
  auto find = connection_.prepare("SELECT id FROM channel WHERE name = ?1");
  if (!find) {
    return failed(find.error());
  }
  find->bind(1, name);
  if (auto row = find->step(); !row) {
    return failed(row.error());
  }
  return find->integer(0);
}

std::expected<OutboxWritten, OutboxError> OutboxTable::write(const OutboxWork& work) {
  OutboxWritten written{.given = work.notices.size()};
  Result done = connection_.execute("BEGIN IMMEDIATE");
  if (!done) {
    return failed(done.error());
  }
  done = write_all(work, written);
  if (done) {
    done = connection_.execute("COMMIT");
  }
  if (!done) {
    (void)connection_.execute("ROLLBACK");  // SQLite may have done so by itself
    return failed(done.error());
  }
  return written;
}

OutboxTable::Result OutboxTable::write_all(const OutboxWork& work, OutboxWritten& written) {
  if (auto done = enter(work, written); !done) {
    return done;
  }
  if (auto done = mark(work.marks); !done) {
    return done;
  }
  for (const ChannelId channel : work.revive) {
    if (auto done = revive(channel, written); !done) {
      return done;
    }
  }
  if (work.forget_before) {
    if (auto done = forget(*work.forget_before); !done) {
      return done;
    }
  }
  auto advance = statement("UPDATE cursor SET scanned = max(scanned, ?1) RETURNING scanned");
  if (!advance) {
    return std::unexpected(advance.error());
  }
  (*advance)->bind(1, to_column(work.scanned));
  return each_row(**advance, [&](const auto& row) { written.scanned = number_in(row, 0); });
}

OutboxTable::Result OutboxTable::enter(const OutboxWork& work, OutboxWritten& written) {
  const auto insert =
      statement("INSERT OR IGNORE INTO notice VALUES(?1, ?2, ?3, ?4, ?5) RETURNING number");
  const auto deliver = statement(
      "INSERT INTO delivery(channel, number, state, next_at) VALUES(?1, ?2, 'pending', ?3)");
  if (!insert || !deliver) {
    return std::unexpected(!insert ? insert.error() : deliver.error());
  }
  for (const OutgoingNotice& notice : work.notices) {
    (*insert)->bind(1, to_column(notice.number));
    (*insert)->bind(2, notice.id);
    (*insert)->bind(3, notice.stream);
    (*insert)->bind(4, notice.json);
    (*insert)->bind(5, to_column(work.at));
    const auto is_new = (*insert)->step();
    (*insert)->reset();
    if (!is_new) {
      return std::unexpected(is_new.error());
    }
    if (!*is_new) {
      continue;  // entered before: its deliveries stand as they are
    }
    for (const ChannelId channel : channels_) {
      (*deliver)->bind(1, channel);
      (*deliver)->bind(2, to_column(notice.number));
      (*deliver)->bind(3, to_column(notice.not_before));
      if (auto done = (*deliver)->run(); !done) {
        return done;
      }
    }
    written.entered.push_back(notice);
  }
  return {};
}

OutboxTable::Result OutboxTable::mark(const std::vector<DeliveryMark>& marks) {
  const auto update = statement(
      "UPDATE delivery SET state = ?3, attempts = ?4, next_at = ?5, last_error = ?6 "
      "WHERE channel = ?1 AND number = ?2");
  if (!update) {
    return std::unexpected(update.error());
  }
  for (const DeliveryMark& mark : marks) {
    (*update)->bind(1, mark.channel);
    (*update)->bind(2, to_column(mark.number));
    (*update)->bind(3, delivery_state_name(mark.state));
    (*update)->bind(4, std::int64_t{mark.attempts});
    (*update)->bind(5, to_column(mark.next_at));
    (*update)->bind(6, std::string_view(mark.last_error));
    if (auto done = (*update)->run(); !done) {
      return done;
    }
  }
  return {};
}

OutboxTable::Result OutboxTable::revive(ChannelId channel, OutboxWritten& written) {
  const auto update = statement(
      "UPDATE delivery SET state = 'pending', attempts = 0, next_at = 0 "
      "WHERE channel = ?1 AND state = 'dead' AND state <> 'sent' "
      "RETURNING number, (SELECT stream FROM notice WHERE notice.number = delivery.number)");
  if (!update) {
    return std::unexpected(update.error());
  }
  (*update)->bind(1, channel);
  return each_row(**update, [&](const auto& row) {
    written.revived.push_back({channel, number_in(row, 0), std::string(row.bytes(1))});
  });
}

OutboxTable::Result OutboxTable::forget(model::Instant before) {
  const auto find = statement(
      "SELECT number FROM notice WHERE entered < ?1 AND NOT EXISTS ("
      "  SELECT 1 FROM channel JOIN delivery ON delivery.channel = channel.id "
      "  WHERE delivery.number = notice.number AND delivery.state <> 'sent') "
      "ORDER BY number LIMIT ?2");
  const auto drop_notice = statement("DELETE FROM notice WHERE number = ?1");
  const auto drop_deliveries =
      statement("DELETE FROM delivery WHERE number = ?1 AND channel IN (SELECT id FROM channel)");
  if (!find || !drop_notice || !drop_deliveries) {
    return std::unexpected(!find          ? find.error()
                           : !drop_notice ? drop_notice.error()
                                          : drop_deliveries.error());
  }
  (*find)->bind(1, to_column(before));
  (*find)->bind(2, std::int64_t{kForgottenAtOnce});
  std::vector<std::int64_t> numbers;
  if (auto done = each_row(**find, [&](const auto& row) { numbers.push_back(row.integer(0)); });
      !done) {
    return done;
  }
  for (const std::int64_t number : numbers) {
    for (sqlite::Statement* drop : {*drop_notice, *drop_deliveries}) {
      drop->bind(1, number);
      if (auto done = drop->run(); !done) {
        return done;
      }
    }
  }
  return {};
}

std::expected<std::uint64_t, OutboxError> OutboxTable::scanned() {
  const auto found = connection_.integer("SELECT scanned FROM cursor");
  if (!found) {
    return failed(found.error());
  }
  return static_cast<std::uint64_t>(*found);
}

std::expected<std::vector<OpenDelivery>, OutboxError> OutboxTable::pending(ChannelId channel) {
  auto find = connection_.prepare(
      "SELECT delivery.number, stream, attempts, next_at FROM delivery "
      "JOIN notice ON notice.number = delivery.number "
      "WHERE channel = ?1 AND state = 'pending' AND state <> 'sent' ORDER BY delivery.number");
  if (!find) {
    return failed(find.error());
  }
  find->bind(1, channel);
  std::vector<OpenDelivery> deliveries;
  const auto done = each_row(*find, [&](const auto& row) {
    deliveries.push_back({channel,
                          number_in(row, 0),
                          std::string(row.bytes(1)),
                          static_cast<int>(row.integer(2)),
                          instant_in(row, 3)});
  });
  if (!done) {
    return failed(done.error());
  }
  return deliveries;
}

std::expected<std::optional<model::Instant>, OutboxError> OutboxTable::oldest_pending(
    ChannelId channel) {
  const auto find = statement(
      "SELECT entered FROM delivery JOIN notice ON notice.number = delivery.number WHERE channel = "
      "?1 AND state = 'pending' AND state <> 'sent' ORDER BY delivery.number LIMIT 1");
  if (!find) {
    return failed(find.error());
  }
  (*find)->bind(1, channel);
  std::optional<model::Instant> oldest;
  const auto done = each_row(**find, [&](const auto& row) { oldest = instant_in(row, 0); });
  return done ? std::expected<std::optional<model::Instant>, OutboxError>(oldest)
              : failed(done.error());
}

std::expected<std::size_t, OutboxError> OutboxTable::count_dead(ChannelId channel) {
  auto count = connection_.prepare(
      "SELECT count(*) FROM delivery WHERE channel = ?1 AND state = 'dead' AND state <> 'sent'");
  if (!count) {
    return failed(count.error());
  }
  count->bind(1, channel);
  if (auto row = count->step(); !row) {
    return failed(row.error());
  }
  return static_cast<std::size_t>(count->integer(0));
}

std::expected<std::vector<DeadDelivery>, OutboxError> OutboxTable::dead(std::size_t limit) {
  auto find = connection_.prepare(
      "SELECT channel.name, delivery.number, notice.id, stream, attempts, last_error "
      "FROM channel JOIN delivery ON delivery.channel = channel.id "
      "JOIN notice ON notice.number = delivery.number "
      "WHERE state = 'dead' AND state <> 'sent' ORDER BY delivery.number, channel.id LIMIT ?1");
  if (!find) {
    return failed(find.error());
  }
  find->bind(1, to_column(std::uint64_t{limit}));
  std::vector<DeadDelivery> deliveries;
  const auto done = each_row(*find, [&](const auto& row) {
    deliveries.push_back({std::string(row.bytes(0)),
                          number_in(row, 1),
                          std::string(row.bytes(2)),
                          std::string(row.bytes(3)),
                          static_cast<int>(row.integer(4)),
                          std::string(row.bytes(5))});
  });
  if (!done) {
    return failed(done.error());
  }
  return deliveries;
}

std::expected<std::vector<DeliveryView>, OutboxError> OutboxTable::with_ids(
    const std::string& beginning, std::size_t limit) {
  auto find = connection_.prepare(
      "SELECT notice.number, notice.id, stream, json, next_at, channel.name, state, attempts, "
      "last_error "
      "FROM notice JOIN delivery ON delivery.number = notice.number "
      "JOIN channel ON channel.id = delivery.channel "
      "WHERE substr(notice.id, 1, ?1) = ?2 ORDER BY notice.number, channel.id LIMIT ?3");
  if (!find) {
    return failed(find.error());
  }
  find->bind(1, static_cast<std::int64_t>(beginning.size()));
  find->bind(2, beginning);
  find->bind(3, to_column(std::uint64_t{limit}));
  std::vector<DeliveryView> views;
  const auto done = each_row(*find, [&](const auto& row) {
    views.push_back({.notice = {.number = number_in(row, 0),
                                .id = std::string(row.bytes(1)),
                                .stream = std::string(row.bytes(2)),
                                .json = std::string(row.bytes(3)),
                                .not_before = instant_in(row, 4)},
                     .channel = std::string(row.bytes(5)),
                     .state = state_of(row.bytes(6)),
                     .attempts = static_cast<int>(row.integer(7)),
                     .reason = std::string(row.bytes(8))});
  });
  if (!done) {
    return failed(done.error());
  }
  return views;
}

std::expected<std::vector<OutgoingNotice>, OutboxError> OutboxTable::read_after(
    std::uint64_t number, std::size_t limit) {
  const auto find = statement(
      "SELECT number, id, stream, json FROM notice WHERE number > ?1 ORDER BY number LIMIT ?2");
  if (!find) {
    return failed(find.error());
  }
  (*find)->bind(1, to_column(number));
  (*find)->bind(2, to_column(std::uint64_t{limit}));
  std::vector<OutgoingNotice> notices;
  const auto done = each_row(**find, [&](const auto& row) {
    notices.push_back({number_in(row, 0),
                       std::string(row.bytes(1)),
                       std::string(row.bytes(2)),
                       std::string(row.bytes(3))});
  });
  if (!done) {
    return failed(done.error());
  }
  return notices;
}

}  // namespace protoflow::runtime
