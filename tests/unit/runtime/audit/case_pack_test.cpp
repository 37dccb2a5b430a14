// A pack from a living log, and every hand that could be laid on it.
#include "runtime/audit/case_pack.hpp"

#include <gtest/gtest.h>

#include "runtime/audit/tree_file.hpp"
#include "tests/support/casebook_world.hpp"

namespace protoflow::runtime {
namespace {

struct Proven : testing::CasebookWorld {
  Proven() {
    prepare();
    first = open("open-1");
    second = open("open-2");
    EXPECT_TRUE(act_on(first, "take", "accueil"));
    EXPECT_TRUE(act_on(second, "take", "accueil"));
    auto signer = TreeSigner::open(folder.path());
    EXPECT_TRUE(signer && signer->sign(store));
    checkpoint = signer->note();
    key = *read_log_key(folder.path()).value();
  }

  [[nodiscard]] CasePack pack() const {
    auto made = make_pack(store, case_stream(first), checkpoint);
    EXPECT_TRUE(made) << made.error();
    return std::move(*made);
  }

  [[nodiscard]] static std::expected<PackVerdict, std::string> verdict(
      const CasePack& pack, const std::vector<VerifierKey>& keys) {
    Reading reading(nullptr);
    return verify_pack(pack, keys, reading);
  }

  std::string first, second, checkpoint;
  VerifierKey key;
};

TEST(CasePack, HoldsOneCaseAndShowsNoOther) {
  Proven world;
  const auto text = to_text(world.pack());
  EXPECT_EQ(text.find(world.second), text.npos);
  const auto read = read_pack(text);
  ASSERT_TRUE(read) << read.error();
  Reading reading(nullptr);
  const auto verdict = verify_pack(*read, {world.key}, reading);
  ASSERT_TRUE(verdict) << verdict.error();
  EXPECT_EQ(verdict->stream, case_stream(world.first));
  EXPECT_EQ(verdict->statement.origin, world.key.name);
  const auto& proven = reading.cases.at(case_stream(world.first));
  EXPECT_EQ(verdict->records, proven.state.version);
  EXPECT_EQ(
      engine::describe(proven.state, proven.plan->protocol),
      engine::describe(world.file(world.first).state, world.file(world.first).plan->protocol));
}

TEST(CasePack, IsRefusedByAnotherKeyThanTheLogs) {
  Proven world;
  const auto other = SignerKey::make(world.key.name, SignatureType::note);
  EXPECT_FALSE(Proven::verdict(world.pack(), {other.verifier()}));
  EXPECT_FALSE(Proven::verdict(world.pack(), {}));
}

TEST(CasePack, NamesItsWitnesses) {
  Proven world;
  const auto town = SignerKey::make("mairie.example", SignatureType::cosignature);
  auto pack = world.pack();
  const auto text = read_note(world.checkpoint)->text;
  pack.checkpoint += town.sign(text, 1'800'000'000);
  const auto verdict = Proven::verdict(pack, {world.key, town.verifier()});
  ASSERT_TRUE(verdict) << verdict.error();
  EXPECT_EQ(verdict->witnesses, std::vector<std::string>{"mairie.example"});
  EXPECT_EQ(verdict->witnessed_at, 1'800'000'000U);
  pack.checkpoint = world.checkpoint + town.sign(text + "x", 1'800'000'000);
  EXPECT_FALSE(Proven::verdict(pack, {world.key, town.verifier()}));
}

TEST(CasePack, HoldsNoMoreOnceAnyByteIsChanged) {
  const Proven world;
  const auto whole = to_text(world.pack());
  for (std::size_t i = 0; i < whole.size(); i += 7) {
    auto altered = whole;
    altered[i] = static_cast<char>(altered[i] ^ 1 << i % 7);
    const auto read = read_pack(altered);
    ASSERT_FALSE(read && Proven::verdict(*read, {world.key})) << "byte " << i;
  }
}

TEST(CasePack, HoldsNoMoreOnceARecordIsLeftOutOrMoved) {
  const Proven world;
  for (std::size_t i = 0; i + 1 < world.pack().records.size(); ++i) {
    auto without = world.pack();
    without.records.erase(without.records.begin() + static_cast<std::ptrdiff_t>(i));
    EXPECT_FALSE(Proven::verdict(without, {world.key})) << i;
    auto moved = world.pack();
    std::swap(moved.records[i], moved.records[i + 1]);
    EXPECT_FALSE(Proven::verdict(moved, {world.key})) << i;
  }
}

TEST(CasePack, SaysWhatItCannotBeMadeOf) {
  const Proven world;
  EXPECT_FALSE(make_pack(world.store, "case/nowhere", world.checkpoint));
  EXPECT_FALSE(make_pack(world.store, case_stream(world.first), "no note"));
  const testing::MemoryStore empty;
  EXPECT_FALSE(make_pack(empty, case_stream(world.first), world.checkpoint));
}

}  // namespace
}  // namespace protoflow::runtime
