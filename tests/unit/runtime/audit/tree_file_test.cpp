// Checkpoints as the daemon makes them: they follow the log, survive a restart, and refuse what
// would hide a loss.
#include "runtime/audit/tree_file.hpp"

#include <fstream>

#include <gtest/gtest.h>

#include "runtime/audit/proof_text.hpp"
#include "runtime/audit/tree_checking.hpp"
#include "tests/support/folder.hpp"
#include "tests/support/memory_store.hpp"

namespace protoflow::runtime {
namespace {

struct Log {
  testing::Folder folder;
  testing::MemoryStore store;
  std::uint64_t written = 0;

  void write(std::size_t records) {
    for (std::size_t i = 0; i < records; ++i) {
      store.append({"case/a", written, {"{\"n\":" + std::to_string(written) + "}"}},
                   [](const EventStore::Appended& appended) { ASSERT_TRUE(appended); });
      ++written;
    }
  }

  TreeSigner signer() {
    auto opened = TreeSigner::open(folder.path());
    EXPECT_TRUE(opened) << opened.error();
    return std::move(*opened);
  }

  [[nodiscard]] TreeVerification verified(const EventStore& of) const {
    auto found = verify_tree(
        of, read_signed_trees(folder.path()).value(), read_log_key(folder.path()).value().value());
    EXPECT_TRUE(found);
    return std::move(*found);
  }
};

TEST(TreeFile, SignsWhatTheLogHasGotSince) {
  Log log;
  auto signer = log.signer();
  ASSERT_TRUE(signer.sign(log.store));
  EXPECT_TRUE(signer.note().empty()) << "an empty log";
  for (const std::size_t more : {1U, 2U, 0U, 300U}) {
    log.write(more);
    ASSERT_TRUE(signer.sign(log.store));
    EXPECT_EQ(signer.size(), log.written);
    const auto note = read_note(signer.note());
    ASSERT_TRUE(note) << note.error();
    EXPECT_EQ(standing_of(*note, *read_log_key(log.folder.path()).value()),
              SignatureStanding::holds);
    EXPECT_EQ(read_statement(note->text)->head, log.verified(log.store).head);
  }
  EXPECT_EQ(log.verified(log.store).checkpoints, 3U) << "nothing new is not signed again";
}

TEST(TreeFile, GoesOnAfterARestart) {
  Log log;
  log.write(7);
  ASSERT_TRUE(log.signer().sign(log.store));
  log.write(6);
  auto again = log.signer();
  EXPECT_EQ(again.size(), 7U);
  ASSERT_TRUE(again.sign(log.store));
  EXPECT_EQ(log.verified(log.store).checkpoints, 2U);
  EXPECT_FALSE(log.verified(log.store).fault);
}

TEST(TreeFile, RefusesALogThatHasLostWhatWasSigned) {
  Log log;
  log.write(5);
  ASSERT_TRUE(log.signer().sign(log.store));
  Log shorter;
  shorter.write(4);
  const auto signed_again = log.signer().sign(shorter.store);
  ASSERT_FALSE(signed_again);
  EXPECT_NE(signed_again.error().find("records are lost"), std::string::npos);
  const auto fault = log.verified(shorter.store).fault;
  ASSERT_TRUE(fault);
  EXPECT_EQ(fault->size, 5U);
}

TEST(TreeFile, RefusesAnotherKeyThanTheOneThatSigned) {
  Log log;
  log.write(5);
  ASSERT_TRUE(log.signer().sign(log.store));
  std::filesystem::remove(log.folder / kLogKeyFile);
  EXPECT_FALSE(TreeSigner::open(log.folder.path()));
  std::ofstream(log.folder / kLogKeyFile)
      << SignerKey::make("protoflow/other", SignatureType::note).text() << "\n";
  EXPECT_FALSE(TreeSigner::open(log.folder.path()));
  std::ofstream(log.folder / kLogKeyFile) << "nothing\n";
  EXPECT_FALSE(TreeSigner::open(log.folder.path()));
}

// The whole log written anew: its chains would hold, the checkpoints do not.
TEST(TreeChecking, FindsARecordThatWasChangedBetweenTwoCheckpoints) {
  Log log;
  auto signer = log.signer();
  for (int i = 0; i < 10; ++i) {
    log.write(10);
    ASSERT_TRUE(signer.sign(log.store));
  }
  for (std::size_t changed = 0; changed < 100; ++changed) {
    testing::MemoryStore other;
    std::uint64_t version = 0;
    ASSERT_TRUE(log.store.read_all(0, [&](const StoredEvent& stored) {
      auto line = std::string(stored.line);
      line[2] = version == changed ? 'm' : line[2];
      other.append({"case/a", version++, {line}}, [](const auto&) {});
      return true;
    }));
    const auto fault = log.verified(other).fault;
    ASSERT_TRUE(fault) << changed;
    EXPECT_EQ(fault->holds_to, changed / 10 * 10);
    EXPECT_EQ(fault->size, changed / 10 * 10 + 10);
  }
}

TEST(TreeChecking, FindsEveryCheckpointThatWasAltered) {
  Log log;
  log.write(3);
  ASSERT_TRUE(log.signer().sign(log.store));
  const auto key = *read_log_key(log.folder.path()).value();
  const auto whole = read_signed_trees(log.folder.path()).value().at(0);
  for (std::size_t bit = 0; bit < 8 * whole.note.size(); ++bit) {
    auto altered = whole;
    altered.note[bit / 8] = static_cast<char>(altered.note[bit / 8] ^ 1 << bit % 8);
    ASSERT_TRUE(verify_tree(log.store, {altered}, key)->fault) << bit;
  }
  for (std::size_t bit = 0; bit < 256 * whole.peaks.size(); ++bit) {
    auto altered = whole;
    altered.peaks[bit / 256][bit % 256 / 8] ^= static_cast<std::uint8_t>(1U << bit % 8);
    ASSERT_TRUE(verify_tree(log.store, {altered}, key)->fault) << bit;
  }
  auto moved = whole;
  moved.size = 2;
  EXPECT_TRUE(verify_tree(log.store, {moved}, key)->fault);
  const auto other = SignerKey::make("protoflow/other", SignatureType::note);
  EXPECT_TRUE(verify_tree(log.store, {whole}, other.verifier())->fault);
}

}  // namespace
}  // namespace protoflow::runtime
