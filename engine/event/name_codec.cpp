#include "engine/event/name_codec.hpp"

#include <algorithm>
#include <optional>

#include <nlohmann/json.hpp>

namespace protoflow::engine {

namespace {

using Json = nlohmann::ordered_json;

constexpr auto kMembers = std::to_array<std::string_view>({"kind", "step", "was", "now"});

// nullopt: it is not one.
std::optional<NameChange> change_of(const Json& json) {
  if (!json.is_object() || !json.contains("kind") || !json.contains("was")) {
    return std::nullopt;
  }
  for (const auto& [key, value] : json.items()) {
    if (std::ranges::find(kMembers, key) == kMembers.end() || !value.is_string()) {
      return std::nullopt;
    }
  }
  const auto kind = std::ranges::find(kFormerKindNames, json["kind"].get<std::string>());
  if (kind == kFormerKindNames.end()) {
    return std::nullopt;
  }
  return NameChange{
      .kind = static_cast<model::FormerKind>(kind - kFormerKindNames.begin()),
      .step = json.value("step", std::string()),
      .was = json.value("was", std::string()),
      .now = json.value("now", std::string()),
  };
}

}  // namespace

std::string encode_names(const std::vector<NameChange>& changes) {
  Json list = Json::array();
  for (const auto& change : changes) {
    Json json{{"kind", kFormerKindNames[static_cast<std::size_t>(change.kind)]}};
    if (!change.step.empty()) {
      json["step"] = change.step;
    }
    json["was"] = change.was;
    if (!change.now.empty()) {
      json["now"] = change.now;
    }
    list.push_back(std::move(json));
  }
  return list.dump();
}

std::expected<std::vector<NameChange>, std::string> decode_names(const std::string& json) {
  const auto list = Json::parse(json, nullptr, false);
  if (!list.is_array()) {
    return std::unexpected("are not a JSON array");
  }
  std::vector<NameChange> changes;
  for (const auto& each : list) {
    auto change = change_of(each);
    if (!change) {
      return std::unexpected("hold something else than a kind, what was and what is now");
    }
    changes.push_back(std::move(*change));
  }
  return changes;
}

}  // namespace protoflow::engine
