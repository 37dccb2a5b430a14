// The parts that the operations of the document share: schemas, headers, parameters, the token.
#pragma once

#include <string_view>

#include <nlohmann/json_fwd.hpp>

#include "runtime/http/openapi/described.hpp"

namespace protoflow::runtime {

[[nodiscard]] nlohmann::ordered_json openapi_components();

/// Whether a body of that shape (`CaseCommand`) may be the command.
[[nodiscard]] bool is_sent_in(const DescribedCommand& command, std::string_view shape);

}  // namespace protoflow::runtime
