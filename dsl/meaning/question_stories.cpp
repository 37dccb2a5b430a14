// Free text that invites personal stories: nobody has to tell their life to be helped.
#include <algorithm>
#include <array>

#include "dsl/lower/lower.hpp"
#include "dsl/meaning/questions.hpp"
#include "dsl/source/utf8.hpp"

namespace protoflow::dsl {
namespace {

// Without accents, in small letters.
constexpr std::array<std::string_view, 9> kFrenchStories = {"raconte",
                                                            "recit de vie",
                                                            "histoire de vie",
                                                            "histoire personnelle",
                                                            "son histoire",
                                                            "votre histoire",
                                                            "parcours migratoire",
                                                            "recit d'exil",
                                                            "traumatisme"};
constexpr std::array<std::string_view, 8> kEnglishStories = {"life story",
                                                             "personal story",
                                                             "their story",
                                                             "your story",
                                                             "migration story",
                                                             "reasons for fleeing",
                                                             "tell us about your journey",
                                                             "trauma"};
// A text that asks not to ask says so with one of these.
constexpr std::array<std::string_view, 5> kFrenchNots = {
    " pas ", " jamais ", " sans ", " ne ", " n'"};
constexpr std::array<std::string_view, 5> kEnglishNots = {
    "not ", "never ", "without ", "n't ", " no "};

char small(char letter) {
  return letter >= 'A' && letter <= 'Z' ? static_cast<char>(letter | 0x20) : letter;
}

std::string plain(std::string_view text) {
  std::string result;
  result.reserve(text.size());
  for (std::size_t at = 0; at < text.size();) {
    const std::size_t end = skip_ascii(text, at);
    std::ranges::transform(text.substr(at, end - at), std::back_inserter(result), small);
    at = end;
    const CodePoint next = decode(text, at);
    if (next.length > 0) {
      const char32_t letter = without_accent(next.value);
      append_utf8(result,
                  letter == U'’'            ? U'\''
                  : is_ascii_letter(letter) ? letter | 0x20U
                                            : letter);
      at += next.length;
    }
  }
  return result;
}

bool says_any(std::string_view text, std::span<const std::string_view> words) {
  return std::any_of(words.begin(), words.end(), [&](std::string_view word) {
    return text.find(word) != text.npos;
  });
}

bool invites_a_story(const Asked& asked, std::string_view text) {
  const bool french = asked.language() == model::Language::french;
  const std::string words = plain(text);
  return french ? says_any(words, kFrenchStories) && !says_any(words, kFrenchNots)
                : says_any(words, kEnglishStories) && !says_any(words, kEnglishNots);
}

void ask_text(const Asked& asked, NodeIndex leaf) {
  if (leaf != kNoNode && invites_a_story(asked, asked.source.text(asked.tree[leaf].span()))) {
    tell(asked, Code::story_invited, asked.tree[leaf].span(), {});
  }
}

// The title, the guidance and the questions of a declaration.
void ask_declaration(const Asked& asked, const Declared& one) {
  ask_text(asked, asked.tree.child(one.node, NodeKind::text));
  for (const NodeIndex clause : clauses_in(asked.tree, one.node)) {
    const Keyword word = asked.tree[clause].word;
    if (word == Keyword::guidance || word == Keyword::asks) {
      ask_text(asked, asked.tree.child(clause, NodeKind::text));
    }
  }
}

}  // namespace

void ask_stories(const Asked& asked) {
  for (const NameKind kind :
       {NameKind::need, NameKind::information, NameKind::step, NameKind::routine}) {
    for (const Declared& one : asked.names.of(kind)) {
      ask_declaration(asked, one);
    }
  }
  for (std::size_t i = 0; i < asked.protocol.informations.size(); ++i) {
    const model::Information& information = asked.protocol.informations[i];
    const Declared& one = declared(asked, NameKind::information, i);
    const bool open = information.type == model::InformationType::text && !information.sensitive;
    const NodeIndex type = asked.tree.child(one.node, NodeKind::keyword, Keyword::text);
    if (open && type != kNoNode && !unreadable(asked, one)) {
      tell(asked, Code::open_text, asked.tree[type].span(), {one.name});
    }
  }
}

}  // namespace protoflow::dsl
