// The one Merkle tree over all records of a log, in the order in which they were written (RFC 6962,
// section 2.1): its root speaks for every record, a proof of a few hashes for one of them, and
// another that a later tree begins with an earlier one. It signs nothing and reads no file.
#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <string_view>
#include <utility>
#include <vector>

#include "engine/log/record.hpp"

namespace protoflow::engine {

/// SHA-256 of a zero byte and the record's line, without its line end.
[[nodiscard]] Hash leaf_hash(std::string_view line);

/// SHA-256 of a one byte and the two hashes.
[[nodiscard]] Hash node_hash(const Hash& left, const Hash& right);

/// What is kept of a tree that only grows: a hash for each one-bit of its size, at most 64.
class TreeEdge {
 public:
  TreeEdge() = default;

  /// Of a tree of `size` leaves, as peaks() gave them. Requires as many as `size` has one-bits.
  TreeEdge(std::uint64_t size, std::vector<Hash> peaks) : size_(size), peaks_(std::move(peaks)) {}

  void add(const Hash& leaf);

  [[nodiscard]] std::uint64_t size() const { return size_; }

  /// From the largest complete subtree, on the left, to the smallest.
  [[nodiscard]] const std::vector<Hash>& peaks() const { return peaks_; }

  /// Of no leaf at all, the SHA-256 of nothing.
  [[nodiscard]] Hash root() const;

 private:
  std::uint64_t size_ = 0;
  std::vector<Hash> peaks_;
};

/// A whole tree, from which proofs are taken: twice as many hashes as leaves.
class MerkleTree {
 public:
  void add(const Hash& leaf);

  [[nodiscard]] std::uint64_t size() const { return levels_.empty() ? 0 : levels_[0].size(); }

  /// Of the first `size` leaves. Requires size <= size().
  [[nodiscard]] Hash root(std::uint64_t size) const;

  /// The audit path, from the leaf's sibling up (section 2.1.1). Requires index < size <= size().
  [[nodiscard]] std::vector<Hash> inclusion(std::uint64_t index, std::uint64_t size) const;

  /// That the first `earlier` leaves begin the tree of `size` (section 2.1.2); empty for an earlier
  /// tree of no leaf. Requires earlier <= size <= size().
  [[nodiscard]] std::vector<Hash> consistency(std::uint64_t earlier, std::uint64_t size) const;

 private:
  // `begin` must be a multiple of the smallest power of two that is not below end - begin.
  [[nodiscard]] Hash range(std::uint64_t begin, std::uint64_t end) const;

  std::vector<std::vector<Hash>> levels_;  // [k][i]: the complete subtree of leaves [i << k, …)
};

/// RFC 9162, section 2.1.3.2.
[[nodiscard]] bool proves_inclusion(const Hash& leaf,
                                    std::uint64_t index,
                                    std::uint64_t size,
                                    std::span<const Hash> proof,
                                    const Hash& root);

struct TreeHead {
  std::uint64_t size = 0;
  Hash root{};

  friend bool operator==(const TreeHead&, const TreeHead&) = default;
};

/// RFC 9162, section 2.1.4.2. Every tree goes on from the empty one, by an empty proof.
[[nodiscard]] bool proves_consistency(const TreeHead& earlier,
                                      const TreeHead& later,
                                      std::span<const Hash> proof);

}  // namespace protoflow::engine
