#include "runtime/metrics/measured_store.hpp"

namespace protoflow::runtime {

namespace {

std::string_view result_of(const EventStore::Appended& appended) {
  if (appended) {
    return "written";
  }
  switch (appended.error().code) {
    case StoreErrorCode::conflict:
      return "conflict";
    case StoreErrorCode::outcome_unknown:
      return "unknown";
    case StoreErrorCode::unavailable:
    case StoreErrorCode::not_ours:
    case StoreErrorCode::too_new:
    case StoreErrorCode::in_use:
      return "unavailable";
  }
  return "unavailable";
}

}  // namespace

void MeasuredStore::append(Append append, Done done) {
  const auto begun = std::chrono::steady_clock::now();
  store_.append(std::move(append), [this, begun, done = std::move(done)](Appended appended) {
    const auto result = result_of(appended);
    const auto now = std::chrono::steady_clock::now();
    const bool found_disk = result == "written" || result == "conflict";
    failed_at_ = found_disk ? std::chrono::steady_clock::duration() : now.time_since_epoch();
    committed_(result, now - begun);
    done(std::move(appended));
  });
}

std::optional<std::chrono::steady_clock::duration> MeasuredStore::failed_since() const {
  const auto failed_at = failed_at_.load();
  if (failed_at == std::chrono::steady_clock::duration()) {
    return std::nullopt;
  }
  return std::chrono::steady_clock::now().time_since_epoch() - failed_at;
}

}  // namespace protoflow::runtime
