// sessions: when the collective sessions are, how many places are taken, and which cases come.
#include <nlohmann/json.hpp>

#include "runtime/cli/cli.hpp"
#include "runtime/cli/print.hpp"
#include "runtime/words/words.hpp"

namespace protoflow::runtime {

namespace {

using Json = nlohmann::ordered_json;

constexpr auto kWords = std::to_array<StateWord>({
    {"planned", "prévue", "planned"},
    {"open", "en cours", "under way"},
    {"held", "tenue", "held"},
    {"closed", "close", "closed"},
    {"cancelled", "annulée", "cancelled"},
    {"enrolled", "a une place", "has a place"},
    {"waiting", "attend une place", "waits for a place"},
    {"left", "n’a plus de place", "has no place any more"},
    {"present", "présence notée", "came"},
    {"excused", "absence excusée", "was excused"},
    {"absent", "absence notée", "did not come"},
});

std::string line_of(const Json& session, model::Language language, bool colours) {
  auto line =
      session.value("at_text", "") + "  " + session.value("title", "") + "  " +
      painted(in_words(kWords, session.value("status", ""), language), Paint::quiet, colours) +
      "  " + std::to_string(session.value("enrolled", 0)) + "/" +
      std::to_string(session.value("places", 0)) + std::string(say(language, " places", " places"));
  if (const auto waiting = session.value("waiting", 0); waiting > 0) {
    line += ", " + std::to_string(waiting) + std::string(say(language, " en attente", " waiting"));
  }
  return line + "  " + painted(session.value("id", ""), Paint::quiet, colours) + "\n";
}

void print_enrolments(const Json& session, model::Language language) {
  if (session.contains("place")) {
    print("  " + session.value("place", "") + "\n");
  }
  for (const auto& each : session.value("enrolments", Json::array())) {
    print("  " + each.value("case", "") + "  " + each.value("step", "") + "  " +
          in_words(kWords, each.value("attendance", each.value("seat", "")), language) + "\n");
  }
}

}  // namespace

int run_sessions(const SessionsOptions& options) {
  const auto& daemon = options.daemon;
  const auto path = options.id.empty() ? std::string("/v1/sessions")
                                       : "/v1/sessions/" + escaped(options.id) +
                                             "?person=" + escaped(options.person);
  const auto answer = options.id.empty() ? ask_all(daemon, path) : ask(daemon, "GET", path);
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
  const auto language = reader_language();
  const auto colours = daemon.output.colours;
  const auto json = Json::parse(answer->body, nullptr, false);
  if (!options.id.empty()) {
    print(line_of(json, language, colours));
    print_enrolments(json, language);
    return kOk;
  }
  const auto sessions = json.value("sessions", Json::array());
  for (const auto& session : sessions) {
    print(line_of(session, language, colours));
  }
  if (sessions.empty()) {
    print(say(language, "Aucune séance n’est prévue.\n", "No session is planned.\n"));
  }
  return kOk;
}

}  // namespace protoflow::runtime
