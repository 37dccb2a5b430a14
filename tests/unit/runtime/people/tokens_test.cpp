#include "runtime/people/tokens.hpp"

#include <gtest/gtest.h>

#include "tests/support/casebook_world.hpp"

namespace protoflow::runtime {
namespace {

constexpr auto kNow = "2027-03-01T08:00:00.000Z";

PersonToken token_of(const std::string& secret, const std::string& id = "t1") {
  return {.id = id,
          .person = "ines",
          .name = "laptop",
          .may_act = true,
          .expires = testing::instant("2027-03-02T00:00:00.000Z"),
          .sha256 = sha256_of_token(secret)};
}

TEST(Tokens, HoldWhatNobodyGuesses) {
  const auto one = make_person_token();
  EXPECT_TRUE(one.starts_with("pft_"));
  EXPECT_EQ(one.size(), 4u + 64u);
  EXPECT_NE(one, make_person_token());
  EXPECT_EQ(sha256_of_token(one).find(one.substr(4)), std::string::npos);
}

TEST(Tokens, ReadBackWhatWasWritten) {
  auto token = token_of("pft_1");
  EXPECT_EQ(read_issued(issued_json(token)), token);
  token.may_act = false;
  token.name.clear();
  EXPECT_EQ(read_issued(issued_json(token)), token);
  const auto revoked = read_revoked(revoked_json(token));
  ASSERT_TRUE(revoked);
  EXPECT_EQ(revoked->id + revoked->person, "t1ines");
}

TEST(Tokens, SayWhatIsWrongInARecord) {
  const auto digest = std::string(64, 'a');
  for (
      const auto& body :
      {std::string("[]"),
       std::string("{}"),
       R"({"token":"t","person":"p","scopes":["read"],"expires":"soon","sha256":")" + digest +
           "\"}",
       R"({"token":"t","person":"p","scopes":["all"],"expires":"2027-03-01T08:00:00.000Z","sha256":")" +
           digest + "\"}",
       R"({"token":"t","person":"p","scopes":["read"],"expires":"2027-03-01T08:00:00.000Z","sha256":""})" +
           std::string(),
       R"({"token":"t","person":"p","secret":"pft_","sha256":")" + digest + "\"}"}) {
    EXPECT_FALSE(read_issued(body)) << body;
  }
  EXPECT_FALSE(read_revoked("{}"));
  EXPECT_FALSE(read_revoked(R"({"token":"t","person":"p","why":"lost"})"));
}

TEST(TokenBook, FindsATokenUntilItExpires) {
  TokenBook book;
  book.put(token_of("pft_1"));
  ASSERT_NE(book.find("pft_1", testing::instant(kNow)), nullptr);
  EXPECT_EQ(book.find("pft_1", testing::instant(kNow))->id, "t1");
  EXPECT_EQ(book.find("pft_2", testing::instant(kNow)), nullptr);
  EXPECT_EQ(book.find("", testing::instant(kNow)), nullptr);
  EXPECT_NE(book.find("pft_1", testing::instant("2027-03-01T23:59:59.999Z")), nullptr);
  EXPECT_EQ(book.find("pft_1", testing::instant("2027-03-02T00:00:00.000Z")), nullptr);
}

TEST(TokenBook, FindsNoTokenThatWasRevoked) {
  TokenBook book;
  book.put(token_of("pft_1"));
  book.put(token_of("pft_2", "t2"));
  book.revoke("t1");
  book.revoke("t1");
  EXPECT_EQ(book.find("pft_1", testing::instant(kNow)), nullptr);
  EXPECT_NE(book.find("pft_2", testing::instant(kNow)), nullptr);
  book.revoke_all_of("karim");
  EXPECT_EQ(book.all().size(), 1u);
  book.revoke_all_of("ines");
  EXPECT_TRUE(book.all().empty());
  EXPECT_EQ(book.find("pft_2", testing::instant(kNow)), nullptr);
}

}  // namespace
}  // namespace protoflow::runtime
