// partners: one hands over to another all that it answers for in the cases of a protocol.
#include <nlohmann/json.hpp>

#include "runtime/cli/cli.hpp"
#include "runtime/cli/print.hpp"
#include "runtime/people/secret.hpp"
#include "runtime/words/words.hpp"

namespace protoflow::runtime {

namespace {

using Json = nlohmann::ordered_json;

constexpr std::size_t kCasesShown = 12;

struct Act {
  std::string_view what, command;
  std::string_view french, english;  // what has been done
  std::string_view would_french, would_english;
};

constexpr auto kActs = std::to_array<Act>({
    {"hand-over",
     "transfer",
     "Proposé, en attente de la réponse",
     "Proposed, and waiting for the answer",
     "Serait proposé",
     "Would be proposed"},
    {"accept", "accept_transfer", "Repris", "Taken over", "Serait repris", "Would be taken over"},
    {"refuse", "refuse_transfer", "Refusé", "Refused", "Serait refusé", "Would be refused"},
    {"take-back", "take_back_transfer", "Gardé", "Kept", "Serait gardé", "Would be kept"},
});

const Act& act_of(std::string_view what) {
  const auto* const found = std::ranges::find(kActs, what, &Act::what);
  return found == kActs.end() ? kActs.front() : *found;
}

struct Kind {
  const char* key;
  std::array<std::string_view, 2> french, english;  // one, several
};

constexpr auto kKinds = std::to_array<Kind>({
    {"steps", {"étape", "étapes"}, {"step", "steps"}},
    {"reviews", {"revue", "revues"}, {"review", "reviews"}},
    {"tasks", {"tâche", "tâches"}, {"task", "tasks"}},
    {"routines", {"rendez-vous", "rendez-vous"}, {"routine", "routines"}},
});

class Page {
 public:
  Page(const Json& json, bool colours)
      : json_(json),
        language_(json.value("language", "") == "fr" ? model::Language::french
                                                     : model::Language::english),
        colours_(colours) {}

  // Whether everything was as it was asked.
  bool print_all(const Act& act) const {
    const bool dry = json_.value("dry_run", false);
    if (dry) {
      print(words("Essai : rien n’est écrit.\n", "Dry run: nothing is written.\n"));
    }
    const auto cases = json_["cases"].size();
    if (cases == 0) {
      print(words("Aucun parcours concerné.\n", "No case is concerned.\n"));
    } else {
      print(
          painted(dry ? words(act.would_french, act.would_english) : words(act.french, act.english),
                  Paint::good,
                  colours_) +
          in_cases(cases) + amounts(json_["moves"]) + "\n");
    }
    const auto stays = json_.value("stays", Json::array());
    for (const auto& each : stays) {
      print(painted(words("Reste", "Stays"), Paint::bad, colours_) +
            in_cases(each["cases"].size()) + amounts(each) + "\n  " + each.value("text", "") +
            "\n  " + list_of(each["cases"]) + "\n");
    }
    const auto refused = json_.value("refused", Json::array());
    for (const auto& each : refused) {
      print(painted(words("Pas possible", "Not possible"), Paint::bad, colours_) +
            in_cases(each["cases"].size()) + "\n  " + each.value("detail", "") + "\n  " +
            list_of(each["cases"]) + "\n");
    }
    return stays.empty() && refused.empty();
  }

 private:
  [[nodiscard]] std::string words(std::string_view french, std::string_view english) const {
    return std::string(say(language_, french, english));
  }

  [[nodiscard]] std::string in_cases(std::size_t count) const {
    return words(", dans ", ", in ") + std::to_string(count) +
           words(" parcours", count == 1 ? " case" : " cases");
  }

  [[nodiscard]] std::string amounts(const Json& counts) const {
    std::string text;
    for (const auto& [key, french, english] : kKinds) {
      const auto count = counts.value(key, std::size_t{0});
      const auto form = count > 1 ? 1U : 0U;
      if (count > 0) {
        text += (text.empty() ? words(" : ", ": ") : ", ") + std::to_string(count) + " " +
                words(french[form], english[form]);
      }
    }
    return text;
  }

  [[nodiscard]] std::string list_of(const Json& cases) const {
    std::string list;
    for (std::size_t i = 0; i < cases.size() && i < kCasesShown; ++i) {
      list += (i == 0 ? "" : ", ") + cases[i].get<std::string>();
    }
    return painted(list + (cases.size() > kCasesShown ? ", …" : ""), Paint::quiet, colours_);
  }

  const Json& json_;
  model::Language language_;
  bool colours_;
};

}  // namespace

int run_partners(const PartnersOptions& options) {
  const auto& act = act_of(options.what);
  Json body{{"command", act.command},
            {"person", options.person},
            {"from", options.from},
            {"command_id", options.command_id.empty() ? random_id() : options.command_id},
            {"dry_run", options.dry_run}};
  for (const auto& [key, value] : {std::pair{"to", options.to},
                                   {"role", options.role},
                                   {"case", options.case_id},
                                   {"reason", options.reason}}) {
    if (!value.empty()) {
      body[key] = value;
    }
  }
  const auto path = "/v1/protocols/" + escaped(options.protocol) + "/transfer";
  const auto answer = ask(options.daemon, "POST", path, body.dump());
  if (!answer) {
    return complain(answer.error().what, kEnvironment);
  }
  if (answer->status >= kDoneBelow) {
    return complain_problem(*answer, options.daemon.output);
  }
  const auto json = Json::parse(answer->body, nullptr, false);
  if (options.daemon.output.json) {
    print(answer->body);
    return json["stays"].empty() && json["refused"].empty() ? kOk : kFault;
  }
  return Page(json, options.daemon.output.colours).print_all(act) ? kOk : kFault;
}

}  // namespace protoflow::runtime
