// A protocol's own text and all it uses, so that it can be read again without its folder: what the
// log keeps of a deployed protocol. As JSON, beside "text", and absent when there is none:
//   "files": [{"path": "partners.proto-flow", "text": "…"}]
//   "calendars": [{"path": "holidays.ics", "closed": [{"day": "2027-12-25", "reason": "…"}]}]
// Paths are relative to the folder of the protocol's own file.
#pragma once

#include <expected>
#include <string>
#include <string_view>
#include <vector>

#include "dsl/files/calendars.hpp"
#include "dsl/files/gather.hpp"

namespace protoflow::runtime {

struct ProtocolText {
  std::string text;
  std::vector<dsl::UsedText> used;
  std::vector<dsl::UsedCalendar> calendars;

  friend bool operator==(const ProtocolText&, const ProtocolText&) = default;
};

/// Gives what is there, and nothing else; refers to `text`.
[[nodiscard]] dsl::Shelf shelf_of(const ProtocolText& text);

/// The body of a record: `name` and `version` first, then the members above.
[[nodiscard]] std::string protocol_text_json(std::string_view name,
                                             std::uint32_t version,
                                             const ProtocolText& text);

/// Of a JSON object with the members above; others are left aside. The error is a sentence that
/// names the member.
[[nodiscard]] std::expected<ProtocolText, std::string> read_protocol_text(std::string_view json);

}  // namespace protoflow::runtime
