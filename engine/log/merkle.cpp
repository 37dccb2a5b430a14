#include "engine/log/merkle.hpp"

#include <algorithm>
#include <array>
#include <bit>
#include <cstring>
#include <string>

namespace protoflow::engine {
namespace {

constexpr std::size_t kHashBytes = std::tuple_size_v<Hash>;

// Where a tree of `size` > 1 leaves parts: the largest power of two below it.
std::uint64_t left_of(std::uint64_t size) {
  return std::bit_floor(size - 1);
}

// The smaller subtrees hang on the right: they are joined from there.
Hash join(std::span<const Hash> peaks) {
  if (peaks.empty()) {
    return sha256({});
  }
  Hash joined = peaks.back();
  for (std::size_t i = peaks.size() - 1; i-- > 0;) {
    joined = node_hash(peaks[i], joined);
  }
  return joined;
}

}  // namespace

Hash leaf_hash(std::string_view line) {
  std::string bytes(1, '\0');
  bytes += line;
  return sha256(bytes);
}

Hash node_hash(const Hash& left, const Hash& right) {
  std::array<char, 1 + 2 * kHashBytes> bytes;
  bytes[0] = 1;
  std::memcpy(bytes.data() + 1, left.data(), kHashBytes);
  std::memcpy(bytes.data() + 1 + kHashBytes, right.data(), kHashBytes);
  return sha256({bytes.data(), bytes.size()});
}

void TreeEdge::add(const Hash& leaf) {
  Hash peak = leaf;
  for (auto bits = size_; (bits & 1U) != 0; bits >>= 1U) {
    peak = node_hash(peaks_.back(), peak);
    peaks_.pop_back();
  }
  peaks_.push_back(peak);
  ++size_;
}

Hash TreeEdge::root() const {
  return join(peaks_);
}

void MerkleTree::add(const Hash& leaf) {
  Hash node = leaf;
  for (std::size_t level = 0;; ++level) {
    if (level == levels_.size()) {
      levels_.emplace_back();
    }
    auto& row = levels_[level];
    row.push_back(node);
    if (row.size() % 2 != 0) {
      return;
    }
    node = node_hash(row[row.size() - 2], row.back());
  }
}

Hash MerkleTree::range(std::uint64_t begin, std::uint64_t end) const {
  std::vector<Hash> peaks;
  while (begin < end) {
    const auto width = std::bit_floor(end - begin);
    const auto level = static_cast<std::size_t>(std::countr_zero(width));
    peaks.push_back(levels_[level][begin >> level]);
    begin += width;
  }
  return join(peaks);
}

Hash MerkleTree::root(std::uint64_t size) const {
  return range(0, size);
}

std::vector<Hash> MerkleTree::inclusion(std::uint64_t index, std::uint64_t size) const {
  std::vector<Hash> path;
  std::uint64_t begin = 0;
  auto end = size;
  while (end - begin > 1) {
    const auto middle = begin + left_of(end - begin);
    if (index < middle) {
      path.push_back(range(middle, end));
      end = middle;
    } else {
      path.push_back(range(begin, middle));
      begin = middle;
    }
  }
  std::ranges::reverse(path);
  return path;
}

std::vector<Hash> MerkleTree::consistency(std::uint64_t earlier, std::uint64_t size) const {
  std::vector<Hash> path;
  std::uint64_t begin = 0;
  auto end = size;
  while (earlier != 0 && earlier != end) {
    const auto middle = begin + left_of(end - begin);
    if (earlier <= middle) {
      path.push_back(range(middle, end));
      end = middle;
    } else {
      path.push_back(range(begin, middle));
      begin = middle;
    }
  }
  if (earlier != 0 && begin != 0) {  // otherwise it is the earlier root itself, which is known
    path.push_back(range(begin, end));
  }
  std::ranges::reverse(path);
  return path;
}

bool proves_inclusion(const Hash& leaf,
                      std::uint64_t index,
                      std::uint64_t size,
                      std::span<const Hash> proof,
                      const Hash& root) {
  if (index >= size) {
    return false;
  }
  auto node = index;
  auto last = size - 1;
  Hash hash = leaf;
  for (const auto& sibling : proof) {
    if (last == 0) {
      return false;
    }
    if ((node & 1U) != 0 || node == last) {
      hash = node_hash(sibling, hash);
      while ((node & 1U) == 0 && node != 0) {
        node >>= 1U;
        last >>= 1U;
      }
    } else {
      hash = node_hash(hash, sibling);
    }
    node >>= 1U;
    last >>= 1U;
  }
  return last == 0 && hash == root;
}

bool proves_consistency(const TreeHead& earlier,
                        const TreeHead& later,
                        std::span<const Hash> proof) {
  if (earlier.size > later.size) {
    return false;
  }
  if (earlier.size == later.size) {
    return proof.empty() && earlier.root == later.root;
  }
  if (earlier.size == 0) {
    return proof.empty() && earlier.root == sha256({});
  }
  const bool complete = std::has_single_bit(earlier.size);
  if (proof.empty() && !complete) {
    return false;
  }
  auto node = earlier.size - 1;
  auto last = later.size - 1;
  while ((node & 1U) != 0) {
    node >>= 1U;
    last >>= 1U;
  }
  Hash before = complete ? earlier.root : proof.front();
  Hash after = before;
  for (const auto& sibling : proof.subspan(complete ? 0 : 1)) {
    if (last == 0) {
      return false;
    }
    if ((node & 1U) != 0 || node == last) {
      before = node_hash(sibling, before);
      after = node_hash(sibling, after);
      while ((node & 1U) == 0 && node != 0) {
        node >>= 1U;
        last >>= 1U;
      }
    } else {
      after = node_hash(after, sibling);
    }
    node >>= 1U;
    last >>= 1U;
  }
  return last == 0 && before == earlier.root && after == later.root;
}

}  // namespace protoflow::engine
