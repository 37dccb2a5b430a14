// How other files come to the compiler, which itself reads none: a port that runtime/ fills from a
// folder or from a log, and tests from a map.
#pragma once

#include <cstdint>
#include <expected>
#include <functional>
#include <string>
#include <string_view>
#include <vector>

#include "engine/model/time.hpp"

namespace protoflow::dsl {

enum class ReadProblem : std::uint8_t {
  missing,
  not_a_file,  // a folder, a device
  unreadable,
  outside,  // a link leads out of the protocol's folder
  too_large,
  not_a_calendar,
};

struct ReadFault {
  ReadProblem problem = ReadProblem::missing;
  std::string nearest;     // for `missing`: the name of a file that is in that folder; may be empty
  std::uint32_t line = 0;  // for `not_a_calendar`: where it stops being one; 0 when unknown
};

/// Paths are relative to the folder of the protocol's own file, with `/`, and never begin with
/// `..`.
struct Shelf {
  std::string own;  // the path of the protocol's own file
  std::function<std::expected<std::string, ReadFault>(std::string_view path)> text;
  std::function<std::expected<std::vector<model::ClosedDay>, ReadFault>(std::string_view path)>
      closed_days;  // of a .ics file; sorted by day, no day twice
};

/// Days outside these years are left out, so that a holiday of every year is a bounded list and the
/// same file means the same in every year in which it is read.
inline constexpr int kClosedFromYear = 2020;
inline constexpr int kClosedToYear = 2059;

inline constexpr std::size_t kFilesMax = 50;  // that one protocol uses, itself included

}  // namespace protoflow::dsl
