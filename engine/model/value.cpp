#include "engine/model/value.hpp"

#include <algorithm>
#include <charconv>
#include <chrono>
#include <cstdlib>

namespace protoflow::model {

namespace {

constexpr std::int64_t kThousand = 1000;

std::string number_text(std::int64_t thousandths) {
  std::string text = thousandths < 0 ? "-" : "";
  text += std::to_string(std::abs(thousandths / kThousand));
  auto fraction = std::to_string(std::abs(thousandths % kThousand) + kThousand).substr(1);
  fraction.erase(fraction.find_last_not_of('0') + 1);
  return fraction.empty() ? text : text + "." + fraction;
}

std::optional<Value> parse_yes_or_no(std::string_view text) {
  if (text == "yes" || text == "oui" || text == "true") {
    return Value{.number = 1};
  }
  if (text == "no" || text == "non" || text == "false") {
    return Value{.number = 0};
  }
  return std::nullopt;
}

std::optional<Value> parse_level(const Information& information, std::string_view text) {
  const auto found = std::ranges::find(information.levels, text);
  if (found == information.levels.end()) {
    return std::nullopt;
  }
  return Value{.number = found - information.levels.begin()};
}

std::optional<Value> parse_number(std::string_view text) {
  const bool negative = text.starts_with('-');
  if (negative) {
    text.remove_prefix(1);
  }
  const auto point = text.find_first_of(".,");
  const auto whole_text = text.substr(0, point);
  auto fraction_text = std::string(point == text.npos ? "" : text.substr(point + 1));
  if (fraction_text.size() > 3 || whole_text.empty() || whole_text.size() > 12) {
    return std::nullopt;
  }
  fraction_text.resize(3, '0');
  const auto digits = std::string(whole_text) + fraction_text;
  std::int64_t thousandths = 0;
  const auto [end, error] =
      std::from_chars(digits.data(), digits.data() + digits.size(), thousandths);
  if (error != std::errc{} || end != digits.data() + digits.size() || thousandths < 0) {
    return std::nullopt;
  }
  return Value{.number = negative ? -thousandths : thousandths};
}

std::optional<Value> parse_date(std::string_view text) {
  const auto part = [&](std::size_t from, std::size_t length) {
    int number = -1;
    const auto* begin = text.data() + from;
    const auto [end, error] = std::from_chars(begin, begin + length, number);
    return error == std::errc{} && end == begin + length ? number : -1;
  };
  if (text.size() == 10 && text[4] == '-' && text[7] == '-') {
    const std::chrono::year_month_day date{std::chrono::year{part(0, 4)},
                                           std::chrono::month{static_cast<unsigned>(part(5, 2))},
                                           std::chrono::day{static_cast<unsigned>(part(8, 2))}};
    if (date.ok() && part(0, 4) > 0) {
      return Value{.number = std::chrono::sys_days{date}.time_since_epoch().count()};
    }
  }
  return std::nullopt;
}

std::string date_text(std::int64_t days) {
  const std::chrono::year_month_day date{
      std::chrono::sys_days{std::chrono::days{static_cast<int>(days)}}};
  const auto padded = [](unsigned number) {
    return (number < 10 ? "0" : "") + std::to_string(number);
  };
  return std::to_string(static_cast<int>(date.year())) + "-" +
         padded(static_cast<unsigned>(date.month())) + "-" +
         padded(static_cast<unsigned>(date.day()));
}

}  // namespace

std::string value_text(const Information& information, const Value& value) {
  switch (information.type) {
    case InformationType::yes_or_no:
      return value.number != 0 ? "yes" : "no";
    case InformationType::scale:
    case InformationType::one_of:
      return information.levels[static_cast<std::size_t>(value.number)];
    case InformationType::number:
      return number_text(value.number);
    case InformationType::date:
      return date_text(value.number);
    case InformationType::text:
      return value.text;
  }
  return {};
}

std::optional<Value> parse_value(const Information& information, std::string_view text) {
  switch (information.type) {
    case InformationType::yes_or_no:
      return parse_yes_or_no(text);
    case InformationType::scale:
    case InformationType::one_of:
      return parse_level(information, text);
    case InformationType::number:
      return parse_number(text);
    case InformationType::date:
      return parse_date(text);
    case InformationType::text:
      return Value{.text = std::string(text)};
  }
  return std::nullopt;
}

}  // namespace protoflow::model
