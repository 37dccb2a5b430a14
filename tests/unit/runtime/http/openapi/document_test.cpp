// The document of the API against the tables of the daemon: nothing is left out, nothing made up.
#include "runtime/http/openapi/document.hpp"

#include <algorithm>
#include <fstream>
#include <regex>
#include <set>
#include <sstream>

#include <gtest/gtest.h>
#include <nlohmann/json.hpp>

#include "engine/decide/decide.hpp"
#include "runtime/http/api_json.hpp"
#include "runtime/http/openapi/components.hpp"
#include "runtime/http/openapi/notation.hpp"
#include "runtime/http/routes.hpp"
#include "tests/support/places.hpp"

namespace protoflow::runtime {
namespace {

using Json = nlohmann::ordered_json;
using Names = std::set<std::string>;

TEST(OpenApi, DescribesEveryAddressAndNoOther) {
  Names routes, described;
  for (const auto& route : all_routes()) {
    const bool is_page = !route.path.starts_with("/v1/");
    if (!is_page) {
      routes.insert(std::string(route.method) + " " + std::string(route.path));
    }
  }
  for (const auto& route : described_routes()) {
    EXPECT_TRUE(described.insert(std::string(route.method) + " " + std::string(route.path)).second);
    EXPECT_EQ(route.method == "POST", !route.takes.empty()) << route.path;
    EXPECT_EQ(route.method == "POST", !route.example.empty()) << route.path;
  }
  EXPECT_EQ(described, routes) << "see runtime/http/openapi/routes.def";
}

TEST(OpenApi, DescribesEveryCommandOfTheEngine) {
  Names commands, described;
  for (const auto name : engine::kCommandKindNames) {
    commands.emplace(name);
  }
  for (const auto& command : described_commands()) {
    described.emplace(command.name);
    const auto place = std::ranges::find(engine::kCommandKindNames, command.name) -
                       engine::kCommandKindNames.begin();
    const auto kind = static_cast<engine::CommandKind>(place);
    const bool of_people = kind != engine::CommandKind::tick && !engine::is_errand(kind) &&
                           kind != engine::CommandKind::found_partnership &&
                           kind != engine::CommandKind::supersede;
    EXPECT_EQ(command.to != SentTo::none, of_people) << command.name;
  }
  EXPECT_EQ(described, commands) << "see runtime/http/openapi/commands.def";
}

Json sample_of(const Json& schema) {
  if (schema.contains("enum")) {
    return schema["enum"][0];
  }
  const auto type = schema["type"];
  if (type == "boolean") {
    return true;
  }
  if (type == "integer") {
    return 1;
  }
  if (type == "array") {
    return Json::array({sample_of(schema["items"])});
  }
  if (type == "object") {
    return {{"x", sample_of(schema["additionalProperties"])}};
  }
  const bool moment = schema.value("description", "").starts_with("An instant");
  return moment ? "2027-03-10 14:00" : "x";
}

TEST(OpenApi, NamesNoMemberOfACommandThatIsNotRead) {
  const auto schemas = openapi_document()["components"]["schemas"];
  for (const auto* commands : {"CaseCommand", "SessionCommand", "PartnershipCommand"}) {
    EXPECT_GT(schemas[commands]["oneOf"].size(), 3u) << commands;
    for (const auto& one : schemas[commands]["oneOf"]) {
      const auto name = one["$ref"].get<std::string>().substr(sizeof("#/components/schemas/") - 1);
      Json body = Json::object();
      for (const auto& [member, schema] : schemas[name]["properties"].items()) {
        body[member] = sample_of(schema);
      }
      const auto read = read_command({.body = body.dump()});
      EXPECT_TRUE(read) << name << ": " << (read ? "" : read.error());
    }
  }
}

void find_refs(const Json& json, Names& refs) {
  const auto leaves = json.flatten();
  for (const auto& [pointer, value] : leaves.items()) {
    if (pointer.ends_with("/$ref")) {
      refs.insert(value.get<std::string>());
    }
  }
}

TEST(OpenApi, RefersOnlyToWhatItHas) {
  const auto document = openapi_document();
  Names refs, schemas;
  find_refs(document, refs);
  for (const auto& ref : refs) {
    EXPECT_TRUE(document.contains(Json::json_pointer(ref.substr(1)))) << ref;
  }
  for (const auto& shape : described_shapes()) {
    EXPECT_TRUE(schemas.emplace(shape.name).second) << shape.name << " stands twice";
    EXPECT_TRUE(refs.contains("#/components/schemas/" + std::string(shape.name)))
        << "nothing uses " << shape.name;
  }
}

TEST(OpenApi, SaysWhatStandsInEachPlace) {
  const auto document = openapi_document();
  for (const auto& [path, methods] : document["paths"].items()) {
    for (const auto& [method, operation] : methods.items()) {
      for (const auto& parameter : operation.value("parameters", Json::array())) {
        EXPECT_NE(parameter.value("description", parameter.value("$ref", "")), "")
            << path << " " << parameter << ": see runtime/http/openapi/places.def";
      }
    }
  }
}

Names listed_types() {
  Names types;
  const auto document = openapi_document();
  for (const auto& each : document["components"]["schemas"]["ProblemType"]["anyOf"]) {
    EXPECT_TRUE(types.insert(each["const"].get<std::string>()).second) << each;
  }
  return types;
}

std::string text_of(const std::filesystem::path& file) {
  std::ostringstream text;
  text << std::ifstream(file).rdbuf();
  return text.str();
}

// Read off the sources: what is given to problem(), and the codes of the casebook.
TEST(OpenApi, ListsEveryTypeOfProblem) {
  const auto types = listed_types();
  const std::regex problem("problem\\(\\s*[0-9]{3},\\s*\"([a-z-]+)\"");
  const std::regex code(
      "(?:not_done\\([^\"]*|bad\\(|NameKind k[A-Za-z]+\\{|\\.code = |,\\n "
      "*)\"([a-z]+(?:_[a-z]+)+)\"");
  std::size_t found = 0;
  for (const auto* folder : {"/runtime/http", "/runtime/casebook"}) {
    const auto& pattern = folder == std::string("/runtime/http") ? problem : code;
    for (const auto& entry : std::filesystem::directory_iterator(in_sources(folder))) {
      const auto text = entry.is_regular_file() ? text_of(entry.path()) : std::string();
      for (std::sregex_iterator at(text.begin(), text.end(), pattern), end; at != end; ++at) {
        auto slug = at->str(1);
        std::ranges::replace(slug, '_', '-');
        EXPECT_TRUE(types.contains("/problems/" + slug) || slug == "plan-session")
            << slug << " of " << entry.path().filename()
            << ": see runtime/http/openapi/problems.def";
        ++found;
      }
    }
  }
  EXPECT_GT(found, 50u);
}

TEST(OpenApi, KnowsEveryProblemThatARouteNames) {
  Names known{"acts"};
  for (const auto& problem : described_problems()) {
    known.emplace(problem.slug);
  }
  for (const auto& route : described_routes()) {
    std::istringstream slugs{std::string(route.problems)};
    for (std::string slug; slugs >> slug;) {
      EXPECT_TRUE(known.contains(slug)) << slug << " of " << route.path;
    }
  }
}

}  // namespace
}  // namespace protoflow::runtime
