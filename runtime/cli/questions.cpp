#include "runtime/cli/questions.hpp"

#include <istream>
#include <ostream>

#include "dsl/start/names.hpp"
#include "runtime/words/words.hpp"

namespace protoflow::runtime {

namespace {

constexpr std::size_t kShownLettersMax = 400;

struct Questions {
  std::string_view opening, title, objective, audience, need;
  std::string_view coordinating, second, another, no_other;
};

constexpr Questions kFrench = {
    .opening =
        "Quelques questions pour un premier protocole. Entrée accepte la réponse entre "
        "crochets.\n\n",
    .title = "Quel est son titre ?",
    .objective = "Quel est son objectif ?",
    .audience = "À qui s’adresse-t-il ?",
    .need = "À quel besoin répond-il d’abord ?",
    .coordinating = "Quel partenaire coordonne ?",
    .second = "Quel partenaire agit avec lui, et le remplace au besoin ?",
    .another = "Quel autre partenaire ?",
    .no_other = "aucun autre",
};
constexpr Questions kEnglish = {
    .opening = "A few questions for a first protocol. Enter accepts the answer in brackets.\n\n",
    .title = "What is its title?",
    .objective = "What is its objective?",
    .audience = "Whom is it for?",
    .need = "Which need does it address first?",
    .coordinating = "Which partner coordinates?",
    .second = "Which partner acts with it, and stands in for it?",
    .another = "Which other partner?",
    .no_other = "no other",
};

/// One conversation; `ended` once there is nothing more to read.
struct Conversation {
  std::istream& in;
  std::ostream& out;
  bool ended = false;
};

// A last line without its end is an answer; no line at all is none.
std::string ask(Conversation& with, std::string_view question, std::string_view otherwise) {
  if (with.ended) {
    return {};
  }
  with.out << question << " [" << otherwise << "] " << std::flush;
  std::string line;
  if (!std::getline(with.in, line)) {
    with.ended = true;
    with.out << '\n';
  }
  return dsl::safe_text(line, kShownLettersMax);
}

void ask_text(Conversation& with,
              std::string_view question,
              std::string_view otherwise,
              std::string& answer) {
  if (answer.empty()) {
    const std::string said = ask(with, question, otherwise);
    answer = said.empty() ? otherwise : said;
  }
}

void ask_partners(Conversation& with,
                  const Questions& questions,
                  const dsl::StartAnswers& defaults,
                  std::vector<std::string>& partners) {
  if (!partners.empty()) {
    return;
  }
  partners.resize(dsl::kStartPartnersMin);
  ask_text(with, questions.coordinating, defaults.partners[0], partners[0]);
  ask_text(with, questions.second, defaults.partners[1], partners[1]);
  while (!with.ended && partners.size() < dsl::kStartPartnersMax) {
    const std::string another = ask(with, questions.another, questions.no_other);
    if (another.empty()) {
      return;
    }
    partners.push_back(another);
  }
}

}  // namespace

std::optional<dsl::StartAnswers> ask_answers(const dsl::StartAnswers& given,
                                             std::istream& in,
                                             std::ostream& out) {
  const Questions& questions = given.language == model::Language::french ? kFrench : kEnglish;
  const dsl::StartAnswers defaults = dsl::default_answers(given.language);
  dsl::StartAnswers answers = given;
  Conversation with{in, out};
  out << questions.opening;
  ask_text(with, questions.title, defaults.title, answers.title);
  ask_text(with, questions.objective, defaults.objective, answers.objective);
  ask_text(with, questions.audience, defaults.audience, answers.audience);
  ask_text(with, questions.need, defaults.need, answers.need);
  ask_partners(with, questions, defaults, answers.partners);
  return with.ended ? std::nullopt : std::optional(std::move(answers));
}

}  // namespace protoflow::runtime
