#include "runtime/door/link_book.hpp"

#include <fstream>

#include <gtest/gtest.h>

#include "tests/support/casebook_world.hpp"

namespace protoflow::runtime {
namespace {

using namespace std::chrono_literals;

const model::Instant kNow = testing::instant(testing::kOpening);

class Links : public ::testing::Test {
 protected:
  LinkBook open() { return LinkBook::open(folder / "links.db").value(); }

  testing::Folder folder;
};

TEST_F(Links, AreKnownAgainAfterARestartByTheirSecretAlone) {
  std::string secret;
  {
    auto book = open();
    secret = book.add({.kind = LinkKind::answer,
                       .person = "lea",
                       .use = "link:n1",
                       .asks = R"({"step":"é"})",
                       .expires = kNow + 1h},
                      kNow);
    book.set_used(secret, true);
  }
  const auto book = open();
  const auto* link = book.find(secret);
  ASSERT_NE(link, nullptr);
  EXPECT_EQ(link->kind, LinkKind::answer);
  EXPECT_EQ(link->person, "lea");
  EXPECT_EQ(link->use, "link:n1");
  EXPECT_EQ(link->asks, R"({"step":"é"})");
  EXPECT_EQ(link->expires, kNow + 1h);
  EXPECT_TRUE(link->used);
  EXPECT_EQ(book.find(secret.substr(1)), nullptr);
}

TEST_F(Links, StandInTheFileAsHashesAlone) {
  auto book = open();
  const auto secret = book.add({.person = "lea", .expires = kNow + 1h}, kNow);
  for (const auto& entry : std::filesystem::directory_iterator(folder.path())) {
    std::ifstream stream(entry.path(), std::ios::binary);
    const std::string bytes{std::istreambuf_iterator<char>(stream), {}};
    EXPECT_EQ(bytes.find(secret), std::string::npos) << entry.path();
    EXPECT_EQ(bytes.find(secret.substr(4)), std::string::npos) << entry.path();
  }
}

TEST_F(Links, AreForgottenAWeekAfterTheirEndOrAtOnce) {
  auto book = open();
  const auto old = book.add({.expires = kNow + 1h}, kNow);
  const auto dropped = book.add({.expires = kNow + 1h}, kNow);
  book.forget(dropped);
  EXPECT_EQ(book.find(dropped), nullptr);
  (void)book.add({}, kNow + std::chrono::days(6));
  EXPECT_NE(book.find(old), nullptr);
  (void)book.add({}, kNow + std::chrono::days(9));
  EXPECT_EQ(book.find(old), nullptr);
  EXPECT_EQ(open().find(old), nullptr);
}

TEST_F(Links, OpenForTheOperatorOnlyWhileTheirSessionLasts) {
  auto book = open();
  const auto session = book.add({.kind = LinkKind::operator_session, .expires = kNow + 1h}, kNow);
  const auto link = book.add({.kind = LinkKind::operator_sign_in, .expires = kNow + 1h}, kNow);
  EXPECT_TRUE(book.opens_for_operator(session, kNow));
  EXPECT_FALSE(book.opens_for_operator(session, kNow + 1h));
  EXPECT_FALSE(book.opens_for_operator(link, kNow));
  EXPECT_FALSE(book.opens_for_operator("pfl_", kNow));
}

TEST_F(Links, SayWhichFileCannotBeOpened) {
  std::ofstream(folder / "links.db") << "a letter, and no database at all";
  const auto book = LinkBook::open(folder / "links.db");
  ASSERT_FALSE(book);
  EXPECT_NE(book.error().find("links.db"), std::string::npos);
}

}  // namespace
}  // namespace protoflow::runtime
