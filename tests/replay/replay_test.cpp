// Old logs stay readable, to the same state; altered ones are found. PROTOFLOW_UPDATE=1 freezes the
// log anew: only for an event kind that has never left the building.
#include <cstdlib>
#include <set>
#include <sstream>

#include <gtest/gtest.h>

#include "tests/replay/frozen_log.hpp"

namespace protoflow::tests {
namespace {

constexpr std::string_view kLog = "golden/small-path.jsonl";
constexpr std::string_view kState = "golden/small-path.state.txt";
// The same story as it is written today: due instants with their line, reservations as tasks.
constexpr std::string_view kTodaysLog = "golden/small-path-2.jsonl";
constexpr std::string_view kTodaysState = "golden/small-path-2.state.txt";

constexpr std::string_view kMigratedLog = "golden/migrated.jsonl";
constexpr std::string_view kMigratedState = "golden/migrated.state.txt";

std::vector<std::string> lines_of(const std::string& text) {
  std::istringstream in(text);
  std::vector<std::string> lines;
  for (std::string line; std::getline(in, line);) {
    lines.push_back(line);
  }
  return lines;
}

class FrozenLog : public testing::Test {
 protected:
  static void SetUpTestSuite() {
    if (std::getenv("PROTOFLOW_UPDATE") != nullptr) {
      freeze(kTodaysLog, write_log(model::Canonical::one));
      freeze(kTodaysState, lines_of(read_log(frozen_lines(kTodaysLog)).value_or("")));
      freeze(kMigratedLog, write_migrated_log());
      freeze(kMigratedState, lines_of(read_log(frozen_lines(kMigratedLog)).value_or("")));
    }
  }

  std::vector<std::string> lines = frozen_lines(kLog);
};

// But for the meaning hash: this one is from before the second way of writing the meaning.
TEST_F(FrozenLog, IsWrittenTodayByteForByte) {
  EXPECT_EQ(write_log(model::Canonical::one), frozen_lines(kTodaysLog));
}

TEST_F(FrozenLog, IsReadToTheSameStateUnderTodaysMeaningHash) {
  const auto today = write_log(model::Canonical::two);
  const auto state = read_log(today);

  EXPECT_NE(today, lines);
  ASSERT_TRUE(state) << state.error().version << " " << state.error().field;
  EXPECT_EQ(lines_of(*state), frozen_lines(kTodaysState));
}

TEST_F(FrozenLog, IsReadToTheFrozenState) {
  const auto state = read_log(lines);

  ASSERT_TRUE(state) << state.error().version << " " << state.error().field << " "
                     << state.error().reason;
  EXPECT_EQ(lines_of(*state), frozen_lines(kState));
}

TEST_F(FrozenLog, OfACaseThatCameOverIsReadToTheFrozenState) {
  EXPECT_EQ(write_migrated_log(), frozen_lines(kMigratedLog));

  const auto state = read_log(frozen_lines(kMigratedLog));

  ASSERT_TRUE(state) << state.error().version << " " << state.error().field << " "
                     << state.error().reason;
  EXPECT_EQ(lines_of(*state), frozen_lines(kMigratedState));
}

TEST_F(FrozenLog, ShowsACaseThatGoesOnUnderAVersionItHasNotComeTo) {
  auto altered = frozen_lines(kMigratedLog);
  const auto came = std::ranges::find_if(altered, [](const std::string& line) {
    return line.find("\"kind\":\"case_migrated\"") != line.npos;
  });
  ASSERT_NE(came, altered.end());
  const auto version = engine::read_record(*came)->version;
  altered.erase(came);

  const auto read = read_log(altered);

  ASSERT_FALSE(read);
  EXPECT_EQ(read.error().version, version);
}

TEST_F(FrozenLog, HoldsEveryEventKindThatACaseOftenSees) {
  std::set<std::string> kinds;
  for (const auto& line : lines) {
    kinds.insert(engine::read_record(line)->kind);
  }

  EXPECT_GE(kinds.size(), 32U);
}

// Where the value of a member begins in a line; npos when it stands elsewhere.
std::size_t value_of(const std::string& line, std::string_view member) {
  const auto place = line.find("\"" + std::string(member) + "\":");
  return place == line.npos ? place : place + member.size() + 3;
}

// The altered event itself may still read; then the one after it does not follow it.
TEST_F(FrozenLog, ShowsAFlippedByteInEveryMemberOfEveryRecord) {
  for (const auto* member : {"stream",
                             "version",
                             "kind",
                             "kind_version",
                             "happened",
                             "recorded",
                             "actor",
                             "subject",
                             "body",
                             "protocol",
                             "command",
                             "previous"}) {
    for (std::size_t i = 1; i + 1 < lines.size(); ++i) {
      auto altered = lines;
      auto& byte = altered[i][value_of(altered[i], member) + 1];
      byte = static_cast<char>(byte ^ 1);

      const auto read = read_log(altered);

      ASSERT_FALSE(read) << member << " of line " << i;
      EXPECT_TRUE(read.error().version == i || read.error().version == i + 1)
          << member << " of line " << i << " was found at " << read.error().version;
      EXPECT_FALSE(read.error().field.empty() && read.error().reason.empty());
    }
  }
}

TEST_F(FrozenLog, ShowsARemovedLineWhereItIsMissing) {
  for (std::size_t i = 1; i + 1 < lines.size(); ++i) {
    auto altered = lines;
    altered.erase(altered.begin() + static_cast<std::ptrdiff_t>(i));

    const auto read = read_log(altered);

    ASSERT_FALSE(read);
    EXPECT_EQ(read.error().version, i);
    EXPECT_EQ(read.error().field, "version");
  }
}

TEST_F(FrozenLog, ShowsTwoSwappedLinesWhereTheyStand) {
  for (std::size_t i = 1; i + 1 < lines.size(); ++i) {
    auto altered = lines;
    std::swap(altered[i], altered[i + 1]);

    const auto read = read_log(altered);

    ASSERT_FALSE(read);
    EXPECT_EQ(read.error().version, i);
    EXPECT_EQ(read.error().field, "version");
  }
}

TEST_F(FrozenLog, ShowsAnAlteredProtocol) {
  auto altered = lines;
  const auto place = altered[0].find("within 72 hours");
  altered[0].replace(place, 15, "within 73 hours");

  const auto read = read_log(altered);

  ASSERT_FALSE(read);
  EXPECT_EQ(read.error().stream, "protocol/small-path");
}

}  // namespace
}  // namespace protoflow::tests
