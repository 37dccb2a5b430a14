#include "runtime/store/event_reader.hpp"

#include <utility>

namespace protoflow::runtime {

namespace {

constexpr std::string_view kAll =
    "SELECT e.position, s.name, e.version, e.line FROM events e"
    " JOIN streams s ON s.id = e.stream WHERE e.position > ?1 ORDER BY e.position LIMIT 1000";
constexpr std::string_view kStream =
    "SELECT e.position, s.name, e.version, e.line FROM streams s"
    " JOIN events e ON e.stream = s.id WHERE s.name = ?2 AND e.version > ?1"
    " ORDER BY e.version LIMIT 1000";

enum class Reading : std::uint8_t { piece_ended, stopped, ended };

struct Piece {
  Reading reading = Reading::ended;
  StoredEvent last;  // its place alone is of use: the texts are gone
};

std::expected<Piece, sqlite::Failure> visit_piece(sqlite::Statement& statement,
                                                  const EventStore::Visit& visit) {
  Piece piece;
  for (;;) {
    auto row = statement.step();
    if (!row) {
      return std::unexpected(std::move(row.error()));
    }
    if (!*row) {
      break;
    }
    piece.reading = Reading::piece_ended;
    piece.last = {.position = static_cast<std::uint64_t>(statement.integer(0)),
                  .stream = statement.bytes(1),
                  .version = static_cast<std::uint64_t>(statement.integer(2)),
                  .line = statement.bytes(3)};
    if (!visit(piece.last)) {
      piece.reading = Reading::stopped;
      break;
    }
  }
  statement.reset();
  return piece;
}

}  // namespace

struct EventReader::Session {
  sqlite::Connection connection;
  sqlite::Statement all, stream;
};

struct EventReader::Lease {
  EventReader* reader;
  std::unique_ptr<Session> session;

  Lease(EventReader* from, std::unique_ptr<Session> lent)
      : reader(from), session(std::move(lent)) {}

  Lease(Lease&&) = default;

  ~Lease() {
    if (session) {
      const std::scoped_lock lock(reader->mutex_);
      reader->idle_.push_back(std::move(session));
    }
  }
};

EventReader::EventReader(std::filesystem::path file, std::string vfs)
    : file_(std::move(file)), vfs_(std::move(vfs)) {}

EventReader::~EventReader() = default;

std::expected<std::unique_ptr<EventReader>, StoreError> EventReader::open(
    const std::filesystem::path& file, const std::string& vfs) {
  std::unique_ptr<EventReader> reader(new EventReader(file, vfs));
  if (auto first = reader->borrow(); !first) {
    return std::unexpected(std::move(first.error()));
  }
  return reader;
}

std::expected<std::unique_ptr<EventReader::Session>, StoreError> EventReader::open_session() const {
  auto connection = open_event_file(file_, FileMode::read, vfs_);
  if (!connection) {
    return std::unexpected(std::move(connection.error()));
  }
  auto session = std::make_unique<Session>();
  session->connection = std::move(*connection);
  auto prepared = session->connection.execute("PRAGMA busy_timeout=2000;PRAGMA cache_size=-8000");
  auto all = session->connection.prepare(kAll);
  auto stream = session->connection.prepare(kStream);
  if (!prepared || !all || !stream) {
    return std::unexpected(store_error(!prepared ? prepared.error()
                                       : !all    ? all.error()
                                                 : stream.error(),
                                       file_));
  }
  session->all = std::move(*all);
  session->stream = std::move(*stream);
  return session;
}

std::expected<EventReader::Lease, StoreError> EventReader::borrow() {
  {
    const std::scoped_lock lock(mutex_);
    if (!idle_.empty()) {
      auto session = std::move(idle_.back());
      idle_.pop_back();
      return Lease(this, std::move(session));
    }
  }
  auto session = open_session();
  if (!session) {
    return std::unexpected(std::move(session.error()));
  }
  return Lease(this, std::move(*session));
}

std::expected<void, StoreError> EventReader::read_all(std::uint64_t after,
                                                      const EventStore::Visit& visit) {
  auto lease = borrow();
  if (!lease) {
    return std::unexpected(std::move(lease.error()));
  }
  sqlite::Statement& all = lease->session->all;
  for (;;) {
    all.bind(1, static_cast<std::int64_t>(after));
    auto piece = visit_piece(all, visit);
    if (!piece) {
      return std::unexpected(store_error(piece.error(), file_));
    }
    if (piece->reading != Reading::piece_ended) {
      return {};
    }
    after = piece->last.position;
  }
}

std::expected<void, StoreError> EventReader::read_stream(std::string_view stream,
                                                         std::uint64_t after_version,
                                                         const EventStore::Visit& visit) {
  auto lease = borrow();
  if (!lease) {
    return std::unexpected(std::move(lease.error()));
  }
  sqlite::Statement& events = lease->session->stream;
  events.bind(2, stream);
  for (;;) {
    events.bind(1, static_cast<std::int64_t>(after_version));
    auto piece = visit_piece(events, visit);
    if (!piece) {
      return std::unexpected(store_error(piece.error(), file_));
    }
    if (piece->reading != Reading::piece_ended) {
      return {};
    }
    after_version = piece->last.version;
  }
}

}  // namespace protoflow::runtime
