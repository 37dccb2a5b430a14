#include "engine/duty/ledger.hpp"

#include <gtest/gtest.h>

#include "tests/support/play.hpp"

namespace protoflow::engine {
namespace {

using tests::hours;
using tests::Play;

tests::ProtocolSpec one_step() {
  tests::ProtocolSpec path;
  path.roles = {{.name = "coordinator", .partners = {"mission"}},
                {.name = "adviser", .partners = {"foyer"}}};
  path.consents = {"sharing"};
  path.steps = {{.name = "ask", .responsible = "adviser", .asks_consent = "sharing"},
                {.name = "search",
                 .responsible = "adviser",
                 .after = tests::settled("ask"),
                 .deadlines = {{.within = hours(100)}},
                 .hold = hours(40),
                 .requires_consents = {"sharing"},
                 .review = tests::ReviewSpec{.by = "coordinator", .returns_max = 1}}};
  path.endings = {{.name = "end", .when = tests::settled("search")}};
  return path;
}

std::string text_of(const std::vector<Stop>& list) {
  const auto hours_of = [](model::Instant instant) {
    return instant == model::kNever
               ? std::string("now")
               : std::to_string(
                     std::chrono::floor<std::chrono::hours>(instant - tests::hour(0)).count());
  };
  std::string text;
  for (const auto& stop : list) {
    text += (text.empty() ? "" : ", ");
    text += kStopCauseNames[static_cast<std::size_t>(stop.why)];
    text += " " + hours_of(stop.from) + "-" + hours_of(stop.to);
  }
  return text;
}

struct Row {
  const char* history;
  const char* wanted;
};

TEST(Ledger, HasEveryStopFromWhenToWhenAndWhy) {
  const Row rows[] = {
      {"h3 tick", ""},
      {"h3 adviser hold search; h8 adviser resume search", "held 3-8"},
      {"h3 adviser hold search; h60 tick", "held 3-43"},  // no longer than it may be
      {"h3 adviser hold search", "held 3-now"},
      {"h3 coordinator pause; h9 coordinator resume_case", "paused 3-9"},
      {"h3 adviser hold search; h5 coordinator pause; h9 coordinator resume_case;"
       "h12 adviser resume search",
       "held 3-12, paused 5-9"},
      {"h3 adviser complete search; h8 coordinator give_back search because hours",
       "in_review 3-8"},
      {"h3 adviser complete search; h8 coordinator approve search", "in_review 3-8"},
      {"h3 beneficiary withdraw_consent sharing; h9 beneficiary record with sharing=yes",
       "consent 3-9"},
      {"h3 adviser hold search; h5 beneficiary withdraw_consent sharing",
       "held 3-5, consent 5-now"},
  };
  for (const auto& row : rows) {
    SCOPED_TRACE(row.history);
    Play play(plan_of(one_step()));
    play.rehearse(
        "h0 coordinator open; h1 adviser complete ask with sharing=yes; h2 adviser take search");
    play.rehearse(row.history);

    EXPECT_EQ(text_of(stops(play.plan().protocol, play.events())), row.wanted);
  }
}

TEST(Ledger, SaysByHowMuchTheDueInstantIsLater) {
  Play play(plan_of(one_step()));
  play.rehearse(
      "h0 coordinator open; h1 adviser complete ask with sharing=yes; h2 adviser take search;"
      "h3 adviser hold search; h5 coordinator pause; h9 coordinator resume_case;"
      "h12 adviser resume search; h13 beneficiary withdraw_consent sharing;"
      "h20 beneficiary record with sharing=yes");

  EXPECT_EQ(play.step("search").shift, std::chrono::hours((12 - 3) + (20 - 13)));
}

}  // namespace
}  // namespace protoflow::engine
