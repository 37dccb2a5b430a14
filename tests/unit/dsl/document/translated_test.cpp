#include "dsl/document/translated.hpp"

#include <gtest/gtest.h>

#include "dsl/compile.hpp"

namespace protoflow::dsl::document {
namespace {

constexpr const char* kText = R"(protocole p "Un accueil"
  coordonné par équipe
  traduction en "A welcome"
partenaire centre "Centre"
rôle équipe "Équipe"
  tenu par centre
étape entretien "Mener l’entretien"
  responsable équipe
  sous 3 jours
  si retard prévenir bénéficiaire
  traduction en-GB "Hold the interview"
  traduction ar "مقابلة"
fin finie "Finie"
  quand entretien
)";

TEST(Translated, ShowsEachTitleInTheReadersLanguageWhereItIsGiven) {
  const auto compiled = compile(kText);
  ASSERT_TRUE(compiled.protocol);

  const auto english = in_language(*compiled.protocol, model::Language::english);

  EXPECT_EQ(english.language, model::Language::english);
  EXPECT_EQ(english.title, "A welcome");
  EXPECT_EQ(english.steps[0].title, "Hold the interview");
  EXPECT_EQ(english.partners[0].title, "Centre");
}

TEST(Translated, LeavesAProtocolOfTheSameLanguageAsItIs) {
  const auto compiled = compile(kText);
  ASSERT_TRUE(compiled.protocol);

  const auto french = in_language(*compiled.protocol, model::Language::french);

  EXPECT_EQ(french.title, "Un accueil");
  EXPECT_EQ(translation_in(model::Language::english, french.endings[0].translations), nullptr);
}

}  // namespace
}  // namespace protoflow::dsl::document
