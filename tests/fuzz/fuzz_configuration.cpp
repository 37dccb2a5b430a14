// Any bytes as a configuration: it is read, or each mistake has a place in the text and says
// something; the same bytes twice give the same.
#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <string_view>

#include "runtime/configuration/configuration.hpp"
#include "runtime/configuration/settings.hpp"

namespace protoflow::runtime {
namespace {

void check(bool holds) {
  if (!holds) {
    std::abort();
  }
}

void try_text(std::string_view text) {
  const auto read = read_configuration(text, "/etc/protoflow");
  const auto again = read_configuration(text, "/etc/protoflow");
  check(read.has_value() == again.has_value());
  if (read) {
    for (const auto& setting : all_settings()) {
      check(setting.read(*read) == setting.read(*again));
    }
    return;
  }
  const auto lines = static_cast<std::size_t>(std::ranges::count(text, '\n')) + 2;
  check(!read.error().empty() && read.error().size() == again.error().size());
  for (const auto& mistake : read.error()) {
    check(mistake.line >= 1 && mistake.line <= lines && mistake.column >= 1);
    check(!mistake.what.empty());
  }
}

}  // namespace
}  // namespace protoflow::runtime

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* bytes, std::size_t count) {
  protoflow::runtime::try_text({reinterpret_cast<const char*>(bytes), count});
  return 0;
}
