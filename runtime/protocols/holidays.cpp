#include "runtime/protocols/holidays.hpp"

#include <algorithm>
#include <array>
#include <functional>
#include <map>
#include <memory>
#include <optional>
#include <set>
#include <string>

#include <libical/ical.h>

#include "dsl/source/utf8.hpp"

namespace protoflow::runtime {

namespace {

using std::chrono::days;
using std::chrono::sys_days;
using std::chrono::year;

constexpr int kDepthMax = 8;  // of BEGIN in BEGIN; a calendar has two or three
constexpr std::size_t kTitleBytesMax = 200;
constexpr std::size_t kWorkMax = 200'000;  // days and occurrences looked at, in all

constexpr sys_days kFirst{year(dsl::kClosedFromYear) / 1 / 1};
constexpr sys_days kLast{year(dsl::kClosedToYear) / 12 / 31};

struct FreeComponent {
  void operator()(icalcomponent* component) const { icalcomponent_free(component); }
};

struct FreeIterator {
  void operator()(icalrecur_iterator* iterator) const { icalrecur_iterator_free(iterator); }
};

using Component = std::unique_ptr<icalcomponent, FreeComponent>;
using Iterator = std::unique_ptr<icalrecur_iterator, FreeIterator>;

struct Closing {
  std::map<sys_days, std::string> days;
  std::size_t work = 0;
  bool readable = true;
};

// Lines that open and close in pairs around everything, and no deeper than libical can be trusted
// to follow; libical itself takes any text for a calendar.
bool looks_whole(std::string_view text) {
  int depth = 0;
  bool closed = false;
  for (std::size_t at = 0; at < text.size();) {
    const std::size_t end = std::min(text.find('\n', at), text.size());
    const std::string_view line = text.substr(at, end - at);
    at = end + 1;
    if (line.starts_with("BEGIN:")) {
      ++depth;
      if (depth > kDepthMax || (depth == 1 && !line.starts_with("BEGIN:VCALENDAR"))) {
        return false;
      }
    } else if (line.starts_with("END:")) {
      --depth;
      closed = depth == 0;
    }
    if (depth < 0) {
      return false;
    }
  }
  return closed;
}

std::optional<sys_days> day_of(const icaltimetype& time) {
  if (icaltime_is_null_time(time) != 0) {
    return std::nullopt;
  }
  const auto date = year(time.year) / std::chrono::month(static_cast<unsigned>(time.month)) /
                    std::chrono::day(static_cast<unsigned>(time.day));
  return date.ok() ? std::optional(sys_days(date)) : std::nullopt;
}

bool at_midnight(const icaltimetype& time) {
  return time.is_date != 0 || (time.hour == 0 && time.minute == 0 && time.second == 0);
}

// How many whole days the event takes; 0 when it takes some hours.
days length_of(icalcomponent* event, const icaltimetype& start) {
  const icaltimetype end = icalcomponent_get_dtend(event);
  const auto from = day_of(start);
  const auto to = day_of(end);
  if (!from || !at_midnight(start) || (to && !at_midnight(end))) {
    return days(0);
  }
  if (!to || *to <= *from) {
    return days(start.is_date != 0 ? 1 : 0);
  }
  return *to - *from;
}

std::string title_of(icalcomponent* event) {
  const char* summary = icalcomponent_get_summary(event);
  std::string title = summary == nullptr ? "" : summary;
  std::replace_if(
      title.begin(),
      title.end(),
      [](char letter) { return static_cast<unsigned char>(letter) < 0x20; },
      ' ');
  if (title.size() > kTitleBytesMax) {
    title.resize(kTitleBytesMax);
    title.resize(dsl::first_broken_byte(title).value_or(title.size()));
  }
  return title;
}

void close(Closing& closing, sys_days from, days length, const std::string& title) {
  const sys_days end = std::min(from + length, kLast + days(1));
  for (sys_days day = std::max(from, kFirst); day < end; day += days(1)) {
    closing.days.emplace(day, title);
    ++closing.work;
  }
}

std::set<sys_days> exceptions_of(icalcomponent* event) {
  std::set<sys_days> exceptions;
  for (auto* property = icalcomponent_get_first_property(event, ICAL_EXDATE_PROPERTY);
       property != nullptr;
       property = icalcomponent_get_next_property(event, ICAL_EXDATE_PROPERTY)) {
    if (const auto day = day_of(icalproperty_get_exdate(property))) {
      exceptions.insert(*day);
    }
  }
  return exceptions;
}

bool is_counted_out(icalrecurrencetype_frequency frequency) {
  return frequency == ICAL_YEARLY_RECURRENCE || frequency == ICAL_MONTHLY_RECURRENCE ||
         frequency == ICAL_WEEKLY_RECURRENCE || frequency == ICAL_DAILY_RECURRENCE;
}

// A value that libical could not read is left out by it; where it decides on days, that would leave
// out a closed day without a word.
bool misses_a_date(icalcomponent* event) {
  static constexpr auto kDeciding =
      std::to_array<std::string_view>({"DTSTART", "DTEND", "DURATION", "RRULE", "RDATE", "EXDATE"});
  for (auto* property = icalcomponent_get_first_property(event, ICAL_XLICERROR_PROPERTY);
       property != nullptr;
       property = icalcomponent_get_next_property(event, ICAL_XLICERROR_PROPERTY)) {
    const std::string_view said = icalproperty_get_xlicerror(property);
    if (std::any_of(kDeciding.begin(), kDeciding.end(), [said](std::string_view name) {
          return said.contains(name);
        })) {
      return true;
    }
  }
  return false;
}

void close_again(Closing& closing,
                 icalproperty* property,
                 const icaltimetype& start,
                 const std::function<void(sys_days)>& close_from) {
  const icalrecurrencetype rule = icalproperty_get_rrule(property);
  Iterator iterator(is_counted_out(rule.freq) ? icalrecur_iterator_new(rule, start) : nullptr);
  if (!iterator) {
    closing.readable = false;
    return;
  }
  for (auto next = icalrecur_iterator_next(iterator.get()); closing.work < kWorkMax;
       next = icalrecur_iterator_next(iterator.get())) {
    const auto day = day_of(next);
    if (!day || *day > kLast) {
      return;
    }
    ++closing.work;
    close_from(*day);
  }
}

void read_event(icalcomponent* event, Closing& closing) {
  const icaltimetype start = icalcomponent_get_dtstart(event);
  const auto first = day_of(start);
  if (!first || misses_a_date(event)) {
    closing.readable = false;
    return;
  }
  const days length = length_of(event, start);
  if (length == days(0) || icalcomponent_get_status(event) == ICAL_STATUS_CANCELLED) {
    return;
  }
  const std::set<sys_days> exceptions = exceptions_of(event);
  const std::string title = title_of(event);
  const auto close_from = [&](sys_days day) {
    if (!exceptions.contains(day)) {
      close(closing, day, length, title);
    }
  };
  close_from(*first);
  for (auto* property = icalcomponent_get_first_property(event, ICAL_RDATE_PROPERTY);
       property != nullptr;
       property = icalcomponent_get_next_property(event, ICAL_RDATE_PROPERTY)) {
    if (const auto day = day_of(icalproperty_get_rdate(property).time)) {
      close_from(*day);
    }
  }
  for (auto* property = icalcomponent_get_first_property(event, ICAL_RRULE_PROPERTY);
       property != nullptr;
       property = icalcomponent_get_next_property(event, ICAL_RRULE_PROPERTY)) {
    close_again(closing, property, start, close_from);
  }
}

void read_calendar(icalcomponent* calendar, Closing& closing) {
  for (auto* event = icalcomponent_get_first_component(calendar, ICAL_VEVENT_COMPONENT);
       event != nullptr && closing.work < kWorkMax;
       event = icalcomponent_get_next_component(calendar, ICAL_VEVENT_COMPONENT)) {
    read_event(event, closing);
  }
}

}  // namespace

std::expected<std::vector<model::ClosedDay>, dsl::ReadFault> read_holidays(
    std::string_view calendar) {
  using dsl::ReadProblem;
  if (calendar.size() > kCalendarBytesMax) {
    return std::unexpected(dsl::ReadFault{.problem = ReadProblem::too_large});
  }
  if (calendar.starts_with("\xEF\xBB\xBF")) {
    calendar.remove_prefix(3);
  }
  const bool text = !dsl::first_broken_byte(calendar) && !calendar.contains('\0');
  icalerror_set_errors_are_fatal(0);
  const Component whole(text && looks_whole(calendar)
                            ? icalparser_parse_string(std::string(calendar).c_str())
                            : nullptr);
  Closing closing;
  if (whole && icalcomponent_isa(whole.get()) == ICAL_VCALENDAR_COMPONENT) {
    read_calendar(whole.get(), closing);
  } else if (whole) {  // several calendars in one file
    for (auto* part = icalcomponent_get_first_component(whole.get(), ICAL_VCALENDAR_COMPONENT);
         part != nullptr;
         part = icalcomponent_get_next_component(whole.get(), ICAL_VCALENDAR_COMPONENT)) {
      read_calendar(part, closing);
    }
  }
  if (!whole || !closing.readable) {
    return std::unexpected(dsl::ReadFault{.problem = ReadProblem::not_a_calendar});
  }
  if (closing.work >= kWorkMax) {
    return std::unexpected(dsl::ReadFault{.problem = ReadProblem::too_large});
  }
  std::vector<model::ClosedDay> closed;
  closed.reserve(closing.days.size());
  for (auto& [day, title] : closing.days) {
    closed.push_back({day, title});
  }
  return closed;
}

}  // namespace protoflow::runtime
