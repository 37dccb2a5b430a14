// The door of a daemon that comes and goes: where it answers at present, and asking it something.
// Any thread.
#pragma once

#include <mutex>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include <nlohmann/json.hpp>

#include "tests/support/daemon_process.hpp"

namespace protoflow::testing {

using Json = nlohmann::json;

struct Reply {
  int status = 0;  // 0: no answer came
  Json body{};
  std::map<std::string, std::string, std::less<>> headers{};

  [[nodiscard]] bool done() const { return status == 200 || status == 201; }
};

class Door final {
 public:
  Door() = default;

  explicit Door(const DaemonProcess& daemon) { open(daemon); }

  /// The daemon must be ready.
  void open(const DaemonProcess& daemon);

  [[nodiscard]] Reply get(const std::string& path) const;
  [[nodiscard]] Reply post(const std::string& path,
                           const Json& body,
                           std::vector<std::pair<std::string, std::string>> headers = {}) const;

  /// POST /v1/cases for `open`, else the commands of the body's "case".
  [[nodiscard]] Reply act(Json command) const;

  [[nodiscard]] std::pair<std::string, std::string> place() const;  // address and token

 private:
  mutable std::mutex mutex_;
  std::string address_, token_;
};

/// The people of the vigil protocol: one for each partner, who plays every role.
void register_people(const Door& door);

/// A new case of the vigil protocol; its id, empty when it was refused. `happened` empty: now.
[[nodiscard]] std::string open_case(const Door& door,
                                    const std::string& command_id,
                                    const std::string& happened = {});

/// A protocol whose deadlines are minutes, written to a file of the folder.
[[nodiscard]] std::filesystem::path write_vigil(const std::filesystem::path& folder);

}  // namespace protoflow::testing
