// SARIF of every golden file at once: what a forge needs to find is there. The whole text of one
// log is a golden file of the program.
#include <filesystem>

#include <gtest/gtest.h>
#include <nlohmann/json.hpp>

#include "dsl/compile.hpp"
#include "dsl/diagnostic/render.hpp"
#include "tests/support/places.hpp"
#include "tests/unit/dsl/golden_shelf.hpp"

namespace protoflow::dsl {
namespace {

using Json = nlohmann::json;

struct File {
  std::string name, whole;
  Compiled compiled;
};

std::vector<File> golden_files() {
  std::vector<File> files;
  for (const auto& entry : std::filesystem::directory_iterator(in_sources("/tests/golden/check"))) {
    if (entry.path().extension() == ".proto-flow") {
      const std::string name = entry.path().filename().string();
      const std::string text = read_golden(entry.path().string());
      Compiled compiled = compile(text, golden_shelf(name));
      files.push_back({name, joined(text, compiled.used), std::move(compiled)});
    }
  }
  return files;
}

Json sarif_of(const std::vector<File>& files) {
  std::vector<Checked> checked;
  for (const File& file : files) {
    checked.push_back({file.compiled.diagnostics,
                       {.text = file.whole,
                        .file_name = file.name,
                        .language = file.compiled.language,
                        .files = file.compiled.files}});
  }
  return Json::parse(render_sarif(checked, "1"));
}

TEST(RenderSarif, NamesARuleAndAPlaceForEachResult) {
  const std::vector<File> files = golden_files();
  std::size_t told = 0;
  for (const File& file : files) {
    told += file.compiled.diagnostics.size();
  }

  const Json sarif = sarif_of(files);

  const Json& run = sarif["runs"][0];
  const Json& rules = run["tool"]["driver"]["rules"];
  EXPECT_EQ(sarif["version"], "2.1.0");
  EXPECT_EQ(run["columnKind"], "utf16CodeUnits");
  EXPECT_EQ(run["results"].size(), told);
  for (const Json& result : run["results"]) {
    EXPECT_EQ(rules[result["ruleIndex"].get<std::size_t>()]["id"], result["ruleId"]);
    const Json& place = result["locations"][0]["physicalLocation"];
    EXPECT_FALSE(place["artifactLocation"]["uri"].get<std::string>().starts_with("/"));
    const Json& region = place["region"];
    EXPECT_GE(region["startColumn"], 1);
    EXPECT_TRUE(region["endLine"] > region["startLine"] ||
                region["endColumn"] >= region["startColumn"]);
  }
  for (const Json& rule : rules) {
    EXPECT_FALSE(rule["help"]["markdown"].get<std::string>().empty());
    EXPECT_FALSE(rule["fullDescription"]["text"].get<std::string>().empty());
  }
}

TEST(RenderSarif, GivesTheFixAndTheOtherPlace) {
  const std::string text =
      "protocole \xF0\x9F\x98\x80 essai\nrôle a\n  tenu par mision\npartenaire mission\n";
  const std::string name = "un dossier/é#.proto-flow";
  std::vector<File> files(1);
  files[0] = {name, text, compile(text)};

  const Json sarif = sarif_of(files);

  for (const Json& result : sarif["runs"][0]["results"]) {
    const Json& place = result["locations"][0]["physicalLocation"];
    EXPECT_EQ(place["artifactLocation"]["uri"], "un%20dossier/%C3%A9%23.proto-flow");
    if (result["ruleId"] == "PF104" || result["ruleId"] == "PF105") {
      EXPECT_EQ(place["region"]["startColumn"], 11);
      EXPECT_EQ(place["region"]["endColumn"], 13);  // an emoji is two code units of UTF-16
    }
    if (result["ruleId"] == "PF201") {
      const Json& change = result["fixes"][0]["artifactChanges"][0]["replacements"][0];
      EXPECT_EQ(change["insertedContent"]["text"], "mission");
      EXPECT_EQ(change["deletedRegion"], place["region"]);
      EXPECT_EQ(result["relatedLocations"][0]["physicalLocation"]["region"]["startLine"], 4);
    }
  }
  EXPECT_NE(sarif.dump().find("\"PF201\""), std::string::npos);
  EXPECT_NE(sarif.dump().find("\"PF104\""), std::string::npos);
}

}  // namespace
}  // namespace protoflow::dsl
