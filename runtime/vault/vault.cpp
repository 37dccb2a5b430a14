#include "runtime/vault/vault.hpp"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <mutex>
#include <unordered_map>
#include <utility>

#include "runtime/store/format.hpp"
#include "runtime/store/sqlite.hpp"
#include "runtime/vault/seal.hpp"

namespace protoflow::runtime {

namespace {

constexpr std::size_t kKeysInMemoryMax = 4096;

const sqlite::Format& key_format() {
  static const sqlite::Format format{
      .application = 0x50464B59,
      .version = 1,
      .schema = "CREATE TABLE keys(beneficiary TEXT PRIMARY KEY, key BLOB) WITHOUT ROWID",
      .journal = "DELETE"};
  return format;
}

VaultError vault_error(const sqlite::Failure& failure, const std::filesystem::path& file) {
  const std::string cause = file.string() + ": " + failure.what + ": ";
  switch (sqlite::kind_of(failure)) {
    case sqlite::Kind::damaged:
      return {VaultErrorCode::not_ours,
              cause + "the file is not a protoflow vault, or is damaged; restore it from a backup"};
    case sqlite::Kind::denied:
      return {VaultErrorCode::unavailable,
              cause +
                  "check that the folder is there and that this account may use the file; after "
                  "a crash, start the daemon once before reading"};
    case sqlite::Kind::sync_lost:
      return {VaultErrorCode::unavailable,
              cause +
                  "the disk did not confirm what was written; check the disk, then start "
                  "protoflow again"};
    case sqlite::Kind::busy:
    case sqlite::Kind::full:
    case sqlite::Kind::collision:
    case sqlite::Kind::other:
      break;
  }
  return {VaultErrorCode::unavailable, cause + "no key was changed; make room or try again"};
}

std::expected<void, VaultError> recognise_vault(sqlite::Connection& connection,
                                                const std::filesystem::path& file) {
  const auto recognised = sqlite::recognise(connection, key_format());
  if (!recognised) {
    return std::unexpected(vault_error(recognised.error(), file));
  }
  switch (*recognised) {
    case sqlite::Recognised::yes:
      return {};
    case sqlite::Recognised::not_ours:
      return std::unexpected(VaultError{
          VaultErrorCode::not_ours,
          file.string() + " was written by another program: choose another folder for protoflow"});
    case sqlite::Recognised::too_new:
      break;
  }
  return std::unexpected(VaultError{
      VaultErrorCode::too_new,
      file.string() + " was written by a newer protoflow: install that version or a later one"});
}

/// Creates the file when `mode` says so; refuses one that others may read.
std::expected<void, VaultError> look_at_file(const std::filesystem::path& file, VaultMode mode) {
  struct stat found{};

  if (::stat(file.c_str(), &found) == 0) {
    if ((found.st_mode & 077U) == 0) {
      return {};
    }
    return std::unexpected(VaultError{VaultErrorCode::exposed,
                                      file.string() +
                                          " may be read by other accounts: find out who could "
                                          "have copied it, then run chmod 600 on it"});
  }
  if (mode != VaultMode::create_or_open) {
    return std::unexpected(VaultError{VaultErrorCode::unavailable,
                                      "there are no keys at " + file.string() +
                                          ": restore the file from its backup; without it what was "
                                          "sealed cannot be read"});
  }
  if (auto created = sqlite::create(file, key_format()); !created) {
    return std::unexpected(vault_error(created.error(), file));
  }
  return {};
}

/// The rollback journal holds the pages as they were, keys included. Outside a transaction its
/// content means nothing to SQLite, so it is overwritten in place; at the opening too, for a
/// destruction that a crash cut short.
bool wipe_journal(const std::filesystem::path& file) {
  std::filesystem::path journal = file;
  journal += "-journal";
  const int descriptor = ::open(journal.c_str(), O_WRONLY | O_CLOEXEC);
  if (descriptor < 0) {
    return errno == ENOENT;
  }
  static constexpr std::array<char, 4096> kZeros{};
  const off_t end = ::lseek(descriptor, 0, SEEK_END);
  bool wiped = end >= 0;
  for (off_t at = 0; wiped && at < end;) {
    const auto size = static_cast<std::size_t>(std::min<off_t>(kZeros.size(), end - at));
    const ssize_t written = ::pwrite(descriptor, kZeros.data(), size, at);
    wiped = written > 0;
    at += std::max<ssize_t>(written, 0);
  }
  wiped = wiped && ::fsync(descriptor) == 0;
  ::close(descriptor);
  return wiped;
}

}  // namespace

struct Vault::State {
  std::filesystem::path file;
  VaultMode mode = VaultMode::read;
  sqlite::Connection connection;
  sqlite::Statement find, insert, destroy;
  std::mutex mutex;
  // Not when reading: another process may destroy a key at any time, and that must be felt at once.
  std::unordered_map<std::string, Key> keys;

  /// Found: a key, or nullopt when it was destroyed; not found: `no_key`.
  std::expected<std::optional<Key>, VaultError> stored(std::string_view beneficiary);
  std::expected<const Key*, VaultError> key_of(std::string_view beneficiary,
                                               std::optional<Key>& loaded);

  [[nodiscard]] VaultError error(const sqlite::Failure& failure) const {
    return vault_error(failure, file);
  }
};

std::expected<std::optional<Key>, VaultError> Vault::State::stored(std::string_view beneficiary) {
  find.bind(1, beneficiary);
  auto row = find.step();
  if (!row) {
    return std::unexpected(error(row.error()));
  }
  if (!*row) {
    find.reset();
    return std::unexpected(VaultError{VaultErrorCode::no_key,
                                      file.string() +
                                          " holds no key for this case: it is not the file "
                                          "that belongs to this log, or an older copy of it"});
  }
  const bool destroyed = find.is_null(0);
  std::optional<Key> key = destroyed ? std::nullopt : Key::from(find.bytes(0));
  find.reset();
  if (!destroyed && !key) {
    return std::unexpected(VaultError{VaultErrorCode::not_ours,
                                      file.string() + " holds a key that is not 32 bytes long: the "
                                                      "file is damaged, restore it from a backup"});
  }
  return key;
}

/// null: destroyed. The key stands in `loaded` or among `keys`.
std::expected<const Key*, VaultError> Vault::State::key_of(std::string_view beneficiary,
                                                           std::optional<Key>& loaded) {
  if (const auto known = keys.find(std::string(beneficiary)); known != keys.end()) {
    return &known->second;
  }
  auto key = stored(beneficiary);
  if (!key) {
    return std::unexpected(std::move(key.error()));
  }
  if (!*key) {
    return nullptr;
  }
  if (mode == VaultMode::read) {
    loaded.emplace(std::move(**key));
    return &*loaded;
  }
  if (keys.size() >= kKeysInMemoryMax) {
    keys.clear();
  }
  return &keys.emplace(std::string(beneficiary), std::move(**key)).first->second;
}

Vault::Vault(std::unique_ptr<State> state) : state_(std::move(state)) {}

Vault::Vault(Vault&&) noexcept = default;
Vault& Vault::operator=(Vault&&) noexcept = default;
Vault::~Vault() = default;

std::expected<Vault, VaultError> Vault::open(const std::filesystem::path& file, VaultMode mode) {
  if (!ready_to_seal()) {
    return std::unexpected(VaultError{VaultErrorCode::unavailable,
                                      "the system gives no random numbers to make keys of"});
  }
  if (auto looked = look_at_file(file, mode); !looked) {
    return std::unexpected(std::move(looked.error()));
  }
  const auto access = mode == VaultMode::read ? sqlite::Access::read : sqlite::Access::write;
  auto connection = sqlite::Connection::open(file, access);
  if (!connection) {
    return std::unexpected(vault_error(connection.error(), file));
  }
  if (auto set = connection->execute("PRAGMA busy_timeout=5000"); !set) {
    return std::unexpected(vault_error(set.error(), file));
  }
  if (auto recognised = recognise_vault(*connection, file); !recognised) {
    return std::unexpected(std::move(recognised.error()));
  }
  if (mode != VaultMode::read && !wipe_journal(file)) {
    return std::unexpected(VaultError{VaultErrorCode::unavailable,
                                      file.string() +
                                          "-journal could not be wiped: check that this "
                                          "account may write to it"});
  }
  auto state = std::make_unique<State>();
  state->file = file;
  state->mode = mode;
  state->connection = std::move(*connection);
  if (auto prepared = prepare(*state); !prepared) {
    return std::unexpected(std::move(prepared.error()));
  }
  return Vault(std::move(state));
}

std::expected<void, VaultError> Vault::prepare(State& state) {
  sqlite::Connection& connection = state.connection;
  auto set = connection.execute(
      "PRAGMA synchronous=FULL;PRAGMA secure_delete=ON;PRAGMA journal_mode=PERSIST");
  const auto synchronous = connection.integer("PRAGMA synchronous");
  const auto secure = connection.integer("PRAGMA secure_delete");
  if (!set || !synchronous || !secure) {
    return std::unexpected(state.error(!set           ? set.error()
                                       : !synchronous ? synchronous.error()
                                                      : secure.error()));
  }
  constexpr std::int64_t kFull = 2;
  if (*synchronous != kFull || *secure != 1) {
    return std::unexpected(VaultError{VaultErrorCode::unavailable,
                                      state.file.string() + ": this SQLite cannot erase for good"});
  }
  const std::array<std::pair<sqlite::Statement*, std::string_view>, 3> statements{{
      {&state.find, "SELECT key FROM keys WHERE beneficiary = ?1"},
      {&state.insert, "INSERT INTO keys(beneficiary, key) VALUES(?1, ?2)"},
      {&state.destroy, "UPDATE keys SET key = NULL WHERE beneficiary = ?1"},
  }};
  for (const auto& [statement, sql] : statements) {
    auto prepared = connection.prepare(sql);
    if (!prepared) {
      return std::unexpected(state.error(prepared.error()));
    }
    *statement = std::move(*prepared);
  }
  return {};
}

std::expected<void, VaultError> Vault::create(std::string_view beneficiary) {
  const std::scoped_lock lock(state_->mutex);
  auto stored = state_->stored(beneficiary);
  if (stored) {
    if (*stored) {
      return {};
    }
    return std::unexpected(
        VaultError{VaultErrorCode::erased, "the case was erased: its key is not made again"});
  }
  if (stored.error().code != VaultErrorCode::no_key) {
    return std::unexpected(std::move(stored.error()));
  }
  const Key key = Key::random();
  state_->insert.bind(1, beneficiary);
  state_->insert.bind_bytes(2, key.view());
  auto inserted = state_->insert.run();
  if (!inserted) {
    return std::unexpected(state_->error(inserted.error()));
  }
  return {};
}

std::expected<Sealed, VaultError> Vault::seal(std::string_view beneficiary, std::string_view text) {
  const std::scoped_lock lock(state_->mutex);
  std::optional<Key> loaded;
  const auto key = state_->key_of(beneficiary, loaded);
  if (!key) {
    return std::unexpected(key.error());
  }
  if (*key == nullptr) {
    return std::unexpected(
        VaultError{VaultErrorCode::erased, "the case was erased: nothing more is kept for it"});
  }
  return runtime::seal(**key, beneficiary, text);
}

std::expected<std::optional<std::string>, VaultError> Vault::open(std::string_view beneficiary,
                                                                  const Sealed& sealed) {
  const std::scoped_lock lock(state_->mutex);
  std::optional<Key> loaded;
  const auto key = state_->key_of(beneficiary, loaded);
  if (!key) {
    return std::unexpected(key.error());
  }
  if (*key == nullptr) {
    return std::nullopt;
  }
  auto text = unseal(**key, beneficiary, sealed);
  if (!text) {
    return std::unexpected(VaultError{
        VaultErrorCode::tampered,
        "what was sealed was changed, or was sealed for another beneficiary or with another key"});
  }
  return text;
}

std::expected<void, VaultError> Vault::destroy(std::string_view beneficiary) {
  const std::scoped_lock lock(state_->mutex);
  if (auto stored = state_->stored(beneficiary); !stored) {
    return std::unexpected(std::move(stored.error()));
  }
  // Again for a key that is gone already: an earlier attempt may have ended before the journal was
  // wiped.
  state_->destroy.bind(1, beneficiary);
  if (auto destroyed = state_->destroy.run(); !destroyed) {
    return std::unexpected(state_->error(destroyed.error()));
  }
  state_->keys.erase(std::string(beneficiary));
  if (!wipe_journal(state_->file)) {
    return std::unexpected(VaultError{VaultErrorCode::unavailable,
                                      state_->file.string() +
                                          "-journal: the key is destroyed, but its "
                                          "trace could not be wiped; try again"});
  }
  return {};
}

}  // namespace protoflow::runtime
