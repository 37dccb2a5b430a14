// What a data folder's log says, found out apart from the daemon: whether it holds, which notices
// it owes, which deadlines fired and whether any did so twice, early or at the wrong instant.
#pragma once

#include <cstdint>
#include <filesystem>
#include <map>
#include <string>
#include <vector>

#include "engine/model/time.hpp"

namespace protoflow::testing {

struct LogAudit {
  std::vector<std::string> faults;  // sentences; none: everything holds
  std::uint64_t events = 0;
  std::map<std::string, std::vector<std::string>> cases;    // lines by case id, in order
  std::map<std::string, std::vector<std::string>> notices;  // ids owed by case id, in order
  std::map<std::string, std::size_t> fired;                 // deadlines, by kind of event
  model::Instant next_due = model::kNever;                  // the earliest of all cases

  [[nodiscard]] std::size_t fired_in_all() const;
};

/// Reads the whole log, beside a daemon or without one.
[[nodiscard]] LogAudit audit(const std::filesystem::path& folder);

/// The notices that the log owes and that are not in `delivered`, and those whose first delivery
/// came after that of a later notice of the same case; sentences.
[[nodiscard]] std::vector<std::string> delivery_faults(const LogAudit& log,
                                                       const std::vector<std::string>& delivered);

/// The ids in a file of JSON lines, in order; a line that a crash has cut is passed over.
[[nodiscard]] std::vector<std::string> ids_in(const std::filesystem::path& lines);

}  // namespace protoflow::testing
