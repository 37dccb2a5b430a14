#include "runtime/http/api.hpp"

#include <algorithm>
#include <charconv>
#include <utility>

#include <nlohmann/json.hpp>

#include "engine/partnership/partnership.hpp"
#include "runtime/http/api_json.hpp"
#include "runtime/http/migrate_api.hpp"
#include "runtime/http/outbox_api.hpp"
#include "runtime/http/partnership_api.hpp"
#include "runtime/http/people_api.hpp"
#include "runtime/http/problem.hpp"
#include "runtime/http/session_api.hpp"
#include "runtime/http/times_api.hpp"
#include "runtime/http/transfer_api.hpp"
#include "runtime/people/secret.hpp"

namespace protoflow::runtime {

namespace {

using Json = nlohmann::ordered_json;

constexpr std::size_t kListMax = 200;

HttpResponse not_found() {
  return problem(404,
                 "no-such-address",
                 "No such address",
                 "There is nothing at this address. See docs/operating.md for the paths.");
}

HttpResponse bad_body(const std::string& detail) {
  return problem(400, "not-understood", "The request could not be understood", detail);
}

std::uint64_t number_of(std::string_view text, std::uint64_t otherwise) {
  std::uint64_t number = otherwise;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
  return error == std::errc{} && end == text.data() + text.size() ? number : otherwise;
}

class Api {
 public:
  explicit Api(ApiParts parts) : parts_(std::move(parts)) {}

  void handle(HttpRequest request, Answer answer) {
    const auto& path = request.segments;
    if (path.size() < 2 || path[0] != "v1") {
      return answer(not_found());
    }
    if (path[1] == "health" && path.size() == 2) {
      return answer(health());
    }
    if (!may_enter(request)) {
      auto response =
          problem(401,
                  "token-needed",
                  "A token is needed",
                  "Send the header \"Authorization: Bearer TOKEN\". The token stands in "
                  "the file `token` of the data folder.");
      response.headers.emplace_back("WWW-Authenticate", "Bearer");
      return answer(std::move(response));
    }
    if (request.method == "GET") {
      return read(request, std::move(answer));
    }
    if (request.method == "POST") {
      return write(request, std::move(answer));
    }
    auto response = problem(405, "method-not-allowed", "Method not allowed", "Use GET or POST.");
    response.headers.emplace_back("Allow", "GET, POST");
    answer(std::move(response));
  }

 private:
  // Compared in constant time, so that the answer's delay tells nothing of the token.
  [[nodiscard]] bool may_enter(const HttpRequest& request) const {
    constexpr std::string_view kScheme = "Bearer ";
    const auto header = request.header("authorization");
    return header.starts_with(kScheme) && same_secret(header.substr(kScheme.size()), parts_.token);
  }

  void read(const HttpRequest& request, Answer answer) {
    const auto& path = request.segments;
    if (path.size() == 2 && path[1] == "protocols") {
      return answer(protocols());
    }
    if (path.size() == 2 && path[1] == "people") {
      return answer(people(parts_.casebook.reading(), parts_.clock.now()));
    }
    if (path.size() == 2 && path[1] == "cases") {
      return answer(cases(request));
    }
    if (path.size() == 3 && path[1] == "cases") {
      return answer(one_case(path[2], request));
    }
    if (path.size() == 4 && path[1] == "cases" && path[3] == "history") {
      return answer(history(path[2]));
    }
    if (path.size() == 4 && path[1] == "cases" && path[3] == "times") {
      const auto* file = find_case(path[2]);
      return answer(file == nullptr
                        ? no_such_case()
                        : case_times(parts_.casebook, path[2], *file, parts_.clock.now()));
    }
    if (path.size() == 4 && path[1] == "cases" && path[3] == "people") {
      return answer(people_for_case(path[2], request));
    }
    if (path.size() == 2 && path[1] == "partnerships") {
      return answer(partnerships(parts_.casebook.reading()));
    }
    if (path.size() == 3 && path[1] == "partnerships") {
      return answer(one_partnership(parts_.casebook.reading(), path[2]));
    }
    if (path.size() == 2 && path[1] == "sessions") {
      return answer(sessions(parts_.casebook.reading()));
    }
    if (path.size() == 3 && path[1] == "sessions") {
      return answer(one_session(parts_.casebook.reading(), path[2], request.query_value("person")));
    }
    if (path.size() == 2 && path[1] == "tasks") {
      return answer(tasks(request));
    }
    if (path.size() == 2 && path[1] == "notices") {
      return answer(notices(request));
    }
    if (path.size() == 2 && path[1] == "outbox") {
      return answer(outbox_state(parts_.outbox));
    }
    if (path.size() == 2 && path[1] == "stream") {
      return answer(stream(request));
    }
    answer(not_found());
  }

  void write(const HttpRequest& request, Answer answer) {
    const auto& path = request.segments;
    if (path.size() == 2 && path[1] == "cases") {
      return command(request, {}, std::move(answer));
    }
    if (path.size() == 4 && path[1] == "cases" && path[3] == "commands") {
      return command(request, path[2], std::move(answer));
    }
    if (path.size() == 4 && path[1] == "partnerships" && path[3] == "commands") {
      return act_in_partnership(request, path[2], std::move(answer));
    }
    if (path.size() == 2 && path[1] == "sessions") {
      return plan_session(request, std::move(answer));
    }
    if (path.size() == 4 && path[1] == "sessions" && path[3] == "commands") {
      return act_in_session(request, path[2], std::move(answer));
    }
    if (path.size() == 2 && path[1] == "people") {
      return register_person(parts_.casebook, request, answer);
    }
    if (path.size() == 4 && path[1] == "people" && path[3] == "commands") {
      return change_person(parts_.casebook, path[2], request, answer);
    }
    if (path.size() == 4 && path[1] == "outbox" && path[3] == "commands") {
      return answer(command_outbox(parts_.outbox, path[2], request));
    }
    if (path.size() == 2 && path[1] == "protocols") {
      return deploy(request, std::move(answer));
    }
    if (path.size() == 4 && path[1] == "protocols" && path[3] == "migrate") {
      return migrate_cases(request, path[2], parts_.casebook, std::move(answer));
    }
    if (path.size() == 4 && path[1] == "protocols" && path[3] == "transfer") {
      return transfer_cases(request, path[2], parts_.casebook, std::move(answer));
    }
    if (path.size() == 2 && path[1] == "clock" && parts_.demonstration != nullptr) {
      return set_clock(request, std::move(answer));
    }
    answer(not_found());
  }

  // -- reading
  // -----------------------------------------------------------------------------------------------------------

  [[nodiscard]] HttpResponse health() const {
    const auto outbox = parts_.outbox.health();
    Json channels = Json::array();
    for (const auto& channel : outbox.channels) {
      channels.push_back(
          {{"channel", channel.channel}, {"pending", channel.pending}, {"dead", channel.dead}});
    }
    return respond_json({{"status", outbox.trouble.empty() ? "ok" : "troubled"},
                         {"now", engine::to_text(parts_.clock.now())},
                         {"cases", parts_.casebook.reading().cases.size()},
                         {"notices_waiting", outbox.waiting},
                         {"channels", channels}});
  }

  [[nodiscard]] HttpResponse protocols() const {
    Json list = Json::array();
    for (const auto& [name, plan] : parts_.casebook.reading().protocols) {
      list.push_back({{"protocol", name},
                      {"version", plan->protocol.version},
                      {"title", plan->protocol.title},
                      {"meaning", plan->meaning_hash}});
    }
    return respond_json({{"protocols", list}});
  }

  [[nodiscard]] HttpResponse cases(const HttpRequest& request) const {
    const auto& all = parts_.casebook.reading().cases;
    Json list = Json::array();
    auto at = all.upper_bound(case_stream(request.query_value("after")));
    for (; at != all.end() && list.size() < kListMax; ++at) {
      if (at->second.state.version != 0) {
        list.push_back(
            {{"case", at->first.substr(kCasePrefix.size())},
             {"protocol", at->second.plan->protocol.name},
             {"status",
              engine::kCaseStatusNames[static_cast<std::size_t>(at->second.state.status)]},
             {"version", at->second.state.version}});
      }
    }
    Json json{{"cases", list}};
    if (at != all.end()) {
      json["next"] = "/v1/cases?after=" + list.back()["case"].get<std::string>();
    }
    return respond_json(json);
  }

  [[nodiscard]] const CaseFile* find_case(std::string_view case_id) const {
    const auto& all = parts_.casebook.reading().cases;
    const auto found = all.find(case_stream(case_id));
    return found == all.end() || found->second.state.version == 0 ? nullptr : &found->second;
  }

  [[nodiscard]] static HttpResponse no_such_case() {
    return problem(404,
                   "unknown-case",
                   "No such case",
                   "There is no such case. Look it up in the list at /v1/cases.");
  }

  [[nodiscard]] HttpResponse one_case(std::string_view case_id, const HttpRequest& request) const {
    const auto* file = find_case(case_id);
    if (file == nullptr) {
      return no_such_case();
    }
    const auto* reader = parts_.casebook.reading().people.find(request.query_value("person"));
    auto response = respond_json(case_json(case_id, *file, reader));
    response.headers.emplace_back("ETag", "\"" + std::to_string(file->state.version) + "\"");
    return response;
  }

  [[nodiscard]] HttpResponse history(std::string_view case_id) const {
    if (find_case(case_id) == nullptr) {
      return no_such_case();
    }
    Json events = Json::array();
    const auto read = parts_.casebook.read_history(
        case_stream(case_id),
        [&](std::string_view line) { events.push_back(Json::parse(line, nullptr, false)); });
    if (!read) {
      return problem(503, "not-readable", "Not now", read.error());
    }
    return respond_json({{"case", std::string(case_id)}, {"events", events}});
  }

  [[nodiscard]] HttpResponse tasks(const HttpRequest& request) const {
    const auto& reading = parts_.casebook.reading();
    const auto person_id = request.query_value("person");
    const auto partner = request.query_value("partner");
    const auto only_case = request.query_value("case");
    const auto* person = person_id.empty() ? nullptr : reading.people.find(person_id);
    if (!person_id.empty() && person == nullptr) {
      return problem(404, "unknown-person", "No such person", "The directory has no such person.");
    }
    std::vector<Json> list;
    const auto add = [&](std::string_view stream, const auto& file) {
      const auto& protocol = file.plan->protocol;
      for (const auto& duty : engine::duties(protocol, file.state)) {
        const bool theirs = person == nullptr || is_for(duty, *person, protocol);
        if (theirs && (partner.empty() || protocol[duty.partner].name == partner)) {
          list.push_back(duty_json(stream, *file.plan, duty));
        }
      }
    };
    for (const auto& [stream, file] : reading.cases) {
      if (only_case.empty() || stream == case_stream(only_case)) {
        add(stream, file);
      }
    }
    if (only_case.empty()) {
      for (const auto& [stream, file] : reading.partnerships) {
        add(stream, file);
      }
      for (const auto& [stream, file] : reading.sessions) {
        add(stream, file);
      }
      std::ranges::move(sessions_to_plan(reading, person, partner), std::back_inserter(list));
    }
    std::ranges::stable_sort(list, {}, [](const Json& json) { return json.value("due", "9"); });
    return respond_json({{"tasks", std::move(list)}});
  }

  // Who could take a step or a role of the case: ?step=… or ?role=…, &speaks=ar,
  // &days=monday,friday
  [[nodiscard]] HttpResponse people_for_case(std::string_view case_id,
                                             const HttpRequest& request) const {
    const auto* file = find_case(case_id);
    return file == nullptr
               ? no_such_case()
               : people_for(parts_.casebook.reading(), *file, request, parts_.clock.now());
  }

  [[nodiscard]] HttpResponse notices(const HttpRequest& request) const {
    const auto after = number_of(request.query_value("after"), 0);
    const auto kept = parts_.outbox.read_after(after, kListMax);
    if (!kept) {
      return problem(503, "not-readable", "Not now", "The notices cannot be read now. Try again.");
    }
    Json list = Json::array();
    std::uint64_t last = after;
    for (const auto& notice : *kept) {
      list.push_back(Json::parse(notice.json, nullptr, false));
      last = notice.number;
    }
    return respond_json({{"notices", list}, {"next", "/v1/notices?after=" + std::to_string(last)}});
  }

  [[nodiscard]] HttpResponse stream(const HttpRequest& request) {
    const auto last = request.header("last-event-id");
    std::optional<std::uint64_t> after;
    if (!last.empty()) {
      after = number_of(last, 0);
    }
    return {.content_type = "text/event-stream",
            .stream = [hub = parts_.stream, after](Stream opened) {
              hub->subscribe(std::move(opened), after);
            }};
  }

  // -- writing
  // -----------------------------------------------------------------------------------------------------------

  void command(const HttpRequest& http, std::string_view case_id, Answer answer) {
    auto request = read_command(http);
    if (!request) {
      return answer(bad_body(request.error()));
    }
    if (case_id.empty()) {
      request->command = "open";
    } else if (request->command == "open") {
      return answer(bad_body("Open a case with POST /v1/cases."));
    } else if (request->command == "plan_session") {
      return answer(bad_body("Plan a session with POST /v1/sessions."));
    }
    if (!request->case_id.empty()) {
      return answer(bad_body("The address names the case: leave \"case\" out."));
    }
    request->case_id = case_id;
    submit(std::move(*request), case_id.empty() ? 201 : 200, std::move(answer));
  }

  void act_in_partnership(const HttpRequest& http, std::string_view protocol, Answer answer) {
    auto request = read_command(http);
    if (!request) {
      return answer(bad_body(request.error()));
    }
    const auto plan = parts_.casebook.reading().protocol(protocol);
    if (!plan) {
      return answer(one_partnership(parts_.casebook.reading(), protocol));
    }
    request->stream = partnership_stream(*plan);
    submit(std::move(*request), 200, std::move(answer));
  }

  void plan_session(const HttpRequest& http, Answer answer) {
    auto request = read_command(http);
    if (!request) {
      return answer(bad_body(request.error()));
    }
    request->command = "plan_session";
    submit(std::move(*request), 201, std::move(answer));
  }

  void act_in_session(const HttpRequest& http, std::string_view id, Answer answer) {
    auto request = read_command(http);
    if (!request) {
      return answer(bad_body(request.error()));
    }
    const auto& reading = parts_.casebook.reading();
    request->stream = std::string(kSessionPrefix) + std::string(id);
    if (!reading.has_live(request->stream)) {
      return answer(one_session(reading, id));
    }
    submit(std::move(*request), 200, std::move(answer));
  }

  void submit(Request request, int status_done, Answer answer) {
    if (request.command_id.empty()) {
      request.command_id = random_id();
    }
    parts_.casebook.submit(std::move(request),
                           [answer = std::move(answer), status_done](const Outcome& outcome) {
                             answer(respond(outcome, status_done));
                           });
  }

  void deploy(const HttpRequest& http, Answer answer) {
    if (const auto text = read_text_member(http, "text"); !text) {
      return answer(bad_body(text.error()));
    }
    auto text = read_protocol_text(http.body);
    if (!text) {
      return answer(bad_body(text.error()));
    }
    parts_.casebook.deploy(
        std::move(*text),
        [answer = std::move(answer)](const std::expected<PlanRef, NotDone>& plan) {
          if (!plan) {
            return answer(respond(plan.error()));
          }
          answer(respond_json({{"protocol", (*plan)->protocol.name},
                               {"version", (*plan)->protocol.version},
                               {"meaning", (*plan)->meaning_hash}}));
        });
  }

  // Answers once everything that fell due on the way is written.
  void set_clock(const HttpRequest& http, Answer answer) {
    const auto text = read_text_member(http, "now");
    if (!text) {
      return answer(bad_body(text.error()));
    }
    const auto now = engine::to_instant(*text);
    if (!now || *now < parts_.clock.now()) {
      return answer(bad_body(
          "\"now\" must be an instant such as 2027-01-04T08:00:00.000Z, not in the past."));
    }
    step_clock(*now, std::move(answer));
  }

  // From one due instant to the next, so that each deadline is recorded when it falls, as it would
  // be in real time.
  void step_clock(model::Instant to, Answer answer) {
    const auto due = parts_.casebook.next_due();
    const bool last = due > to;
    parts_.demonstration->set(last ? to : std::max(due, parts_.clock.now()));
    parts_.casebook.tick();
    parts_.casebook.when_quiet([this, last, to, answer = std::move(answer)] {
      if (last) {
        return answer(respond_json({{"now", engine::to_text(to)}}));
      }
      step_clock(to, answer);
    });
  }

  ApiParts parts_;
};

}  // namespace

Handler make_api(ApiParts parts) {
  return [api = std::make_shared<Api>(std::move(parts))](HttpRequest request, Answer answer) {
    api->handle(std::move(request), std::move(answer));
  };
}

}  // namespace protoflow::runtime
