#include "runtime/protocols/folder_shelf.hpp"

#include <algorithm>
#include <fstream>
#include <string>
#include <system_error>
#include <vector>

#include "dsl/diagnostic/nearest.hpp"
#include "dsl/syntax/parse.hpp"
#include "runtime/protocols/holidays.hpp"

namespace protoflow::runtime {

namespace {

namespace fs = std::filesystem;
using dsl::ReadFault;
using dsl::ReadProblem;

constexpr std::size_t kNamesMax = 1000;  // of one folder, looked at for a suggestion

std::string nearest_name(const fs::path& file) {
  std::vector<std::string> names;
  std::error_code error;
  for (fs::directory_iterator entry(file.parent_path(), error), end;
       !error && entry != end && names.size() < kNamesMax;
       entry.increment(error)) {
    if (entry->path().extension() == file.extension() ||
        entry->path().extension() == ".proto-flow") {
      names.push_back(entry->path().filename().string());
    }
  }
  std::sort(names.begin(), names.end());
  return dsl::nearest(file.filename().string(), names);
}

// Whether the real path of the file is below that of the folder, whatever links lead to it.
bool is_inside(const fs::path& folder, const fs::path& file) {
  std::error_code error;
  const fs::path real_folder = fs::canonical(folder, error);
  const fs::path real = error ? fs::path() : fs::canonical(file, error);
  if (error) {
    return false;
  }
  const auto [end, ignored] =
      std::mismatch(real_folder.begin(), real_folder.end(), real.begin(), real.end());
  return end == real_folder.end();
}

std::expected<std::string, ReadFault> read(const fs::path& folder,
                                           std::string_view path,
                                           std::size_t bytes_max) {
  const fs::path file = folder / fs::path(path);
  std::error_code error;
  const auto status = fs::status(file, error);
  if (!fs::exists(status)) {
    const bool forbidden = error && error != std::errc::no_such_file_or_directory &&
                           error != std::errc::not_a_directory;
    if (forbidden) {
      return std::unexpected(ReadFault{.problem = ReadProblem::unreadable});
    }
    return std::unexpected(
        ReadFault{.problem = ReadProblem::missing, .nearest = nearest_name(file)});
  }
  if (!is_inside(folder, file)) {
    return std::unexpected(ReadFault{.problem = ReadProblem::outside});
  }
  if (!fs::is_regular_file(status)) {
    return std::unexpected(ReadFault{.problem = ReadProblem::not_a_file});
  }
  std::ifstream stream(file, std::ios::binary);
  std::string text(bytes_max + 1, '\0');
  stream.read(text.data(), static_cast<std::streamsize>(text.size()));
  if (stream.bad() || !(stream.eof() || stream.good()) || !stream.is_open()) {
    return std::unexpected(ReadFault{.problem = ReadProblem::unreadable});
  }
  text.resize(static_cast<std::size_t>(stream.gcount()));
  if (text.size() > bytes_max) {
    return std::unexpected(ReadFault{.problem = ReadProblem::too_large});
  }
  return text;
}

}  // namespace

dsl::Shelf folder_shelf(const fs::path& own) {
  const fs::path folder = own.has_parent_path() ? own.parent_path() : fs::path(".");
  return {.own = own.filename().string(),
          .text = [folder](std::string_view path) { return read(folder, path, dsl::kTextMax); },
          .closed_days = [folder](std::string_view path)
              -> std::expected<std::vector<model::ClosedDay>, ReadFault> {
            const auto text = read(folder, path, kCalendarBytesMax);
            if (!text) {
              return std::unexpected(text.error());
            }
            return read_holidays(*text);
          }};
}

}  // namespace protoflow::runtime
