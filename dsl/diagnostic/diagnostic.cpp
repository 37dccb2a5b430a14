#include "dsl/diagnostic/diagnostic.hpp"

#include <array>
#include <utility>

#include "dsl/diagnostic/render.hpp"

namespace protoflow::dsl {
namespace {

constexpr std::array kEntries = {
#define PF_DIAGNOSTIC(name, code, severity, ...) Entry{code, Severity::severity, __VA_ARGS__},
#include "dsl/diagnostic/diagnostics.def"
#undef PF_DIAGNOSTIC
};

}  // namespace

const Entry& entry(Code code) {
  return kEntries[static_cast<std::size_t>(code)];
}

void add(std::vector<Diagnostic>& diagnostics, Diagnostic diagnostic) {
  const std::size_t most = is_error(diagnostic) ? kDiagnosticsMax : kWarningsMax;
  if (diagnostics.size() < most) {
    diagnostics.push_back(std::move(diagnostic));
  }
}

bool is_error(const Diagnostic& diagnostic) {
  return entry(diagnostic.code).severity == Severity::error;
}

std::string fill(std::string_view sentence, const std::vector<std::string>& parameters) {
  std::string result;
  for (std::size_t at = 0; at < sentence.size(); ++at) {
    const bool place = sentence[at] == '{' && at + 2 < sentence.size() && sentence[at + 2] == '}';
    if (!place) {
      result.push_back(sentence[at]);
      continue;
    }
    const auto which = static_cast<std::size_t>(sentence[at + 1] - '0');
    if (which < parameters.size()) {
      result += parameters[which];
    }
    at += 2;
  }
  return result;
}

const Wording& wording(Code code, model::Language language) {
  return language == model::Language::french ? entry(code).french : entry(code).english;
}

FileName file_name_at(const Rendering& rendering, const SourceText& source, std::uint32_t at) {
  const SourceFile* file = source.file_of(at);
  if (file == nullptr || file->begin == 0) {
    return {std::string(rendering.file_name), rendering.language};
  }
  const std::size_t folder_end = rendering.file_name.rfind('/') + 1;
  return {std::string(rendering.file_name.substr(0, folder_end)) + file->path, file->language};
}

}  // namespace protoflow::dsl
