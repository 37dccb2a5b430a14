#include <charconv>

#include "engine/log/record.hpp"
#include "runtime/cli/cli.hpp"
#include "runtime/cli/print.hpp"

namespace protoflow::runtime {

int run_serve(ServeOptions options, const std::string& listen, const std::string& clock) {
  const std::size_t colon = std::min(listen.rfind(':'), listen.size());
  const std::string_view port = std::string_view(listen).substr(colon);
  const char* const end = port.data() + port.size();
  const auto read = port.size() > 1 ? std::from_chars(port.data() + 1, end, options.port)
                                    : std::from_chars_result{end, std::errc::invalid_argument};
  if (read.ec != std::errc() || read.ptr != end) {
    return complain("protoflow serve: --listen needs ADDRESS:PORT, such as 127.0.0.1:8300", kUsage);
  }
  options.address = listen.substr(0, colon);
  if (!clock.empty()) {
    const auto instant = engine::to_instant(clock);
    if (!instant) {
      return complain("protoflow serve: --clock needs an instant such as 2027-01-04T08:00:00.000Z",
                      kUsage);
    }
    options.demonstration_clock = *instant;
  }
  const auto served = serve(options);
  return served ? kOk : complain("protoflow serve: " + served.error(), kEnvironment);
}

}  // namespace protoflow::runtime
