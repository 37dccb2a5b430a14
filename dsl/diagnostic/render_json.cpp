#include <nlohmann/json.hpp>

#include "dsl/diagnostic/render.hpp"

namespace protoflow::dsl {
namespace {

using Json = nlohmann::ordered_json;

Json range_of(const SourceText& source, Span span) {
  const Position start = source.position_of(span.begin);
  const Position end = source.position_of(span.end);
  return {{"start", {{"line", start.line}, {"column", start.column}}},
          {"end", {{"line", end.line}, {"column", end.column}}}};
}

// A place in another file than the whole's says in which.
void add_file(Json& place, std::uint32_t at, const SourceText& source, const Rendering& to) {
  if (const FileName file = file_name_at(to, source, at); file.name != to.file_name) {
    place["file"] = file.name;
  }
}

Json one(const Diagnostic& diagnostic, const SourceText& source, const Rendering& to) {
  const Entry& listed = entry(diagnostic.code);
  const Wording& words =
      wording(diagnostic.code, file_name_at(to, source, diagnostic.span.begin).language);
  const Sentences said = sentences(diagnostic, source, to);
  Json result = {{"code", listed.code},
                 {"severity", listed.severity == Severity::error ? "error" : "warning"},
                 {"message", said.what},
                 {"range", range_of(source, diagnostic.span)},
                 {"why", said.why},
                 {"remedy", fill(words.remedy, diagnostic.parameters, to.file_name)}};
  add_file(result, diagnostic.span.begin, source, to);
  if (diagnostic.second) {
    result["second"] = {{"message", said.second}, {"range", range_of(source, *diagnostic.second)}};
    add_file(result["second"], diagnostic.second->begin, source, to);
  }
  if (!diagnostic.suggestion.empty()) {
    result["suggestion"] = diagnostic.suggestion;
  }
  return result;
}

}  // namespace

std::string render_json(std::span<const Diagnostic> diagnostics, const Rendering& rendering) {
  const SourceText source(rendering.text, rendering.files);
  Json list = Json::array();
  for (const Diagnostic& diagnostic : diagnostics) {
    list.push_back(one(diagnostic, source, rendering));
  }
  const Json whole = {{"file", rendering.file_name},
                      {"language", rendering.language == model::Language::french ? "fr" : "en"},
                      {"diagnostics", std::move(list)}};
  // A file name or a broken line may hold bytes that are not UTF-8.
  return whole.dump(2, ' ', false, Json::error_handler_t::replace) + "\n";
}

}  // namespace protoflow::dsl
