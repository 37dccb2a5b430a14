#include "dsl/document/translated.hpp"

#include <algorithm>
#include <string_view>

#include "dsl/document/document.hpp"

namespace protoflow::dsl::document {

namespace {

bool same_language(std::string_view tag, std::string_view wanted) {
  return tag == wanted || (tag.starts_with(wanted) && tag.substr(wanted.size()).starts_with("-"));
}

}  // namespace

const std::string* translation_in(model::Language language,
                                  const std::vector<model::Translation>& translations) {
  const auto found = std::ranges::find_if(translations, [&](const model::Translation& each) {
    return same_language(each.language, language_tag(language));
  });
  return found == translations.end() ? nullptr : &found->text;
}

model::Protocol in_language(model::Protocol protocol, model::Language language) {
  if (protocol.language == language) {
    return protocol;
  }
  protocol.language = language;
  const auto retitle = [&](auto& declaration) {
    if (const auto* text = translation_in(language, declaration.translations)) {
      declaration.title = *text;
    }
  };
  retitle(protocol);
  std::ranges::for_each(protocol.needs, retitle);
  std::ranges::for_each(protocol.competences, retitle);
  std::ranges::for_each(protocol.partners, retitle);
  std::ranges::for_each(protocol.roles, retitle);
  std::ranges::for_each(protocol.informations, retitle);
  std::ranges::for_each(protocol.consents, retitle);
  std::ranges::for_each(protocol.stages, retitle);
  std::ranges::for_each(protocol.steps, retitle);
  std::ranges::for_each(protocol.sessions, retitle);
  std::ranges::for_each(protocol.routines, retitle);
  std::ranges::for_each(protocol.endings, retitle);
  return protocol;
}

}  // namespace protoflow::dsl::document
