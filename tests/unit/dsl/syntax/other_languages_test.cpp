#include "tests/unit/dsl/syntax/other_languages.hpp"

#include <gtest/gtest.h>

#include "dsl/compile.hpp"
#include "dsl/format/format.hpp"
#include "dsl/syntax/parse.hpp"
#include "engine/model/canonical.hpp"
#include "tests/unit/dsl/syntax/whole_language.hpp"

namespace protoflow::dsl {

namespace {

std::string meaning_of(const std::string& text) {
  Compiled compiled = compile(text, whole_shelf(), all_languages());
  if (!compiled.protocol) {
    return render_text(compiled, text, "whole", false).substr(0, 600);
  }
  compiled.protocol->roles[0].name = "beneficiary";
  compiled.protocol->language = model::Language::english;
  return canonical(*compiled.protocol);
}

std::string formatted(const std::string& text) {
  return format(text, all_languages()).value_or("not formatted: " + text);
}

std::string translated(const std::string& text, const Lexicon& to) {
  return translate(text, to, all_languages()).value_or("not translated: " + text);
}

TEST(OtherLanguage, IsReadFromItsTableAlone) {
  const std::string meaning = meaning_of(whole_language(model::Language::english));
  for (const Lexicon& language : all_languages()) {
    const std::string text = whole_language(language);
    EXPECT_EQ(&language_of(text, all_languages()), &language);
    EXPECT_EQ(meaning_of(text), meaning) << language.table().tag;
    for (const Spelling& row : language.table().spellings) {
      const std::string other = whole_language(language, {{row.keyword, std::string(row.text)}});
      EXPECT_EQ(meaning_of(other), meaning) << row.text;
    }
  }
}

TEST(OtherLanguage, IsTranslatedFromAndToEveryOther) {
  for (const Lexicon& from : all_languages()) {
    const std::string text = formatted(whole_language(from));
    for (const Lexicon& to : all_languages()) {
      const std::string there = formatted(whole_language(to));
      EXPECT_EQ(translated(text, to), there) << from.table().tag << " to " << to.table().tag;
      EXPECT_EQ(translated(there, from), text) << to.table().tag << " to " << from.table().tag;
    }
  }
}

TEST(OtherLanguage, IsNamedByTheMessageAboutItsWords) {
  const std::string text = "protocolo p \"P\"\n  coordinado por lead\nstep a\n  responsable lead\n";
  const Compiled compiled = compile(text, {}, all_languages());

  ASSERT_FALSE(compiled.diagnostics.empty());
  EXPECT_EQ(compiled.diagnostics[0].code, Code::foreign_word);
  EXPECT_EQ(compiled.diagnostics[0].suggestion, "paso");
  EXPECT_NE(render_text(compiled, text, "x", false)
                .find("“step” is written in English, and this file is in Spanish"),
            std::string::npos);
}

TEST(OtherLanguage, IsReadWithoutItsMarks) {
  const std::string text =
      "بروتوكول برنامج \"ب\"\n\nخطوة استقبال\n  المسؤول المستفيد\n  خلال 1 ايام\n";

  EXPECT_EQ(formatted(text),
            "بروتوكول برنامج \"ب\"\n\nخطوة استقبال\n  المسؤول المستفيد\n  خلال 1 يوم\n");
  EXPECT_EQ(translated(text, all_languages()[1]),
            "protocol برنامج \"ب\"\n\nstep استقبال\n  responsible beneficiary\n  within 1 day\n");
}

TEST(OtherLanguage, OfAFileWithoutAProtocolIsThatOfItsFirstDeclaration) {
  const auto tag_of = [](std::string_view text) {
    return language_of(text, all_languages()).table().tag;
  };
  EXPECT_EQ(tag_of("# x\nsocio a\nstep b\nstep c\n"), "es");
  EXPECT_EQ(tag_of("شريك ا\n"), "ar");
  EXPECT_EQ(tag_of("calendrier\ncalendario\ncalendario\n"), "fr");
}

}  // namespace
}  // namespace protoflow::dsl
