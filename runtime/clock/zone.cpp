#include "runtime/clock/zone.hpp"

#include <algorithm>
#include <cctype>
#include <exception>
#include <numeric>
#include <vector>

#include <date/tz.h>

namespace protoflow::runtime {
namespace {

using std::chrono::days;
using std::chrono::sys_days;
using std::chrono::sys_seconds;
using Rows = std::vector<model::ZoneTable::Row>;

constexpr int kFirstYear = 1970;
constexpr int kLastYear = 2099;  // 2100 is no leap year: the calendar's cycle of 28 years breaks
constexpr int kListEndsIn = 2037;
constexpr days kCycle{28 * 365 + 7};

sys_seconds start_of(int year) {
  return sys_days(std::chrono::year(year) / 1 / 1);
}

Rows rows_between(const date::time_zone& zone, sys_seconds from, sys_seconds to) {
  Rows rows;
  for (sys_seconds at = from; at < to;) {
    const date::sys_info period = zone.get_info(at);
    rows.push_back({std::max(period.begin, from), period.offset});
    at = period.end;
  }
  return rows;
}

bool changes_in(const Rows& rows, int year) {
  return std::ranges::any_of(rows, [&](const model::ZoneTable::Row& row) {
    return row.from > start_of(year) && row.from < start_of(year + 1);
  });
}

void repeat_until(sys_seconds to, Rows& rows) {
  const auto is_listed = [](const model::ZoneTable::Row& row) {
    return row.from > start_of(kListEndsIn - 27) && row.from < start_of(kListEndsIn + 1);
  };
  Rows cycle;
  std::ranges::copy_if(rows, std::back_inserter(cycle), is_listed);
  for (days shift = kCycle; start_of(kListEndsIn + 1) + shift - kCycle < to; shift += kCycle) {
    for (const model::ZoneTable::Row& row : cycle) {
      if (row.from + shift < to) {
        rows.push_back({row.from + shift, row.offset});
      }
    }
  }
}

std::string lowered(std::string_view text) {
  std::string lower(text);
  std::ranges::transform(
      lower, lower.begin(), [](unsigned char c) { return static_cast<char>(std::tolower(c)); });
  return lower;
}

/// Levenshtein's distance.
std::size_t edits_between(std::string_view left, std::string_view right) {
  std::vector<std::size_t> row(right.size() + 1);
  std::iota(row.begin(), row.end(), std::size_t{0});
  for (std::size_t i = 0; i < left.size(); ++i) {
    std::size_t diagonal = row[0]++;
    for (std::size_t j = 0; j < right.size(); ++j) {
      const std::size_t change = diagonal + (left[i] == right[j] ? 0 : 1);
      diagonal = row[j + 1];
      row[j + 1] = std::min({change, row[j] + 1, row[j + 1] + 1});
    }
  }
  return row.back();
}

/// The nearest zone name, or an empty text: "Paris" and "europe/pariss" mean "Europe/Paris".
std::string near_name(std::string_view wanted) {
  constexpr std::size_t kNameMax = 64;
  constexpr std::size_t kEditsMax = 3;
  if (wanted.empty() || wanted.size() > kNameMax) {
    return {};
  }
  const std::string lower = lowered(wanted);
  std::size_t fewest = kEditsMax + 1;
  std::string nearest;
  for (const date::time_zone& zone : date::get_tzdb().zones) {
    const std::string name = lowered(zone.name());
    const std::string_view city = std::string_view(name).substr(name.rfind('/') + 1);
    const std::size_t edits = std::min(edits_between(lower, name), edits_between(lower, city));
    if (edits < fewest) {
      fewest = edits;
      nearest = zone.name();
    }
  }
  return nearest;
}

std::string unknown_zone(std::string_view name) {
  std::string text =
      "the time zone \"" + std::string(name) + "\" is not in the system's tz database";
  const std::string near = near_name(name);
  return near.empty() ? text : text + "; did you mean \"" + near + "\"?";
}

}  // namespace

std::expected<model::ZoneTable, std::string> load_zone(std::string_view name,
                                                       int from_year,
                                                       int to_year) {
  const int first = std::clamp(from_year, kFirstYear, kLastYear);
  const int last = std::clamp(to_year, first, kLastYear);
  const sys_seconds end = start_of(last + 1);
  try {
    const auto& zones = date::get_tzdb().zones;
    const auto zone = std::ranges::find(zones, name, &date::time_zone::name);
    if (zone == zones.end()) {
      return std::unexpected(unknown_zone(name));
    }
    Rows rows = rows_between(*zone, start_of(std::min(first, kListEndsIn - 28)), end);
    if (last > kListEndsIn && changes_in(rows, kListEndsIn) && !changes_in(rows, kListEndsIn + 1)) {
      repeat_until(end, rows);
    }
    const auto kept = std::ranges::upper_bound(
        rows, model::Instant(start_of(first)), {}, &model::ZoneTable::Row::from);
    rows.erase(rows.begin(), std::prev(kept));
    return model::ZoneTable{std::string(name), std::move(rows)};
  } catch (const std::exception& error) {
    return std::unexpected("the system's tz database cannot be read: " + std::string(error.what()) +
                           "; install the package tzdata");
  }
}

}  // namespace protoflow::runtime
