// A log against the checkpoints that were signed of it: its own, and those that others have kept.
// A history that was written anew, chains and all, does not follow from them.
#pragma once

#include <cstdint>
#include <expected>
#include <optional>
#include <string>
#include <vector>

#include "engine/log/merkle.hpp"
#include "runtime/audit/tree_file.hpp"
#include "runtime/store/event_store.hpp"

namespace protoflow::runtime {

struct TreeFault {
  std::uint64_t size = 0;      // of the first checkpoint that does not hold
  std::uint64_t holds_to = 0;  // the records up to this one follow from an earlier checkpoint
  std::string reason;          // for whoever asked, a part of a sentence after "checkpoint N"
};

struct TreeVerification {
  std::uint64_t checkpoints = 0;
  engine::TreeHead head;  // of the whole log
  std::optional<TreeFault> fault;
};

/// `trees` with the smallest first, each signed by `key`. Peaks are looked at where there are any:
/// a note that was kept elsewhere comes without.
[[nodiscard]] std::expected<TreeVerification, StoreError> verify_tree(
    const EventStore& store, const std::vector<SignedTree>& trees, const VerifierKey& key);

}  // namespace protoflow::runtime
