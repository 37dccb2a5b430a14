// Events to and from the JSON members of a record. Names of the protocol stand in the log, never
// numbers; values and reasons are sealed with the beneficiary's own key, each beside a salted
// commitment, and enter the hash only in that form.
#pragma once

#include <expected>
#include <functional>
#include <optional>
#include <string>
#include <string_view>

#include "engine/event/event.hpp"
#include "engine/log/record.hpp"

namespace protoflow::engine {

/// `sealed` opens with the beneficiary's key only; `commitment` is the hexadecimal SHA-256 of salt
/// and plaintext, and the salt is sealed too.
struct SealedText {
  std::string commitment;
  std::string sealed;
};

/// Given by the runtime, which holds the keys. The error is a sentence for the operator.
using Seal = std::function<std::expected<SealedText, std::string>(std::string_view plaintext)>;

/// nullopt: the key was destroyed, the value reads as erased.
using Open =
    std::function<std::expected<std::optional<std::string>, std::string>(const SealedText& sealed)>;

struct EncodedEvent {
  std::string actor, subject, body;  // JSON objects
};

[[nodiscard]] std::expected<EncodedEvent, std::string> encode(const Event& event,
                                                              const model::Protocol& protocol,
                                                              const Seal& seal);

/// The same into texts whose memory is used again, for many events a second. After an error they
/// hold nothing of use.
[[nodiscard]] std::expected<void, std::string> encode_into(EncodedEvent& encoded,
                                                           const Event& event,
                                                           const model::Protocol& protocol,
                                                           const Seal& seal);

/// The event of a record whose kind is in kinds.def. Names that the protocol does not have, states
/// that do not exist and values that do not open are errors that name the member. `protocol` is the
/// record's own; of a case that comes over to it, `was` is the one before.
[[nodiscard]] std::expected<Event, BadRecord> decode(const Record& record,
                                                     const model::Protocol& protocol,
                                                     const Open& open,
                                                     const model::Protocol* was = nullptr);

}  // namespace protoflow::engine
