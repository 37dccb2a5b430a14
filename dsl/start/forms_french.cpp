#include "dsl/start/forms.hpp"

namespace protoflow::dsl {

namespace {

constexpr StartForms kForms = {
    .defaults =
        {.title = "Un parcours partagé vers l’autonomie",
         .objective =
             "Permettre à chaque personne d’avancer vers l’autonomie, entourée de partenaires "
             "qui se coordonnent.",
         .audience = "Personnes nouvellement arrivées qui souhaitent être accompagnées.",
         .need = "Comprendre et se faire comprendre au quotidien",
         .partners = {"Mission locale", "Association de bénévoles"}},
    .protocol_fallback = "protocole-partagé",
    .partner_fallback = "partenaire-local",
    .support = "appui-",
    .action = "action-",
    .all_of = "chacune d'",
    .head =
        R"(# Un premier protocole, à relire à voix haute avec vos partenaires et à adapter. Chaque ligne commence par un mot qui
# dit ce qu’elle est. Pour le vérifier après chaque changement : protoflow check

protocole {name} "{title}"
  version 1
  objectif "{objective}"
  public "{audience}"
  valeur ajoutée "Une seule personne référente du début à la fin, et des délais que chacun connaît."
  coordonné par coordination
  fuseau horaire Europe/Paris

# Ajoutez les jours de fermeture, par exemple : fermé le 2027-05-06 "Ascension"
calendrier
  jours ouvrés du lundi au vendredi
  heures de 09:00 à 18:00

# Ce que la personne rencontre, et ce que les partenaires doivent en comprendre.
besoin besoin-principal "{need}"
  conseil "Partir de ce que la personne sait déjà faire, et vérifier avec elle que le besoin est bien compris."

compétence accompagnement "Accompagner un parcours du début à la fin"

compétence appui-concret "Apporter un appui concret sur une partie du parcours"

# Complétez chaque partenaire, par exemple : contact "accueil@partenaire.example"
)",
    .coordinating_partner = R"(partenaire {partner} "{partner-title}"
  apporte accompagnement, appui-concret
  bénéficie de "partenaires mobilisables en quelques jours, et de parcours qui ne s’interrompent plus"
  parle fr

)",
    .second_partner = R"(partenaire {partner} "{partner-title}"
  apporte accompagnement, appui-concret
  bénéficie de "missions claires et limitées dans le temps, et d’une personne référente qui répond"
  parle fr

)",
    .other_partner = R"(partenaire {partner} "{partner-title}"
  apporte appui-concret
  bénéficie de "missions claires et limitées dans le temps, et d’une personne référente qui répond"
  parle fr

)",
    .roles = R"(rôle coordination "Coordination du partenariat"
  tenu par {coordinating}, à défaut {second}
  requiert accompagnement

rôle référent "Référent ou référente de parcours"
  tenu par {coordinating}, à défaut {second}
  requiert accompagnement
  au plus 25 parcours

)",
    .second_support_role = R"(rôle appui-{partner} "Appui de {partner-title}"
  tenu par {partner}, à défaut {coordinating}
  requiert appui-concret

)",
    .other_support_role = R"(rôle appui-{partner} "Appui de {partner-title}"
  tenu par {partner}, à défaut {second}
  requiert appui-concret

)",
    .path = R"(# Ce qui n’est pas déclaré ici ne peut pas être noté.
information niveau-langue "Niveau de français à l’oral" échelle A0, A1, A2, B1, B2
  vue par référent, {supports}
  conservée 24 mois après la clôture

consentement partage "J’accepte que les partenaires qui m’accompagnent connaissent mon niveau de français."
  couvre niveau-langue avec {supports}
  pour "préparer ensemble l’accompagnement"
  dure 12 mois

phase accueillir "Accueillir et décider ensemble"

étape accueil "Mener le premier entretien"
  responsable référent
  avec bénéficiaire
  acceptée sous 2 jours ouvrés
  sous 5 jours ouvrés
  rappel 1 jour avant
  si retard prévenir coordination
  recueille niveau-langue
  issue engagée "La personne souhaite s’engager dans le parcours"
  issue réorientée "Un autre dispositif lui convient mieux" clôt le parcours comme réorientation
  conseil "Les faits utiles suffisent. Au besoin, prévoir une ou un interprète professionnel."

étape accord "Expliquer le partage d’informations et demander l’accord"
  après accueil est engagée
  responsable référent
  avec bénéficiaire
  sous 5 jours ouvrés
  rappel 1 jour avant
  si retard prévenir coordination
  demande le consentement partage

étape projet "Écrire ensemble le projet de la personne"
  après accord
  responsable référent
  avec bénéficiaire
  informe {supports}
  sous 15 jours ouvrés
  rappel 3 jours avant
  si retard prévenir coordination
  répond à besoin-principal
  revue par coordination sous 3 jours ouvrés, peut renvoyer au plus 2 fois

phase accompagner "Accompagner et faire le point"

)",
    .action_step = R"(étape action-{partner} "Réaliser l’action confiée à {partner-title}"
  après projet
  quand partage est donné
  responsable appui-{partner}
  avec bénéficiaire
  informe référent
  répond à besoin-principal
  requiert le consentement partage
  acceptée sous 3 jours ouvrés
  sous 30 jours
  rappel 5 jours avant
  si retard prévenir référent
  si retard de 10 jours confier à référent
  peut être suspendue au plus 30 jours "en attente d’une réponse extérieure"

)",
    .rest = R"(étape bilan "Dire ce qui a aidé et ce qui manque encore"
  après {supported}
  responsable bénéficiaire
  avec référent
  informe coordination
  sous 15 jours ouvrés
  rappel 3 jours avant
  si retard prévenir référent
  issue suffisant "Je peux continuer sans cet accompagnement"
  issue à-poursuivre "J’ai encore besoin d’un appui, ailleurs ou autrement"

séance rencontre "Rencontre entre les personnes et les partenaires"
  accueillie par coordination
  avec référent, {supports}
  pour au plus 12 bénéficiaires
  tous les 3 mois
  préparer invitation "Inviter les personnes et présenter le programme" responsable référent 15 jours avant
  préparer intervention "Préparer ce que l’on vient partager" responsable {first-support} 7 jours avant
  suite retours "Recueillir ce que chacun en retient" responsable référent sous 10 jours

rendez-vous point-régulier "Point régulier entre partenaires"
  pour échange
  toutes les 2 semaines pendant 3 mois, puis tous les mois
  responsable coordination
  avec tous les partenaires
  demande "Quelles situations avancent, lesquelles attendent, et qui peut aider ?" texte
  sous 5 jours ouvrés
  si retard prévenir référent

rendez-vous regards-croisés "Regards croisés sur le parcours"
  pour retour d'expérience
  toutes les 6 semaines
  pour chaque parcours
  responsable référent
  avec bénéficiaire, {supports}
  demande "Qu’est-ce qui a bien fonctionné ?" texte
  demande "Chacun a-t-il su à temps ce qui était attendu de lui ?" oui ou non
  sous 10 jours ouvrés
  si retard prévenir coordination

rendez-vous bilan-partenariat "Bilan semestriel du partenariat"
  pour évaluation
  tous les 6 mois
  responsable {first-support}
  avec tous les partenaires
  demande "Notre façon de travailler ensemble aide-t-elle les personnes ?" échelle 1 à 5
  demande "Que faut-il changer dans ce protocole ?" texte
  sous 15 jours ouvrés
  si retard prévenir coordination

convention
  signée par tous les partenaires sous 30 jours
  renouvelée tous les 12 mois

fin autonomie "La personne continue sans cet accompagnement"
  quand bilan est suffisant
  compte comme réussite
  suite nouvelles "Prendre des nouvelles, si la personne le souhaite" responsable référent sous 3 mois

fin relais "Un autre accompagnement prend le relais"
  quand bilan est à-poursuivre
  compte comme neutre

fin réorientation "Un autre dispositif convient mieux"
  compte comme neutre

fin arrêt "La personne choisit d’arrêter"
  à tout moment par bénéficiaire
  compte comme neutre

)",
    .example_head = R"(# Un exemple est une histoire qui se déroule pour de bon : protoflow test
exemple dans-les-temps "Chacun tient ses délais"
  jour 0 ouverture
  jour 1 référent termine accueil comme engagée avec niveau-langue A1
  attendu accord est proposée à référent
  jour 3 référent termine accord avec partage oui
  jour 10 référent termine projet
  attendu projet est en revue
  jour 11 coordination valide projet
)",
    .example_action = R"(  attendu action-{partner} est proposée à appui-{partner}
  jour 14 appui-{partner} prend action-{partner}
)",
    .example_done = R"(  jour 30 appui-{partner} termine action-{partner}
)",
    .example_tail = R"(  attendu bilan est proposée à bénéficiaire
  jour 40 bénéficiaire termine bilan comme suffisant
  attendu clos comme autonomie

)",
    .refusal_head = R"(exemple sans-partage "La personne préfère ne rien partager"
  jour 0 ouverture
  jour 1 référent termine accueil comme engagée avec niveau-langue B1
  jour 3 référent termine accord avec partage non
  jour 10 référent termine projet
  jour 11 coordination valide projet
)",
    .refusal_action = R"(  attendu action-{partner} est sans objet
)",
    .refusal_tail = R"(  jour 20 bénéficiaire termine bilan comme à-poursuivre
  attendu clos comme relais
)",
};

}  // namespace

const StartForms& french_forms() {
  return kForms;
}

}  // namespace protoflow::dsl
