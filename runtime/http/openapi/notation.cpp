#include "runtime/http/openapi/notation.hpp"

#include <algorithm>
#include <array>
#include <string>

#include <nlohmann/json.hpp>

namespace protoflow::runtime {

namespace {

using Json = nlohmann::ordered_json;

struct Builtin {
  std::string_view name, schema;
};

constexpr auto kBuiltins = std::to_array<Builtin>({
    {"text", R"({"type":"string"})"},
    {"whole", R"({"type":"integer","minimum":0})"},
    {"number", R"({"type":"number"})"},
    {"flag", R"({"type":"boolean"})"},
    {"instant", R"({"type":"string","format":"date-time"})"},
    {"moment",
     R"({"type":"string","description":"An instant, or a time by the clock on the wall in the protocol's zone, such as 2027-03-10 14:00."})"},
    {"day", R"({"type":"string","format":"date"})"},
    {"scalar", R"({"type":["string","number","boolean"]})"},
    {"object", R"({"type":"object"})"},
});

Json words_schema(std::string_view words) {
  Json schema{{"type", "string"}, {"enum", Json::array()}};
  while (!words.empty()) {
    const auto word = words.substr(0, words.find('|'));
    words.remove_prefix(std::min(words.size(), word.size() + 1));
    schema["enum"].push_back(word);
  }
  return schema;
}

}  // namespace

// Lists of lists are not needed, so that what is within one is a plain type.
Json type_schema(std::string_view type) {
  const auto inner = type.substr(std::min<std::size_t>(type.size(), 1));
  if (type.starts_with('[')) {
    return {{"type", "array"}, {"items", type_schema(inner.substr(0, inner.size() - 1))}};
  }
  if (type.starts_with('{')) {
    return {{"type", "object"},
            {"additionalProperties", type_schema(inner.substr(0, inner.size() - 1))}};
  }
  if (type.starts_with('=')) {
    return words_schema(inner);
  }
  const auto* const found = std::ranges::find(kBuiltins, type, &Builtin::name);
  return found == kBuiltins.end() ? Json{{"$ref", "#/components/schemas/" + std::string(type)}}
                                  : Json::parse(found->schema);
}

NotedMember take_member(std::string_view& members) {
  const auto whole = members.substr(0, members.find(", "));
  members.remove_prefix(std::min(members.size(), whole.size() + 2));
  const auto blank = whole.find(' ');
  NotedMember member{.name = whole.substr(0, blank), .type = whole.substr(blank + 1)};
  if (member.name.ends_with('?')) {
    member.name.remove_suffix(1);
    member.optional = true;
  }
  return member;
}

Json shape_schema(std::string_view members) {
  if (members.starts_with('=')) {
    return type_schema(members);
  }
  Json schema{{"type", "object"}, {"properties", Json::object()}, {"required", Json::array()}};
  while (!members.empty()) {
    const auto member = take_member(members);
    schema["properties"][std::string(member.name)] = type_schema(member.type);
    if (!member.optional) {
      schema["required"].push_back(member.name);
    }
  }
  if (schema["required"].empty()) {
    schema.erase("required");
  }
  return schema;
}

}  // namespace protoflow::runtime
