#include "tests/unit/dsl/golden_shelf.hpp"

#include <filesystem>
#include <fstream>
#include <iterator>
#include <utility>

namespace protoflow::dsl {

std::string read_golden(const std::string& path) {
  std::ifstream file(path, std::ios::binary);
  return {std::istreambuf_iterator<char>(file), {}};
}

Shelf golden_shelf(std::string own) {
  const auto text = [](std::string_view path) -> std::expected<std::string, ReadFault> {
    const std::string file = PROTOFLOW_SOURCE_DIR "/tests/golden/check/" + std::string(path);
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
