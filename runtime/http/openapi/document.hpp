// The API described in OpenAPI 3.1, made of its routes and of what stands in described.hpp.
#pragma once

#include <string>

#include <nlohmann/json_fwd.hpp>

namespace protoflow::runtime {

[[nodiscard]] nlohmann::ordered_json openapi_document();

}  // namespace protoflow::runtime
