#include <cstdlib>

#include "engine/log/record.hpp"
#include "runtime/cli/cli.hpp"
#include "runtime/cli/print.hpp"
#include "runtime/configuration/configuration.hpp"
#include "runtime/configuration/listen.hpp"
#include "runtime/words/words.hpp"

namespace protoflow::runtime {

namespace {

/// As systemd says it to the programs that it starts.
Supervisor supervisor() {
  Supervisor found;
  if (const char* socket = std::getenv("NOTIFY_SOCKET")) {
    found.socket = socket;
  }
  if (const char* limit = std::getenv("WATCHDOG_USEC")) {
    found.watchdog = std::chrono::microseconds(std::strtoll(limit, nullptr, 10));
  }
  return found;
}

}  // namespace

int run_serve(ServeOptions options, const std::string& listen, const std::string& clock) {
  if (!listen.empty()) {
    auto read = read_listen(listen);
    if (!read) {
      return complain("protoflow serve: --listen needs ADDRESS:PORT, such as 127.0.0.1:8300",
                      kUsage);
    }
    options.address = std::move(read->address);
    options.port = read->port;
  }
  if (!clock.empty()) {
    const auto instant = engine::to_instant(clock);
    if (!instant) {
      return complain("protoflow serve: --clock needs an instant such as 2027-01-04T08:00:00.000Z",
                      kUsage);
    }
    options.demonstration_clock = *instant;
  }
  options.supervisor = supervisor();
  const auto served = serve(options);
  return served ? kOk : complain("protoflow serve: " + served.error(), kEnvironment);
}

int run_config(const ConfigOptions& options) {
  if (options.file.empty()) {
    print(default_configuration());
    return kOk;
  }
  if (const auto read = read_configuration_file(options.file); !read) {
    return complain(read.error(), kFault);
  }
  print(options.file.string() +
        std::string(say(reader_language(), "\u00A0: rien à reprendre\n", ": nothing to mend\n")));
  return kOk;
}

}  // namespace protoflow::runtime
