#include "runtime/people/standing.hpp"

#include <gtest/gtest.h>

#include "runtime/people/directory.hpp"

namespace protoflow::runtime {
namespace {

using namespace std::chrono_literals;
using Kind = PersonChangeKind;
using std::chrono::sys_days;

constexpr sys_days kFirst{std::chrono::year{2027} / 3 / 1};
constexpr sys_days kLast{std::chrono::year{2027} / 3 / 12};

std::string name_of(Kind kind) {
  return std::string(kPersonChangeNames[static_cast<std::size_t>(kind)]);
}

TEST(PersonChange, IsReadAsItWasWritten) {
  const std::vector<PersonChange> changes = {
      {.kind = Kind::person_absent, .person = "ines"},
      {.kind = Kind::person_absent, .person = "ines", .from = kFirst, .until = kLast},
      {.kind = Kind::person_absent, .person = "ines", .until = kFirst},
      {.kind = Kind::person_returned, .person = "ines"},
      {.kind = Kind::person_removed, .person = "ines"},
      {.kind = Kind::person_removed, .person = "ines", .to = "paul"},
  };
  for (const auto& change : changes) {
    const auto read = read_change(name_of(change.kind), change_json(change));

    ASSERT_TRUE(read) << read.error().field;
    EXPECT_EQ(*read, change) << change_json(change);
  }
}

TEST(PersonChange, NamesTheMemberThatIsWrong) {
  const std::vector<std::array<const char*, 3>> rows = {
      {"person_gone", "{\"person\":\"ines\"}", "body"},
      {"person_absent", "[]", "body"},
      {"person_absent", "{}", "person"},
      {"person_absent", "{\"person\":1}", "person"},
      {"person_absent", "{\"person\":\"ines\",\"until\":\"tomorrow\"}", "until"},
      {"person_absent", "{\"person\":\"ines\",\"to\":\"paul\"}", "to"},
      {"person_absent",
       "{\"person\":\"ines\",\"from\":\"2027-03-02\",\"until\":\"2027-03-01\"}",
       "until"},
      {"person_removed", "{\"person\":\"ines\",\"until\":\"2027-03-01\"}", "until"},
      {"person_removed", "{\"person\":\"ines\",\"colour\":\"red\"}", "colour"},
  };
  for (const auto& [kind, body, wanted] : rows) {
    const auto read = read_change(kind, body);

    ASSERT_FALSE(read) << body;
    EXPECT_EQ(read.error().field, wanted) << body;
  }
}

TEST(PersonChange, CountsBothDaysOfAnAbsenceOnTheZonesClock) {
  const model::ZoneTable utc;
  const auto away = time_away({.from = kFirst, .until = kLast}, utc);

  EXPECT_EQ(engine::to_text(away.from), "2027-03-01T00:00:00.000Z");
  EXPECT_EQ(engine::to_text(away.until), "2027-03-13T00:00:00.000Z");
  EXPECT_EQ(time_away({}, utc).until, model::kNever);
}

TEST(Standing, IsTheNewestAndKnowsWhatItEnds) {
  Directory people;
  people.put({"ines", "association", {}}, 1);
  EXPECT_EQ(people.standing("ines"), nullptr);
  people.take({.kind = Kind::person_absent, .person = "ines", .until = kFirst}, 2);
  people.take({.kind = Kind::person_absent, .person = "ines", .until = kLast}, 3);
  people.take({.kind = Kind::person_returned, .person = "ines"}, 4);

  ASSERT_NE(people.standing("ines"), nullptr);
  EXPECT_EQ(people.standing("ines")->version, 4U);
  EXPECT_EQ(people.standing("ines")->earlier, (std::vector<std::uint64_t>{2, 3}));
  people.take({.kind = Kind::person_absent, .person = "ines"}, 5);
  EXPECT_TRUE(people.standing("ines")->earlier.empty());
}

TEST(Standing, OfSomebodyRemovedEndsWhenTheyAreRegisteredAgain) {
  Directory people;
  people.put({"ines", "association", {}}, 1);
  people.take({.kind = Kind::person_removed, .person = "ines"}, 2);
  EXPECT_EQ(people.find("ines"), nullptr);

  people.put({"ines", "association", {}}, 3);
  EXPECT_NE(people.find("ines"), nullptr);
  EXPECT_EQ(people.standing("ines")->change.kind, Kind::person_returned);
  EXPECT_EQ(people.standing("ines")->earlier, (std::vector<std::uint64_t>{2}));
}

}  // namespace
}  // namespace protoflow::runtime
