// partnership: who has signed, which routines are due and what they taught, remarks for the next
// version.
#include <nlohmann/json.hpp>

#include "runtime/cli/cli.hpp"
#include "runtime/cli/print.hpp"
#include "runtime/words/words.hpp"

namespace protoflow::runtime {

namespace {

using Json = nlohmann::ordered_json;

constexpr auto kStates = std::to_array<StateWord>({
    {"none", "rien à signer", "nothing to sign"},
    {"invited", "invité à signer", "invited to sign"},
    {"briefed", "a lu sa fiche", "has read its brief"},
    {"agreed", "a signé", "has signed"},
    {"left", "parti", "has left"},
    {"planned", "prévu", "planned"},
    {"due", "à tenir", "to be held"},
    {"postponed", "reporté", "postponed"},
    {"withdrawn", "retiré", "withdrawn"},
});

class Page {
 public:
  Page(model::Language language, bool colours) : language_(language), colours_(colours) {}

  void partner(const Json& json) const {
    std::string line = "  " + json.value("title", "") + "  " +
                       painted(in_words(kStates, json.value("state", ""), language_),
                               json.value("late", false) ? Paint::bad : Paint::quiet,
                               colours_);
    const auto asked = json.value("state", "") == "invited" || json.value("state", "") == "briefed";
    if (asked && json.contains("answer_due_text")) {
      line += words(", avant le ", ", by ") + json.value("answer_due_text", "");
    } else if (json.contains("signed_at_text")) {
      line += words(" le ", " on ") + json.value("signed_at_text", "");
    }
    print(line + "\n");
  }

  void routine(const Json& json) const {
    const bool late = json.contains("late_since");
    print("  " + json.value("title", "") + "  " +
          painted(in_words(kStates, json.value("state", ""), language_),
                  late ? Paint::bad : Paint::quiet,
                  colours_) +
          words(" : ", ": ") + json.value("planned_text", "–") + "  " + json.value("role", "") +
          " (" + json.value("partner", "") + ")\n");
    print("    " + std::to_string(json.value("held", 0)) + words(" tenues, ", " held, ") +
          std::to_string(json.value("missed", 0)) + words(" manquées, ", " missed, ") +
          std::to_string(json.value("postponed", 0)) + words(" reports\n", " postponed\n"));
    for (const auto& answer : json.value("answers", Json::array())) {
      question(answer);
    }
  }

  void remark(const Json& json) const {
    const auto about = json.value("step", json.value("routine", ""));
    print("  " + json.value("happened", "").substr(0, 10) + "  " + json.value("partner", "") +
          (about.empty() ? "" : "  " + about) + "  " + json.value("text", "") + "\n");
  }

  template <class Line>
  void section(std::string_view french,
               std::string_view english,
               const Json& list,
               const Line& line) const {
    if (!list.empty()) {
      print(painted(words(french, english), Paint::strong, colours_) + "\n");
    }
    for (const auto& json : list) {
      line(json);
    }
  }

  [[nodiscard]] std::string words(std::string_view french, std::string_view english) const {
    return std::string(say(language_, french, english));
  }

 private:
  void question(const Json& answer) const {
    if (answer.value("count", 0) == 0) {
      return;
    }
    auto line = "    " + answer.value("text", "") + "  ";
    if (answer.contains("average")) {
      line += words("moyenne ", "average ") + answer["average"].dump() + " ";
    } else if (answer.contains("last")) {
      line += answer.value("last", "") + " ";
    }
    print(line + "(" + std::to_string(answer.value("count", 0)) + ")\n");
  }

  model::Language language_;
  bool colours_;
};

}  // namespace

int run_partnership(const PartnershipOptions& options) {
  const auto& daemon = options.daemon;
  const auto answer = ask(daemon, "GET", "/v1/partnerships/" + escaped(options.protocol));
  if (!answer) {
    return complain(answer.error().what, kEnvironment);
  }
  if (answer->status >= kDoneBelow) {
    return complain_problem(*answer, daemon.output);
  }
  if (daemon.output.json) {
    print(answer->body);
    return kOk;
  }
  const auto json = Json::parse(answer->body, nullptr, false);
  const Page page(reader_language(), daemon.output.colours);
  const auto remarks = json.value("remarks", Json::array());
  if (options.what.empty()) {
    print(json.value("title", "") + ", version " +
          std::to_string(json.value("protocol_version", 0)) + "\n" + json.value("meaning", "") +
          "\n");
    page.section("Partenaires", "Partners", json.value("partners", Json::array()), [&](auto& each) {
      page.partner(each);
    });
    page.section("Rendez-vous", "Routines", json.value("routines", Json::array()), [&](auto& each) {
      page.routine(each);
    });
  } else if (remarks.empty()) {
    print(page.words("Aucune remarque.\n", "No remarks.\n"));
  }
  page.section("Remarques pour la prochaine version",
               "Remarks for the next version",
               remarks,
               [&](auto& each) { page.remark(each); });
  return kOk;
}

}  // namespace protoflow::runtime
