// The house rules, held over this very tree.
#include <algorithm>

#include <gtest/gtest.h>

#include "tests/support/places.hpp"
#include "tests/tidy/rules.hpp"

namespace protoflow::tidy {
namespace {

const Tree& house() {
  static const Tree tree = read_tree(in_sources(""));
  return tree;
}

testing::AssertionResult held(const std::vector<Finding>& findings) {
  return findings.empty() ? testing::AssertionSuccess()
                          : testing::AssertionFailure() << "\n"
                                                        << to_text(findings);
}

TEST(House, WasRead) {
  EXPECT_GT(house().size(), 50U);
}

TEST(House, IncludesFollowTheDirection) {
  EXPECT_TRUE(held(include_direction(house())));
}

TEST(House, ThirdPartiesStayInTheirFiles) {
  EXPECT_TRUE(held(confined_headers(house())));
}

TEST(House, ThirdPartiesAreNotShownThroughOurHeaders) {
  EXPECT_TRUE(held(exposed_headers(house())));
}

TEST(House, BannedNamesAreReplaced) {
  EXPECT_TRUE(held(banned_names(house())));
}

TEST(House, FunctionsAreAtMostSixtyLines) {
  EXPECT_TRUE(held(long_functions(house())));
}

TEST(House, FilesAreAtMostFiveHundredLines) {
  EXPECT_TRUE(held(long_files(house())));
}

TEST(House, HeadersSayWhatTheyAreFor) {
  EXPECT_TRUE(held(header_openings(house())));
}

TEST(House, EveryHeaderIsIncluded) {
  EXPECT_TRUE(held(dead_headers(house())));
}

TEST(House, NamespacesFollowFolders) {
  EXPECT_TRUE(held(namespaces(house())));
}

TEST(House, FilesAreNamedByTheirIdea) {
  EXPECT_TRUE(held(file_names(house())));
}

TEST(House, NothingIsMarkedUnfinished) {
  EXPECT_TRUE(held(unfinished_marks(house())));
}

TEST(House, TheProjectSpeaksOfItselfAlone) {
  EXPECT_TRUE(held(foreign_words(house())));
}

TEST(House, LinksBetweenDocumentsAreAlive) {
  EXPECT_TRUE(held(dead_links(house())));
}

TEST(House, EveryDecisionIsInTheIndex) {
  EXPECT_TRUE(held(unlisted_decisions(house())));
}

TEST(House, EveryEventKindAndDiagnosticIsTested) {
  const auto ratchet = std::ranges::find(house(), "tests/tidy/untested.txt", &SourceFile::path);
  EXPECT_TRUE(held(untested_names(house(), ratchet == house().end() ? "" : ratchet->text)));
}

}  // namespace
}  // namespace protoflow::tidy
