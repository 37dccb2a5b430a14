#include "runtime/clock/moment.hpp"

#include <sstream>
#include <string>

#include <date/date.h>

#include "engine/calendar/calendar.hpp"

namespace protoflow::runtime {
namespace {

using Milliseconds = date::sys_time<std::chrono::milliseconds>;

constexpr std::size_t kDate = 10;     // 2027-01-04
constexpr std::size_t kMinutes = 16;  // 2027-01-04T08:00
constexpr std::size_t kLongest = 40;

std::optional<Moment> parsed(const std::string& text, const char* format, bool local) {
  std::istringstream stream(text);
  Milliseconds time;
  stream >> date::parse(format, time);
  if (!stream || stream.peek() != std::istringstream::traits_type::eof()) {
    return {};
  }
  return Moment{model::Instant(time.time_since_epoch()), local};
}

}  // namespace

model::Instant Moment::in(const model::ZoneTable& zone) const {
  if (!local) {
    return instant;
  }
  const auto day = std::chrono::floor<std::chrono::days>(instant);
  return engine::to_instant({day, instant - day}, zone);
}

std::optional<Moment> read_moment(std::string_view said) {
  if (said.size() < kMinutes || said.size() > kLongest) {
    return {};
  }
  std::string text(said);
  if (text[kDate] == ' ') {
    text[kDate] = 'T';
  }
  const bool seconds = text.size() > kMinutes && text[kMinutes] == ':';
  const auto after = text.find_first_of("Z+-", kMinutes);
  if (after == text.npos) {
    return parsed(text, seconds ? "%FT%T" : "%FT%H:%M", true);
  }
  if (text[after] == 'Z') {
    return parsed(text, seconds ? "%FT%TZ" : "%FT%H:%MZ", false);
  }
  return parsed(text, seconds ? "%FT%T%Ez" : "%FT%H:%M%Ez", false);
}

}  // namespace protoflow::runtime
