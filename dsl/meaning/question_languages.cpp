// A language is named by its tag (BCP 47: two or three letters, then a script or a region).
#include <algorithm>

#include "dsl/meaning/questions.hpp"

namespace protoflow::dsl {
namespace {

bool letters(std::string_view text) {
  return std::all_of(text.begin(), text.end(), [](char letter) {
    return (letter >= 'a' && letter <= 'z') || (letter >= 'A' && letter <= 'Z');
  });
}

bool digits(std::string_view text) {
  return std::all_of(
      text.begin(), text.end(), [](char digit) { return digit >= '0' && digit <= '9'; });
}

// What stands before the next `-`, taken off the front.
std::string_view take_part(std::string_view& tag) {
  const std::size_t end = std::min(tag.find('-'), tag.size());
  const std::string_view part = tag.substr(0, end);
  tag.remove_prefix(std::min(end + 1, tag.size()));
  return part;
}

bool is_language(std::string_view tag) {
  if (tag.ends_with('-')) {
    return false;
  }
  const std::string_view language = take_part(tag);
  if (!letters(language) || language.size() < 2 || language.size() > 3) {
    return false;
  }
  std::string_view part = take_part(tag);
  if (part.size() == 4 && letters(part)) {
    part = take_part(tag);
  }
  const bool region =
      part.empty() || (part.size() == 2 && letters(part)) || (part.size() == 3 && digits(part));
  return region && tag.empty();
}

}  // namespace

void ask_languages(const Asked& asked) {
  for (const Node& node : asked.tree.nodes) {
    if (node.kind != NodeKind::tag) {
      continue;
    }
    const std::string tag(asked.source.text(node.span()));
    if (!is_language(tag)) {
      tell(asked, Code::not_a_language, node.span(), {tag});
    }
  }
}

}  // namespace protoflow::dsl
