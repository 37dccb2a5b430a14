// The record: one event as one line of UTF-8 JSON, stored and hashed exactly as written. Anyone can
// check a stream with `sha256sum`: the hash of a record is the SHA-256 of its line without the line
// end, in lower-case hexadecimal, and stands in the next record of the same stream as "previous".
//
//   {"stream":"case/…","version":7,"kind":"step_offered","kind_version":1,
//    "happened":"2027-01-04T08:00:00.000Z","recorded":"2027-01-04T08:00:00.120Z",
//    "actor":{"person":"…","partner":"…","role":"…"},"subject":{"step":"…"},"body":{…},
//    "protocol":"<meaning hash>","command":"…","previous":"<hash of version 6>"}
//
// Members always stand in this order; actor, subject and body are objects, possibly empty. version
// starts at 1 and grows by one; the first record's previous is 64 zeros. Instants are UTC with
// milliseconds.
#pragma once

#include <array>
#include <cstdint>
#include <expected>
#include <string>
#include <string_view>

#include "engine/model/time.hpp"

namespace protoflow::engine {

struct Record {
  std::string stream;
  std::uint64_t version = 0;
  std::string kind;
  std::uint32_t kind_version = 1;
  model::Instant happened{}, recorded{};
  std::string actor = "{}";  // JSON objects, already written
  std::string subject = "{}";
  std::string body = "{}";
  std::string protocol;
  std::string command;
  std::string previous;
};

struct BadRecord {
  std::string field;   // the member that is wrong; empty when the line is not JSON at all
  std::string reason;  // neutral, says what was found, never a value of it
};

using Hash = std::array<std::uint8_t, 32>;

inline constexpr std::string_view kNoPrevious =
    "0000000000000000000000000000000000000000000000000000000000000000";

[[nodiscard]] std::string write(const Record& record);

/// The same into a text whose memory is used again; what it held is gone.
void write_into(std::string& line, const Record& record);

[[nodiscard]] std::expected<Record, BadRecord> read_record(std::string_view line);

/// SHA-256 (FIPS 180-4) of any bytes.
[[nodiscard]] Hash sha256(std::string_view bytes);
[[nodiscard]] std::string to_hex(const Hash& hash);
void to_hex_into(std::string& text, const Hash& hash);

/// RFC 3339 in UTC with milliseconds, and back (`Z` only, 3 decimals).
[[nodiscard]] std::string to_text(model::Instant instant);
[[nodiscard]] std::expected<model::Instant, BadRecord> to_instant(std::string_view text);

}  // namespace protoflow::engine
