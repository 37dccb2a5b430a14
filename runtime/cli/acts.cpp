// tasks and act: what people do through a running daemon.
#include <nlohmann/json.hpp>

#include "runtime/cli/cli.hpp"
#include "runtime/cli/print.hpp"
#include "runtime/people/secret.hpp"
#include "runtime/words/words.hpp"

namespace protoflow::runtime {

namespace {

using Json = nlohmann::ordered_json;

std::string task_line(const Json& task, bool colours) {
  const auto due = task.value("due_text", "–");
  const auto time = task.value("time", "");
  const bool late = time == "late" || time == "escalated";
  auto line = painted(due, late ? Paint::bad : Paint::quiet, colours) + "  ";
  line += task.value("text", "") + "  ";
  if (const auto trouble = task.value("trouble", ""); !trouble.empty()) {
    line += painted("[" + trouble + "]", late ? Paint::bad : Paint::quiet, colours) + "  ";
  }
  if (task.contains("case")) {
    line += painted(task.value("case", ""), Paint::quiet, colours) + "  ";
  }
  line += task.value("role", "") + " (" + task.value("partner", "") + ")";
  if (task.contains("person")) {
    line += ", " + task.value("person", "");
  }
  return line + "\n";
}

// What was given up: to be tried again, or put aside, by whoever runs the daemon.
std::string delivery_line(const Json& delivery, bool colours) {
  const auto channel = delivery.value("channel", "");
  return painted("–  ", Paint::bad, colours) +
         std::string(say(reader_language(), "envoi abandonné", "delivery given up")) + "  " +
         channel + "  " + delivery.value("id", "") + "  " +
         painted("[" + delivery.value("reason", "") + "]", Paint::bad, colours) +
         "  protoflow outbox retry " + channel + "\n";
}

std::expected<std::pair<std::string, std::string>, std::string> cut(const std::string& text) {
  const auto equals = text.find('=');
  if (equals == text.npos || equals == 0) {
    return std::unexpected("\"" + text + "\" must be NAME=VALUE");
  }
  return std::pair{text.substr(0, equals), text.substr(equals + 1)};
}

struct TextOption {
  const char* key;
  std::string ActOptions::* member;
};

constexpr auto kTexts = std::to_array<TextOption>({
    {"protocol", &ActOptions::protocol},
    {"step", &ActOptions::step},
    {"outcome", &ActOptions::outcome},
    {"role", &ActOptions::role},
    {"partner", &ActOptions::partner},
    {"ending", &ActOptions::ending},
    {"reason", &ActOptions::reason},
    {"happened", &ActOptions::happened},
    {"task", &ActOptions::task},
    {"to", &ActOptions::to},
    {"until", &ActOptions::until},
    {"routine", &ActOptions::routine},
    {"date", &ActOptions::date},
    {"meaning", &ActOptions::meaning},
    {"at", &ActOptions::at},
    {"place", &ActOptions::place},
    {"about", &ActOptions::about},
    {"from", &ActOptions::from},
});

// What sessions need beside the rest.
std::expected<void, std::string> put_session(const ActOptions& o, Json& json) {
  if (o.command == "plan_session" && !o.session.empty()) {
    json["session"] = o.session;
  } else if (!o.session.empty() && !o.case_id.empty()) {
    json["case"] = o.case_id;
  }
  if (o.places) {
    json["places"] = *o.places;
  }
  for (const auto& text : o.attendance) {
    const auto pair = cut(text);
    if (!pair) {
      return std::unexpected("--attendance " + pair.error());
    }
    json["attendance"][pair->first] = pair->second;
  }
  return {};
}

std::expected<Json, std::string> act_json(const ActOptions& o) {
  Json json{{"command", o.command}, {"person", o.person}};
  for (const auto& [key, member] : kTexts) {
    if (const auto& value = o.*member; !value.empty()) {
      json[key] = value;
    }
  }
  json["command_id"] = o.command_id.empty() ? random_id() : o.command_id;
  if (!o.attended.empty()) {
    json["attended"] = o.attended;
  }
  for (const auto& text : o.answers) {
    const auto pair = cut(text);
    if (!pair) {
      return std::unexpected("--answer " + pair.error());
    }
    json["answers"][pair->first] = pair->second;
  }
  if (const auto session = put_session(o, json); !session) {
    return std::unexpected(session.error());
  }
  if (o.with_reservations) {
    json["with_reservations"] = true;
  }
  if (o.dry_run) {
    json["dry_run"] = true;
  }
  if (o.event != 0) {
    json["event"] = o.event;
  }
  if (o.expected_version) {
    json["expected_version"] = *o.expected_version;
  }
  for (const auto& text : o.informations) {
    const auto pair = cut(text);
    if (!pair) {
      return std::unexpected("--with " + pair.error());
    }
    json["information"][pair->first] = pair->second;
  }
  for (const auto& text : o.consents) {
    const auto pair = cut(text);
    const bool yes = pair && (pair->second == "yes" || pair->second == "oui");
    const bool no = pair && (pair->second == "no" || pair->second == "non");
    if (!yes && !no) {
      return std::unexpected("--consent \"" + text + "\" must be NAME=yes or NAME=no");
    }
    json["consent"][pair->first] = yes;
  }
  return json;
}

// The answer's JSON, or the exit code once it has been said what went wrong. Nothing to print when
// the JSON has been printed itself.
std::expected<Json, int> answered(const DaemonOptions& daemon,
                                  std::string_view method,
                                  std::string_view path,
                                  const std::string& body = {}) {
  const auto answer = method == "GET" ? ask_all(daemon, path) : ask(daemon, method, path, body);
  if (!answer) {
    return std::unexpected(complain(answer.error().what, kEnvironment));
  }
  if (answer->status >= kDoneBelow) {
    return std::unexpected(complain_problem(*answer, daemon.output));
  }
  if (daemon.output.json) {
    print(answer->body);
    return std::unexpected(static_cast<int>(kOk));
  }
  return Json::parse(answer->body, nullptr, false);
}

// Where the command goes; the error ends "protoflow act".
std::expected<std::string, std::string> path_of(const ActOptions& o) {
  const bool opens = o.command == "open";
  if (!o.partnership.empty()) {
    if (opens || !o.case_id.empty()) {
      return std::unexpected(": name the case or the partnership, not both");
    }
    return "/v1/partnerships/" + escaped(o.partnership) + "/commands";
  }
  if (o.command == "plan_session") {
    return o.session.empty() || !o.case_id.empty()
               ? std::expected<std::string, std::string>(std::unexpected(
                     " plan_session: name the session with --session; it needs no --case"))
               : std::string("/v1/sessions");
  }
  if (!o.session.empty()) {
    return "/v1/sessions/" + escaped(o.session) + "/commands";
  }
  if (opens == !o.case_id.empty()) {
    return std::unexpected(opens ? " open: needs no --case; the answer names the new one"
                                 : ": name the case with --case, the session with --session, or "
                                   "the protocol whose partnership it is with --partnership");
  }
  return opens ? std::string("/v1/cases") : "/v1/cases/" + escaped(o.case_id) + "/commands";
}

}  // namespace

int run_tasks(const TasksOptions& options) {
  const auto path = "/v1/tasks?person=" + escaped(options.person) +
                    "&partner=" + escaped(options.partner) + "&case=" + escaped(options.case_id);
  const auto json = answered(options.daemon, "GET", path);
  if (!json) {
    return json.error();
  }
  const auto tasks = json->value("tasks", Json::array());
  for (const auto& task : tasks) {
    print(task_line(task, options.daemon.output.colours));
  }
  const auto deliveries = json->value("deliveries", Json::array());
  for (const auto& delivery : deliveries) {
    print(delivery_line(delivery, options.daemon.output.colours));
  }
  if (tasks.empty() && deliveries.empty()) {
    print(reader_language() == model::Language::french ? "Rien n’attend.\n" : "Nothing waits.\n");
  }
  return kOk;
}

namespace {

// In the protocol's language; of an answer given again, the names of what had happened.
std::string happenings(const Json& done) {
  std::string lines;
  if (done.contains("says")) {
    for (const auto& sentence : done["says"]) {
      lines += "  " + sentence.get<std::string>() + "\n";
    }
    return lines;
  }
  for (const auto& event : done.value("events", Json::array())) {
    const auto subject = event.value("subject", Json::object());
    std::string about;
    for (const auto* name : {"step", "role", "task", "routine", "session"}) {
      about = about.empty() ? subject.value(name, "") : about;
    }
    lines += "  " + event.value("kind", "") + (about.empty() ? "\n" : " " + about + "\n");
  }
  return lines;
}

}  // namespace

int run_act(const ActOptions& options) {
  const auto json = act_json(options);
  if (!json) {
    return complain("protoflow act: " + json.error(), kUsage);
  }
  const auto path = path_of(options);
  if (!path) {
    return complain("protoflow act" + path.error(), kUsage);
  }
  auto body = *json;
  if (options.command == "open") {
    body.erase("command");
  }
  const auto done = answered(options.daemon, "POST", *path, body.dump());
  if (!done) {
    return done.error();
  }
  const auto reader = reader_language();
  const bool dry = done->value("dry_run", false);
  const bool repeated = done->value("repeated", false);
  const auto case_id = done->value("case", "");
  print(std::string(
            dry ? say(reader, "rien n’est écrit ; ce serait ", "nothing written; this would be ")
                : "") +
        (case_id.empty() ? done->value("stream", "")
                         : std::string(say(reader, "parcours ", "case ")) + case_id) +
        ", version " + std::to_string(done->value("version", 0)) +
        std::string(repeated ? say(reader, " (déjà fait)", " (already done)") : "") + "\n");
  print(happenings(*done));
  for (const auto& step : done->value("undoes", Json::array())) {
    print(std::string(say(reader, "cela annulerait le travail de ", "it would undo the work of ")) +
          step.get<std::string>() + "\n");
  }
  return kOk;
}

}  // namespace protoflow::runtime
