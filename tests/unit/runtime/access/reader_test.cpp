#include "runtime/access/reader.hpp"

#include <gtest/gtest.h>

#include "tests/support/casebook_world.hpp"

namespace protoflow::runtime {
namespace {

const auto kNow = testing::instant("2027-03-01T08:00:00.000Z");

TEST(Reader, IsWhoseTokenItIs) {
  Directory people;
  people.put({"ines", "association", {"référente"}});
  people.tokens().put({.id = "t1",
                       .person = "ines",
                       .expires = kNow + std::chrono::days(1),
                       .sha256 = sha256_of_token("pft_1")});

  const auto ines = reader_of("pft_1", "pfo_1", people, kNow);
  EXPECT_TRUE(ines.is("ines"));
  EXPECT_EQ(ines.person.partner, "association");
  EXPECT_FALSE(ines.may_act);
  const auto whoever = reader_of("pfo_1", "pfo_1", people, kNow);
  EXPECT_TRUE(whoever.is_operator());
  EXPECT_FALSE(whoever.is(""));
  for (const auto* wrong : {"", "pft_2", "pfo_", "pfo_11", "ines", "t1"}) {
    EXPECT_EQ(reader_of(wrong, "pfo_1", people, kNow).kind, ReaderKind::nobody) << wrong;
  }
}

TEST(Reader, IsNobodyOnceTheyAreGone) {
  Directory people;
  people.put({"ines", "association", {}});
  people.tokens().put({.id = "t1",
                       .person = "ines",
                       .expires = kNow + std::chrono::days(1),
                       .sha256 = sha256_of_token("pft_1")});
  people.take({.kind = PersonChangeKind::person_removed, .person = "ines"}, 2);
  people.put({"ines", "association", {}}, 3);
  EXPECT_EQ(reader_of("pft_1", "pfo_1", people, kNow).kind, ReaderKind::nobody);
}

}  // namespace
}  // namespace protoflow::runtime
