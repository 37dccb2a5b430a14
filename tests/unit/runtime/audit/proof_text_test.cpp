// The texts that prove: written and read again, and everything that is none refused by its line.
#include "runtime/audit/proof_text.hpp"

#include <gtest/gtest.h>

namespace protoflow::runtime {
namespace {

engine::Hash hash_of(std::string_view text) {
  return engine::sha256(text);
}

const std::string kNote =
    "example.com/behind-the-sofa\n20852163\nCsUYapGGPo4dkMgIAUqom/Xajj7h2fB2MPA3j2jxq2I=\n\n— "
    "example.com/behind-the-sofa "
    "Az3grlgtzPICa5OS8npVmf1Myq/5IZniMp+ZJurmRDeOoRDe4URYN7u5/"
    "Zhcyv2q1gGzGku9nTo+zyWE+xeMcTOAYQ8=\n";

CasePack pack() {
  return {.records = {{"{\"a\":1}", {3, {hash_of("x"), hash_of("y")}}}, {"{\"b\":2}", {9, {}}}},
          .checkpoint = kNote};
}

TEST(ProofText, ReadsTheCheckpointOfTheDocument) {
  const auto statement = read_statement(kNote);
  ASSERT_TRUE(statement) << statement.error();
  EXPECT_EQ(statement->origin, "example.com/behind-the-sofa");
  EXPECT_EQ(statement->head.size, 20'852'163U);
  EXPECT_TRUE(kNote.starts_with(to_text(*statement)));
}

TEST(ProofText, WritesWhatItReads) {
  const TlogProof proof{.proof = {73'894, {hash_of("left"), hash_of("right")}},
                        .checkpoint = kNote};
  EXPECT_EQ(read_proof(to_text(proof)), proof);
  auto with_extra = to_text(proof);
  with_extra.insert(with_extra.find("index"), "extra YWdl\n");
  EXPECT_EQ(read_proof(with_extra), proof);
  EXPECT_EQ(read_pack(to_text(pack())), pack());
}

TEST(ProofText, IsRefusedWhereverItIsCutOff) {
  const auto whole = to_text(pack());
  const auto from = whole.find(kNote);
  for (std::size_t size = 0; size < from; ++size) {
    const auto read = read_pack(std::string_view(whole).substr(0, size));
    ASSERT_FALSE(read && read->records.size() == 2 && !read->checkpoint.empty()) << size;
  }
}

struct Wrong {
  std::string text;
  std::string error;
};

TEST(ProofText, SaysWhichLineIsWrong) {
  const std::string first = "protoflow.case-pack/v1\n";
  const std::vector<Wrong> wrongs = {
      {"", "line 1 is not that of a pack: another kind of file, or a newer version"},
      {first, "line 2 is not the first of a record: there is none"},
      {first + "record x\n{}\n\n", "line 2 does not say the place of a record"},
      {first + "record 01\n{}\n\n", "line 2 does not say the place of a record"},
      {first + "record 1\n{}", "line 3 is missing: the text was cut off"},
      {first + "record 1\n{}\nabc\n\n", "line 4 is not a SHA-256 in base64"}};
  for (const auto& [text, error] : wrongs) {
    const auto read = read_pack(text);
    ASSERT_FALSE(read) << text;
    EXPECT_EQ(read.error(), error);
  }
  for (const auto* text : {"", "a\n", "\n1\nx\n", "a\n-1\nx\n", "a\n1\nCsUY=\n", "a\n01\n"}) {
    EXPECT_FALSE(read_statement(text)) << text;
  }
}

}  // namespace
}  // namespace protoflow::runtime
