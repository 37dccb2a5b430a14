#include <array>

#include "runtime/words/migration_words.hpp"
#include "runtime/words/words.hpp"

namespace protoflow::runtime {

namespace {

struct Words {
  engine::RefusalCode code;
  std::string_view french, english;
};

constexpr auto kWords = std::to_array<Words>({
#define PF_REFUSAL_WORDS(code, french, english) {engine::RefusalCode::code, french, english},
#include "runtime/words/refusals.def"
#undef PF_REFUSAL_WORDS
});

consteval bool in_order() {
  for (std::size_t i = 0; i < kWords.size(); ++i) {
    if (static_cast<std::size_t>(kWords[i].code) != i) {
      return false;
    }
  }
  return kWords.size() == engine::kRefusalCodeNames.size();
}

static_assert(in_order(),
              "runtime/words/refusals.def follows engine/decide/refusals.def line by line");

// A step may wait for other steps alone.
void leave_out_missing(std::string& form) {
  for (const std::string_view tail :
       {" Informations manquantes : {informations}.", " Missing information: {informations}."}) {
    if (form.ends_with(tail)) {
      form.erase(form.size() - tail.size());
    }
  }
}

}  // namespace

std::string sentence(const engine::Refusal& refusal, const engine::Plan& plan) {
  const auto& protocol = plan.protocol;
  const auto language = protocol.language;
  const auto& words = kWords[static_cast<std::size_t>(refusal.code)];
  const auto step = refusal.step.known() ? quoted(language, title_of(protocol[refusal.step])) : "";
  const auto role = refusal.role.known() ? quoted(language, title_of(protocol[refusal.role])) : "";
  const auto partner = refusal.partner.known() ? title_of(protocol[refusal.partner]) : "";
  const auto consent =
      refusal.consent.known() ? quoted(language, protocol[refusal.consent].name) : "";
  std::string informations;
  for (const auto information : refusal.informations) {
    informations += (informations.empty() ? "" : ", ") + protocol[information].name;
  }
  std::string form(say(language, words.french, words.english));
  if (informations.empty()) {
    leave_out_missing(form);
  }
  const auto session =
      refusal.session.known() ? quoted(language, title_of(protocol[refusal.session])) : "";
  const auto routine =
      refusal.routine.known() ? quoted(language, title_of(protocol[refusal.routine])) : "";
  std::string partners;
  for (const auto each : refusal.partners) {
    partners += (partners.empty() ? "" : ", ") + title_of(protocol[each]);
  }
  std::string findings;
  for (const auto& finding : refusal.findings) {
    findings += " " + sentence(finding, protocol, protocol);
  }
  const std::array<Filling, 9> fillings = {{{"step", step},
                                            {"findings", findings},
                                            {"role", role},
                                            {"partner", partner},
                                            {"consent", consent},
                                            {"informations", informations},
                                            {"session", session},
                                            {"routine", routine},
                                            {"partners", partners}}};
  return fill(form, fillings);
}

}  // namespace protoflow::runtime
