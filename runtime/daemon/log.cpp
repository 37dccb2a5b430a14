#include "runtime/daemon/log.hpp"

#include <memory>

#include <spdlog/sinks/stdout_sinks.h>
#include <spdlog/spdlog.h>

namespace protoflow::runtime {

void start_log(const std::string& level) {
  spdlog::set_default_logger(std::make_shared<spdlog::logger>(
      "protoflow", std::make_shared<spdlog::sinks::stderr_sink_mt>()));
  spdlog::set_pattern("%Y-%m-%dT%H:%M:%S.%e%z level=%l %v");
  spdlog::set_level(spdlog::level::from_str(level));
}

std::string in_log(std::string_view text) {
  std::string quoted = "\"";
  for (const char c : text) {
    const bool is_control = static_cast<unsigned char>(c) < 0x20 || c == 0x7f;
    if (c == '"' || c == '\\') {
      quoted += '\\';
    }
    quoted += is_control ? ' ' : c;
  }
  return quoted + '"';
}

std::string request_line(const Answered& answered) {
  const auto ms = std::chrono::duration<double, std::milli>(answered.took).count();
  return fmt::format("event=request id={} method={} route={} status={} ms={:.1f}",
                     answered.id,
                     answered.method,
                     answered.route.empty() ? "none" : answered.route,
                     answered.status,
                     ms);
}

void log_request(const Answered& answered) {
  const bool only_reads = answered.method == "GET";
  const auto level = answered.status >= 500                ? spdlog::level::err
                     : answered.status < 400 && only_reads ? spdlog::level::debug
                                                           : spdlog::level::info;
  if (spdlog::should_log(level)) {
    spdlog::log(level, "{}", request_line(answered));
  }
}

}  // namespace protoflow::runtime
