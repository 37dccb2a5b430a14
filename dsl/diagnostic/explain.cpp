#include "dsl/diagnostic/explain.hpp"

#include <algorithm>
#include <array>
#include <vector>

#include <nlohmann/json.hpp>

#include "dsl/source/utf8.hpp"

namespace protoflow::dsl {
namespace {

using Json = nlohmann::ordered_json;
using model::Language;

constexpr std::size_t kColumns = 80;

struct Family {
  char digit;
  std::string_view french, english;
};

constexpr std::array kFamilies = {
    Family{'1', "Le texte et ses mots", "The text and its words"},
    Family{'2', "Les noms", "Names"},
    Family{'3', "Qui fait quoi", "Who does what"},
    Family{'4', "Les conditions", "Conditions"},
    Family{'5', "Les revues et les délais", "Reviews and deadlines"},
    Family{'6', "Les données d’une personne", "A person’s data"},
    Family{'7', "Ce que demande un bon partenariat", "What a good partnership needs"},
    Family{'8', "Les exemples", "Examples"},
    Family{'9', "Les autres fichiers", "Other files"},
};

std::string_view in(Language language, std::string_view french, std::string_view english) {
  return language == Language::french ? french : english;
}

std::string_view severity_word(Code code, Language language) {
  return entry(code).severity == Severity::error ? in(language, "erreur", "error")
                                                 : in(language, "attention", "warning");
}

std::vector<Code> codes_of(const Family& family) {
  std::vector<Code> codes;
  for (std::size_t i = 0; i < static_cast<std::size_t>(Code::count); ++i) {
    if (entry(static_cast<Code>(i)).code[2] == family.digit) {
      codes.push_back(static_cast<Code>(i));
    }
  }
  std::ranges::sort(codes, {}, [](Code code) { return entry(code).code; });
  return codes;
}

std::size_t columns_of(std::string_view text) {
  std::size_t columns = 0;
  for (std::size_t at = 0; at < text.size();) {
    const CodePoint next = decode(text, at);
    columns += display_width(next.value);
    at += next.length;
  }
  return columns;
}

// French sets a blank before : ; ? ! » and after «; a line never breaks there.
bool sticks(std::string_view before, std::string_view after) {
  return before.ends_with("«") || after.starts_with("»") ||
         (!after.empty() && std::string_view(":;?!").contains(after.front()));
}

void append_wrapped(std::string& out, std::string_view text) {
  constexpr std::string_view kIndent = "  ";
  std::vector<std::string> pieces;
  for (std::size_t at = 0; at < text.size();) {
    const std::size_t end = std::min(text.find(' ', at), text.size());
    const std::string_view word = text.substr(at, end - at);
    if (!pieces.empty() && sticks(pieces.back(), word)) {
      pieces.back().append(" ").append(word);
    } else {
      pieces.emplace_back(word);
    }
    at = end + 1;
  }
  std::size_t column = kColumns;
  for (const std::string& piece : pieces) {
    const std::size_t width = columns_of(piece);
    if (column + 1 + width > kColumns) {
      out.append(out.empty() || out.ends_with('\n') ? "" : "\n").append(kIndent);
      column = kIndent.size();
    } else {
      out.append(" ");
      ++column;
    }
    out.append(piece);
    column += width;
  }
  out.append("\n");
}

void append_lines(std::string& out, std::string_view indent, std::string_view text) {
  for (std::size_t at = 0; at < text.size();) {
    const std::size_t end = std::min(text.find('\n', at), text.size());
    out.append(end > at ? indent : "").append(text.substr(at, end - at)).append("\n");
    at = end + 1;
  }
}

std::string as_text(const Explanation& entry_of, Language language) {
  const Code code = entry_of.code;
  std::string out(entry(code).code);
  out.append(" · ").append(severity_word(code, language)).append(" · ").append(entry_of.title);
  out.append("\n\n");
  append_wrapped(out, entry_of.meaning);
  out.append("\n");
  append_wrapped(
      out,
      std::string(in(language, "Pourquoi : ", "Why: ")) + std::string(wording(code, language).why));
  if (!entry_of.wrong.empty()) {
    out.append("\n  ").append(in(language, "Au lieu de :", "Instead of:")).append("\n\n");
    append_lines(out, "      ", entry_of.wrong);
    out.append("\n  ").append(in(language, "écrivez :", "write:")).append("\n\n");
    append_lines(out, "      ", entry_of.right);
  }
  return out;
}

std::string as_markdown(const Explanation& entry_of, Language language) {
  const Code code = entry_of.code;
  std::string out = "### " + std::string(entry(code).code) + "\n\n**";
  out.append(entry_of.title).append("** (").append(severity_word(code, language)).append(")\n\n");
  out.append(entry_of.meaning).append("\n\n*");
  out.append(in(language, "Pourquoi :", "Why:")).append("* ");
  out.append(wording(code, language).why).append("\n");
  if (!entry_of.wrong.empty()) {
    out.append("\n").append(in(language, "Au lieu de :", "Instead of:")).append("\n\n```\n");
    out.append(entry_of.wrong).append("\n```\n\n");
    out.append(in(language, "écrivez :", "write:")).append("\n\n```\n");
    out.append(entry_of.right).append("\n```\n");
  }
  return out;
}

Json as_json(const Explanation& entry_of, Language language) {
  const Code code = entry_of.code;
  return {{"code", entry(code).code},
          {"severity", entry(code).severity == Severity::error ? "error" : "warning"},
          {"language", in(language, "fr", "en")},
          {"title", entry_of.title},
          {"meaning", entry_of.meaning},
          {"why", wording(code, language).why},
          {"wrong", entry_of.wrong},
          {"right", entry_of.right}};
}

Explanation found(Code code, Language language) {
  return explanation(code, language).value_or(Explanation{.code = code});
}

}  // namespace

std::string explain(Code code, Language language, ExplainForm form) {
  const Explanation entry_of = found(code, language);
  switch (form) {
    case ExplainForm::text:
      return as_text(entry_of, language);
    case ExplainForm::markdown:
      return as_markdown(entry_of, language);
    case ExplainForm::json:
      break;
  }
  return as_json(entry_of, language).dump(2) + "\n";
}

std::string list_codes(Language language, ExplainForm form) {
  std::string out;
  Json list = Json::array();
  for (const Family& family : kFamilies) {
    const std::string_view title = in(language, family.french, family.english);
    const bool text = form == ExplainForm::text;
    out.append(out.empty() ? "" : "\n").append(text ? "" : "## ");
    out.append(title).append(text ? "\n" : "\n\n");
    for (const Code code : codes_of(family)) {
      const Explanation each = found(code, language);
      list.push_back({{"code", entry(code).code},
                      {"severity", entry(code).severity == Severity::error ? "error" : "warning"},
                      {"family", title},
                      {"title", each.title}});
      std::string severity(severity_word(code, language));
      severity.append(text ? 10 - severity.size() : 0, ' ');
      out.append(text ? "  " : "- ").append(entry(code).code).append(text ? "  " : " (");
      out.append(severity).append(text ? "" : ") ").append(each.title).append("\n");
    }
  }
  return form == ExplainForm::json ? list.dump(2) + "\n" : out;
}

std::string messages_page(Language language) {
  std::string out(in(
      language,
      "# Les messages\n\n[English](messages.md)\n\nTout ce que `protoflow check` peut dire d’un "
      "protocole. « Erreur » : le protocole ne peut pas servir tant qu’elle est là. « Attention » "
      ": il peut servir, mais quelqu’un risque d’en pâtir. Un code garde son sens d’une version à "
      "l’autre ; `protoflow explain CODE` affiche la même chose au terminal.\n\nCette page est "
      "faite d’après la liste des codes, par un test.\n",
      "# The messages\n\n[Français](messages.fr.md)\n\nEverything that `protoflow check` can say "
      "of a protocol. An error: the protocol cannot be used while it is there. A warning: it can, "
      "but someone may suffer from it. A code keeps its meaning from one version to the next; "
      "`protoflow explain CODE` shows the same in the terminal.\n\nThis page is made from the "
      "list of codes, by a test.\n"));
  for (const Family& family : kFamilies) {
    out.append("\n## PF").append(1, family.digit).append("xx · ");
    out.append(in(language, family.french, family.english)).append("\n");
    for (const Code code : codes_of(family)) {
      out.append("\n").append(explain(code, language, ExplainForm::markdown));
    }
  }
  return out;
}

}  // namespace protoflow::dsl
