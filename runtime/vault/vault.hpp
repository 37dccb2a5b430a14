// The vault: a key of each beneficiary's own, in a file apart from the log, so that destroying one
// key erases what was sealed with it everywhere, copies of the log included. It keeps keys; it
// never keeps what they seal.
//
// File `keys.db`: an SQLite database (application_id 0x5046'4B59, user_version 1, rollback journal
// kept in place, secure_delete, synchronous=FULL), readable by its owner alone: a file that others
// may read is refused, because its keys must be taken for known.
//   keys(beneficiary TEXT PRIMARY KEY, key BLOB)   32 bytes from the system's generator; NULL once
//   destroyed
//
// Sealing prepends 16 random bytes, the salt, to the text:
//   commitment = SHA-256(salt || text), 64 lower-case hexadecimal digits
//   sealed     = base64 (RFC 4648 section 5: URL-safe; without padding) of
//                nonce (24 random bytes) || XChaCha20-Poly1305-IETF(key, nonce, salt || text,
//                additional data = beneficiary id)
// The commitment alone says nothing of the text, even of a short one; the salt is only in what is
// sealed, and goes with the key.
#pragma once

#include <cstdint>
#include <expected>
#include <filesystem>
#include <memory>
#include <optional>
#include <string>
#include <string_view>

namespace protoflow::runtime {

enum class VaultErrorCode : std::uint8_t {
  unavailable,  // disk full, locked, absent: nothing was changed; trying again may work
  not_ours,     // the file is not a protoflow vault, or damaged
  too_new,      // written by a newer program
  exposed,      // other accounts may read the file
  no_key,  // no key was ever made here for this beneficiary: not the file that belongs to this log,
           // or an older copy of it
  erased,  // the key was destroyed: nothing more can be sealed for it
  tampered,  // what is sealed was changed, or was sealed for another beneficiary or with another
             // key
};

struct VaultError {
  VaultErrorCode code = VaultErrorCode::unavailable;
  std::string what;  // for the operator: path and cause, never an id, a key or a text
};

struct Sealed {
  std::string commitment_hex;
  std::string sealed_base64;
};

enum class VaultMode : std::uint8_t {
  create_or_open,  // a first start
  open,            // there must be a file: the log is not new
  read,            // beside a daemon or without one: creates and changes nothing
};

/// Any thread may call; one works at a time. One process at a time may write: the daemon, which
/// holds the log's lock.
class Vault {
 public:
  /// The errors are `unavailable`, `not_ours`, `too_new` and `exposed`. The folder must be there.
  [[nodiscard]] static std::expected<Vault, VaultError> open(
      const std::filesystem::path& file, VaultMode mode = VaultMode::create_or_open);
  Vault(Vault&&) noexcept;
  Vault& operator=(Vault&&) noexcept;
  ~Vault();

  /// Makes the beneficiary's key, durable before it returns. A key that stands already is left as
  /// it is; one that was destroyed is not made again (`erased`).
  [[nodiscard]] std::expected<void, VaultError> create(std::string_view beneficiary);

  [[nodiscard]] std::expected<Sealed, VaultError> seal(std::string_view beneficiary,
                                                       std::string_view text);

  /// nullopt: erased, the key was destroyed.
  [[nodiscard]] std::expected<std::optional<std::string>, VaultError> open(
      std::string_view beneficiary, const Sealed& sealed);

  /// Overwrites the beneficiary's key in the file and in its journal, durably, and remembers that
  /// there was one. Destroying again does nothing. Backups of the file are out of reach: the
  /// operator must let them expire.
  [[nodiscard]] std::expected<void, VaultError> destroy(std::string_view beneficiary);

 private:
  struct State;

  explicit Vault(std::unique_ptr<State> state);
  [[nodiscard]] static std::expected<void, VaultError> prepare(State& state);

  std::unique_ptr<State> state_;
};

}  // namespace protoflow::runtime
