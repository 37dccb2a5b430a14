// explain: what a code of `protoflow check` means.
#include "dsl/diagnostic/explain.hpp"

#include <cstdlib>

#include "runtime/cli/cli.hpp"
#include "runtime/cli/terminal.hpp"
#include "runtime/words/words.hpp"

namespace protoflow::runtime {

namespace {

using dsl::ExplainForm;
using model::Language;

ExplainForm form_of(std::string_view format) {
  return format == "json" ? ExplainForm::json
                          : (format == "md" ? ExplainForm::markdown : ExplainForm::text);
}

std::string unknown_code(const std::string& code, Language language) {
  const std::string near = dsl::nearest_code(code);
  std::string text =
      std::string(say(language, "aucun message n’a le code ", "no message has the code ")) +
      quoted(language, code) + ".";
  if (!near.empty()) {
    text += std::string(say(language, " Vouliez-vous dire ", " Did you mean ")) + near +
            std::string(say(language, " ?", "?"));
  }
  return text + std::string(say(language,
                                " « protoflow explain » les énumère tous.",
                                " `protoflow explain` lists them all."));
}

}  // namespace

Language reader_language() {
  for (const char* name : {"LC_ALL", "LC_MESSAGES", "LANG"}) {
    const char* value = std::getenv(name);
    if (value != nullptr && *value != '\0') {
      return std::string_view(value).starts_with("fr") ? Language::french : Language::english;
    }
  }
  return Language::english;
}

int run_explain(const ExplainOptions& options) {
  const auto language = options.language.empty()   ? reader_language()
                        : options.language == "fr" ? Language::french
                                                   : Language::english;
  const auto form = form_of(options.format);
  if (options.code.empty()) {
    print(dsl::list_codes(language, form));
    return kOk;
  }
  const auto code = dsl::find_code(options.code);
  if (!code) {
    return complain(unknown_code(options.code, language), kUsage);
  }
  print(dsl::explain(*code, language, form));
  return kOk;
}

}  // namespace protoflow::runtime
