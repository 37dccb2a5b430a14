#include "runtime/http/openapi/notation.hpp"

#include <gtest/gtest.h>
#include <nlohmann/json.hpp>

namespace protoflow::runtime {
namespace {

using Json = nlohmann::ordered_json;

struct Row {
  const char* type;
  const char* schema;
};

TEST(Notation, SaysTypesAsSchemas) {
  const std::vector<Row> rows = {
      {"text", R"({"type":"string"})"},
      {"[text]", R"({"type":"array","items":{"type":"string"}})"},
      {"{flag}", R"({"type":"object","additionalProperties":{"type":"boolean"}})"},
      {"=read|act", R"({"type":"string","enum":["read","act"]})"},
      {"[=read|act]", R"({"type":"array","items":{"type":"string","enum":["read","act"]}})"},
      {"Case", R"({"$ref":"#/components/schemas/Case"})"},
  };
  for (const auto& [type, schema] : rows) {
    EXPECT_EQ(type_schema(type), Json::parse(schema)) << type;
  }
}

TEST(Notation, RequiresWhatMayNotBeLeftOut) {
  EXPECT_EQ(shape_schema("case text, version? whole"), Json::parse(R"({"type":"object",
      "properties":{"case":{"type":"string"},"version":{"type":"integer","minimum":0}},
      "required":["case"]})"));
  EXPECT_FALSE(shape_schema("case? text").contains("required"));
  EXPECT_EQ(shape_schema("=a|b"), type_schema("=a|b"));
}

}  // namespace
}  // namespace protoflow::runtime
