#include "runtime/door/link_book.hpp"

#include <fstream>
#include <system_error>

#include "runtime/people/calendar_address.hpp"
#include "runtime/people/secret.hpp"

namespace protoflow::runtime {

namespace {

constexpr std::string_view kPrefix = "pfl_";
constexpr std::chrono::days kKept{7};  // after they expire: so long people are told why
constexpr std::chrono::hours kLookEvery{1};
constexpr std::size_t kUseDigits = 32;

constexpr const char* kSchema =
    "PRAGMA journal_mode=WAL; PRAGMA synchronous=NORMAL;"
    "CREATE TABLE IF NOT EXISTS link(hash TEXT PRIMARY KEY, kind INTEGER NOT NULL, "
    "person TEXT NOT NULL, use TEXT NOT NULL, asks TEXT NOT NULL, expires INTEGER NOT NULL, "
    "used INTEGER NOT NULL) WITHOUT ROWID;";

std::int64_t milliseconds(model::Instant instant) {
  return instant.time_since_epoch().count();
}

std::string sentence(const std::filesystem::path& file, const sqlite::Failure& failure) {
  return file.string() + ": " + failure.what +
         "; the file can be removed: links that are under way then open nothing";
}

}  // namespace

std::expected<LinkBook, std::string> LinkBook::open(const std::filesystem::path& file) {
  if (!std::filesystem::exists(file)) {
    std::ofstream created(file);  // sqlite::Connection never creates a file
    std::error_code ignored;
    std::filesystem::permissions(
        file, std::filesystem::perms::owner_read | std::filesystem::perms::owner_write, ignored);
  }
  auto connection = sqlite::Connection::open(file, sqlite::Access::write);
  if (!connection) {
    return std::unexpected(sentence(file, connection.error()));
  }
  if (auto made = connection->execute(kSchema); !made) {
    return std::unexpected(sentence(file, made.error()));
  }
  LinkBook book(std::move(*connection));
  auto rows =
      book.connection_.prepare("SELECT hash, kind, person, use, asks, expires, used FROM link");
  if (!rows) {
    return std::unexpected(sentence(file, rows.error()));
  }
  auto row = rows->step();
  for (; row && *row; row = rows->step()) {
    book.links_.insert_or_assign(
        std::string(rows->bytes(0)),
        Link{.kind = static_cast<LinkKind>(rows->integer(1)),
             .person = std::string(rows->bytes(2)),
             .use = std::string(rows->bytes(3)),
             .asks = std::string(rows->bytes(4)),
             .expires = model::Instant(std::chrono::milliseconds(rows->integer(5))),
             .used = rows->integer(6) != 0});
  }
  if (!row) {
    return std::unexpected(sentence(file, row.error()));
  }
  return book;
}

std::string LinkBook::add(Link link, model::Instant now) {
  forget_old(now);
  auto secret = std::string(kPrefix) + random_id();
  auto hash = hash_of_secret(secret);
  if (link.use.empty()) {
    link.use = "link:" + hash.substr(0, kUseDigits);
  }
  write(hash, link);
  links_.insert_or_assign(std::move(hash), std::move(link));
  return secret;
}

// By the hash: how long it takes tells nothing of the secrets that are known.
const Link* LinkBook::find(std::string_view secret) const {
  const auto found = links_.find(hash_of_secret(secret));
  return found == links_.end() ? nullptr : &found->second;
}

void LinkBook::set_used(std::string_view secret, bool used) {
  const auto found = links_.find(hash_of_secret(secret));
  if (found != links_.end()) {
    found->second.used = used;
    write(found->first, found->second);
  }
}

void LinkBook::forget(std::string_view secret) {
  const auto hash = hash_of_secret(secret);
  links_.erase(hash);
  if (auto drop = connection_.prepare("DELETE FROM link WHERE hash = ?1")) {
    drop->bind(1, hash);
    (void)drop->run();  // it opens nothing while the daemon runs; afterwards, until it expires
  }
}

bool LinkBook::opens_for_operator(std::string_view secret, model::Instant now) const {
  const auto* link = secret.starts_with(kPrefix) ? find(secret) : nullptr;
  return link != nullptr && link->kind == LinkKind::operator_session && now < link->expires;
}

void LinkBook::write(const std::string& hash, const Link& link) {
  auto put = connection_.prepare(
      "INSERT INTO link VALUES(?1, ?2, ?3, ?4, ?5, ?6, ?7) ON CONFLICT(hash) DO UPDATE SET "
      "used = ?7");
  if (!put) {
    return;
  }
  put->bind(1, hash);
  put->bind(2, static_cast<std::int64_t>(link.kind));
  put->bind(3, link.person);
  put->bind(4, link.use);
  put->bind(5, link.asks);
  put->bind(6, milliseconds(link.expires));
  put->bind(7, std::int64_t{link.used});
  (void)put->run();  // see add
}

void LinkBook::forget_old(model::Instant now) {
  if (now < looked_through_ + kLookEvery) {
    return;
  }
  looked_through_ = now;
  const auto before = now - kKept;
  std::erase_if(links_, [&](const auto& each) { return each.second.expires < before; });
  if (auto drop = connection_.prepare("DELETE FROM link WHERE expires < ?1")) {
    drop->bind(1, milliseconds(before));
    (void)drop->run();  // tried again in an hour
  }
}

}  // namespace protoflow::runtime
