#include "dsl/format/format.hpp"

#include <filesystem>
#include <fstream>
#include <sstream>

#include <gtest/gtest.h>

#include "dsl/compile.hpp"
#include "dsl/diagnostic/render.hpp"
#include "dsl/syntax/parse.hpp"
#include "tests/support/places.hpp"
#include "tests/unit/dsl/syntax/whole_language.hpp"

namespace protoflow::dsl {
namespace {

std::string formatted(const std::string& text) {
  const auto result = format(text);
  return result ? *result
                : "not formatted: " +
                      render_text(result.error().diagnostics, {.text = text, .file_name = "x"});
}

std::string translated(const std::string& text, std::string_view tag) {
  const auto result = translate(text, *language_tagged(tag, languages()));
  return result ? *result
                : "not translated: " +
                      render_text(
                          result.error().diagnostics,
                          {.text = text, .file_name = "x", .language = result.error().language});
}

Code refused(const std::string& text, std::string_view tag) {
  const auto result = translate(text, *language_tagged(tag, languages()));
  return result ? Code::count : result.error().diagnostics.at(0).code;
}

struct Case {
  std::string before, after;
};

// Each is under `protocole p`, and formatting what was formatted changes nothing.
void expect_formatted(std::initializer_list<Case> cases) {
  for (const Case& row : cases) {
    const std::string after = "protocole p\n" + row.after;
    EXPECT_EQ(formatted("protocole p\n" + row.before), after);
    EXPECT_EQ(formatted(after), after);
  }
}

TEST(Format, GivesEachWordTheSpellingOfItsPlace) {
  expect_formatted({
      {"etape x\n acceptee  sous 1 jours ouvres\n", "\nétape x\n  acceptée sous 1 jour ouvré\n"},
      {"étape x\n accepté sous 2 jour ouvré\n", "\nétape x\n  acceptée sous 2 jours ouvrés\n"},
      {"étape x\n après l’un de accueil , b\n", "\nétape x\n  après l'une d'accueil, b\n"},
      {"étape x\n après tous hall, b\n", "\nétape x\n  après chacune de hall, b\n"},
      {"étape x\n après toutes habitat, b\n", "\nétape x\n  après chacune d'habitat, b\n"},
      {"étape x\n sous 3 mois à compter de École\n",
       "\nétape x\n  sous 3 mois à compter d'École\n"},
      {"étape x\n après 2 de a, b\n", "\nétape x\n  après 2 parmi a, b\n"},
      {"rendez-vous x\n chaque semaine\n", "\nrendez-vous x\n  toutes les semaines\n"},
      {"rendez-vous x\n toutes les 2 mois\n", "\nrendez-vous x\n  tous les 2 mois\n"},
      {"rendez-vous x\n tous les 2 semaines\n", "\nrendez-vous x\n  toutes les 2 semaines\n"},
      {"calendrier\n jours ouvrés de lundi à vendredi\n",
       "\ncalendrier\n  jours ouvrés du lundi au vendredi\n"},
      {"calendrier\n heures du 9:00 au 18:00\n", "\ncalendrier\n  heures de 9:00 à 18:00\n"},
      {"information x oui ou non\n vu par beneficiaire\n",
       "\ninformation x oui ou non\n  vue par bénéficiaire\n"},
      {"information x oui ou non\n conservé 2 année après clôture\n",
       "\ninformation x oui ou non\n  conservée 2 ans après la clôture\n"},
  });
  EXPECT_EQ(formatted("protocol p\nroutine x\nevery months\n"),
            "protocol p\n\nroutine x\n  every month\n");
  EXPECT_EQ(formatted("protocol p\nrole x\nat most 1 cases\n"),
            "protocol p\n\nrole x\n  at most 1 case\n");
}

TEST(Format, WritesTextsInStraightMarks) {
  expect_formatted({
      {"objectif «  a  b \n   c »\n", "  objectif \"a  b c\"\n"},
      {"objectif “a”\n", "  objectif \"a\"\n"},
      {"objectif « dire \"oui\" »\n", "  objectif «\u00A0dire \"oui\"\u00A0»\n"},
      {"objectif “dire \"oui\"”\n", "  objectif “dire \"oui\"”\n"},
      {"objectif \" \n \"\n", "  objectif \"\"\n"},
      {"objectif \"a\u00A0\n b\"\n", "  objectif \"a b\"\n"},
      {"objectif \"a\u00A0: b\"\n", "  objectif \"a\u00A0: b\"\n"},
  });
}

TEST(Format, KeepsCommentsWhereTheyAre) {
  expect_formatted({
      {"#a\nobjectif \"o\"   #  b \n\n\n\n   # c\nversion 1\n",
       "  #a\n  objectif \"o\"  #  b\n\n  # c\n  version 1\n"},
      {"partenaire x\n  parle fr, # d\n# e\n\n  ar\n# f\nbesoin y",
       "\npartenaire x\n  parle fr,  # d\n    # e\n    ar\n\n# f\nbesoin y\n"},
      {"étape x # g\n  après a # h\n  et b\n  # i\n\n# j\n\n\nbesoin y\n# k\n",
       "\nétape x  # g\n  après a  # h\n    et b\n  # i\n\n# j\n\nbesoin y\n\n# k\n"},
  });
  EXPECT_EQ(formatted("\n\n  # a\r\n\r\n#b\r\n  protocole p # c"), "# a\n\n#b\nprotocole p  # c\n");
  EXPECT_EQ(formatted("#"), "#\n");
  EXPECT_EQ(formatted(""), "");
  EXPECT_EQ(formatted("\xEF\xBB\xBFprotocole p\r\n  version 1\n\r\n"),
            "protocole p\n  version 1\n");
}

TEST(Format, SetsDeclarationsApart) {
  expect_formatted({
      {"phase a\nétape b\n\n\n\n  responsable c\n\n\n  avec d\nétape e\n",
       "\nphase a\n\nétape b\n  responsable c\n\n  avec d\n\nétape e\n"},
      // Short ones of a kind stand together as the author grouped them.
      {"besoin a\nbesoin b\n\n\nbesoin c\ncompétence d\nbesoin e\nbesoin f\n conseil \"g\"\n",
       "\nbesoin a\nbesoin b\n\nbesoin c\n\ncompétence d\n\nbesoin e\n\nbesoin f\n"
       "  conseil \"g\"\n"},
  });
}

TEST(Format, GoesOnAfterCommasBeforeConnectivesAndAtTheBlanksOfTexts) {
  const std::string name(50, 'n');
  const std::string list = "partenaire x\n  apporte " + name + ", " + name + ", " + name + "\n";
  const std::string condition = "étape x\n  après " + name + " et " + name + " et " + name + "\n";
  const std::string words(100, 'w');
  const std::string title =
      "étape x\n  issue o \"" + words + " " + words + " avec " + words + " x\" rouvre y\n";
  expect_formatted({
      {list, "\npartenaire x\n  apporte " + name + ", " + name + ",\n    " + name + "\n"},
      {condition, "\nétape x\n  après " + name + " et " + name + "\n    et " + name + "\n"},
      // `avec` starts lines: what goes on would look like one.
      {title,
       "\nétape x\n  issue o \"" + words + "\n    " + words + " avec\n    " + words +
           " x\" rouvre y\n"},
  });
}

TEST(Format, LeavesATextNearTheLimitOfItsLengthOnOneLine) {
  std::string words;
  while (words.size() < kTextMax / 256 - 40) {
    words += "mot ";
  }
  words.pop_back();
  const std::string text = "protocole p\n  objectif \"" + words + "\"\n";

  EXPECT_EQ(formatted(text), text);
}

TEST(Format, ComposesNames) {
  expect_formatted({{"besoin e\xCC\x81t\xC3\xA9\n", "\nbesoin été\n"}});
}

TEST(Format, LeavesATextWithAMistakeAlone) {
  const auto result = format("protocole p\nétape x\n  respnsable y\n");

  ASSERT_FALSE(result);
  ASSERT_EQ(result.error().diagnostics.size(), 1U);
  EXPECT_EQ(result.error().diagnostics[0].code, Code::unknown_word);
  EXPECT_FALSE(format("protocol\ncalendar\n"));
  EXPECT_FALSE(format("protcole x\nétape y\n"));
  EXPECT_EQ(format("protocole \xE9").error().diagnostics[0].code, Code::not_utf8);
}

TEST(Format, FindsTheShippedProtocolsInOrder) {
  for (const auto& found :
       std::filesystem::recursive_directory_iterator(in_sources("/protocols"))) {
    if (found.path().extension() != ".proto-flow") {
      continue;
    }
    std::ifstream stream(found.path(), std::ios::binary);
    std::stringstream text;
    text << stream.rdbuf();
    EXPECT_EQ(formatted(text.str()), text.str()) << "run protoflow fmt " << found.path();
    for (const std::string_view tag : {"fr", "en"}) {
      const std::string there = translated(text.str(), tag);
      const std::string_view own = language_of(text.str()).table().tag;
      EXPECT_EQ(language_of(there).table().tag, tag);
      EXPECT_EQ(translated(there, own), text.str());
    }
  }
}

TEST(Translate, TurnsTheWordsAndTheBeneficiary) {
  const std::string french =
      "protocole p \"T\"\n\nétape accueil\n  responsable bénéficiaire\n  sous 1 jour à compter "
      "d'école\n\nrendez-vous r\n  toutes les semaines\n";
  const std::string english =
      "protocol p \"T\"\n\nstep accueil\n  responsible beneficiary\n  within 1 day of école\n\n"
      "routine r\n  every week\n";
  EXPECT_EQ(translated(french, "en"), english);
  EXPECT_EQ(translated(english, "fr"), french);
  EXPECT_EQ(translated(french, "fr"), french);
}

TEST(Translate, RefusesANameThatIsAWordThere) {
  const std::string start = "protocole p\n";
  EXPECT_EQ(refused(start + "étape step\n", "en"), Code::name_in_the_way);
  EXPECT_EQ(refused(start + "étape x\n  après a est known\n", "en"), Code::name_in_the_way);
  EXPECT_EQ(refused(start + "exemple e\n  jour 2 r termine closed comme x\n", "en"),
            Code::name_in_the_way);
  EXPECT_EQ(refused(start + "étape beneficiary\n  responsable bénéficiaire\n", "en"),
            Code::name_in_the_way);
  EXPECT_EQ(refused("protocol p\nstep étape\n", "fr"), Code::name_in_the_way);
  EXPECT_EQ(refused(start + "étape monday\n", "en"), Code::count);  // a soft word
}

TEST(Translate, PointsAtTheNameThatIsInTheWay) {
  const std::string text = "protocole p\nétape x\n  avec a, step\n";
  const auto result = translate(text, *language_tagged("en", languages()));

  ASSERT_FALSE(result);
  EXPECT_EQ(SourceText(text).text(result.error().diagnostics.at(0).span), "step");
  EXPECT_EQ(result.error().language, model::Language::french);
}

}  // namespace
}  // namespace protoflow::dsl
