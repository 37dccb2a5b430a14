// ADDRESS:PORT, as an option or a setting says where the daemon answers.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace protoflow::runtime {

struct Listen {
  std::string address;  // an IPv6 one without its brackets; not looked at further
  std::uint16_t port = 0;
};

[[nodiscard]] std::optional<Listen> read_listen(std::string_view text);

}  // namespace protoflow::runtime
