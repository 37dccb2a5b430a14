// Closed days out of an iCalendar file (RFC 5545), such as a diary exports it. Knows no protocol
// and opens no file.
#pragma once

#include <expected>
#include <string_view>
#include <vector>

#include "dsl/files/shelf.hpp"

namespace protoflow::runtime {

inline constexpr std::size_t kCalendarBytesMax = std::size_t{1} << 20;

/// Every day of the years kClosedFromYear to kClosedToYear that an event of whole days covers, with
/// the event's title; sorted, no day twice. Events that come again daily, weekly, monthly or yearly
/// are counted out; cancelled events and those of some hours close nothing.
[[nodiscard]] std::expected<std::vector<model::ClosedDay>, dsl::ReadFault> read_holidays(
    std::string_view calendar);

}  // namespace protoflow::runtime
