#include "engine/duty/orphan.hpp"

#include <gtest/gtest.h>

#include "tests/support/play.hpp"

namespace protoflow::engine {
namespace {

using tests::hour;
using tests::hours;
using tests::Play;

tests::ProtocolSpec one_step() {
  tests::ProtocolSpec path;
  path.roles = {{.name = "coordinator", .partners = {"mission"}},
                {.name = "adviser", .partners = {"foyer", "school"}},
                {.name = "tutor",
                 .binding = model::Binding::chosen_by,
                 .partners = {"bakery"},
                 .chooser = "coordinator"}};
  path.steps = {
      {.name = "search",
       .responsible = "adviser",
       .accept_within = hours(20),
       .deadlines = {{.within = hours(100)}},
       .late = {{.action = model::LateAction::escalate, .role_or_outcome = "coordinator"}},
       .review = tests::ReviewSpec{.by = "coordinator"}},
      {.name = "meet", .responsible = "tutor", .after = tests::settled("search")}};
  path.endings = {{.name = "end", .when = tests::settled("meet")}};
  return path;
}

struct Row {
  const char* claim;
  const char* history;
  OrphanCause cause;
  int wanted;  // hours
  int total;
};

constexpr Row kRows[] = {
    {"until it is taken",
     "h0 coordinator open; h3 adviser take search; h9 tick",
     OrphanCause::not_taken,
     3,
     3},
    {"completed at once",
     "h0 coordinator open; h2 adviser complete search; h9 tick",
     OrphanCause::not_taken,
     2 + 7,
     9},
    {"declined",
     "h0 coordinator open; h2 adviser decline search because ill; h9 adviser@school take search",
     OrphanCause::declined,
     7,
     9},
    {"expired",
     "h0 coordinator open; h20 tick; h25 adviser@school take search",
     OrphanCause::offer_expired,
     5,
     25},
    {"absent",
     "h0 coordinator open; h1 adviser take search; h2 coordinator person_absent adviser; h9 tick",
     OrphanCause::absent,
     7,
     8},
    {"removed",
     "h0 coordinator open; h1 adviser take search; h2 coordinator person_removed adviser; h9 "
     "tick",
     OrphanCause::removed,
     7,
     8},
    {"partner left",
     "h0 coordinator open; h1 adviser take search; h2 coordinator partner_left foyer; h9 tick",
     OrphanCause::partner_left,
     7,
     8},
    {"escalated",
     "h0 coordinator open; h1 adviser take search; h120 tick",
     OrphanCause::escalated,
     20,
     21},
    {"a review that is recused",
     "h0 coordinator open; h0 adviser complete search; h1 coordinator begin_review search;"
     "h4 coordinator recuse search because knows-him; h9 tick",
     OrphanCause::declined,
     5,
     6},
    {"no partner yet",
     "h0 coordinator open; h0 adviser complete search; h1 coordinator approve search; h9 tick",
     OrphanCause::waits_for_referral,
     8,
     9},
    {"not in a pause",
     "h0 coordinator open; h1 coordinator pause; h5 coordinator resume_case; h9 tick",
     OrphanCause::not_taken,
     5,
     5},
};

TEST(OrphanTime, IsMeasuredByItsCause) {
  for (const auto& row : kRows) {
    SCOPED_TRACE(row.claim);
    Play play(plan_of(one_step()));
    play.rehearse(row.history);

    const auto time = orphan_time(play.plan().protocol, play.events(), play.now());

    EXPECT_EQ(time.of(row.cause), std::chrono::hours(row.wanted));
    EXPECT_EQ(time.total(), std::chrono::hours(row.total));
  }
}

TEST(OrphanTime, IsSharedOutByStepAndByPartner) {
  Play play(plan_of(one_step()));
  play.rehearse(
      "h0 coordinator open; h2 adviser decline search because ill; h9 adviser@school take search;"
      "h9 adviser@school complete search; h10 coordinator approve search; h12 tick");

  const auto time = orphan_time(play.plan().protocol, play.events(), play.now());

  const auto of = [&](const char* partner) {
    return time
        .by_partner[model::find<model::PartnerId>(play.plan().protocol.partners, partner).value];
  };
  EXPECT_EQ(time.by_step[0], std::chrono::hours(10));
  EXPECT_EQ(time.by_step[1], std::chrono::hours(2));
  EXPECT_EQ(of("foyer"), std::chrono::hours(2));
  EXPECT_EQ(of("school"), std::chrono::hours(7));
  EXPECT_EQ(of("mission"), std::chrono::hours(3));
}

// At four something else was said of the case: it is no reason to count beyond two.
TEST(OrphanTime, OfWhatIsRecordedLateEndsWhenItHappened) {
  Play play(plan_of(one_step()));
  play.rehearse(
      "h0 coordinator open; h4 coordinator person_absent nobody; h6 adviser take search on h2;"
      "h9 tick");

  const auto time = orphan_time(play.plan().protocol, play.events(), play.now());

  EXPECT_EQ(time.total(), std::chrono::hours(2));
}

TEST(OrphanTime, OfNoHistoryIsNothing) {
  Play play(plan_of(one_step()));

  EXPECT_EQ(orphan_time(play.plan().protocol, {}, hour(100)).total().count(), 0);
}

}  // namespace
}  // namespace protoflow::engine
