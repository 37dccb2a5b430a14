#include "runtime/words/migration_words.hpp"

#include <algorithm>
#include <array>

#include "runtime/words/words.hpp"

namespace protoflow::runtime {

namespace {

struct Words {
  engine::FindingKind kind;
  std::string_view french, english;
};

constexpr auto kWords = std::to_array<Words>({
#define PF_FINDING_WORDS(kind, french, english) {engine::FindingKind::kind, french, english},
#include "runtime/words/findings.def"
#undef PF_FINDING_WORDS
});

consteval bool in_order() {
  for (std::size_t i = 0; i < kWords.size(); ++i) {
    if (static_cast<std::size_t>(kWords[i].kind) != i) {
      return false;
    }
  }
  return kWords.size() == engine::kFindingKindNames.size();
}

static_assert(in_order(),
              "runtime/words/findings.def follows engine/migrate/findings.def line by line");

template <class Id>
std::string title_in(const model::Protocol& protocol, Id id) {
  return id.known() ? title_of(protocol[id]) : std::string();
}

template <class Id>
std::string quoted_in(const model::Protocol& protocol, Id id) {
  return id.known() ? quoted(protocol.language, title_in(protocol, id)) : std::string();
}

std::string titles_of(const std::vector<model::RoleId>& roles, const model::Protocol& protocol) {
  std::string list;
  for (const auto role : roles) {
    list += (list.empty() ? "" : ", ") + title_in(protocol, role);
  }
  return list;
}

// "l’étape … est proposée" begins a sentence here.
std::string as_sentence(std::string text) {
  if (!text.empty() && text.front() >= 'a' && text.front() <= 'z') {
    text.front() = static_cast<char>(text.front() - 'a' + 'A');
  }
  return text + ".";
}

std::string what_follows(const engine::Event& event, const engine::Plan& plan) {
  const auto language = plan.protocol.language;
  if (event.kind != engine::EventKind::deadline_moved) {
    return as_sentence(sentence(event, plan));
  }
  if (!event.due && !event.offer_due && !event.review_due) {
    return {};
  }
  const std::array<Filling, 1> fillings = {{{"step", quoted_in(plan.protocol, event.step)}}};
  std::string_view form = say(
      language, "L’échéance de l’étape {step} change.", "The due date of the step {step} changes.");
  if (event.due == model::kNever) {
    form = say(language,
               "L’étape {step} n’a plus d’échéance.",
               "The step {step} is not due by a date any more.");
  }
  return fill(form, fillings);
}

void add_once(std::vector<std::string>& sentences, std::string sentence) {
  if (!sentence.empty() && std::ranges::find(sentences, sentence) == sentences.end()) {
    sentences.push_back(std::move(sentence));
  }
}

}  // namespace

std::string sentence(const engine::Finding& finding,
                     const model::Protocol& was,
                     const model::Protocol& now) {
  const auto& words = kWords[static_cast<std::size_t>(finding.kind)];
  const bool is_new = finding.kind == engine::FindingKind::step_added;
  const auto step = quoted_in(is_new ? now : was, finding.step);
  std::string outcome;
  if (finding.outcome.known()) {
    outcome = title_of(was[finding.step].outcomes[finding.outcome.value]);
  }
  const auto role = quoted_in(was, finding.role);
  const auto partner = title_in(was, finding.partner);
  const auto information = quoted_in(was, finding.information);
  const auto consent =
      finding.consent.known() ? quoted(was.language, was[finding.consent].name) : std::string();
  const auto routine = quoted_in(was, finding.routine);
  const auto task = finding.task.empty() ? std::string() : quoted(was.language, finding.task);
  const auto roles = titles_of(finding.see_more, now);
  const std::array<Filling, 9> fillings = {{{"step", step},
                                            {"outcome", outcome},
                                            {"role", role},
                                            {"partner", partner},
                                            {"information", information},
                                            {"consent", consent},
                                            {"routine", routine},
                                            {"task", task},
                                            {"roles", roles}}};
  return fill(say(was.language, words.french, words.english), fillings);
}

std::vector<std::string> consequences(const std::vector<engine::Finding>& findings,
                                      std::span<const engine::Event> events,
                                      const engine::Plan& was,
                                      const engine::Plan& now) {
  std::vector<std::string> sentences;
  for (const auto& finding : findings) {
    add_once(sentences, sentence(finding, was.protocol, now.protocol));
  }
  for (const auto& event : events) {
    if (event.kind != engine::EventKind::case_migrated) {
      add_once(sentences, what_follows(event, now));
    }
  }
  return sentences;
}

}  // namespace protoflow::runtime
