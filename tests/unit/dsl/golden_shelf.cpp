#include "tests/unit/dsl/golden_shelf.hpp"

#include <filesystem>
#include <fstream>
#include <iterator>
#include <optional>
#include <utility>

#include "tests/support/places.hpp"

namespace protoflow::dsl {

std::string read_golden(const std::string& path) {
  std::ifstream file(path, std::ios::binary);
  return {std::istreambuf_iterator<char>(file), {}};
}

namespace {

// What no folder of sources can hold: a folder in place of a file, a locked file, a huge one.
std::optional<ReadProblem> fault_of(std::string_view path, const std::string& file) {
  if (std::filesystem::is_directory(file)) {
    return ReadProblem::not_a_file;
  }
  if (path.ends_with("fermé.proto-flow") || path.ends_with("locked.proto-flow")) {
    return ReadProblem::unreadable;
  }
  if (path.ends_with("archives.proto-flow") || path.ends_with("archive.proto-flow")) {
    return ReadProblem::too_large;
  }
  return std::nullopt;
}

}  // namespace

Shelf golden_shelf(std::string own) {
  if (own.starts_with("PF901")) {
    return {};  // a text sent alone
  }
  const auto text = [](std::string_view path) -> std::expected<std::string, ReadFault> {
    const std::string file = in_sources("/tests/golden/check/") + std::string(path);
    if (const auto found = fault_of(path, file)) {
      return std::unexpected(ReadFault{.problem = *found});
    }
    if (path.contains("chaîne/") || path.contains("chain/")) {
      const int place = std::stoi(std::filesystem::path(path).stem());
      return std::string(path.contains("chain/") ? "use" : "utilise") + " \"" +
             std::to_string(place + 1) + ".proto-flow\"\n";
    }
    if (!std::filesystem::is_regular_file(file)) {
      return std::unexpected(ReadFault{.problem = ReadProblem::missing});
    }
    return read_golden(file);
  };
  const auto closed_days =
      [](std::string_view path) -> std::expected<std::vector<model::ClosedDay>, ReadFault> {
    using namespace std::chrono;
    if (path.ends_with("fermetures.ics") || path.ends_with("closures.ics")) {
      return std::vector<model::ClosedDay>{{.day = sys_days{2027y / May / 6}, .reason = ""}};
    }
    if (path.ends_with("réunions.ics") || path.ends_with("meetings.ics")) {
      return std::vector<model::ClosedDay>{};
    }
    return std::unexpected(ReadFault{.problem = ReadProblem::not_a_calendar});
  };
  return {.own = std::move(own), .text = text, .closed_days = closed_days};
}

}  // namespace protoflow::dsl
