// `protoflow new`, in the process: its questions, and that the examples of what it writes hold.
#include "dsl/start/start.hpp"

#include <random>
#include <sstream>

#include <gtest/gtest.h>

#include "engine/simulate/simulate.hpp"
#include "runtime/cli/questions.hpp"
#include "runtime/protocols/plan.hpp"

namespace protoflow::runtime {
namespace {

using dsl::StartAnswers;
using model::Language;

void expect_examples_hold(const StartAnswers& answers) {
  const auto plan = make_plan(dsl::first_protocol(answers));
  ASSERT_TRUE(plan) << plan.error().what;
  for (const auto& example : (*plan)->protocol.examples) {
    const auto run = engine::simulate(**plan, example);
    EXPECT_FALSE(run.failure) << example.name << ", line "
                              << (run.failure ? example.lines[run.failure->line].line : 0);
  }
}

TEST(New, WritesExamplesThatHold) {
  for (const auto language : {Language::french, Language::english}) {
    expect_examples_hold({.language = language});
  }
}

TEST(New, WritesExamplesThatHoldWhateverThePartners) {
  const auto seed = std::random_device{}();
  std::mt19937 random(seed);
  constexpr const char* kTitles[] = {"Foyer", "Foyers", "étape", "115", "Club \"x\"", "", "مركز"};
  for (int round = 0; round < 30 && !HasFailure(); ++round) {
    SCOPED_TRACE("seed " + std::to_string(seed));
    StartAnswers answers;
    answers.language = random() % 2 == 0 ? Language::french : Language::english;
    for (auto count = random() % 6; count > 0; --count) {
      answers.partners.emplace_back(kTitles[random() % std::size(kTitles)]);
    }
    expect_examples_hold(answers);
  }
}

std::optional<StartAnswers> answered(const std::string& lines, const StartAnswers& given) {
  std::istringstream in(lines);
  std::ostringstream out;
  return ask_answers(given, in, out);
}

TEST(New, TakesEnterForTheAnswerInBrackets) {
  const auto answers = answered("\n\n\n\n\n\n\n", {.language = Language::french});
  ASSERT_TRUE(answers);
  EXPECT_EQ(dsl::first_protocol(*answers), dsl::first_protocol({.language = Language::french}));
}

TEST(New, TakesWhatIsTypedAndAsManyPartnersAsThereAre) {
  const auto answers =
      answered("Title\r\n\n\n\nFirst\nSecond\n  Third \n\n", {.language = Language::english});
  ASSERT_TRUE(answers);
  EXPECT_EQ(answers->title, "Title");
  EXPECT_EQ(answers->partners, (std::vector<std::string>{"First", "Second", "Third"}));
}

TEST(New, DoesNotAskWhatIsGiven) {
  std::istringstream in("Need\n");
  std::ostringstream out;
  const auto answers = ask_answers({.language = Language::english,
                                    .title = "t",
                                    .objective = "o",
                                    .audience = "a",
                                    .partners = {"p"}},
                                   in,
                                   out);
  ASSERT_TRUE(answers);
  EXPECT_EQ(answers->need, "Need");
  EXPECT_EQ(out.str(),
            "A few questions for a first protocol. Enter accepts the answer in brackets.\n\n"
            "Which need does it address first? [Understand and be understood in daily life] ");
}

TEST(New, GivesUpWhenTheAnswersEnd) {
  EXPECT_FALSE(answered("", {}));
  EXPECT_FALSE(answered("Title\n\n", {}));
  EXPECT_FALSE(answered("Title\n\n\n\nFirst\nSecond\nThird\n", {}));
}

}  // namespace
}  // namespace protoflow::runtime
