// fmt: rewrites a protocol in the one layout, in place or elsewhere.
#include <unistd.h>

#include <filesystem>
#include <fstream>
#include <iostream>
#include <iterator>

#include "dsl/diagnostic/render.hpp"
#include "dsl/format/format.hpp"
#include "dsl/syntax/parse.hpp"
#include "runtime/cli/cli.hpp"
#include "runtime/cli/terminal.hpp"
#include "runtime/protocols/plan.hpp"

namespace protoflow::runtime {

namespace {

constexpr std::string_view kStandard = "-";  // standard input or output

std::expected<std::string, std::string> read_input(const std::string& file) {
  if (file != kStandard) {
    return read_text_file(file);
  }
  std::string text(std::istreambuf_iterator<char>(std::cin), {});
  if (text.size() > dsl::kTextMax) {
    return std::unexpected("standard input: has more than the 4 MiB that a protocol may have");
  }
  return text;
}

std::string not_written(const std::filesystem::path& file) {
  return file.string() + ": cannot be written; check the folder and its rights";
}

// All of the new text or all of the old one: never a half of either.
std::optional<std::string> replace(const std::filesystem::path& named, std::string_view text) {
  std::error_code error;
  const auto target = std::filesystem::weakly_canonical(named, error);  // a link stays a link
  const auto file = error ? named : target;
  auto aside = file;
  aside += ".fmt-" + std::to_string(::getpid());
  {
    std::ofstream stream(aside, std::ios::binary);
    stream << text;
    stream.close();
    if (!stream) {
      std::filesystem::remove(aside, error);
      return not_written(named);
    }
  }
  const auto status = std::filesystem::status(file, error);
  if (std::filesystem::exists(status)) {
    std::filesystem::permissions(aside, status.permissions(), error);
  }
  std::filesystem::rename(aside, file, error);
  if (error) {
    std::error_code ignored;
    std::filesystem::remove(aside, ignored);
    return not_written(named);
  }
  return std::nullopt;
}

int write(const std::string& to, std::string_view text) {
  if (to == kStandard) {
    print(text);
    return kOk;
  }
  const auto fault = replace(to, text);
  return fault ? complain(*fault, kEnvironment) : kOk;
}

std::expected<std::string, dsl::NotFormatted> formatted(const std::string& text,
                                                        const FmtOptions& options) {
  const auto* to = dsl::language_tagged(options.language, dsl::languages());
  return to == nullptr ? dsl::format(text) : dsl::translate(text, *to);
}

int format_one(const std::string& file, const FmtOptions& options) {
  const auto text = read_input(file);
  if (!text) {
    return complain(text.error(), kEnvironment);
  }
  const auto result = formatted(*text, options);
  if (!result) {
    const auto& left = result.error();
    return complain(dsl::render_text(left.diagnostics,
                                     {.text = *text,
                                      .file_name = file,
                                      .language = left.language,
                                      .colours = options.output.colours}),
                    kFault);
  }
  const bool changed = *result != *text;
  if (options.check) {
    print(changed ? file + "\n" : "");
    return changed ? kFault : kOk;
  }
  if (!options.to.empty() || file == kStandard) {
    return write(options.to.empty() ? std::string(kStandard) : options.to, *result);
  }
  if (!changed) {
    return kOk;
  }
  const int code = write(file, *result);
  print(code == kOk ? file + "\n" : "");
  return code;
}

}  // namespace

int run_fmt(const FmtOptions& options) {
  if (!options.to.empty() && (options.files.size() != 1 || options.check)) {
    return complain("protoflow fmt: --output goes with one FILE and without --check", kUsage);
  }
  int worst = kOk;
  for (const auto& file : options.files) {
    worst = std::max(worst, format_one(file, options));
  }
  return worst;
}

}  // namespace protoflow::runtime
