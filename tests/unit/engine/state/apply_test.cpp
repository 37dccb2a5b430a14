#include "engine/state/apply.hpp"

#include <gtest/gtest.h>

#include "tests/support/play.hpp"

namespace protoflow::engine {
namespace {

CaseState opened() {
  static const Plan plan = tests::plan_of(tests::small_path());
  auto state = empty_case(plan.protocol);
  apply(state,
        {.kind = EventKind::case_opened,
         .happened = tests::hour(0),
         .status = CaseStatus::opened,
         .beneficiary = "b-1"});
  return state;
}

Event answer(bool given) {
  return {
      .kind = EventKind::consent_answered, .happened = tests::hour(1), .consents = {{{0}, given}}};
}

TEST(Apply, CountsEveryEvent) {
  auto state = opened();

  apply(state, answer(true));

  EXPECT_EQ(state.version, 2U);
}

TEST(Apply, TellsARefusalFromAConsentTakenBack) {
  auto refused = opened();
  auto taken_back = opened();

  apply(refused, answer(false));
  apply(taken_back, answer(true));
  apply(taken_back, answer(false));

  EXPECT_EQ(refused.consents[0], ConsentAnswer::refused);
  EXPECT_EQ(taken_back.consents[0], ConsentAnswer::withdrawn);
}

TEST(Apply, KeepsAnErasedValueAsErased) {
  auto state = opened();

  apply(state,
        {.kind = EventKind::information_recorded, .happened = tests::hour(1), .erased = {{1}}});

  EXPECT_EQ(state.informations[1].known, Known::erased);
}

TEST(Apply, ForgetsTheEndingOfAReopenedCase) {
  auto state = opened();
  apply(state,
        {.kind = EventKind::case_closed,
         .happened = tests::hour(1),
         .status = CaseStatus::closed,
         .ending = {0}});

  apply(state,
        {.kind = EventKind::case_reopened,
         .happened = tests::hour(2),
         .status = CaseStatus::reopened});

  EXPECT_FALSE(state.ending.known());
  EXPECT_EQ(state.status, CaseStatus::reopened);
}

TEST(Describe, NamesInformationsButNeverTheirValues) {
  tests::Play play(tests::plan_of(tests::small_path()));
  play.rehearse(
      "h0 coordinator open; h1 adviser complete welcome as engaged with minor=no,french=B1");

  const auto text = describe(play.state(), play.plan().protocol);

  EXPECT_NE(text.find("information french"), text.npos);
  EXPECT_EQ(text.find("B1"), text.npos);
}

}  // namespace
}  // namespace protoflow::engine
