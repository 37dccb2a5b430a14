#include "dsl/print/wording.hpp"

#include <gtest/gtest.h>

namespace protoflow::dsl {
namespace {

using model::Compare;
using model::ConditionNode;
using model::DurationUnit;
using model::Language;
using model::Op;

TEST(Wording, SaysADurationInTheProtocolsLanguage) {
  struct Row {
    model::Duration duration;
    Language language;
    std::string_view text;
  };

  const Row rows[] = {
      {{3, DurationUnit::weeks}, Language::french, "3 semaines"},
      {{1, DurationUnit::working_days}, Language::french, "1 jour ouvré"},
      {{0, DurationUnit::days}, Language::french, "0 jour"},
      {{2, DurationUnit::months}, Language::french, "2 mois"},
      {{0, DurationUnit::days}, Language::english, "0 days"},
      {{1, DurationUnit::months}, Language::english, "1 month"},
  };
  for (const Row& row : rows) {
    EXPECT_EQ(duration_text(row.duration, row.language), row.text);
  }
}

model::Protocol with_everything() {
  model::Protocol protocol;
  protocol.informations = {
      {.name = "niveau", .type = model::InformationType::scale, .levels = {"A1", "A2"}},
      {.name = "mineure", .type = model::InformationType::yes_or_no},
      {.name = "naissance", .type = model::InformationType::date},
      {.name = "loyer", .type = model::InformationType::number}};
  protocol.consents.push_back({.name = "partage"});
  model::Step search;
  search.name = "recherche";
  search.outcomes = {{.name = "trouvée"}, {.name = "aucune"}};
  protocol.steps.push_back(search);
  return protocol;
}

TEST(Wording, SaysAConditionInTheWordsOfTheFile) {
  struct Row {
    std::vector<ConditionNode> nodes;
    std::string_view text;
  };

  const ConditionNode below_a2 = {Op::information, Compare::less, 0, 0, 1};
  const ConditionNode minor = {Op::information, Compare::equal, 1, 0, 1};
  const ConditionNode shared = {Op::consent_given, Compare::equal, 0, 0, 0};
  const Row rows[] = {
      {{}, ""},
      {{below_a2}, "niveau < A2"},
      {{{Op::information, Compare::equal, 1, 0, 0}}, "non mineure"},
      {{{Op::information, Compare::greater_equal, 2, 0, 20576}}, "naissance ≥ 2026-05-03"},
      {{{Op::information, Compare::less_equal, 3, 0, 450500}}, "loyer ≤ 450.5"},
      {{{Op::step_outcome, Compare::equal, 0, 0, 1}}, "recherche est aucune"},
      {{{Op::all_of, Compare::equal, 0, 2, 0}, shared, below_a2},
       "partage est donné et niveau < A2"},
      {{{Op::all_of, Compare::equal, 0, 2, 0},
        {Op::any_of, Compare::equal, 0, 2, 0},
        minor,
        shared,
        {Op::negate, Compare::equal, 0, 1, 0},
        {Op::step_not_needed, Compare::equal, 0, 0, 0}},
       "(mineure ou partage est donné) et non recherche est sans objet"},
      {{{Op::at_least, Compare::equal, 0, 3, 2}, minor, shared, below_a2},
       "2 de mineure, partage est donné, niveau < A2"},
  };
  const model::Protocol protocol = with_everything();
  for (const Row& row : rows) {
    EXPECT_EQ(condition_text({row.nodes}, protocol), row.text);
  }
}

TEST(Wording, CutsATextAtBlanksAndCountsLettersNotBytes) {
  EXPECT_EQ(wrapped("une étape où l’on évalue", 12),
            (std::vector<std::string>{"une étape où", "l’on évalue"}));
  EXPECT_EQ(wrapped("anticonstitutionnellement bref", 10),
            (std::vector<std::string>{"anticonstitutionnellement", "bref"}));
  EXPECT_TRUE(wrapped("  \n ", 10).empty());
}

TEST(Wording, ReadsATextOverSeveralLinesAsOneLine) {
  EXPECT_EQ(wrapped("une phrase\n    suivie", 40), (std::vector<std::string>{"une phrase suivie"}));
}

}  // namespace
}  // namespace protoflow::dsl
