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
#include "engine/partnership/partnership.hpp"
#include "engine/session/decide.hpp"
#include "runtime/people/directory.hpp"
#include "runtime/protocols/plan.hpp"
#include "runtime/store/event_store.hpp"

namespace protoflow::runtime {

inline constexpr std::string_view kCasePrefix = "case/";
inline constexpr std::string_view kSessionPrefix = "session/";
inline constexpr std::string_view kPartnershipPrefix = "partnership/";
inline constexpr std::string_view kProtocolPrefix = "protocol/";
inline constexpr std::string_view kProtocolDeployed = "protocol_deployed";
inline constexpr auto kCaseMigrated =
    engine::kEventKindNames[static_cast<std::size_t>(engine::EventKind::case_migrated)];

/// The end of a stream: what the next record must follow.
struct StreamHead {
  std::uint64_t version = 0;
  std::string hash{engine::kNoPrevious};
};

/// A stream whose events make a state: a case, an occurrence of a collective session, a
/// partnership.
template <class State>
struct LiveStream {
  PlanRef plan;
  State state;
};

using CaseFile = LiveStream<engine::CaseState>;
using SessionFile = LiveStream<engine::SessionState>;
using PartnershipFile = LiveStream<engine::PartnershipState>;

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
  const std::optional<engine::Event>& event;  // only for live streams
};

/// How sealed values are opened, by the name of their key; without one, every value reads as
/// erased.
using OpenFor = std::function<std::expected<std::optional<std::string>, std::string>(
    const std::string& key, const engine::SealedText& sealed)>;

/// The name of the key that seals what is said in a stream: the beneficiary's, or the stream's own
/// where no beneficiary speaks.
[[nodiscard]] std::string key_of(std::string_view stream, const engine::CaseState& state);
[[nodiscard]] std::string key_of(std::string_view stream, const engine::SessionState& state);
[[nodiscard]] std::string key_of(std::string_view stream, const engine::PartnershipState& state);

class Reading {
  template <class Self, class Look>
  static decltype(auto) in_kind(Self& self, std::string_view stream, const Look& look) {
    if (stream.starts_with(kSessionPrefix)) {
      return look(self.sessions);
    }
    if (stream.starts_with(kPartnershipPrefix)) {
      return look(self.partnerships);
    }
    return look(self.cases);
  }

 public:
  explicit Reading(OpenFor open);

  [[nodiscard]] std::expected<ReadEvent, Fault> read(const StoredEvent& stored);

  /// The newest deployed version of a protocol.
  [[nodiscard]] PlanRef protocol(std::string_view name) const;

  /// The one that people call so: by its number, the beginning of its meaning hash, or `latest`.
  /// nullptr: none, or several of that number that are not the newest.
  [[nodiscard]] PlanRef version(std::string_view name, std::string_view called) const;

  /// When a deployed text of another meaning bears this one's number: the first number above all
  /// those of this protocol. 0: its number is its own.
  [[nodiscard]] std::uint32_t free_version(const engine::Plan& plan) const;

  /// Whether the stream has a state here; those of protocols and people never have.
  [[nodiscard]] bool has_live(std::string_view stream) const {
    return in_kind(*this, stream, [&](const auto& files) { return files.contains(stream); });
  }

  /// What `look` says of the live stream, whatever its kind. Requires has_live(stream).
  template <class Look>
  decltype(auto) look_at(std::string_view stream, const Look& look) {
    return in_kind(*this, stream, [&](auto& files) -> decltype(auto) {
      return look(files.find(stream)->second);
    });
  }

  template <class Look>
  decltype(auto) look_at(std::string_view stream, const Look& look) const {
    return in_kind(*this, stream, [&](const auto& files) -> decltype(auto) {
      return look(files.find(stream)->second);
    });
  }

  /// Makes an empty state for the stream when it has none.
  void begin_live(const std::string& stream, const PlanRef& plan);

  void forget_live(std::string_view stream);

  /// The live state as text; empty for a stream without one.
  [[nodiscard]] std::string describe_live(std::string_view stream) const;

  std::map<std::string, StreamHead, std::less<>> heads;
  std::map<std::string, PlanRef, std::less<>> plans;      // by meaning hash
  std::map<std::string, PlanRef, std::less<>> protocols;  // by name, the newest
  std::map<std::string, CaseFile, std::less<>> cases;     // by stream
  std::map<std::string, SessionFile, std::less<>> sessions;
  std::map<std::string, PartnershipFile, std::less<>> partnerships;
  Directory people;

 private:
  [[nodiscard]] std::expected<void, engine::BadRecord> read_live();
  [[nodiscard]] std::expected<void, engine::BadRecord> read_protocol();
  [[nodiscard]] std::expected<void, engine::BadRecord> read_people();
  void note_command(std::string_view person);
  [[nodiscard]] std::expected<void, engine::BadRecord> take(const StoredEvent& stored);

  OpenFor open_;
  engine::Record record_;
  std::optional<engine::Event> event_;
  CaseFile* file_ = nullptr;
};

/// The body of a `protocol_deployed` record.
[[nodiscard]] std::string protocol_json(const engine::Plan& plan, const ProtocolText& text);

}  // namespace protoflow::runtime
