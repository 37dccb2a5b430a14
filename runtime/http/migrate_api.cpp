// POST /v1/protocols/PROTOCOL/migrate: every open case, or one, to another version.

#include <algorithm>
#include <map>
#include <memory>
#include <tuple>

#include <nlohmann/json.hpp>

#include "runtime/access/access.hpp"
#include "runtime/casebook/answers.hpp"
#include "runtime/casebook/migrating.hpp"
#include "runtime/http/api_json.hpp"
#include "runtime/http/calls.hpp"
#include "runtime/http/problem.hpp"
#include "runtime/people/secret.hpp"

namespace protoflow::runtime {

namespace {

using Json = nlohmann::ordered_json;

constexpr auto kMembers = std::to_array<std::string_view>(
    {"person", "to", "case", "reason", "command_id", "dry_run", "keep_deadlines"});

std::expected<Request, std::string> read_request(const HttpRequest& http) {
  const auto json = Json::parse(http.body, nullptr, false);
  if (!json.is_object()) {
    return std::unexpected("The body must be one JSON object.");
  }
  for (const auto& [key, value] : json.items()) {
    const bool flag = key == "dry_run" || key == "keep_deadlines";
    if (std::ranges::find(kMembers, key) == kMembers.end()) {
      return std::unexpected("There is no member of that name; check its spelling.");
    }
    if (flag ? !value.is_boolean() : !value.is_string()) {
      return std::unexpected("The member \"" + key + "\" must be " +
                             (flag ? "true or false." : "text."));
    }
  }
  auto command_id = command_id_of(http, json);
  if (!command_id) {
    return std::unexpected(command_id.error());
  }
  Request request{.command = "migrate",
                  .command_id = std::move(*command_id),
                  .case_id = json.value("case", ""),
                  .person = json.value("person", ""),
                  .reason = json.value("reason", ""),
                  .dry_run = json.value("dry_run", false),
                  .version = json.value("to", ""),
                  .keep_deadlines = json.value("keep_deadlines", false)};
  if (request.version.empty()) {
    return std::unexpected("The member \"to\" must name the version, or be \"latest\".");
  }
  if (request.command_id.empty()) {
    request.command_id = random_id();
  }
  return request;
}

// What has happened to cases, or would: those of one fate stand together.
struct Fate {
  int rank = 0;  // in the answer: those that come over first
  std::string code;
  std::vector<std::string> tells;

  friend auto operator<=>(const Fate&, const Fate&) = default;
};

constexpr std::array<std::string_view, 2> kOutcomes = {"migrates", "refused"};

class Gathering {
 public:
  Gathering(PlanRef to, bool dry_run, Answer answer)
      : to_(std::move(to)), dry_run_(dry_run), answer_(std::move(answer)) {}

  void add(const std::string& case_id, const Outcome& outcome) {
    const auto fate = outcome ? Fate{0, {}, outcome->tells}
                              : Fate{1, outcome.error().code, {outcome.error().detail}};
    cases_[fate].push_back(case_id);
    done_with_one();
  }

  void leave() { ++already_; }

  void await_one() { ++awaited_; }

  void done_with_one() {
    if (--awaited_ == 0) {
      tell();
    }
  }

 private:
  void tell() {
    Json groups = Json::array();
    for (const auto& [fate, cases] : cases_) {
      Json json{{"outcome", kOutcomes[static_cast<std::size_t>(fate.rank)]}};
      if (!fate.code.empty()) {
        json["code"] = fate.code;
      }
      json["tells"] = fate.tells;
      json["cases"] = cases;
      groups.push_back(std::move(json));
    }
    answer_(
        respond_json({{"protocol", to_->protocol.name},
                      {"version", to_->protocol.version},
                      {"meaning", to_->meaning_hash},
                      {"language", to_->protocol.language == model::Language::french ? "fr" : "en"},
                      {"dry_run", dry_run_},
                      {"already", already_},
                      {"groups", std::move(groups)}}));
  }

  PlanRef to_;
  bool dry_run_;
  Answer answer_;
  std::size_t already_ = 0;
  std::size_t awaited_ = 1;  // the asking itself
  std::map<Fate, std::vector<std::string>> cases_;
};

bool is_live(const CaseFile& file) {
  return file.state.version != 0 &&
         (engine::is_running(file.state.status) || file.state.status == engine::CaseStatus::paused);
}

std::vector<std::string> live_cases(const Call& call,
                                    std::string_view protocol,
                                    const std::string& only) {
  std::vector<std::string> ids;
  for (const auto& [stream, file] : call.reading().cases) {
    auto id = stream.substr(kCasePrefix.size());
    if (is_live(file) && may_see(call.reader, file) && file.plan->protocol.name == protocol &&
        (only.empty() || id == only)) {
      ids.push_back(std::move(id));
    }
  }
  return ids;
}

}  // namespace

void post_migration(const Call& call, const Answer& answer) {
  auto request = read_request(call.request);
  if (!request) {
    return answer(not_understood(request.error()));
  }
  const auto protocol = call.places[0];
  auto& casebook = call.parts.casebook;
  const auto& reading = call.reading();
  const auto newest = reading.protocol(protocol);
  if (auto refused = refuse_actor(call, *request)) {
    return answer(std::move(*refused));
  }
  if (!sees_protocol(call, protocol)) {
    return answer(no_such_protocol());
  }
  if (!newest) {
    return answer(respond(unknown_protocol(std::string(protocol), reading)));
  }
  auto to = reading.version(protocol, request->version);
  if (!to) {
    return answer(respond(unknown_version(*newest, request->version, reading)));
  }
  if (reading.people.find(request->person) == nullptr) {
    return answer(respond(unknown_person(request->person)));
  }
  const auto cases = live_cases(call, protocol, request->case_id);
  if (cases.empty() && !request->case_id.empty()) {
    return answer(respond(unknown_stream(*request)));
  }
  request->version = to->meaning_hash;
  // It answers once the last of the cases has.
  const auto gathering = std::make_shared<Gathering>(to, request->dry_run, answer);
  for (const auto& id : cases) {
    if (reading.cases.find(case_stream(id))->second.plan == to) {
      gathering->leave();
      continue;
    }
    auto each = *request;
    each.case_id = id;
    each.command_id = request->command_id + ":" + id;
    gathering->await_one();
    casebook.submit(std::move(each),
                    [gathering, id](const Outcome& outcome) { gathering->add(id, outcome); });
  }
  gathering->done_with_one();
}

}  // namespace protoflow::runtime
