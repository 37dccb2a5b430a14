// The tree against the reference values of Certificate Transparency's own tests (RFC 6962), and its
// proofs against every neighbour that must not pass.
#include "engine/log/merkle.hpp"

#include <array>
#include <bit>
#include <string>

#include <gtest/gtest.h>

namespace protoflow::engine {
namespace {

std::string bytes_of(std::string_view hex) {
  std::string bytes;
  for (std::size_t i = 0; i < hex.size(); i += 2) {
    bytes += static_cast<char>(std::stoi(std::string(hex.substr(i, 2)), nullptr, 16));
  }
  return bytes;
}

// The eight leaves that the reference implementations share.
constexpr std::array<std::string_view, 8> kLeaves = {"",
                                                     "00",
                                                     "10",
                                                     "2021",
                                                     "3031",
                                                     "40414243",
                                                     "5051525354555657",
                                                     "606162636465666768696a6b6c6d6e6f"};

constexpr std::array<std::string_view, 8> kRoots = {
    "6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d",
    "fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125",
    "aeb6bcfe274b70a14fb067a5e5578264db0fa9b51af5e0ba159158f329e06e77",
    "d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7",
    "4e3bbb1f7b478dcfe71fb631631519a3bca12c9aefca1612bfce4c13a86264d4",
    "76e67dadbcdf1e10e1b74ddc608abd2f98dfb16fbce75277b5232a127f2087ef",
    "ddb89be403809e325750d3d263cd78929c2942b7942a34b77e122c9594a74c8c",
    "5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328"};

MerkleTree tree_of(std::size_t size) {
  MerkleTree tree;
  for (std::size_t i = 0; i < size; ++i) {
    tree.add(leaf_hash(i < kLeaves.size() ? bytes_of(kLeaves[i]) : std::to_string(i)));
  }
  return tree;
}

Hash leaf_of(std::size_t index) {
  return leaf_hash(index < kLeaves.size() ? bytes_of(kLeaves[index]) : std::to_string(index));
}

TEST(Merkle, RootsAreThoseOfTheReferenceTrees) {
  TreeEdge edge;
  EXPECT_EQ(to_hex(edge.root()),
            "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855");
  const auto tree = tree_of(kRoots.size());
  for (std::size_t i = 0; i < kRoots.size(); ++i) {
    edge.add(leaf_of(i));
    EXPECT_EQ(to_hex(edge.root()), kRoots[i]);
    EXPECT_EQ(to_hex(tree.root(i + 1)), kRoots[i]);
  }
}

TEST(Merkle, PathsAreThoseOfTheReferenceTrees) {
  const auto tree = tree_of(8);
  const auto hex = [](const std::vector<Hash>& path) {
    std::vector<std::string> list;
    for (const auto& hash : path) {
      list.push_back(to_hex(hash));
    }
    return list;
  };
  EXPECT_EQ(hex(tree.inclusion(0, 8)),
            (std::vector<std::string>{
                "96a296d224f285c67bee93c30f8a309157f0daa35dc5b87e410b78630a09cfc7",
                "5f083f0a1a33ca076a95279832580db3e0ef4584bdff1f54c8a360f50de3031e",
                "6b47aaf29ee3c2af9af889bc1fb9254dabd31177f16232dd6aab035ca39bf6e4"}));
  EXPECT_EQ(hex(tree.inclusion(1, 5)),
            (std::vector<std::string>{
                "6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d",
                "5f083f0a1a33ca076a95279832580db3e0ef4584bdff1f54c8a360f50de3031e",
                "bc1a0643b12e4d2d7c77918f44e0f4f79a838b6cf9ec5b5c283e1f4d88599e6b"}));
  EXPECT_EQ(hex(tree.consistency(6, 8)),
            (std::vector<std::string>{
                "0ebc5d3437fbe2db158b9f126a1d118e308181031d0a949f8dededebc558ef6a",
                "ca854ea128ed050b41b35ffc1b87b8eb2bde461e9e3b5596ece6b9d5975a0ae0",
                "d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7"}));
  EXPECT_TRUE(tree.consistency(1, 1).empty());
}

TEST(Merkle, EveryProofPassesForItsOwnPlaceAlone) {
  constexpr std::uint64_t kMost = 40;
  const auto tree = tree_of(kMost);
  for (std::uint64_t size = 1; size <= kMost; ++size) {
    const auto root = tree.root(size);
    for (std::uint64_t index = 0; index < size; ++index) {
      const auto proof = tree.inclusion(index, size);
      ASSERT_TRUE(proves_inclusion(leaf_of(index), index, size, proof, root));
      EXPECT_FALSE(proves_inclusion(leaf_of(index + 1), index, size, proof, root));
      EXPECT_FALSE(proves_inclusion(leaf_of(index), index, size, proof, tree.root(size - 1)));
      EXPECT_FALSE(proves_inclusion(leaf_of(index), size, size, proof, root));
      auto longer = proof;
      longer.push_back(root);
      EXPECT_FALSE(proves_inclusion(leaf_of(index), index, size, longer, root));
      if (!proof.empty()) {
        EXPECT_FALSE(proves_inclusion(
            leaf_of(index), index, size, std::span(proof).first(proof.size() - 1), root));
        EXPECT_FALSE(proves_inclusion(leaf_of(index), index ^ 1U, size, proof, root));
      }
    }
  }
}

TEST(Merkle, EveryTreeGoesOnFromEachOfItsBeginnings) {
  constexpr std::uint64_t kMost = 40;
  const auto tree = tree_of(kMost);
  for (std::uint64_t later = 0; later <= kMost; ++later) {
    for (std::uint64_t earlier = 0; earlier <= later; ++earlier) {
      const TreeHead was{earlier, tree.root(earlier)};
      const TreeHead is{later, tree.root(later)};
      const auto proof = tree.consistency(earlier, later);
      ASSERT_TRUE(proves_consistency(was, is, proof)) << earlier << " of " << later;
      auto other = was;
      other.root[0] ^= 1U;
      EXPECT_FALSE(proves_consistency(other, is, proof));
      if (earlier == 0) {
        continue;  // whatever comes after nothing goes on from it
      }
      other = is;
      other.root[31] ^= 1U;
      EXPECT_FALSE(proves_consistency(was, other, proof));
      auto longer = proof;
      longer.push_back(is.root);
      EXPECT_FALSE(proves_consistency(was, is, longer));
      if (!proof.empty()) {
        EXPECT_FALSE(proves_consistency(was, is, std::span(proof).first(proof.size() - 1)));
        longer = proof;
        longer.front()[5] ^= 4U;
        EXPECT_FALSE(proves_consistency(was, is, longer));
      }
    }
  }
  EXPECT_FALSE(proves_consistency({5, tree.root(5)}, {4, tree.root(4)}, {}));
}

TEST(Merkle, AnEdgeGoesOnFromItsPeaks) {
  TreeEdge whole;
  for (std::size_t i = 0; i < 100; ++i) {
    whole.add(leaf_of(i));
    TreeEdge again(whole.size(), whole.peaks());
    ASSERT_EQ(again.root(), whole.root());
    ASSERT_EQ(whole.peaks().size(), static_cast<std::size_t>(std::popcount(whole.size())));
  }
}

}  // namespace
}  // namespace protoflow::engine
