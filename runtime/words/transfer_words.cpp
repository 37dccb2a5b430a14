#include <array>

#include "runtime/words/words.hpp"

namespace protoflow::runtime {

namespace {

struct Words {
  engine::Hindrance hindrance;
  std::string_view french, english;
};

constexpr auto kWords = std::to_array<Words>({
    {engine::Hindrance::none, "", ""},
    {engine::Hindrance::other_role,
     "{partner} ne tient pas le rôle {role}.",
     "{partner} does not hold the role {role}."},
    {engine::Hindrance::not_signed,
     "{partner} n’a pas signé cette version, qui lui donnerait le rôle {role}.",
     "{partner} has not signed this version, which would give it the role {role}."},
    {engine::Hindrance::lacks_competence,
     "Le rôle {role} demande une compétence que {partner} n’apporte pas.",
     "The role {role} requires a competence that {partner} does not bring."},
    {engine::Hindrance::did_the_work,
     "{partner} relirait son propre travail, au titre du rôle {role}.",
     "{partner} would review its own work, in the role {role}."},
    {engine::Hindrance::full,
     "{partner} accompagne autant de parcours que le protocole le permet pour le rôle {role}.",
     "{partner} has as many cases as the protocol allows for the role {role}."},
    {engine::Hindrance::being_handed_over,
     "Une étape du rôle {role} est déjà proposée à un autre partenaire, qui n’a pas répondu.",
     "A step of the role {role} has been offered to another partner, which has not answered."},
});

consteval bool in_order() {
  for (std::size_t i = 0; i < kWords.size(); ++i) {
    if (static_cast<std::size_t>(kWords[i].hindrance) != i) {
      return false;
    }
  }
  return kWords.size() == engine::kHindranceNames.size();
}

static_assert(in_order(), "a sentence for each hindrance, in their order");

}  // namespace

std::string sentence(engine::Hindrance hindrance,
                     model::RoleId role,
                     model::PartnerId receiver,
                     const model::Protocol& protocol) {
  const auto& words = kWords[static_cast<std::size_t>(hindrance)];
  const auto role_name = quoted(protocol.language, title_of(protocol[role]));
  const auto partner = title_of(protocol[receiver]);
  const std::array<Filling, 2> fillings = {{{"role", role_name}, {"partner", partner}}};
  return fill(say(protocol.language, words.french, words.english), fillings);
}

}  // namespace protoflow::runtime
