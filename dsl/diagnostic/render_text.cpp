#include <algorithm>
#include <vector>

#include "dsl/diagnostic/excerpt.hpp"
#include "dsl/diagnostic/render.hpp"

namespace protoflow::dsl {
namespace {

struct Labels {
  std::string_view error, warning, why, remedy, colon;
};

constexpr Labels kFrench = {"erreur", "attention", "pourquoi : ", "à faire : ", " : "};
constexpr Labels kEnglish = {"error", "warning", "why: ", "to do: ", ": "};

std::string_view bold(const Rendering& to) {
  return to.colours ? "\033[1m" : "";
}

std::string_view plain(const Rendering& to) {
  return to.colours ? "\033[0m" : "";
}

std::string_view tint(const Rendering& to, Severity severity) {
  if (!to.colours) {
    return "";
  }
  return severity == Severity::error ? "\033[1;31m" : "\033[1;33m";
}

std::string_view second_tint(const Rendering& to) {
  return to.colours ? "\033[1;34m" : "";
}

bool is_about_the_whole_file(Code code) {
  return code == Code::too_large || code == Code::not_utf8 || code == Code::nul_byte ||
         code == Code::utf16;
}

// Both places in the order of the text, on one line if they are; a place in another file comes
// last, under that file's name.
void append_places(std::string& out,
                   const Diagnostic& diagnostic,
                   const SourceText& source,
                   const Rendering& to) {
  const FileName file = file_name_at(to, source, diagnostic.span.begin);
  const bool french = file.language == model::Language::french;
  const Quotes quotes = french ? Quotes{"« ", " »"} : Quotes{"“", "”"};
  std::vector<Mark> marks;
  if (!is_about_the_whole_file(diagnostic.code)) {
    marks.push_back({.span = diagnostic.span,
                     .sign = '^',
                     .label = {},
                     .colour = tint(to, entry(diagnostic.code).severity)});
  }
  if (!diagnostic.second) {
    out += marks.empty() ? "" : excerpt(source, marks, quotes);
    return;
  }
  marks.push_back({.span = *diagnostic.second,
                   .sign = '-',
                   .label = harmless(sentences(diagnostic, source, to).second),
                   .colour = second_tint(to)});
  const std::string other = file_name_at(to, source, diagnostic.second->begin).name;
  if (marks.size() > 1 && on_one_line(source, diagnostic.span, *diagnostic.second)) {
    out += excerpt(source, marks, quotes);
    return;
  }
  if (other == file.name) {
    std::ranges::stable_sort(marks, {}, [](const Mark& mark) { return mark.span.begin; });
  }
  for (const Mark& mark : marks) {
    if (mark.sign == '-' && other != file.name) {
      out.append("  ").append(harmless(other)).append(french ? " :\n" : ":\n");
    }
    out += excerpt(source, {&mark, 1}, quotes);
  }
}

void append_one(std::string& out,
                const Diagnostic& diagnostic,
                const SourceText& source,
                const Rendering& to) {
  const FileName file = file_name_at(to, source, diagnostic.span.begin);
  const bool french = file.language == model::Language::french;
  const Labels& labels = french ? kFrench : kEnglish;
  const Entry& listed = entry(diagnostic.code);
  const Sentences said = sentences(diagnostic, source, to);
  const Position at = source.position_of(diagnostic.span.begin);

  out.append(bold(to)).append(harmless(file.name)).append(":").append(std::to_string(at.line));
  out.append(":").append(std::to_string(at.column)).append(": ").append(plain(to));
  out.append(tint(to, listed.severity));
  out.append(listed.severity == Severity::error ? labels.error : labels.warning).append(" ");
  out.append(listed.code).append(plain(to)).append(labels.colon);
  out.append(bold(to)).append(harmless(said.what)).append(plain(to)).append("\n");
  append_places(out, diagnostic, source, to);
  out.append("  ")
      .append(labels.why)
      .append(harmless(said.why))
      .append("\n  ")
      .append(labels.remedy);
  out.append(harmless(said.remedy));
  out.append("\n\n");
}

std::string counted(std::size_t count, std::string_view one, std::string_view many) {
  return std::to_string(count) + " " + std::string(count > 1 ? many : one);
}

std::string summary(std::span<const Diagnostic> diagnostics, model::Language language) {
  const auto errors =
      static_cast<std::size_t>(std::count_if(diagnostics.begin(), diagnostics.end(), is_error));
  const std::size_t warnings = diagnostics.size() - errors;
  const bool french = language == model::Language::french;
  std::string line;
  if (errors > 0) {
    line += french ? counted(errors, "erreur", "erreurs") : counted(errors, "error", "errors");
  }
  if (warnings > 0) {
    line += errors > 0 ? ", " : "";
    line += french ? counted(warnings, "avertissement", "avertissements")
                   : counted(warnings, "warning", "warnings");
  }
  return line + "\n";
}

}  // namespace

std::string render_text(std::span<const Diagnostic> diagnostics, const Rendering& rendering) {
  if (diagnostics.empty()) {
    return {};
  }
  const SourceText source(rendering.text, rendering.files);
  std::string out;
  for (const Severity severity : {Severity::error, Severity::warning}) {
    for (const Diagnostic& diagnostic : diagnostics) {
      if (entry(diagnostic.code).severity == severity) {
        append_one(out, diagnostic, source, rendering);
      }
    }
  }
  return out + summary(diagnostics, rendering.language);
}

}  // namespace protoflow::dsl
