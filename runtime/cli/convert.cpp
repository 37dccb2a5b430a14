// convert: a protocol that an old editor saved, in UTF-8.
#include <fcntl.h>
#include <unistd.h>

#include <algorithm>
#include <fstream>
#include <vector>

#include "dsl/diagnostic/excerpt.hpp"
#include "dsl/source/encoding.hpp"
#include "dsl/source/source_text.hpp"
#include "dsl/syntax/parse.hpp"
#include "runtime/cli/cli.hpp"
#include "runtime/cli/terminal.hpp"
#include "runtime/protocols/plan.hpp"
#include "runtime/words/words.hpp"

namespace protoflow::runtime {

namespace {

namespace fs = std::filesystem;
using dsl::Encoding;
using model::Language;

constexpr std::size_t kWordsShown = 12;

std::string_view name_of(Encoding encoding) {
  switch (encoding) {
    case Encoding::utf8:
      return "UTF-8";
    case Encoding::latin1:
      return "Latin-1";
    case Encoding::windows_1252:
      return "Windows-1252";
    case Encoding::utf16_little:
    case Encoding::utf16_big:
      break;
  }
  return "UTF-16";
}

Encoding encoding_of(const std::string& from, std::string_view bytes) {
  if (from == "latin1") {
    return Encoding::latin1;
  }
  return from == "windows-1252" ? Encoding::windows_1252 : dsl::guess_encoding(bytes);
}

bool is_ascii(std::string_view word) {
  return std::ranges::all_of(word, [](char letter) { return letter > 0; });
}

// The words with letters that were saved otherwise, each once, in the order of the text.
std::vector<std::string> changed_words(std::string_view text) {
  constexpr std::string_view kEnds = " \t\r\n\"(),;:";
  std::vector<std::string> words;
  for (std::size_t at = 0; at < text.size() && words.size() <= kWordsShown;) {
    const std::size_t end = std::min(text.find_first_of(kEnds, at), text.size());
    const std::string word(text.substr(at, end - at));
    if (!is_ascii(word) && std::ranges::find(words, word) == words.end()) {
      words.push_back(word);
    }
    at = end + 1;
  }
  return words;
}

std::string preview(std::string_view text, Encoding from, Language language) {
  const auto words = changed_words(text);
  std::string shown(say(language, "Enregistré en ", "Saved as "));
  shown.append(name_of(from));
  shown.append(words.empty() ? "" : say(language, ". Relisez ces mots :", ". Read these words:"));
  shown.append("\n");
  for (std::size_t i = 0; i < std::min(words.size(), kWordsShown); ++i) {
    shown += "  " + dsl::harmless(words[i]) + "\n";
  }
  return shown + (words.size() > kWordsShown ? "  …\n" : "");
}

// Whole or not at all: written aside, then given its name. Never over another file.
bool write_new(const fs::path& file, std::string_view text) {
  const int number = ::open(file.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0666);
  if (number < 0) {
    return false;
  }
  bool written = true;
  while (written && !text.empty()) {
    const ssize_t count = ::write(number, text.data(), text.size());
    written = count > 0;
    text.remove_prefix(written ? static_cast<std::size_t>(count) : 0);
  }
  written = ::fsync(number) == 0 && written;
  written = ::close(number) == 0 && written;
  if (!written) {
    (void)::unlink(file.c_str());  // what could not be written whole is of no use
  }
  return written;
}

std::string cannot_write(const fs::path& file, Language language) {
  return file.string() + std::string(say(language,
                                         " : ne peut pas être écrit, ou existe déjà ; l’original "
                                         "est intact. Choisissez un autre nom avec --output",
                                         ": cannot be written, or exists already; the original is "
                                         "untouched. Choose another name with --output"));
}

// The original gets another name, the text its own.
int replace(const fs::path& file, std::string_view text, Language language) {
  const fs::path kept = file.string() + ".original", aside = file.string() + ".utf-8";
  std::error_code error;
  if (fs::exists(kept, error) || !write_new(aside, text)) {
    return complain(cannot_write(fs::exists(kept, error) ? kept : aside, language), kEnvironment);
  }
  fs::permissions(aside, fs::status(file, error).permissions(), error);
  fs::create_hard_link(file, kept, error);
  if (error) {
    error.clear();
    fs::copy_file(file, kept, error);  // a folder without links
  }
  if (!error) {
    fs::rename(aside, file, error);
  }
  if (error) {
    (void)::unlink(aside.c_str());
    return complain(cannot_write(file, language), kEnvironment);
  }
  print(file.string() +
        std::string(say(language,
                        " est maintenant en UTF-8. L’original reste dans ",
                        " is UTF-8 now. The original stays in ")) +
        kept.string() + ".\n");
  return kOk;
}

int cannot_read_as(const std::string& file, Encoding from, std::size_t at, std::string_view bytes) {
  const Language language = reader_language();
  const auto line = std::to_string(std::ranges::count(bytes.substr(0, at), '\n') + 1);
  return complain(
      file + std::string(say(language, " : la ligne ", ": line ")) + line +
          std::string(say(language, " ne se lit pas en ", " cannot be read as ")) +
          std::string(name_of(from)) +
          std::string(say(language,
                          ". Essayez --from windows-1252, ou ouvrez le fichier dans l’éditeur qui "
                          "l’a enregistré",
                          ". Try --from windows-1252, or open the file in the editor that saved "
                          "it")),
      kFault);
}

}  // namespace

int run_convert(const ConvertOptions& options) {
  const auto bytes = read_text_file(options.file);
  if (!bytes) {
    return complain(bytes.error(), kEnvironment);
  }
  const Encoding from = encoding_of(options.from, *bytes);
  const auto text = dsl::to_utf8(*bytes, from);
  if (!text) {
    return cannot_read_as(options.file, from, text.error(), *bytes);
  }
  const Language language =
      dsl::language_of(*text, dsl::languages_from(reader_language())).table().messages;
  if (*text == *bytes && options.to.empty()) {
    print(options.file + std::string(say(language,
                                         " est déjà en UTF-8 : rien à faire.\n",
                                         " is UTF-8 already: nothing to do.\n")));
    return kOk;
  }
  print(preview(*text, from, language));
  if (options.preview) {
    return kOk;
  }
  if (options.to.empty()) {
    return replace(options.file, *text, language);
  }
  if (!write_new(options.to, *text)) {
    return complain(cannot_write(options.to, language), kEnvironment);
  }
  print(options.to +
        std::string(say(language, " est écrit en UTF-8.\n", " is written in UTF-8.\n")));
  return kOk;
}

}  // namespace protoflow::runtime
