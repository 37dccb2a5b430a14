// Every code has its parts: an entry in both languages, a small protocol that shows the whole
// message, and a wrong and a right example that are true. A new code fails here until it has them;
// docs/contributing.md lists them.
#include "dsl/diagnostic/explain.hpp"

#include <algorithm>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <ostream>
#include <set>

#include <gtest/gtest.h>

#include "dsl/compile.hpp"
#include "tests/support/places.hpp"
#include "tests/unit/dsl/golden_shelf.hpp"

namespace protoflow::dsl {
namespace {

using model::Language;

struct Asked {
  Code code;
  Language language;

  [[nodiscard]] std::string file() const {
    return std::string(entry(code).code) + (language == Language::french ? ".fr" : ".en");
  }

  friend std::ostream& operator<<(std::ostream& out, const Asked& asked) {
    return out << asked.file();
  }
};

std::vector<Asked> every_code_and_language() {
  std::vector<Asked> all;
  for (std::size_t i = 0; i < static_cast<std::size_t>(Code::count); ++i) {
    all.push_back({static_cast<Code>(i), Language::french});
    all.push_back({static_cast<Code>(i), Language::english});
  }
  return all;
}

// Codes about megabytes, about translating a file, or told by the engine.
const std::set<Code> kWithoutFile = {
    Code::name_in_the_way, Code::too_large, Code::too_many, Code::example_fails};
// Codes about bytes, or about what a folder or a computer does to a file: no few lines of text can
// show them.
const std::set<Code> kWithoutExample = {Code::not_utf8,
                                        Code::nul_byte,
                                        Code::utf16,
                                        Code::read_alone,
                                        Code::not_a_file,
                                        Code::file_unreadable,
                                        Code::files_too_large,
                                        Code::files_too_many};

std::string path_of(const Asked& asked, std::string_view ending) {
  return in_sources("/tests/golden/check/") + asked.file() + std::string(ending);
}

Compiled compiled(const Asked& asked, const std::string& text) {
  return compile(text, golden_shelf(asked.file() + ".proto-flow"));
}

bool says(const Compiled& compiled, Code code) {
  return std::ranges::find(compiled.diagnostics, code, &Diagnostic::code) !=
         compiled.diagnostics.end();
}

std::size_t errors_in(const Compiled& compiled) {
  return static_cast<std::size_t>(std::ranges::count_if(compiled.diagnostics, is_error));
}

class Explained : public ::testing::TestWithParam<Asked> {};

TEST_P(Explained, HasAnEntryWithAllItsParts) {
  const auto found = explanation(GetParam().code, GetParam().language);

  ASSERT_TRUE(found) << "add PF_EXPLAINED(...) to its family in dsl/diagnostic/explained/";
  EXPECT_FALSE(found->title.empty() || found->title.ends_with("."));
  EXPECT_TRUE(found->meaning.ends_with(".") || found->meaning.ends_with("?"));
  const bool without_example =
      kWithoutFile.contains(GetParam().code) || kWithoutExample.contains(GetParam().code);
  EXPECT_TRUE(without_example || !found->wrong.empty());
  EXPECT_EQ(found->wrong.empty(), found->right.empty());
}

TEST_P(Explained, StandsInASmallProtocolThatHasThisMessage) {
  if (kWithoutFile.contains(GetParam().code)) {
    return;
  }
  ASSERT_TRUE(std::filesystem::exists(path_of(GetParam(), ".proto-flow")))
      << "write a small protocol with the wrong example in it";
  const std::string text = read_golden(path_of(GetParam(), ".proto-flow"));
  const Compiled result = compiled(GetParam(), text);

  EXPECT_TRUE(says(result, GetParam().code)) << render_text(result, text, "x", false);
  EXPECT_EQ(result.language, GetParam().language);
}

TEST_P(Explained, RightExampleInsteadOfTheWrongOneEndsTheMessage) {
  const auto found = explanation(GetParam().code, GetParam().language);
  if (kWithoutFile.contains(GetParam().code) || kWithoutExample.contains(GetParam().code) ||
      !found) {
    return;
  }
  std::string text = "\n" + read_golden(path_of(GetParam(), ".proto-flow"));
  const std::string wrong = "\n" + std::string(found->wrong) + "\n";
  const std::size_t at = text.find(wrong);
  ASSERT_NE(at, std::string::npos) << "the wrong example does not stand in the file as it is";
  EXPECT_EQ(text.find(wrong, at + 1), std::string::npos) << "it stands there twice";

  text.replace(at, wrong.size(), "\n" + std::string(found->right) + "\n");
  const Compiled result = compiled(GetParam(), text);

  EXPECT_FALSE(says(result, GetParam().code)) << render_text(result, text, "x", false);
  EXPECT_EQ(errors_in(result), 0U) << render_text(result, text, "x", false);
}

INSTANTIATE_TEST_SUITE_P(Codes,
                         Explained,
                         ::testing::ValuesIn(every_code_and_language()),
                         [](const auto& instance) {
                           auto name = instance.param.file();
                           std::ranges::replace(name, '.', '_');
                           return name;
                         });

TEST(Explain, PagesInDocsAreMadeFromTheList) {
  for (const Language language : {Language::french, Language::english}) {
    const std::string path =
        in_sources("/docs/messages") + (language == Language::french ? ".fr.md" : ".md");
    if (std::getenv("PROTOFLOW_UPDATE") != nullptr) {
      std::ofstream(path, std::ios::binary) << messages_page(language);
    }
    EXPECT_EQ(read_golden(path), messages_page(language)) << "PROTOFLOW_UPDATE=1 writes it";
  }
}

TEST(Explain, ListsEveryCodeOnce) {
  const std::string list = list_codes(Language::english, ExplainForm::text);
  for (const Asked& asked : every_code_and_language()) {
    const std::string code(entry(asked.code).code);
    const std::size_t at = list.find(code);
    EXPECT_NE(at, std::string::npos) << code << " belongs to no family";
    EXPECT_EQ(list.find(code, at + 1), std::string::npos) << code;
  }
}

TEST(Explain, FindsACodeAsPeopleWriteIt) {
  EXPECT_EQ(find_code("PF301"), Code::no_responsible);
  EXPECT_EQ(find_code("pf301"), Code::no_responsible);
  EXPECT_EQ(find_code("301"), Code::no_responsible);
  EXPECT_EQ(find_code("PF399"), std::nullopt);
  EXPECT_EQ(find_code(""), std::nullopt);
  EXPECT_EQ(nearest_code("PF3O1"), "PF301");
  EXPECT_EQ(nearest_code("hello"), "");
}

TEST(Explain, KeepsToEightyColumns) {
  const std::string text = explain(Code::no_responsible, Language::french, ExplainForm::text);
  EXPECT_EQ(text,
            "PF301 · erreur · Personne n’est responsable\n"
            "\n"
            "  Chaque étape, chaque rendez-vous a un rôle responsable et un seul. Les autres\n"
            "  peuvent aider (« avec ») ou être tenus au courant (« informe »).\n"
            "\n"
            "  Pourquoi : Si personne n’en répond, personne ne le fait, et la personne\n"
            "  accompagnée attend.\n"
            "\n"
            "  Au lieu de :\n"
            "\n"
            "      étape accueil \"Premier entretien\"\n"
            "        sous 10 jours\n"
            "\n"
            "  écrivez :\n"
            "\n"
            "      étape accueil \"Premier entretien\"\n"
            "        responsable référente\n"
            "        sous 10 jours\n");
}

}  // namespace
}  // namespace protoflow::dsl
