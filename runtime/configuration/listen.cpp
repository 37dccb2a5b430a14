#include "runtime/configuration/listen.hpp"

#include <charconv>

namespace protoflow::runtime {

std::optional<Listen> read_listen(std::string_view text) {
  const auto colon = text.rfind(':');
  if (colon == text.npos || colon + 1 == text.size()) {
    return std::nullopt;
  }
  Listen listen;
  const char* const end = text.data() + text.size();
  const auto read = std::from_chars(text.data() + colon + 1, end, listen.port);
  if (read.ec != std::errc() || read.ptr != end) {
    return std::nullopt;
  }
  auto address = text.substr(0, colon);
  if (address.starts_with('[') && address.ends_with(']')) {
    address = address.substr(1, address.size() - 2);
  }
  listen.address = address;
  return listen;
}

}  // namespace protoflow::runtime
