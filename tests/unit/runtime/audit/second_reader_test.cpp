// Our checkpoints and proofs, read by the first implementation of their formats.
#include <cstdio>
#include <fstream>
#include <memory>

#include <gtest/gtest.h>

#include "runtime/audit/case_pack.hpp"
#include "runtime/audit/tree_file.hpp"
#include "tests/support/folder.hpp"
#include "tests/support/memory_store.hpp"
#include "tests/support/places.hpp"

namespace protoflow::runtime {
namespace {

// What it prints; its own errors too, such as that there is no Go here.
std::string said_by(const std::string& command) {
  const std::unique_ptr<std::FILE, int (*)(std::FILE*)> pipe(::popen(command.c_str(), "r"),
                                                             ::pclose);
  std::string said;
  for (int c = std::fgetc(pipe.get()); c != EOF; c = std::fgetc(pipe.get())) {
    said += static_cast<char>(c);
  }
  return said;
}

struct Proofs {
  testing::Folder folder;
  std::string key;

  Proofs() {
    testing::MemoryStore store;
    auto signer = TreeSigner::open(folder.path()).value();
    const auto write = [&](std::uint64_t from, std::uint64_t to) {
      for (auto version = from; version < to; ++version) {
        store.append({"case/a", version, {line(version)}}, [](const auto&) {});
      }
      EXPECT_TRUE(signer.sign(store));
    };
    write(0, 11);
    std::ofstream(folder / "earlier") << signer.note();
    write(11, 27);
    const auto tree = tree_of(store, 27).value();
    std::ofstream(folder / "record")
        << to_text(TlogProof{.proof = {5, tree.inclusion(5, 27)}, .checkpoint = signer.note()});
    std::ofstream(folder / "growth") << to_text(
        GrowthProof{.earlier = 11, .path = tree.consistency(11, 27), .checkpoint = signer.note()});
    key = to_text(*read_log_key(folder.path()).value());
    EXPECT_EQ(said_by("cd '" + folder.path().string() +
                      "' && GO111MODULE=off GOPATH=/usr/share/gocode GOCACHE=\"$PWD/cache\" "
                      "go build -o reader '" +
                      in_sources("/tests/support/check_proofs.go") + "' 2>&1"),
              "");
  }

  static std::string line(std::uint64_t version) {
    return "{\"n\":" + std::to_string(version) + "}";
  }

  [[nodiscard]] std::string verdict(const std::string& record, const std::string& earlier) const {
    return said_by("cd '" + folder.path().string() + "' && ./reader '" + key + "' '" + record +
                   "' record growth " + earlier + " 2>&1");
  }
};

TEST(SecondReader, TakesOurCheckpointsAndProofs) {
  const Proofs proofs;
  EXPECT_EQ(proofs.verdict(Proofs::line(5), "earlier"), "");
  EXPECT_NE(proofs.verdict(Proofs::line(6), "earlier"), "") << "another record";
  std::ifstream stream(proofs.folder / "earlier");
  std::string altered{std::istreambuf_iterator<char>(stream), {}};
  altered[altered.find('\n') + 1] = '2';
  std::ofstream(proofs.folder / "altered") << altered;
  EXPECT_NE(proofs.verdict(Proofs::line(5), "altered"), "") << "another size";
}

}  // namespace
}  // namespace protoflow::runtime
