#include "dsl/diagnostic/diagnostic.hpp"

#include <algorithm>
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

// A file's name as a terminal takes it for one word.
std::string one_word(std::string_view name) {
  constexpr std::string_view kOdd = " \t\n\"'$`\\|&;<>()*?[]#~=%!{}";
  if (!name.empty() && name.find_first_of(kOdd) == std::string_view::npos) {
    return (name.starts_with('-') ? "./" : "") + std::string(name);
  }
  std::string word = "'";
  for (const char letter : name) {
    word += letter == '\'' ? std::string("'\\''") : std::string(1, letter);
  }
  return word + "'";
}

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

bool asked_later(Code code) {
  constexpr Code kLater[] = {Code::after_the_end,
                             Code::never_true,
                             Code::not_a_language,
                             Code::roles_in_circle,
                             Code::sensitive_before_consent,
                             Code::two_things_at_once};
  return std::ranges::find(kLater, code) != std::end(kLater);
}

std::string fill(std::string_view sentence,
                 const std::vector<std::string>& parameters,
                 std::string_view file_name) {
  std::string result;
  for (std::size_t at = 0; at < sentence.size(); ++at) {
    const bool place = sentence[at] == '{' && at + 2 < sentence.size() && sentence[at + 2] == '}';
    if (!place) {
      result.push_back(sentence[at]);
      continue;
    }
    const auto which = static_cast<std::size_t>(sentence[at + 1] - '0');
    if (sentence[at + 1] == 'F') {
      result += one_word(file_name);
    } else if (which < parameters.size()) {
      result += parameters[which];
    }
    at += 2;
  }
  return result;
}

const Wording& wording(Code code, model::Language language) {
  return language == model::Language::french ? entry(code).french : entry(code).english;
}

Sentences sentences(const Diagnostic& diagnostic,
                    const SourceText& source,
                    const Rendering& rendering) {
  const FileName file = file_name_at(rendering, source, diagnostic.span.begin);
  const Wording& words = wording(diagnostic.code, file.language);
  const auto said = [&](std::string_view sentence) {
    return fill(sentence, diagnostic.parameters, file.name);
  };
  const bool french = file.language == model::Language::french;
  const std::string& write = diagnostic.suggestion;
  return {.what = said(words.what),
          .second = said(words.second),
          .why = said(words.why),
          .remedy = write.empty() ? said(words.remedy)
                    : french      ? "écrivez « " + write + " »"
                                  : "write “" + write + "”"};
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
