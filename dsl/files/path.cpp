#include "dsl/files/path.hpp"

#include <algorithm>

namespace protoflow::dsl {
namespace {

constexpr std::size_t kPathBytesMax = 1024;

// A drive letter, a backslash, an address, a character that no name of a file has.
bool is_foreign(std::string_view written) {
  return std::any_of(written.begin(), written.end(), [](char letter) {
    return letter == '\\' || letter == ':' || static_cast<unsigned char>(letter) < 0x20;
  });
}

// One part more of the path; false when it would lead out.
bool go_on(std::string& path, std::string_view part) {
  if (part.empty() || part == ".") {
    return true;
  }
  if (part != "..") {
    path.append(path.empty() ? "" : "/").append(part);
    return true;
  }
  if (path.empty()) {
    return false;
  }
  const std::size_t last = path.rfind('/');
  path.resize(last == std::string::npos ? 0 : last);
  return true;
}

}  // namespace

std::optional<std::string> path_from(std::string_view from, std::string_view written) {
  if (written.empty() || written.size() > kPathBytesMax || written.front() == '/' ||
      is_foreign(written)) {
    return std::nullopt;
  }
  const std::size_t folder_end = from.rfind('/');
  std::string path(folder_end == std::string_view::npos ? "" : from.substr(0, folder_end));
  for (std::size_t at = 0; at <= written.size();) {
    const std::size_t end = std::min(written.find('/', at), written.size());
    const std::string_view part = written.substr(at, end - at);
    at = end + 1;
    if (!go_on(path, part)) {
      return std::nullopt;
    }
  }
  return path.empty() ? std::nullopt : std::optional(path);
}

}  // namespace protoflow::dsl
