#include <algorithm>
#include <array>

#include "runtime/words/words.hpp"

namespace protoflow::runtime {

namespace {

struct Words {
  engine::EventKind kind;
  std::string_view french, english;
};

constexpr auto kWords = std::to_array<Words>({
#define PF_EVENT_WORDS(kind, french, english) {engine::EventKind::kind, french, english},
#include "runtime/words/events.def"
#undef PF_EVENT_WORDS
});

struct Reason {
  std::string_view why, french, english;
};

constexpr auto kReasons = std::to_array<Reason>({
#define PF_REASON_WORDS(why, french, english) {why, french, english},
#include "runtime/words/reasons.def"
#undef PF_REASON_WORDS
});

consteval bool in_order() {
  for (std::size_t i = 0; i < kWords.size(); ++i) {
    if (static_cast<std::size_t>(kWords[i].kind) != i) {
      return false;
    }
  }
  return kWords.size() == engine::kEventKindNames.size();
}

static_assert(in_order(), "runtime/words/events.def follows engine/event/kinds.def line by line");

// A step with one outcome has no title for it, and none is said.
constexpr std::string_view kOutcomeTail = " ({outcome})";

std::string role_name(const model::Protocol& protocol, model::RoleId role) {
  return role.known() ? title_of(protocol[role]) : std::string();
}

std::string partner_name(const model::Protocol& protocol, model::PartnerId partner) {
  return partner.known() ? title_of(protocol[partner]) : std::string();
}

template <class Id>
std::string quoted_in(const model::Protocol& protocol, Id id) {
  return id.known() ? quoted(protocol.language, title_of(protocol[id])) : std::string();
}

bool moves_a_clock(engine::EventKind kind) {
  return kind == engine::EventKind::deadline_moved || kind == engine::EventKind::step_resumed;
}

std::string reason(const engine::Event& event, model::Language language) {
  const auto found = std::ranges::find(kReasons, event.why, &Reason::why);
  if (found == kReasons.end() || !moves_a_clock(event.kind)) {
    return {};
  }
  return " (" + std::string(say(language, found->french, found->english)) + ")";
}

// Of several reviewers, who it was; of a late review, whose opinion is missing.
std::string reviewers(const engine::Event& event, const model::Protocol& protocol) {
  std::string names;
  for (const auto& change : event.reviewers) {
    if (change.review != engine::ReviewState::none) {
      names += (names.empty() ? "" : ", ") + role_name(protocol, change.role);
    }
  }
  if (names.empty() || event.kind == engine::EventKind::step_completed) {
    return {};
  }
  if (event.kind == engine::EventKind::review_late) {
    return std::string(say(protocol.language, " ; avis attendus : ", "; still awaited: ")) + names;
  }
  return " (" + names + ")";
}

}  // namespace

std::string sentence(const engine::Event& event, const engine::Plan& plan) {
  const auto& protocol = plan.protocol;
  const auto language = protocol.language;
  const auto& words = kWords[static_cast<std::size_t>(event.kind)];
  std::string step;
  std::string outcome;
  if (event.step.known()) {
    step = quoted(language, title_of(protocol[event.step]));
    if (event.outcome.known()) {
      const auto& declared = protocol[event.step].outcomes[event.outcome.value];
      outcome = declared.title;
    }
  }
  const auto role = role_name(protocol, event.role);
  const auto told = role_name(protocol, event.told);
  const auto binding = role_name(protocol, event.binding);
  const auto partner = partner_name(protocol, event.partner);
  const auto ending = event.ending.known() ? title_of(protocol[event.ending]) : "";
  const auto receiver = partner_name(protocol, event.receiver);
  const auto giver = partner_name(protocol, event.giver);
  const auto receiver_role = role_name(protocol, event.receiver_role);
  const auto task = event.source ? task_words(*event.source, protocol) : event.task;
  const auto of = std::to_string(event.of);
  const auto due = date_words(event.due.value_or(model::kNever), plan);
  const auto session = quoted_in(protocol, event.session);
  const auto at = date_words(event.at.value_or(model::kNever), plan);
  const auto routine = quoted_in(protocol, event.routine);
  const auto planned = date_words(event.planned.value_or(model::kNever), plan);
  const auto consent = quoted_in(protocol, event.consent);
  const auto version = std::to_string(protocol.version);
  const std::array<Filling, 19> fillings = {{{"step", step},
                                             {"version", version},
                                             {"consent", consent},
                                             {"outcome", outcome},
                                             {"role", role},
                                             {"told", told},
                                             {"binding", binding},
                                             {"partner", partner},
                                             {"ending", ending},
                                             {"due", due},
                                             {"session", session},
                                             {"at", at},
                                             {"receiver", receiver},
                                             {"receiver_role", receiver_role},
                                             {"giver", giver},
                                             {"task", task},
                                             {"of", of},
                                             {"routine", routine},
                                             {"planned", planned}}};
  std::string form(say(language, words.french, words.english));
  if (outcome.empty() && form.ends_with(kOutcomeTail)) {
    form.erase(form.size() - kOutcomeTail.size());
  }
  auto text = fill(form, fillings) + reviewers(event, protocol) + reason(event, language);
  return event.actor.person.empty()
             ? text
             : event.actor.person + std::string(say(language, " : ", ": ")) + text;
}

}  // namespace protoflow::runtime
