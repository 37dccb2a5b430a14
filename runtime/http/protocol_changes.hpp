// What one version of a protocol changes of another, as the API tells it. For runtime/http only.
#pragma once

#include <nlohmann/json_fwd.hpp>

#include "engine/decide/decide.hpp"

namespace protoflow::runtime {

/// For whom and how, with a sentence for each in the language of the new version.
[[nodiscard]] nlohmann::ordered_json changes_json(const engine::Plan& was, const engine::Plan& now);

}  // namespace protoflow::runtime
