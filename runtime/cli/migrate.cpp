// migrate: the cases of a protocol come over to another of its versions.
#include <algorithm>

#include <nlohmann/json.hpp>

#include "runtime/cli/cli.hpp"
#include "runtime/cli/print.hpp"
#include "runtime/people/secret.hpp"
#include "runtime/words/words.hpp"

namespace protoflow::runtime {

namespace {

using Json = nlohmann::ordered_json;

constexpr std::size_t kCasesShown = 12;

class Page {
 public:
  Page(const Json& json, bool colours)
      : json_(json),
        language_(json.value("language", "") == "fr" ? model::Language::french
                                                     : model::Language::english),
        colours_(colours) {}

  // How many cases were refused.
  std::size_t print_all() const {
    std::size_t refused = 0;
    if (dry_run()) {
      print(words("Essai : rien n’est écrit.\n", "Dry run: nothing is written.\n"));
    }
    for (const auto& group : json_.value("groups", Json::array())) {
      const bool comes = group.value("outcome", "") == "migrates";
      refused += comes ? 0 : group["cases"].size();
      print_group(group, comes);
    }
    const auto already = json_.value("already", std::size_t{0});
    if (already > 0) {
      print(words("Suivent déjà cette version : ", "On this version already: ") +
            std::to_string(already) + "\n");
    }
    if (json_.value("groups", Json::array()).empty() && already == 0) {
      print(words("Aucun parcours ouvert.\n", "No open case.\n"));
    }
    return refused;
  }

 private:
  [[nodiscard]] bool dry_run() const { return json_.value("dry_run", false); }

  [[nodiscard]] std::string words(std::string_view french, std::string_view english) const {
    return std::string(say(language_, french, english));
  }

  [[nodiscard]] std::string heading(bool comes) const {
    const auto version = std::to_string(json_.value("version", 0));
    if (!comes) {
      return words("Ne peuvent pas encore passer à la version ", "Cannot come over to version ") +
             version + words("", " yet");
    }
    return (dry_run() ? words("Passeraient à la version ", "Would come over to version ")
                      : words("Passent à la version ", "Came over to version ")) +
           version;
  }

  void print_group(const Json& group, bool comes) const {
    const auto& cases = group["cases"];
    print(painted(heading(comes), comes ? Paint::good : Paint::bad, colours_) + words(" : ", ": ") +
          std::to_string(cases.size()) + "\n");
    std::string list;
    for (std::size_t i = 0; i < cases.size() && i < kCasesShown; ++i) {
      list += (i == 0 ? "  " : ", ") + cases[i].get<std::string>();
    }
    print(painted(list + (cases.size() > kCasesShown ? ", …" : ""), Paint::quiet, colours_) + "\n");
    for (const auto& sentence : group.value("tells", Json::array())) {
      print("  - " + sentence.get<std::string>() + "\n");
    }
  }

  const Json& json_;
  model::Language language_;
  bool colours_;
};

}  // namespace

int run_migrate(const MigrateOptions& options) {
  Json body{{"person", options.person},
            {"to", options.to},
            {"command_id", random_id()},
            {"dry_run", options.dry_run},
            {"keep_deadlines", options.keep_deadlines}};
  if (!options.case_id.empty()) {
    body["case"] = options.case_id;
  }
  const auto path = "/v1/protocols/" + escaped(options.protocol) + "/migrate";
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
    const auto groups = json.value("groups", Json::array());
    return std::ranges::any_of(
               groups, [](const Json& each) { return each.value("outcome", "") == "refused"; })
               ? kFault
               : kOk;
  }
  return Page(json, options.daemon.output.colours).print_all() == 0 ? kOk : kFault;
}

}  // namespace protoflow::runtime
