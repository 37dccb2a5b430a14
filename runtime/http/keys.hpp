// Which Idempotency-Key came with which request, so that a key that comes again with another one is
// not taken for a repetition. Kept as long as the daemon runs, the newest ones only: what makes a
// repetition do nothing is the command id in the log, which lasts.
#pragma once

#include <array>
#include <cstddef>
#include <map>
#include <string>
#include <string_view>

#include "runtime/http/server.hpp"

namespace protoflow::runtime {

class Keys {
 public:
  /// false: `key` has come with another request. `key` tells whose it is.
  [[nodiscard]] bool keep(const std::string& key, const HttpRequest& request);

  /// It had no effect: the key may be used anew.
  void forget(const std::string& key);

  static constexpr std::size_t kYoungMax = 5'000;  // at least as many, at most twice, are kept

 private:
  using Requests = std::map<std::string, std::string, std::less<>>;  // hashes, by key
  Requests young_, old_;
};

/// What a request says of itself: ASCII, at most 128 bytes. Empty: it has none.
[[nodiscard]] bool is_key(std::string_view key);

}  // namespace protoflow::runtime
