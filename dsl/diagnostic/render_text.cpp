#include <algorithm>

#include "dsl/diagnostic/render.hpp"
#include "dsl/source/utf8.hpp"

namespace protoflow::dsl {
namespace {

constexpr unsigned kTabWidth = 4;
constexpr unsigned kColumnsMax = 160;  // of a source line shown

struct Labels {
  std::string_view error, warning, why, remedy, suggestion_before, suggestion_after, colon;
};

constexpr Labels kFrench = {
    "erreur", "attention", "pourquoi : ", "à faire : ", "écrivez « ", " »", " : "};
constexpr Labels kEnglish = {"error", "warning", "why: ", "to do: ", "write “", "”", ": "};

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

// A source line as a terminal shows it, and where the underline goes, in columns.
struct Shown {
  std::string line, underline;
};

Shown show(const SourceText& source, Span span, char sign) {
  const Span line = source.line_around(span.begin);
  Shown shown;
  unsigned column = 0;
  for (std::uint32_t at = line.begin; at < line.end && column < kColumnsMax;) {
    const CodePoint next = decode(source.text(), at);
    const bool under = at >= span.begin && at < span.end;
    unsigned width = display_width(next.value);
    if (next.value == U'\t') {
      width = kTabWidth - column % kTabWidth;
      shown.line.append(width, ' ');
    } else if (next.value >= 0x20 && next.value != 0x7F && next.value != U'\uFEFF') {
      shown.line.append(source.text().substr(at, next.length));
    } else {
      width = 0;
    }
    shown.underline.append(width, under ? sign : ' ');
    column += width;
    at += next.length;
    if (span.begin == span.end && at == span.begin) {
      shown.underline.append(1, sign);
    }
  }
  if (shown.underline.find(sign) == std::string::npos) {
    shown.underline.append(1, sign);
  }
  shown.underline.erase(shown.underline.find_last_not_of(' ') + 1);
  return shown;
}

void append_source(
    std::string& out, const SourceText& source, Span span, char sign, std::string_view label) {
  const std::string number = std::to_string(source.line_of(span.begin));
  const Shown shown = show(source, span, sign);
  const std::size_t margin = std::max<std::size_t>(5, number.size() + 1);
  out.append(margin - number.size(), ' ')
      .append(number)
      .append(" | ")
      .append(shown.line)
      .append("\n");
  out.append(margin, ' ').append(" | ").append(shown.underline);
  if (!label.empty()) {
    out.append(" ").append(label);
  }
  out.append("\n");
}

void append_other_file(std::string& out, const std::string& other, const std::string& name) {
  if (other != name) {
    out.append("  ").append(other).append(" :\n");
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
  const Wording& words = wording(diagnostic.code, file.language);
  const Position at = source.position_of(diagnostic.span.begin);
  const auto& parameters = diagnostic.parameters;

  out.append(bold(to)).append(file.name).append(":").append(std::to_string(at.line)).append(":");
  out.append(std::to_string(at.column)).append(": ").append(plain(to));
  out.append(tint(to, listed.severity));
  out.append(listed.severity == Severity::error ? labels.error : labels.warning).append(" ");
  out.append(listed.code).append(plain(to)).append(labels.colon);
  out.append(bold(to)).append(fill(words.what, parameters)).append(plain(to)).append("\n");
  const bool whole_file = diagnostic.code == Code::too_large || diagnostic.code == Code::not_utf8 ||
                          diagnostic.code == Code::nul_byte;
  if (!whole_file) {
    append_source(out, source, diagnostic.span, '^', "");
  }
  if (diagnostic.second) {
    append_other_file(out, file_name_at(to, source, diagnostic.second->begin).name, file.name);
    append_source(out, source, *diagnostic.second, '-', fill(words.second, parameters));
  }
  out.append("  ")
      .append(labels.why)
      .append(fill(words.why, parameters))
      .append("\n  ")
      .append(labels.remedy);
  if (diagnostic.suggestion.empty()) {
    out.append(fill(words.remedy, parameters));
  } else {
    out.append(labels.suggestion_before)
        .append(diagnostic.suggestion)
        .append(labels.suggestion_after);
  }
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
  for (const Diagnostic& diagnostic : diagnostics) {
    append_one(out, diagnostic, source, rendering);
  }
  return out + summary(diagnostics, rendering.language);
}

}  // namespace protoflow::dsl
