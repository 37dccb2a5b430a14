// The settings one by one: key, meaning, what it may be, where it goes. For runtime/configuration
// and its tests only.
#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "runtime/daemon/daemon.hpp"

namespace protoflow::runtime {

using SettingValue = std::variant<std::string, bool, std::int64_t, std::vector<std::string>>;

struct Setting {
  std::string_view table;  // empty: before any table
  std::string_view name;
  std::string_view says;     // for the operator; sentences
  std::string_view example;  // shown where the default is nothing, as it would be written
  std::string_view takes;    // after "it takes"; the kind of value follows from the default
  bool is_path = false;
  SettingValue (*read)(const ServeOptions& options);
  /// false: it does not take this value, which is of the right kind.
  bool (*write)(ServeOptions& options, const SettingValue& value);

  /// Such as `mail.server`.
  [[nodiscard]] std::string key() const;
};

struct SettingTable {
  std::string_view name;
  std::string_view says;
};

[[nodiscard]] std::span<const Setting> all_settings();
[[nodiscard]] std::span<const SettingTable> all_setting_tables();

}  // namespace protoflow::runtime
