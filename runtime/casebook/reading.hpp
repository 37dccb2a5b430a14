// Reading a log from its first event: every stream's chain, the protocols, the directory of people
// and the state of each case, event by event. The daemon's start, `replay` and `verify` all read
// with this.
#pragma once

#include <cstdint>
#include <expected>
#include <functional>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <string_view>

#include "engine/decide/decide.hpp"
#include "engine/event/codec.hpp"
#include "engine/log/record.hpp"
#include "runtime/people/directory.hpp"
#include "runtime/protocols/plan.hpp"
#include "runtime/store/event_store.hpp"

namespace protoflow::runtime {

inline constexpr std::string_view kCasePrefix = "case/";
inline constexpr std::string_view kProtocolPrefix = "protocol/";
inline constexpr std::string_view kProtocolDeployed = "protocol_deployed";

/// The end of a stream: what the next record must follow.
struct StreamHead {
  std::uint64_t version = 0;
  std::string hash{engine::kNoPrevious};
};

struct CaseFile {
  PlanRef plan;
  engine::CaseState state;
};

/// The first thing that is wrong in a log, by stream, version and member.
struct Fault {
  std::uint64_t position = 0;
  std::string stream;
  std::uint64_t version = 0;
  std::string field;
  std::string reason;
};

/// One event, just read; references hold until the next one is read.
struct ReadEvent {
  std::uint64_t position = 0;
  const engine::Record& record;
  const CaseFile* file = nullptr;             // the state after it; only for case streams
  const std::optional<engine::Event>& event;  // only for case streams
};

/// How a beneficiary's sealed values are opened; without one, every value reads as erased.
using OpenFor = std::function<std::expected<std::optional<std::string>, std::string>(
    const std::string& beneficiary, const engine::SealedText& sealed)>;

class Reading {
 public:
  explicit Reading(OpenFor open);

  [[nodiscard]] std::expected<ReadEvent, Fault> read(const StoredEvent& stored);

  /// The newest deployed version of a protocol.
  [[nodiscard]] PlanRef protocol(std::string_view name) const;

  std::map<std::string, StreamHead, std::less<>> heads;
  std::map<std::string, PlanRef, std::less<>> plans;      // by meaning hash
  std::map<std::string, PlanRef, std::less<>> protocols;  // by name, the newest
  std::map<std::string, CaseFile, std::less<>> cases;     // by stream
  Directory people;

 private:
  [[nodiscard]] std::expected<void, engine::BadRecord> read_case();
  [[nodiscard]] std::expected<void, engine::BadRecord> read_protocol();
  [[nodiscard]] std::expected<void, engine::BadRecord> take(const StoredEvent& stored);

  OpenFor open_;
  engine::Record record_;
  std::optional<engine::Event> event_;
  CaseFile* file_ = nullptr;
};

/// The body of a `protocol_deployed` record.
[[nodiscard]] std::string protocol_json(const engine::Plan& plan, const ProtocolText& text);

}  // namespace protoflow::runtime
