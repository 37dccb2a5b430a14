#include "runtime/casebook/answers.hpp"

#include <array>
#include <utility>

#include "runtime/words/words.hpp"

namespace protoflow::runtime {

NotDone not_done(Why why, std::string code, std::string detail) {
  return {.why = why, .code = std::move(code), .detail = std::move(detail)};
}

namespace {

NotDone unknown_case(std::string_view case_id) {
  return not_done(
      Why::unknown_case,
      "unknown_case",
      "There is no case " + std::string(case_id) + ". Look it up in the list of cases.");
}

}  // namespace

NotDone unknown_stream(const Request& request) {
  if (request.stream.empty()) {
    return unknown_case(request.case_id);
  }
  return not_done(Why::unknown_case,
                  "unknown_stream",
                  "There is no " + request.stream + ". Look it up in its list.");
}

NotDone unknown_person(std::string_view person) {
  return not_done(Why::unknown_person,
                  "unknown_person",
                  person.empty() ? std::string("Say which person acts.")
                                 : "The directory has no person " + std::string(person) +
                                       ". Register the person first, or check the id.");
}

NotDone record_not_written() {
  return not_done(Why::unavailable,
                  "not_written",
                  "This could not be written; nothing was lost. Try again in a moment.");
}

NotDone unknown_protocol(const std::string& name, const Reading& reading) {
  std::string deployed;
  for (const auto& [known, plan] : reading.protocols) {
    deployed += (deployed.empty() ? "" : ", ") + known;
  }
  return not_done(
      Why::unknown_protocol,
      "unknown_protocol",
      (name.empty() ? "Say under which protocol." : "There is no protocol " + name + ".") +
          (deployed.empty() ? " None is deployed yet: start the daemon with --protocol FILE."
                            : " Deployed here: " + deployed + "."));
}

NotDone version_taken(const engine::Plan& plan, std::uint32_t next) {
  const auto language = plan.protocol.language;
  const auto title = quoted(language, plan.protocol.title);
  const auto number = std::to_string(plan.protocol.version);
  const auto free = std::to_string(next);
  const std::array<Filling, 3> fillings = {{{"title", title}, {"version", number}, {"next", free}}};
  return not_done(
      Why::refused,
      "version_taken",
      fill(say(language,
               "La version {version} de {title} est déjà un autre texte, que des partenaires ont "
               "pu signer : un numéro ne désigne qu’un texte. Écrivez « version {next} » sous la "
               "première ligne du protocole, puis « remplace {version} parce que \"…\" » pour "
               "dire ce qui change.",
               "Version {version} of {title} is another text already, which partners may have "
               "signed: a number names one text. Write `version {next}` below the protocol's first "
               "line, then `replaces {version} because \"…\"` to say what changes."),
           fillings));
}

NotDone keys_unavailable(model::Language language) {
  return not_done(
      Why::unavailable,
      "keys_unavailable",
      std::string(
          say(language,
              "Ce qui est personnel n’a pas pu être mis sous clé ; rien n’a été enregistré. "
              "Recommencez dans un instant, ou prévenez la personne qui gère le service.",
              "What is personal could not be sealed; nothing was recorded. Try again in a "
              "moment, or tell whoever runs the daemon.")));
}

NotDone not_trained(const engine::Plan& plan,
                    model::RoleId role,
                    const std::vector<model::CompetenceId>& lacking) {
  const auto language = plan.protocol.language;
  std::string competences;
  for (const auto id : lacking) {
    competences += (competences.empty() ? "" : ", ") +
                   quoted(language, title_of(plan.protocol.competences[id.value]));
  }
  const auto title = title_of(plan.protocol[role]);
  const std::array<Filling, 2> fillings = {{{"role", title}, {"competences", competences}}};
  return not_done(
      Why::refused,
      "training_lapsed",
      fill(say(language,
               "Le rôle {role} demande une formation en cours de validité : {competences}. "
               "Inscrivez-la à l’annuaire une fois suivie, ou proposez l’étape à une autre "
               "personne.",
               "The role {role} asks for a training that is valid today: {competences}. Enter it "
               "in the directory once it is done, or offer the step to somebody else."),
           fillings));
}

}  // namespace protoflow::runtime
