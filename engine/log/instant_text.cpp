#include <algorithm>
#include <array>
#include <charconv>

#include "engine/log/appender.hpp"
#include "engine/log/record.hpp"

namespace protoflow::engine {
namespace {

using std::chrono::days;
using std::chrono::milliseconds;
using std::chrono::sys_days;

constexpr std::string_view kShape = "0000-00-00T00:00:00.000Z";  // 0 stands for any digit

constexpr model::Instant kFirst = sys_days(std::chrono::year(0) / 1 / 1);
constexpr model::Instant kLast = sys_days(std::chrono::year(10000) / 1 / 1) - milliseconds(1);

constexpr auto kPairs = [] {
  std::array<char, 200> pairs{};
  for (std::size_t i = 0; i < 100; ++i) {
    pairs[2 * i] = static_cast<char>('0' + i / 10);
    pairs[2 * i + 1] = static_cast<char>('0' + i % 10);
  }
  return pairs;
}();

using Shape = std::array<char, kShape.size()>;

void put_two(Shape& text, std::size_t at, std::int64_t number) {
  text[at] = kPairs[2 * static_cast<std::size_t>(number)];
  text[at + 1] = kPairs[2 * static_cast<std::size_t>(number) + 1];
}

// RFC 3339 has four digits for the year: what is before year 0 or after 9999 is cut to the first or
// last instant it can say.
Shape shape_of(model::Instant instant) {
  instant = std::clamp(instant, kFirst, kLast);
  const auto date = std::chrono::floor<days>(instant);
  const std::chrono::year_month_day day(date);
  const int year = static_cast<int>(day.year());
  const auto rest = static_cast<std::int32_t>((instant - date).count());

  Shape text;
  std::ranges::copy(kShape, text.begin());
  put_two(text, 0, year / 100);
  put_two(text, 2, year % 100);
  put_two(text, 5, static_cast<unsigned>(day.month()));
  put_two(text, 8, static_cast<unsigned>(day.day()));
  put_two(text, 11, rest / 3'600'000);
  put_two(text, 14, rest / 60'000 % 60);
  put_two(text, 17, rest / 1'000 % 60);
  text[20] = static_cast<char>('0' + rest % 1'000 / 100);
  put_two(text, 21, rest % 100);
  return text;
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

std::string to_text(model::Instant instant) {
  const Shape text = shape_of(instant);
  return {text.begin(), text.end()};
}

void Appender::put_instant(model::Instant instant) {
  const Shape text = shape_of(instant);
  put_quoted(std::string_view(text.data(), text.size()));
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
