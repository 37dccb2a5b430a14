// The stored state of the cases: a projection, written now and then beside the log and never inside
// its commits, so that `verify` can compare what the daemon believed with what the events say. It
// holds no value of a beneficiary's.
#pragma once

#include <cstdint>
#include <expected>
#include <filesystem>
#include <map>
#include <string>

#include "runtime/casebook/reading.hpp"

namespace protoflow::runtime {

struct Checkpoint {
  std::uint64_t version = 0;
  std::string hash;   // of the stream's event of that version
  std::string state;  // engine::describe; empty for a stream that is no case
};

using Checkpoints = std::map<std::string, Checkpoint, std::less<>>;  // by stream

/// Writes the cases whose version has moved since the last call. Called on the loop, never between
/// decide and append.
class CheckpointFile {
 public:
  /// Creates the file when it is not there. Errors are sentences.
  [[nodiscard]] static std::expected<CheckpointFile, std::string> open(
      const std::filesystem::path& file);

  [[nodiscard]] std::expected<void, std::string> write(const Reading& reading);

 private:
  explicit CheckpointFile(std::filesystem::path file) : file_(std::move(file)) {}

  std::filesystem::path file_;
  std::map<std::string, std::uint64_t, std::less<>> written_;
};

/// What the file holds; nothing when there is no file yet.
[[nodiscard]] std::expected<Checkpoints, std::string> read_checkpoints(
    const std::filesystem::path& file);

}  // namespace protoflow::runtime
