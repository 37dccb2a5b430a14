#include "runtime/http/keys.hpp"

#include <algorithm>
#include <utility>

#include "engine/log/record.hpp"

namespace protoflow::runtime {

namespace {

constexpr std::size_t kKeyMax = 128;

std::string hash_of(const HttpRequest& request) {
  return engine::to_hex(engine::sha256(request.method + ' ' + request.path + '\n' + request.body));
}

}  // namespace

bool Keys::keep(const std::string& key, const HttpRequest& request) {
  const auto hash = hash_of(request);
  for (const auto* known : {&young_, &old_}) {
    if (const auto found = known->find(key); found != known->end()) {
      return found->second == hash;
    }
  }
  if (young_.size() == kYoungMax) {
    old_ = std::exchange(young_, {});
  }
  young_.emplace(key, hash);
  return true;
}

void Keys::forget(const std::string& key) {
  young_.erase(key);
  old_.erase(key);
}

bool is_key(std::string_view key) {
  return key.size() <= kKeyMax &&
         std::ranges::all_of(key, [](char c) { return c >= ' ' && c <= '~'; });
}

}  // namespace protoflow::runtime
