// Messages as SARIF 2.1.0 (OASIS), which forges show beside the lines of a change.
#include <algorithm>
#include <array>
#include <map>

#include <nlohmann/json.hpp>

#include "dsl/diagnostic/explain.hpp"
#include "dsl/diagnostic/render.hpp"

namespace protoflow::dsl {
namespace {

using Json = nlohmann::ordered_json;
using model::Language;

// A relative reference (RFC 3986): what is not plain is written %HH.
std::string uri_of(std::string_view path) {
  constexpr std::string_view kDigits = "0123456789ABCDEF";
  constexpr std::string_view kPlain =
      "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-._~/";
  std::string uri;
  for (const char letter : path) {
    if (kPlain.find(letter) != std::string_view::npos) {
      uri += letter;
      continue;
    }
    const auto byte = static_cast<unsigned char>(letter);
    uri += {'%', kDigits[byte / 16], kDigits[byte % 16]};
  }
  return path.starts_with('/') ? "file://" + uri : uri;
}

Json region_of(const SourceText& source, Span span) {
  const Position start = source.position_of(span.begin);
  const Position end = source.position_of(span.end);
  return {{"startLine", start.line},
          {"startColumn", start.column},
          {"endLine", end.line},
          {"endColumn", end.column}};
}

Json artifact_at(std::uint32_t at, const SourceText& source, const Rendering& to) {
  return {{"uri", uri_of(file_name_at(to, source, at).name)}};
}

Json place_of(Span span, const SourceText& source, const Rendering& to) {
  return {{"artifactLocation", artifact_at(span.begin, source, to)},
          {"region", region_of(source, span)}};
}

std::string_view level_of(Code code) {
  return entry(code).severity == Severity::error ? "error" : "warning";
}

Json rule_of(Code code, Language language) {
  const auto found = explanation(code, language);
  return {{"id", entry(code).code},
          {"shortDescription", {{"text", found ? found->title : entry(code).code}}},
          {"fullDescription", {{"text", found ? found->meaning : entry(code).code}}},
          {"help",
           {{"text", explain(code, language, ExplainForm::text)},
            {"markdown", explain(code, language, ExplainForm::markdown)}}},
          {"defaultConfiguration", {{"level", level_of(code)}}}};
}

Json fix_of(const Diagnostic& diagnostic,
            const std::string& remedy,
            const SourceText& source,
            const Rendering& to) {
  const Json replacement = {{"deletedRegion", region_of(source, diagnostic.span)},
                            {"insertedContent", {{"text", diagnostic.suggestion}}}};
  const Json change = {{"artifactLocation", artifact_at(diagnostic.span.begin, source, to)},
                       {"replacements", Json::array({replacement})}};
  return {{"description", {{"text", remedy}}}, {"artifactChanges", Json::array({change})}};
}

Json result_of(const Diagnostic& diagnostic,
               std::size_t rule,
               const SourceText& source,
               const Rendering& to) {
  const Sentences said = sentences(diagnostic, source, to);
  Json result = {
      {"ruleId", entry(diagnostic.code).code},
      {"ruleIndex", rule},
      {"level", level_of(diagnostic.code)},
      {"message", {{"text", said.what + "\n" + said.why + "\n" + said.remedy}}},
      {"locations",
       Json::array({Json{{"physicalLocation", place_of(diagnostic.span, source, to)}}})}};
  if (diagnostic.second) {
    result["relatedLocations"] =
        Json::array({Json{{"id", 1},
                          {"physicalLocation", place_of(*diagnostic.second, source, to)},
                          {"message", {{"text", said.second}}}}});
  }
  if (!diagnostic.suggestion.empty()) {
    result["fixes"] = Json::array({fix_of(diagnostic, said.remedy, source, to)});
  }
  return result;
}

}  // namespace

std::string render_sarif(std::span<const Checked> checked, std::string_view version) {
  const Language language = checked.empty() ? Language::english : checked[0].rendering.language;
  std::map<Code, std::size_t> places;
  Json rules = Json::array(), results = Json::array();
  for (const Checked& file : checked) {
    const SourceText source(file.rendering.text, file.rendering.files);
    for (const Diagnostic& diagnostic : file.diagnostics) {
      const auto [rule, fresh] = places.emplace(diagnostic.code, places.size());
      if (fresh) {
        rules.push_back(rule_of(diagnostic.code, language));
      }
      results.push_back(result_of(diagnostic, rule->second, source, file.rendering));
    }
  }
  const Json driver = {{"name", "protoflow"}, {"version", version}, {"rules", std::move(rules)}};
  const Json run = {{"tool", {{"driver", driver}}},
                    {"language", language == Language::french ? "fr" : "en"},
                    {"columnKind", "utf16CodeUnits"},
                    {"results", std::move(results)}};
  const Json whole = {{"$schema", "https://json.schemastore.org/sarif-2.1.0.json"},
                      {"version", "2.1.0"},
                      {"runs", Json::array({run})}};
  return whole.dump(2, ' ', false, Json::error_handler_t::replace) + "\n";
}

}  // namespace protoflow::dsl
