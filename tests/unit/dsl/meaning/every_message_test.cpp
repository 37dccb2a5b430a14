// Each message once: one change to a sound protocol gives that one message, at the exact words.
#include <set>

#include <gtest/gtest.h>

#include "dsl/compile.hpp"
#include "dsl/syntax/parse.hpp"
#include "engine/model/limits.hpp"

namespace protoflow::dsl {
namespace {

constexpr std::string_view kSound = R"(protocole essai "Un essai"
  version 1
  coordonné par coordination

calendrier
  jours ouvrés lundi à vendredi
  heures 09:00 à 18:00
  fermé le 2027-05-06

besoin langue-besoin "Parler"
compétence accompagner "Accompagner"
compétence accueillir "Accueillir"
partenaire mission "Mission locale"
  apporte accompagner
partenaire atelier "Atelier"
  apporte accueillir, accompagner

rôle coordination "Coordination"
  tenu par mission, à défaut atelier
  requiert accompagner
rôle tuteur "Tuteur"
  choisi par coordination parmi atelier, mission
  réponse sous 5 jours
rôle bénévole-langue "Bénévole"
  bénévole de mission
  encadré par coordination

information mineure "Mineure" oui ou non
information niveau "Niveau" échelle A0, A1, B1
  vu par coordination, tuteur
  sensible
information secteur "Secteur" un parmi bois, pain
  vu par tuteur
information souhait "Souhait" texte
  vu par tuteur
  sensible
consentement partage "D'accord ?"
  couvre niveau, souhait avec tuteur
consentement photos "Des photos ?"
  couvre secteur avec tuteur

phase début "Début"
étape accueil "Accueil"
  responsable coordination
  avec bénévole-langue
  répond à langue-besoin
  sous 10 jours
  rappel 2 jours avant
  si retard prévenir tuteur
  recueille mineure, niveau, secteur, souhait
  demande le consentement partage
  issue oriente "Orientée"
  issue refus "Refus" rouvre accueil au plus 2 fois
  revue par tuteur, peut renvoyer au plus 2 fois
étape projet "Projet"
  après accueil est oriente
  quand mineure et niveau < B1 et secteur = bois
  responsable tuteur
  requiert le consentement partage
  demande le consentement photos
  sous 10 jours
  si retard prévenir coordination

rendez-vous point "Point"
  pour échange
  tous les mois
  responsable coordination
rendez-vous retour "Retour"
  pour retour d'expérience
  tous les 2 mois
  responsable coordination
rendez-vous bilan "Bilan"
  pour évaluation
  tous les 6 mois
  responsable coordination
  avec tuteur

fin terminé "Terminé"
  quand projet est faite
fin départ "Départ"
  à tout moment par bénéficiaire
exemple histoire "Histoire"
  jour 0 ouverture
  jour 2 coordination termine accueil comme oriente avec mineure oui, partage oui
  jour 3 tuteur termine projet
)";

struct Change {
  std::string_view from;  // found once in kSound
  std::string_view to;
};

struct Case {
  Code code;
  Change change;
  std::string_view underlined;
  std::string_view second;  // what the second place underlines; empty: there is none
};

std::string changed(const Change& change) {
  std::string text(kSound);
  const std::size_t at = text.find(change.from);
  EXPECT_NE(at, std::string::npos) << change.from;
  EXPECT_EQ(text.find(change.from, at + 1), std::string::npos) << change.from << " is there twice";
  return at == std::string::npos ? text : text.replace(at, change.from.size(), change.to);
}

// clang-format off
const Case kCases[] = {
  // Words and lines.
  {Code::unknown_word, {"  vu par coordination, tuteur", "  vu pas coordination, tuteur"}, "vu pas", ""},
  {Code::unknown_word, {"fin terminé", "zorglub xyz\nfin terminé"}, "zorglub", ""},
  {Code::foreign_word, {"  après accueil est oriente", "  after accueil est oriente"}, "after", ""},
  {Code::foreign_word, {"réponse sous 5 jours", "réponse sous 5 days"}, "days", ""},
  {Code::missing_piece, {"  responsable tuteur", "  responsable"}, "", ""},
  {Code::missing_piece, {"mineure, niveau, secteur, souhait", "mineure, niveau, secteur,"}, "", ""},
  {Code::unexpected_piece, {"  rappel 2 jours avant", "  rappel deux jours avant"}, "deux", ""},
  {Code::unexpected_piece, {"réponse sous 5 jours", "réponse sous 5 jourz"}, "jourz", ""},
  {Code::unexpected_piece, {"réponse sous 5 jours", "réponse sous 5 jour ouvrés"}, "jour ouvrés", ""},
  {Code::unexpected_piece, {"réponse sous 5 jours", "réponse sous 5 jours ouvré"}, "jours ouvré", ""},
  {Code::line_goes_on, {"réponse sous 5 jours", "réponse sous 5 jours tuteur"}, "tuteur", ""},
  {Code::line_goes_on, {"  avec bénévole-langue", "  avec bénévole-langue tuteur"}, "tuteur", ""},
  {Code::line_goes_on, {"fin terminé \"Terminé\"", "fin terminé Terminé"}, "Terminé", ""},
  {Code::text_not_closed, {"\"Projet\"", "\"Projet"}, "\"", ""},
  {Code::text_not_closed, {"\"Histoire\"", "« Histoire"}, "«", ""},
  {Code::misplaced_clause, {"  pour échange", "  pour échange\n  acceptée sous 2 jours"}, "acceptée sous", ""},
  {Code::misplaced_clause, {"phase début \"Début\"", "phase début \"Début\"\n  sensible"}, "sensible", ""},
  {Code::nothing_before, {"protocole ", "acceptée sous 2 jours\nprotocole "}, "acceptée sous", ""},
  {Code::mixed_connectives, {"niveau < B1 et secteur", "niveau < B1 ou secteur"}, "ou", ""},
  {Code::reserved_name, {"phase début", "phase suite"}, "suite", ""},
  {Code::number_out_of_range, {"réponse sous 5 jours", "réponse sous 0 jours"}, "0", ""},
  {Code::number_out_of_range, {"au plus 2 fois\n  revue", "au plus 1000 fois\n  revue"}, "1000", ""},
  {Code::no_such_date, {"2027-05-06", "2027-02-30"}, "2027-02-30", ""},
  {Code::no_such_hours, {"09:00 à 18:00", "18:00 à 09:00"}, "18:00 à 09:00", ""},
  {Code::no_such_hours, {"09:00 à 18:00", "09:00 à 25:00"}, "09:00 à 25:00", ""},
  {Code::empty_days, {"lundi à vendredi", "vendredi à lundi"}, "vendredi", ""},
  // Names.
  {Code::unknown_name, {"tenu par mission, à défaut", "tenu par mision, à défaut"}, "mision", "mission"},
  {Code::unknown_name, {"  quand projet est faite", "  quand xyz"}, "xyz", ""},
  {Code::other_kind_of_name, {"  avec bénévole-langue", "  avec mission"}, "mission", "mission"},
  {Code::doubled_name, {"rôle tuteur", "rôle coordination \"x\"\n  tenu par mission\nrôle tuteur"}, "coordination", "coordination"},
  {Code::doubled_name, {"issue refus", "issue oriente"}, "oriente", "oriente"},
  {Code::doubled_name, {"A0, A1, B1", "A0, A1, B1, A0"}, "A0", "A0"},
  {Code::doubled_name, {"phase début", "phase projet"}, "projet", "projet"},
  {Code::doubled_clause, {"  requiert le consentement partage", "  après accueil"}, "après", "après"},
  {Code::doubled_clause, {"  pour échange", "  pour échange\n  pour évaluation"}, "pour évaluation", "pour échange"},
  {Code::unknown_outcome, {"après accueil est oriente", "après accueil est orienté"}, "orienté", "accueil"},
  {Code::unknown_outcome, {"termine accueil comme oriente", "termine accueil comme perdue"}, "perdue", "accueil"},
  {Code::unknown_outcome, {"quand projet est faite", "quand projet est finie"}, "finie", "projet"},
  {Code::unknown_level, {"niveau < B1", "niveau < B2"}, "B2", "niveau"},
  {Code::built_in_role, {"rôle tuteur", "rôle bénéficiaire \"x\"\n  tenu par mission\nrôle tuteur"}, "bénéficiaire", ""},
  {Code::second_protocol, {"fin terminé", "protocole autre\nfin terminé"}, "protocole", "protocole"},
  {Code::doubled_name, {"fin terminé", "séance visite \"Visite\"\n  accueillie par tuteur\n  tous les mois\n  préparer salle responsable tuteur 2 jours avant\n  préparer salle responsable tuteur 7 jours avant\nfin terminé"}, "salle", "salle"},
  {Code::doubled_clause, {"phase début \"Début\"", "phase début \"Début\"\n  traduction ar \"بداية\"\n  traduction ar \"البداية\""}, "traduction ar", "traduction ar"},
  {Code::second_agreement, {"fin terminé", "convention\n  signée par tous les partenaires\nconvention\n  renouvelée tous les ans\nfin terminé"}, "convention", "convention"},
  {Code::not_a_language, {"partenaire atelier \"Atelier\"", "partenaire atelier \"Atelier\"\n  parle fr, arabe"}, "arabe", ""},
  {Code::names_alike, {"rendez-vous bilan", "rendez-vous retours"}, "retours", "retour"},
  {Code::former_name_stands, {"  responsable tuteur\n", "  responsable tuteur\n  anciennement accueil\n"}, "accueil", "accueil"},
  {Code::former_name_stands, {"issue refus \"Refus\"", "issue refus \"Refus\" anciennement oriente"}, "oriente", "oriente"},
  {Code::doubled_name, {"issue refus \"Refus\"", "issue refus \"Refus\" anciennement écarté, écarté"}, "écarté", "écarté"},
  // Who.
  {Code::no_responsible, {"  responsable tuteur\n", ""}, "projet", ""},
  {Code::two_responsibles, {"  responsable tuteur\n", "  responsable tuteur\n  responsable coordination\n"}, "responsable coordination", "responsable tuteur"},
  {Code::two_responsibles, {"  responsable tuteur\n", "  responsable tuteur, coordination\n"}, "coordination", "tuteur"},
  {Code::role_without_partner, {"  bénévole de mission\n", ""}, "bénévole-langue", ""},
  {Code::two_bindings, {"  bénévole de mission\n", "  bénévole de mission\n  tenu par mission\n"}, "tenu par mission", "bénévole de mission"},
  {Code::partner_lacks_competence, {"  apporte accueillir, accompagner", "  apporte accueillir"}, "atelier", "accompagner"},
  {Code::chosen_without_answer, {"  réponse sous 5 jours\n", ""}, "choisi par coordination parmi atelier, mission", ""},
  {Code::volunteer_without_supervisor, {"  encadré par coordination\n", ""}, "bénévole de mission", ""},
  {Code::no_coordinator, {"  coordonné par coordination\n", ""}, "protocole", ""},
  {Code::supervised_by_itself, {"encadré par coordination", "encadré par bénévole-langue"}, "bénévole-langue", ""},
  {Code::roles_in_circle, {"  tenu par mission, à défaut atelier", "  tenu par mission, à défaut atelier\n  encadré par bénévole-langue"}, "bénévole-langue", "coordination"},
  {Code::roles_in_circle, {"  choisi par coordination parmi", "  choisi par tuteur parmi"}, "tuteur", ""},
  {Code::session_without_host, {"fin terminé", "séance visite \"Visite\"\n  tous les mois\nfin terminé"}, "visite", ""},
  {Code::session_without_host, {"  demande le consentement photos\n  sous 10 jours\n  si retard prévenir coordination\n", "  demande le consentement photos\n  sous 10 jours\n  si retard prévenir coordination\n  lors de visite\nséance visite \"Visite\"\n"}, "visite", "lors de visite"},
  {Code::one_candidate, {"parmi atelier, mission", "parmi atelier"}, "choisi par coordination parmi atelier", ""},
  {Code::coordinator_without_deputy, {"tenu par mission, à défaut atelier", "tenu par mission"}, "tenu par mission", ""},
  {Code::responsible_named_again, {"  avec bénévole-langue", "  avec bénévole-langue, coordination"}, "coordination", "responsable coordination"},
  // Conditions.
  {Code::conditions_in_circle, {"  rappel 2 jours avant", "  après projet"}, "projet", "accueil"},
  {Code::conditions_in_circle, {"  rappel 2 jours avant", "  après accueil"}, "accueil", ""},
  {Code::conditions_in_circle, {"  rappel 2 jours avant", "  après début"}, "après début", ""},
  {Code::never_recorded, {"mineure, niveau, secteur, souhait", "mineure, niveau, souhait"}, "secteur", "secteur"},
  {Code::recorded_too_late, {"  rappel 2 jours avant", "  quand souhait est connu"}, "souhait", "accueil"},
  {Code::no_order, {"secteur = bois", "secteur > bois"}, "secteur", "secteur"},
  {Code::negated_step, {"après accueil est oriente", "après non accueil"}, "non accueil", ""},
  {Code::negated_step, {"après accueil est oriente", "après accueil n'est pas oriente"}, "n'est pas", ""},
  {Code::not_a_step_condition, {"après accueil est oriente", "après mineure"}, "mineure", "mineure"},
  {Code::no_ending, {"fin terminé \"Terminé\"\n  quand projet est faite\nfin départ \"Départ\"\n  à tout moment par bénéficiaire\n", ""}, "protocole", ""},
  {Code::repeats_without_number, {" au plus 2 fois\n  revue", "\n  revue"}, "rouvre", ""},
  {Code::not_a_yes_or_no, {"secteur = bois", "secteur"}, "secteur", "secteur"},
  {Code::cannot_compare_text, {"secteur = bois", "souhait = bois"}, "souhait", "souhait"},
  {Code::more_than_there_are, {"après accueil est oriente", "après 3 parmi accueil, accueil"}, "3", ""},
  {Code::cannot_be_that, {"secteur = bois", "accueil est connu"}, "accueil", "accueil"},
  {Code::cannot_be_that, {"secteur = bois", "secteur est donné"}, "secteur", "secteur"},
  {Code::never_true, {"niveau < B1", "niveau < A0"}, "niveau < A0", "niveau"},
  {Code::never_true, {"secteur = bois", "accueil est sans objet"}, "accueil est sans objet", "accueil"},
  {Code::two_things_at_once, {"quand mineure et", "quand mineure et secteur = pain et"}, "secteur = bois", "secteur = pain"},
  {Code::two_things_at_once, {"quand mineure et", "quand mineure et niveau ≥ B1 et"}, "niveau < B1", "niveau ≥ B1"},
  {Code::after_the_end, {"issue oriente \"Orientée\"", "issue oriente \"Orientée\" clôt le parcours comme terminé"}, "accueil est oriente", "accueil"},
  {Code::outcome_leads_nowhere, {"issue refus \"Refus\" rouvre accueil au plus 2 fois", "issue refus \"Refus\""}, "refus", "accueil"},
  {Code::starts_again_without_number, {"  répond à langue-besoin", "  répond à langue-besoin\n  répéter jusqu'à souhait est connu"}, "répéter jusqu'à", ""},
  {Code::repeat_changes_nothing, {"  requiert le consentement partage", "  répéter jusqu'à souhait est connu au plus 2 fois\n  requiert le consentement partage"}, "souhait est connu", "projet"},
  {Code::race, {"rendez-vous point", "étape visite \"Visite\"\n  responsable tuteur\n  sauf si projet est faite\n  sous 10 jours\n  si retard prévenir coordination\nrendez-vous point"}, "sauf si projet est faite", "projet"},
  // Reviews and deadlines.
  {Code::review_by_responsible, {"revue par tuteur", "revue par coordination"}, "coordination", "responsable coordination"},
  {Code::return_without_number, {"peut renvoyer au plus 2 fois", "peut renvoyer"}, "peut renvoyer", ""},
  {Code::quorum_out_of_reach, {"revue par tuteur", "revue par 2 parmi tuteur"}, "2", ""},
  {Code::quorum_out_of_reach, {"revue par tuteur", "revue par 0 parmi tuteur, bénévole-langue"}, "0", ""},
  {Code::reviewer_named_twice, {"revue par tuteur", "revue par tuteur, tuteur"}, "tuteur", "tuteur"},
  {Code::review_by_responsible, {"revue par tuteur", "revue par 1 parmi tuteur, coordination"}, "coordination", "responsable coordination"},
  {Code::deadline_tells_nobody, {"  si retard prévenir tuteur\n", ""}, "sous 10 jours", ""},
  {Code::deadline_tells_late_role, {"si retard prévenir tuteur", "si retard prévenir coordination"}, "si retard prévenir coordination", "responsable coordination"},
  {Code::late_without_deadline, {"  tous les 2 mois", "  tous les 2 mois\n  si retard prévenir tuteur"}, "si retard prévenir tuteur", ""},
  {Code::no_room, {"  rappel 2 jours avant", "  rappel 12 jours avant"}, "rappel 12 jours", "sous 10 jours"},
  {Code::no_room, {"  rappel 2 jours avant", "  acceptée sous 2 semaines"}, "acceptée sous 2 semaines", "sous 10 jours"},
  {Code::heard_too_late, {"  si retard prévenir tuteur", "  si retard de 30 jours prévenir tuteur"}, "si retard de 30 jours", "sous 10 jours"},
  {Code::longer_than_period, {"  tous les 2 mois", "  tous les 2 mois\n  sous 3 mois\n  si retard prévenir tuteur"}, "sous 3 mois", "tous les 2 mois"},
  {Code::longer_than_promised, {"exemple histoire", "promesse vite \"Vite\"\n  le parcours se termine sous 10 jours\nexemple histoire"}, "le parcours se termine sous 10 jours", "projet"},
  // A person's data.
  {Code::consent_never_asked, {"  requiert le consentement partage\n  demande le consentement photos", "  requiert le consentement photos"}, "photos", "photos"},
  {Code::sensitive_without_consent, {"couvre niveau, souhait avec tuteur", "couvre niveau avec tuteur"}, "tuteur", ""},
  {Code::sensitive_unclear, {"vu par coordination, tuteur", "vu par coordination, tuteur, bénévole-langue"}, "bénévole-langue", "partage"},
  {Code::consent_covers_unseen, {"couvre niveau, souhait avec tuteur", "couvre niveau, souhait, mineure avec tuteur"}, "mineure", "mineure"},
  {Code::sensitive_before_consent, {"couvre niveau, souhait avec tuteur\nconsentement photos \"Des photos ?\"\n  couvre secteur avec", "couvre niveau avec tuteur\nconsentement photos \"Des photos ?\"\n  couvre secteur, souhait avec"}, "souhait", "demande le consentement photos"},
  {Code::information_unused, {"consentement photos \"Des", "information arrivée \"Arrivée\" date\nconsentement photos \"Des"}, "arrivée", ""},
  {Code::consent_unused, {"fin terminé", "consentement lettre \"Une lettre ?\"\nfin terminé"}, "lettre", ""},
  {Code::open_text, {"texte\n  vu par tuteur\n  sensible", "texte\n  vu par tuteur"}, "texte", ""},
  {Code::story_invited, {"étape projet \"Projet\"", "étape projet \"Projet\"\n  conseil \"Demandez à la personne de raconter son parcours.\""}, "\"Demandez à la personne de raconter son parcours.\"", ""},
  // What a good partnership has.
  {Code::no_exchange, {"pour échange", "pour évaluation"}, "protocole", ""},
  {Code::no_feedback, {"pour retour d'expérience", "pour évaluation"}, "protocole", ""},
  {Code::no_evaluation, {"pour évaluation", "pour échange"}, "protocole", ""},
  {Code::need_without_step, {"  répond à langue-besoin\n", ""}, "langue-besoin", ""},
  {Code::partner_without_role, {"rôle tuteur", "partenaire autre \"Autre\"\nrôle tuteur"}, "autre", ""},
  {Code::competence_nobody_brings, {"  apporte accueillir, accompagner", "  apporte accompagner"}, "accueillir", ""},
  {Code::step_without_deadline, {"  demande le consentement photos\n  sous 10 jours\n  si retard prévenir coordination\n", "  demande le consentement photos\n"}, "projet", ""},
  {Code::role_without_part, {"  avec bénévole-langue\n", ""}, "bénévole-langue", ""},
  {Code::partner_never_meets, {"rôle bénévole-langue \"Bénévole\"\n  bénévole de mission", "partenaire jardin \"Jardin\"\nrôle bénévole-langue \"Bénévole\"\n  bénévole de jardin"}, "jardin", ""},
  {Code::beneficiary_without_voice, {"  à tout moment par bénéficiaire", "  à tout moment par tuteur"}, "protocole", ""},
  {Code::session_unreachable, {"fin terminé", "séance visite \"Visite\"\n  accueillie par tuteur\nfin terminé"}, "visite", ""},
  // Examples.
  {Code::days_go_back, {"jour 3 tuteur", "jour 1 tuteur"}, "jour 1 tuteur termine projet", "jour 2 coordination termine accueil comme oriente avec mineure oui, partage oui"},
  {Code::example_not_opened, {"  jour 0 ouverture\n", ""}, "histoire", ""},
  {Code::not_this_value, {"partage oui", "partage 3"}, "3", "partage"},
  {Code::not_this_value, {"mineure oui", "mineure A1"}, "A1", "mineure"},
  {Code::not_recorded_here, {"termine projet", "termine projet avec souhait \"x\""}, "souhait", "projet"},
  {Code::which_outcome, {"accueil comme oriente", "accueil"}, "jour 2 coordination termine accueil avec mineure oui, partage oui", "accueil"},
  {Code::promise_of_itself, {"exemple histoire", "promesse ordre \"Ordre\"\n  jamais projet avant projet\nexemple histoire"}, "projet", "projet"},
};
// clang-format on

// Messages that cannot come alone, or not from this protocol, and are tested by name elsewhere.
const std::set<Code> kElsewhere = {
    Code::no_protocol_line,
    Code::too_large,
    Code::not_utf8,
    Code::nul_byte,
    Code::utf16,
    Code::too_many,
    Code::too_deep,
    Code::no_step,
    Code::remind_without_deadline,
    Code::example_fails,  // by the engine
    // Of other files: files/use_test.cpp.
    Code::read_alone,
    Code::file_missing,
    Code::not_a_file,
    Code::file_unreadable,
    Code::name_in_the_way,
    Code::file_outside,
    Code::file_not_text,
    Code::files_too_large,
    Code::files_too_many,
    Code::files_in_a_circle,
    Code::not_shareable,
    Code::not_a_calendar,
    Code::calendar_without_days,
};

TEST(EveryMessage, IsAbsentFromASoundProtocol) {
  const Compiled compiled = compile(kSound);
  EXPECT_TRUE(compiled.protocol);
  EXPECT_EQ(render_text(compiled, kSound, "sound", false), "");
}

TEST(EveryMessage, ComesAloneAndPointsAtTheWords) {
  for (const Case& row : kCases) {
    const std::string text = changed(row.change);
    const Compiled compiled = compile(text);
    SCOPED_TRACE(std::string(entry(row.code).code) + "\n" +
                 render_text(compiled, text, "changed", false));
    EXPECT_EQ(compiled.diagnostics.size(), 1U);
    if (compiled.diagnostics.size() != 1) {
      continue;
    }
    const Diagnostic& diagnostic = compiled.diagnostics[0];
    const SourceText source(text);
    EXPECT_EQ(entry(diagnostic.code).code, entry(row.code).code);
    EXPECT_EQ(source.text(diagnostic.span), row.underlined);
    EXPECT_EQ(diagnostic.second ? source.text(*diagnostic.second) : "", row.second);
    EXPECT_EQ(compiled.protocol.has_value(), !is_error(diagnostic));
  }
}

TEST(EveryMessage, HasARow) {
  std::set<Code> tested = kElsewhere;
  for (const Case& row : kCases) {
    tested.insert(row.code);
  }
  for (std::size_t i = 0; i < static_cast<std::size_t>(Code::count); ++i) {
    EXPECT_TRUE(tested.contains(static_cast<Code>(i))) << entry(static_cast<Code>(i)).code;
  }
}

TEST(EveryMessage, HasItsOwnCodeAndBothLanguages) {
  std::set<std::string_view> codes;
  for (std::size_t i = 0; i < static_cast<std::size_t>(Code::count); ++i) {
    const Entry& listed = entry(static_cast<Code>(i));
    EXPECT_TRUE(codes.insert(listed.code).second) << listed.code;
    for (const Wording* words : {&listed.french, &listed.english}) {
      EXPECT_FALSE(words->what.empty() || words->why.empty() || words->remedy.empty())
          << listed.code;
      EXPECT_FALSE(words->what.ends_with(".")) << listed.code;
      EXPECT_EQ(words->second.empty(), listed.french.second.empty()) << listed.code;
    }
  }
}

TEST(EveryMessage, AboutTheWholeFileSaysWhatToDo) {
  const auto only = [](const std::string& text) {
    const Compiled compiled = compile(text);
    EXPECT_FALSE(compiled.protocol);
    EXPECT_EQ(compiled.diagnostics.size(), 1U)
        << render_text(compiled, text, "file", false).substr(0, 800);
    return compiled.diagnostics.front().code;
  };
  EXPECT_EQ(only(std::string(kTextMax + 1, '#')), Code::too_large);
  EXPECT_EQ(only(std::string("\xFF\xFEp\0r\0", 6)), Code::utf16);
  EXPECT_EQ(only("protocole x \"Pr\xE9nom\"\n"), Code::not_utf8);
  EXPECT_EQ(only(std::string("protocole x\n\0", 13)), Code::nul_byte);
  std::string many = "protocole x\n";
  for (std::size_t i = 0; i <= model::kDeclarationsMax; ++i) {
    many += "besoin b" + std::to_string(i) + "\n";
  }
  EXPECT_EQ(only(many), Code::too_many);
}

TEST(EveryMessage, AboutAnEmptyFileAsksForAProtocol) {
  for (const std::string text : {"", "\n\n# rien\n"}) {
    const Compiled compiled = compile(text);
    ASSERT_EQ(compiled.diagnostics.size(), 1U);
    EXPECT_EQ(compiled.diagnostics[0].code, Code::no_protocol_line);
  }
}

TEST(EveryMessage, AboutAMissingProtocolLineComesFirst) {
  std::string text(kSound);
  text.erase(0, text.find("calendrier"));
  const Compiled compiled = compile(text);
  ASSERT_EQ(compiled.diagnostics.size(), 1U);
  EXPECT_EQ(compiled.diagnostics[0].code, Code::no_protocol_line);
}

TEST(EveryMessage, AboutAProtocolWithoutStepsOrDeadlinesIsSaid) {
  const Compiled empty = compile("protocole x\n  coordonné par bénéficiaire\nfin f\n");
  EXPECT_EQ(empty.diagnostics.front().code, Code::no_step);

  const Compiled reminded =
      compile(changed({"  sous 10 jours\n  rappel 2 jours avant\n  si retard prévenir tuteur\n",
                       "  rappel 2 jours avant\n"}));
  ASSERT_EQ(reminded.diagnostics.size(), 1U);
  EXPECT_EQ(reminded.diagnostics[0].code, Code::remind_without_deadline);
}

TEST(EveryMessage, StandsBesideTheOthersInTheOrderOfTheText) {
  std::string text = changed({"  responsable tuteur\n", "  responsable 12\n"});
  text.replace(text.find("  jour 0"), 8, "  jur 0 ");
  text.replace(text.find("tenu par mission"), 16, "tenu par mision ");
  text.replace(text.find("A0, A1, B1"), 10, "A0 A1, B1 ");

  const Compiled compiled = compile(text);

  std::vector<std::string_view> codes;
  for (const Diagnostic& diagnostic : compiled.diagnostics) {
    codes.push_back(entry(diagnostic.code).code);
  }
  EXPECT_EQ(codes, (std::vector<std::string_view>{"PF201", "PF105", "PF104", "PF101"}))
      << render_text(compiled, text, "several", false);
}

}  // namespace
}  // namespace protoflow::dsl
