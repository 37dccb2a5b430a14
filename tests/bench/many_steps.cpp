#include "tests/bench/many_steps.hpp"

#include <string_view>

namespace protoflow::bench {
namespace {

constexpr std::string_view kHead = R"(protocole année "Un parcours d’une année"
  version 1
  objectif "Avancer pas à pas, avec des partenaires qui savent ce qu’ils attendent les uns des autres"
  public "Jeunes adultes nouvellement arrivés"
  coordonné par coordination
  fuseau horaire Europe/Paris

calendrier
  jours ouvrés du lundi au vendredi
  heures de 09:00 à 18:00
  fermé le 2027-05-06 "Ascension", 2027-05-17 "Lundi de Pentecôte"

besoin parler-français "Parler français au quotidien et au travail"
compétence accompagnement "Accompagner un parcours"

partenaire mission-locale "Mission locale"
  apporte accompagnement
partenaire association "Association d’entraide"
  apporte accompagnement

rôle coordination "Coordination"
  tenu par mission-locale, à défaut association
rôle référent "Référent de parcours"
  tenu par association, à défaut mission-locale

information niveau "Niveau de français" échelle A0, A1, A2, B1, B2
  vue par référent, coordination
)";

constexpr std::string_view kTail = R"(
rendez-vous échange "Point mensuel"
  pour échange
  tous les mois
  responsable coordination
  avec tous les partenaires
rendez-vous retours "Regards croisés"
  pour retour d'expérience
  toutes les 6 semaines
  responsable référent
  avec bénéficiaire
rendez-vous bilan "Bilan du partenariat"
  pour évaluation
  tous les 6 mois
  responsable coordination
  avec tous les partenaires
)";

std::string name_of(std::size_t step) {
  return "étape-" + std::to_string(step);
}

std::string step_text(std::size_t step) {
  std::string text = "\nétape " + name_of(step) + " \"Avancer sur le point numéro " +
                     std::to_string(step) + " du parcours\"\n";
  if (step > 2) {
    text += "  après l'une de " + name_of(step - 1) + ", " + name_of(step - 2) + "\n";
  } else if (step > 0) {
    text += "  après " + name_of(0) + "\n";
  }
  if (step > 0 && step % 3 == 0) {
    text += "  quand niveau < B1\n";
  }
  text += "  responsable référent  # la personne connaît son nom\n  avec bénéficiaire\n";
  text += "  répond à parler-français\n  acceptée sous 3 jours ouvrés\n  sous 10 jours ouvrés\n";
  text += "  rappel 2 jours avant\n  si retard prévenir coordination\n";
  text += step == 0 ? "  recueille niveau\n" : "";
  text +=
      "  conseil \"Partir de ce que la personne sait déjà faire, puis convenir de la suite.\"\n";
  return text;
}

}  // namespace

std::string protocol_of(std::size_t steps) {
  std::string text(kHead);
  for (std::size_t step = 0; step < steps; ++step) {
    if (step % 10 == 0) {
      text += "\nphase phase-" + std::to_string(step / 10) + " \"Une phase du parcours\"\n";
    }
    text += step_text(step);
  }
  text += kTail;
  text += "\nfin terminé \"Parcours terminé\"\n  quand " + name_of(steps - 1) +
          "\n  compte comme réussite\nfin départ \"Départ choisi\"\n  à tout moment par "
          "bénéficiaire\n  compte comme neutre\n";
  return text;
}

}  // namespace protoflow::bench
