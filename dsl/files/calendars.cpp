#include "dsl/files/calendars.hpp"

#include <algorithm>
#include <utility>

#include "dsl/files/path.hpp"

namespace protoflow::dsl {

std::expected<std::vector<model::ClosedDay>, ReadFault> closed_days(Calendars& calendars,
                                                                    std::string_view from,
                                                                    std::string_view written) {
  const auto path = path_from(from, written);
  if (!path) {
    return std::unexpected(ReadFault{.problem = ReadProblem::outside});
  }
  const auto known = std::find_if(
      calendars.asked.begin(), calendars.asked.end(), [&](const Calendars::Asked& asked) {
        return asked.path == *path;
      });
  if (known != calendars.asked.end()) {
    return known->answer;
  }
  if (calendars.asked.size() >= kFilesMax) {
    return std::unexpected(ReadFault{.problem = ReadProblem::too_large});
  }
  calendars.asked.push_back({*path, calendars.shelf.closed_days(*path)});
  return calendars.asked.back().answer;
}

std::vector<UsedCalendar> take_read(Calendars calendars) {
  std::vector<UsedCalendar> read;
  for (Calendars::Asked& asked : calendars.asked) {
    if (asked.answer) {
      read.push_back({std::move(asked.path), std::move(*asked.answer)});
    }
  }
  return read;
}

}  // namespace protoflow::dsl
