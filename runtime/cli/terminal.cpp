#include "runtime/cli/terminal.hpp"

#include <unistd.h>

#include <algorithm>
#include <cstdio>
#include <cstdlib>

namespace protoflow::runtime {

namespace {

std::string_view paint_code(Paint paint) {
  switch (paint) {
    case Paint::good:
      return "\x1b[32m";
    case Paint::bad:
      return "\x1b[31m";
    case Paint::warning:
      return "\x1b[33m";
    case Paint::quiet:
      return "\x1b[2m";
    case Paint::strong:
      return "\x1b[1m";
  }
  return {};
}

}  // namespace

bool wants_colours(int stream) {
  return ::isatty(stream) == 1 && std::getenv("NO_COLOR") == nullptr;
}

void print(std::string_view text) {
  std::fwrite(text.data(), 1, text.size(), stdout);
}

int complain(std::string_view text, int code) {
  std::fflush(stdout);
  std::fwrite(text.data(), 1, text.size(), stderr);
  if (!text.ends_with('\n')) {
    std::fputc('\n', stderr);
  }
  return code;
}

std::string painted(std::string_view text, Paint paint, bool colours) {
  return colours ? std::string(paint_code(paint)) + std::string(text) + "\x1b[0m"
                 : std::string(text);
}

std::string source_line(std::string_view text, std::uint32_t line) {
  for (std::uint32_t at = 1; at < line && !text.empty(); ++at) {
    const auto end = text.find('\n');
    text = end == text.npos ? std::string_view() : text.substr(end + 1);
  }
  auto found = text.substr(0, text.find('\n'));
  while (!found.empty() && (found.back() == '\r' || found.back() == ' ')) {
    found.remove_suffix(1);
  }
  found.remove_prefix(std::min(found.find_first_not_of(" \t"), found.size()));
  return std::string(found);
}

}  // namespace protoflow::runtime
