// A step that goes through a session waits for its day and for its place, in a simulation too.
#include "engine/simulate/gatherings.hpp"

#include <gtest/gtest.h>

#include "tests/support/protocol_builder.hpp"

namespace protoflow::engine {
namespace {

tests::ProtocolSpec course(std::uint16_t places, bool on_request) {
  tests::ProtocolSpec path{.roles = {{.name = "coordinator", .partners = {"mission"}},
                                     {.name = "teacher", .partners = {"school"}}}};
  path.sessions = {
      {.name = "course",
       .hosted_by = "teacher",
       .beneficiaries_max = places,
       .every = on_request ? std::nullopt : std::optional(tests::hours(24 * 14)),
       .on_request = on_request,
       .preparations = {{.name = "room", .responsible = "teacher", .before = tests::hours(48)}}}};
  path.steps = {{.name = "learn", .responsible = "teacher", .through = "course"}};
  path.endings = {{.name = "learned", .when = tests::is("learn", "done")}};
  return path;
}

PopulationFigures year_of(const tests::ProtocolSpec& path) {
  return simulate_population(tests::plan_of(path),
                             {.cases = 100, .months = 12, .seed = 7, .leave = 0});
}

TEST(Gatherings, BringThroughMostWhereThereIsRoom) {
  const auto found = year_of(course(20, false));

  EXPECT_EQ(found.refused, 0U);
  EXPECT_GT(found.closed, 90U);
  EXPECT_GT(found.steps[0].open.median, 20U) << "two days at least: nobody comes before the day";
  EXPECT_GT(found.partners[1].load[10], 0U);
}

TEST(Gatherings, MakeCasesWaitWhereThereAreFewPlaces) {
  const auto found = year_of(course(2, false));  // 26 days of two places for a hundred people

  EXPECT_EQ(found.refused, 0U);
  EXPECT_LE(found.closed, 52U);
  EXPECT_GT(found.closed, 30U);
}

TEST(Gatherings, OnRequestAreHeldAsSoonAsSomebodyAsks) {
  const auto found = year_of(course(5, true));

  EXPECT_EQ(found.refused, 0U);
  EXPECT_GT(found.closed, 90U);
}

TEST(Gatherings, AreTheSameForTheSameSeed) {
  const auto one = year_of(course(3, false));
  const auto other = year_of(course(3, false));

  EXPECT_EQ(one.events, other.events);
  EXPECT_EQ(one.partners[1].load, other.partners[1].load);
  EXPECT_EQ(one.path.median, other.path.median);
}

}  // namespace
}  // namespace protoflow::engine
