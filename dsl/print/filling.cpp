#include "dsl/print/filling.hpp"

namespace protoflow::dsl {

std::string filled(std::string_view form, std::span<const Filling> fillings) {
  std::string text;
  for (std::size_t at = 0; at < form.size();) {
    const Filling* found = nullptr;
    for (const Filling& filling : fillings) {
      const bool longer = found == nullptr || filling.place.size() > found->place.size();
      if (form[at] == filling.place.front() && longer &&
          form.substr(at).starts_with(filling.place)) {
        found = &filling;
      }
    }
    if (found != nullptr) {
      text += found->text;
      at += found->place.size();
    } else {
      text += form[at++];
    }
  }
  return text;
}

}  // namespace protoflow::dsl
