// Reaching the daemon without a token, where none is needed. For runtime/cli only.
#pragma once

#include <string>
#include <string_view>

#include "runtime/cli/print.hpp"

namespace protoflow::runtime {

/// By POST.
[[nodiscard]] std::expected<ClientAnswer, ClientError> ask_as_stranger(const DaemonOptions& options,
                                                                       std::string_view path,
                                                                       std::string body);

}  // namespace protoflow::runtime
