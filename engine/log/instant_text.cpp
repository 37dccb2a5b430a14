#include <algorithm>
#include <charconv>

#include "engine/log/record.hpp"

namespace protoflow::engine {
namespace {

using std::chrono::days;
using std::chrono::milliseconds;
using std::chrono::sys_days;

constexpr std::string_view kShape = "0000-00-00T00:00:00.000Z";  // 0 stands for any digit

constexpr model::Instant kFirst = sys_days(std::chrono::year(0) / 1 / 1);
constexpr model::Instant kLast = sys_days(std::chrono::year(10000) / 1 / 1) - milliseconds(1);

void put(std::string& text, std::size_t at, std::size_t digits, std::int64_t number) {
  for (std::size_t i = digits; i > 0; --i) {
    text[at + i - 1] = static_cast<char>('0' + number % 10);
    number /= 10;
  }
}

int take(std::string_view text, std::size_t at, std::size_t digits) {
  int number = 0;
  std::from_chars(text.data() + at, text.data() + at + digits, number);
  return number;
}

bool has_shape(std::string_view text) {
  return std::ranges::equal(text, kShape, [](char found, char wanted) {
    return wanted == '0' ? found >= '0' && found <= '9' : found == wanted;
  });
}

}  // namespace

// RFC 3339 has four digits for the year: what is before year 0 or after 9999 is cut to the first or
// last instant it can say.
std::string to_text(model::Instant instant) {
  instant = std::clamp(instant, kFirst, kLast);
  const auto date = std::chrono::floor<days>(instant);
  const std::chrono::year_month_day day(date);
  const std::int64_t rest = (instant - date).count();

  std::string text(kShape);
  put(text, 0, 4, static_cast<int>(day.year()));
  put(text, 5, 2, static_cast<unsigned>(day.month()));
  put(text, 8, 2, static_cast<unsigned>(day.day()));
  put(text, 11, 2, rest / 3'600'000);
  put(text, 14, 2, rest / 60'000 % 60);
  put(text, 17, 2, rest / 1'000 % 60);
  put(text, 20, 3, rest % 1'000);
  return text;
}

std::expected<model::Instant, BadRecord> to_instant(std::string_view text) {
  if (!has_shape(text)) {
    return std::unexpected(
        BadRecord{"", "is not an instant written as 2027-01-04T08:00:00.000Z (UTC, 3 decimals)"});
  }
  const std::chrono::year_month_day day(std::chrono::year(take(text, 0, 4)),
                                        std::chrono::month(static_cast<unsigned>(take(text, 5, 2))),
                                        std::chrono::day(static_cast<unsigned>(take(text, 8, 2))));
  const int hour = take(text, 11, 2);
  const int minute = take(text, 14, 2);
  const int second = take(text, 17, 2);
  if (!day.ok() || hour > 23 || minute > 59 || second > 59) {
    return std::unexpected(BadRecord{"", "is not a date and time that exists"});
  }
  return sys_days(day) + std::chrono::hours(hour) + std::chrono::minutes(minute) +
         std::chrono::seconds(second) + milliseconds(take(text, 20, 3));
}

}  // namespace protoflow::engine
