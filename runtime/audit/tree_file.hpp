// The signed checkpoints of a log's Merkle tree, beside the log: what partners keep copies of, so
// that nobody, whoever runs the daemon included, can write history anew unseen.
//
// File `tree.db`, an SQLite database, readable by its owner alone:
//   checkpoint(size INTEGER PRIMARY KEY, note TEXT, peaks BLOB)   the signed note; the roots of the
//   complete subtrees, 32 bytes each, from the largest, with which the tree grows on
// File `log.key`: the key that signs, as a signed note's (mode 0600). Its name is the log's origin.
#pragma once

#include <expected>
#include <filesystem>
#include <optional>
#include <string>
#include <vector>

#include "engine/log/merkle.hpp"
#include "runtime/signing/signed_note.hpp"
#include "runtime/store/event_store.hpp"

namespace protoflow::runtime {

inline constexpr const char* kTreeFile = "tree.db";
inline constexpr const char* kLogKeyFile = "log.key";
inline constexpr std::uint64_t kRecordsPerCheckpoint = 256;

struct SignedTree {
  std::uint64_t size = 0;
  std::string note;
  std::vector<engine::Hash> peaks;
};

/// Every checkpoint, the smallest tree first; none when there is no file. The error is a sentence.
[[nodiscard]] std::expected<std::vector<SignedTree>, std::string> read_signed_trees(
    const std::filesystem::path& folder);

/// The key that checks what this log signed; nullopt: it has signed nothing yet.
[[nodiscard]] std::expected<std::optional<VerifierKey>, std::string> read_log_key(
    const std::filesystem::path& folder);

/// Signs the tree as the log grows. One process at a time: the daemon, which holds the log's lock.
class TreeSigner final {
 public:
  /// Makes the key and the file of a new log. A checkpoint that this key has not signed, or that
  /// does not follow from its peaks, is an error, and so is a lost key.
  [[nodiscard]] static std::expected<TreeSigner, std::string> open(
      const std::filesystem::path& folder);

  /// Takes in what the store has got since, and signs where that is anything: the note is stored
  /// before it is returned. The error says too where the log has fewer records than were signed.
  [[nodiscard]] std::expected<void, std::string> sign(const EventStore& store);

  /// The newest note; empty before the first.
  [[nodiscard]] const std::string& note() const { return note_; }

  [[nodiscard]] std::uint64_t size() const { return edge_.size(); }

 private:
  TreeSigner(std::filesystem::path folder, SignerKey key)
      : folder_(std::move(folder)), key_(std::move(key)) {}

  std::filesystem::path folder_;
  SignerKey key_;
  engine::TreeEdge edge_;  // of `note_`
  std::string note_;
};

}  // namespace protoflow::runtime
