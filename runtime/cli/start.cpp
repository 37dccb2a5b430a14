// new: a first protocol from a few answers.
#include "dsl/start/start.hpp"

#include <array>
#include <filesystem>
#include <fstream>
#include <iostream>
#include <system_error>

#include "runtime/cli/cli.hpp"
#include "runtime/cli/print.hpp"
#include "runtime/cli/questions.hpp"
#include "runtime/words/words.hpp"

namespace protoflow::runtime {

namespace {

using model::Language;

constexpr std::string_view kNextFrench =
    "{file} est écrit. Et maintenant :\n"
    "  - lisez-le à voix haute avec vos partenaires et adaptez-le ;\n"
    "  - protoflow check {file}    le vérifie après chaque changement ;\n"
    "  - protoflow test {file}    déroule ses exemples ;\n"
    "  - protoflow graph {file} -o parcours.svg    le dessine ;\n"
    "  - protoflow brief {file} --partner {partner}    dit à un partenaire ce qu’il doit savoir.\n";
constexpr std::string_view kNextEnglish =
    "{file} is written. What comes next:\n"
    "  - read it aloud with your partners, and make it your own;\n"
    "  - protoflow check {file}    checks it after each change;\n"
    "  - protoflow test {file}    runs its examples;\n"
    "  - protoflow graph {file} -o path.svg    draws it;\n"
    "  - protoflow brief {file} --partner {partner}    tells a partner what it must know.\n";

std::string in_shell(const std::string& file) {
  const bool plain = file.find_first_of(" '\"\\$`&;|<>()*?#~!{}[]\t\n") == std::string::npos;
  return plain ? file : "\"" + file + "\"";
}

std::string there_already(Language language, const std::string& file) {
  return file + std::string(say(language,
                                " existe déjà et n’est pas touché ; choisissez un autre nom, ou "
                                "ajoutez --force pour le remplacer",
                                " is there already and was left alone; choose another name, or "
                                "add --force to replace it"));
}

std::string ended_early(Language language) {
  return std::string(say(language,
                         "Les réponses se sont arrêtées avant la dernière question : rien n’est "
                         "écrit. Avec --yes, protoflow new ne pose pas de question.",
                         "The answers ended before the last question: nothing is written. With "
                         "--yes, protoflow new asks nothing."));
}

// Whole or not at all: beside the file first, then in its place.
bool write_whole(const std::filesystem::path& file, const std::string& text) {
  auto beside = file;
  beside += ".new";
  std::ofstream stream(beside, std::ios::binary | std::ios::trunc);
  stream << text;
  stream.close();
  std::error_code error;
  if (stream) {
    std::filesystem::rename(beside, file, error);
  }
  if (!stream || error) {
    std::error_code ignored;
    std::filesystem::remove(beside, ignored);
    return false;
  }
  return true;
}

bool exists(const std::string& file) {
  std::error_code error;
  return std::filesystem::exists(std::filesystem::symlink_status(file, error));
}

}  // namespace

int run_new(const NewOptions& options) {
  dsl::StartAnswers answers{
      .language = options.language.empty()   ? reader_language()
                  : options.language == "fr" ? Language::french
                                             : Language::english,
      .name = options.name,
      .title = options.title,
      .objective = options.objective,
      .audience = options.audience,
      .need = options.need,
      .partners = options.partners,
  };
  const auto language = answers.language;
  const auto refused = [&](const std::string& file) {
    return !options.force && !file.empty() && exists(file);
  };
  if (refused(options.file)) {
    return complain(there_already(language, options.file), kEnvironment);
  }
  if (!options.yes) {
    auto said = ask_answers(answers, std::cin, std::cout);
    if (!said) {
      return complain(ended_early(language), kUsage);
    }
    answers = std::move(*said);
    print("\n");
  }
  const auto file =
      options.file.empty() ? dsl::first_protocol_name(answers) + ".proto-flow" : options.file;
  if (refused(file)) {
    return complain(there_already(language, file), kEnvironment);
  }
  if (!write_whole(file, dsl::first_protocol(answers))) {
    return complain(
        file + std::string(say(language,
                               " : ne peut pas être écrit ; vérifiez le dossier et ses droits",
                               ": cannot be written; check the folder and its rights")),
        kEnvironment);
  }
  const std::string shown = in_shell(file);
  const std::string partner = dsl::first_partner_name(answers);
  const std::array<Filling, 2> fillings = {{{"file", shown}, {"partner", partner}}};
  print(fill(say(language, kNextFrench, kNextEnglish), fillings));
  return kOk;
}

}  // namespace protoflow::runtime
