// POST /v1/protocols/PROTOCOL/transfer: one partner hands over to another all that it answers for.

#include <algorithm>
#include <map>
#include <memory>
#include <set>

#include <nlohmann/json.hpp>

#include "engine/decide/task.hpp"
#include "engine/decide/transfer.hpp"
#include "runtime/access/access.hpp"
#include "runtime/casebook/answers.hpp"
#include "runtime/http/api_json.hpp"
#include "runtime/http/calls.hpp"
#include "runtime/http/problem.hpp"
#include "runtime/people/secret.hpp"
#include "runtime/words/words.hpp"

namespace protoflow::runtime {

namespace {

using Json = nlohmann::ordered_json;

constexpr auto kMembers = std::to_array<std::string_view>(
    {"command", "person", "from", "to", "role", "case", "reason", "command_id", "dry_run"});
constexpr auto kCommands = std::to_array<std::string_view>(
    {"transfer", "accept_transfer", "refuse_transfer", "take_back_transfer"});

std::expected<Request, std::string> read_request(const HttpRequest& http) {
  const auto json = Json::parse(http.body, nullptr, false);
  if (!json.is_object()) {
    return std::unexpected("The body must be one JSON object.");
  }
  for (const auto& [key, value] : json.items()) {
    if (std::ranges::find(kMembers, key) == kMembers.end()) {
      return std::unexpected("There is no member of that name; check its spelling.");
    }
    const bool flag = key == "dry_run";
    if (flag ? !value.is_boolean() : !value.is_string()) {
      return std::unexpected("The member \"" + key + "\" must be " +
                             (flag ? "true or false." : "text."));
    }
  }
  auto command_id = command_id_of(http, json);
  if (!command_id) {
    return std::unexpected(command_id.error());
  }
  Request request{.command = json.value("command", "transfer"),
                  .command_id = std::move(*command_id),
                  .case_id = json.value("case", ""),
                  .person = json.value("person", ""),
                  .role = json.value("role", ""),
                  .partner = json.value("to", ""),
                  .reason = json.value("reason", ""),
                  .giver = json.value("from", ""),
                  .dry_run = json.value("dry_run", false)};
  if (std::ranges::find(kCommands, request.command) == kCommands.end()) {
    return std::unexpected(
        "The member \"command\" must be transfer, accept_transfer, refuse_transfer or "
        "take_back_transfer.");
  }
  if (request.giver.empty() || (request.command == "transfer" && request.partner.empty())) {
    return std::unexpected("The members \"from\" and \"to\" name the two partners.");
  }
  if (request.command_id.empty()) {
    request.command_id = random_id();
  }
  return request;
}

// How much of each kind, and in which cases.
struct Count {
  std::set<std::string> cases;
  std::map<std::string_view, std::size_t> duties;

  void add(const std::string& case_id, const engine::Duty& duty) {
    cases.insert(case_id);
    ++duties[engine::kDutyKindNames[static_cast<std::size_t>(duty.kind)]];
  }

  [[nodiscard]] Json json() const {
    Json json = Json::object();
    for (const auto* kind : {"step", "review", "task", "routine"}) {
      const auto found = duties.find(kind);
      json[std::string(kind) + "s"] = found == duties.end() ? 0 : found->second;
    }
    json["cases"] = cases;
    return json;
  }
};

struct Stays {
  engine::Hindrance why = engine::Hindrance::none;
  std::string role, text;

  friend auto operator<=>(const Stays&, const Stays&) = default;
};

class Gathering {
 public:
  Gathering(const engine::Plan& plan, const Request& request, Answer answer)
      : head_({{"protocol", plan.protocol.name},
               {"language", plan.protocol.language == model::Language::french ? "fr" : "en"},
               {"command", request.command},
               {"from", request.giver},
               {"to", request.partner},
               {"dry_run", request.dry_run}}),
        answer_(std::move(answer)) {}

  void note(const std::string& case_id,
            const engine::Plan& plan,
            const engine::TransferAsked& asked,
            const std::vector<engine::Carried>& carried) {
    for (const auto& [duty, hindrance] : carried) {
      if (hindrance == engine::Hindrance::none) {
        moves_.add(case_id, duty);
        continue;
      }
      const auto text = sentence(hindrance, duty.role, asked.receiver, plan.protocol);
      stays_[{hindrance, plan.protocol[duty.role].name, text}].add(case_id, duty);
    }
  }

  void add(const std::string& case_id, const Outcome& outcome) {
    if (outcome) {
      done_.insert(case_id);
    } else {
      refused_[{outcome.error().code, outcome.error().detail}].insert(case_id);
    }
    done_with_one();
  }

  void await_one() { ++awaited_; }

  void done_with_one() {
    if (--awaited_ == 0) {
      tell();
    }
  }

 private:
  void tell() {
    auto json = std::move(head_);
    json["cases"] = done_;
    json["moves"] = moves_.json();
    json["stays"] = Json::array();
    for (const auto& [stays, count] : stays_) {
      Json each{{"why", engine::kHindranceNames[static_cast<std::size_t>(stays.why)]},
                {"role", stays.role},
                {"text", stays.text}};
      each.update(count.json());
      json["stays"].push_back(std::move(each));
    }
    json["refused"] = Json::array();
    for (const auto& [why, cases] : refused_) {
      json["refused"].push_back({{"code", why.first}, {"detail", why.second}, {"cases", cases}});
    }
    answer_(respond_json(json));
  }

  Json head_;
  Answer answer_;
  std::size_t awaited_ = 1;  // the asking itself
  std::set<std::string> done_;
  Count moves_;
  std::map<Stays, Count> stays_;
  std::map<std::pair<std::string, std::string>, std::set<std::string>> refused_;
};

bool owes_anything(const engine::CaseState& state) {
  return engine::is_running(state.status) || state.status == engine::CaseStatus::paused ||
         (state.status == engine::CaseStatus::closed && engine::owes_tasks(state));
}

// One command of one case.
struct Asked {
  engine::TransferAsked asked;
  Request request;
};

// What is proposed, or which of the case's proposals are answered: those of the person's partner.
std::vector<Asked> asked_in(const CaseFile& file, const Request& request, const Person& person) {
  const auto& protocol = file.plan->protocol;
  const auto giver = model::find<model::PartnerId>(protocol.partners, request.giver);
  const auto role = model::find<model::RoleId>(protocol.roles, request.role);
  const bool proposes = request.command == "transfer";
  const bool answers = request.command == "accept_transfer" || request.command == "refuse_transfer";
  const auto receiver = model::find<model::PartnerId>(
      protocol.partners, answers && request.partner.empty() ? person.partner : request.partner);
  if (proposes) {
    return {{.asked = {giver, receiver, role}, .request = request}};
  }
  std::vector<Asked> list;
  for (const auto& pending : file.state.transfers) {
    const bool meant = pending.giver == giver &&
                       (!receiver.known() || pending.receiver == receiver) &&
                       (request.role.empty() || pending.role == role);
    if (meant) {
      auto one = request;
      one.partner = protocol[pending.receiver].name;
      one.role = pending.role.known() ? protocol[pending.role].name : "";
      one.command_id += one.role.empty() ? "" : ":" + one.role;
      list.push_back(
          {.asked = {pending.giver, pending.receiver, pending.role}, .request = std::move(one)});
    }
  }
  return list;
}

bool leaves_something(const engine::TransferRehearsal& rehearsal) {
  return !rehearsal.roles.empty() ||
         std::ranges::any_of(rehearsal.carried, [](const engine::Carried& each) {
           return each.hindrance == engine::Hindrance::none;
         });
}

bool changes_hands(const Request& request) {
  return request.command == "transfer" || request.command == "accept_transfer";
}

// Case after case, each as it would be once those before it have changed hands: `at most N cases`
// counts them.
void ask_all(const Call& call,
             const Request& request,
             const std::string& protocol,
             const std::shared_ptr<Gathering>& gathering) {
  auto& casebook = call.parts.casebook;
  const auto& reading = call.reading();
  const auto& person = *reading.people.find(request.person);
  auto loads = casebook.loads();
  std::vector<Request> requests;
  for (const auto& [stream, file] : reading.cases) {
    const auto id = stream.substr(kCasePrefix.size());
    const bool meant = file.plan->protocol.name == protocol && owes_anything(file.state) &&
                       may_see(call.reader, file) &&
                       (request.case_id.empty() || request.case_id == id);
    if (!meant) {
      continue;
    }
    for (auto& [asked, one] : asked_in(file, request, person)) {
      const bool both = asked.giver.known() && asked.receiver.known();
      if (both && changes_hands(request)) {
        const auto around = loads.around(stream, file.plan->protocol);
        const auto rehearsal =
            engine::rehearse_transfer(*file.plan, file.state, asked, casebook.now(), around);
        gathering->note(id, *file.plan, asked, rehearsal.carried);
        loads.keep(
            stream, file.plan->protocol, engine::parts_of(file.plan->protocol, rehearsal.after));
        if (request.command == "transfer" && !leaves_something(rehearsal)) {
          continue;
        }
      }
      one.case_id = id;
      one.command_id += ":" + id;
      requests.push_back(std::move(one));
    }
  }
  for (auto& one : requests) {
    gathering->await_one();
    const auto id = one.case_id;
    casebook.submit(std::move(one),
                    [gathering, id](const Outcome& outcome) { gathering->add(id, outcome); });
  }
}

}  // namespace

void post_transfer(const Call& call, const Answer& answer) {
  auto request = read_request(call.request);
  if (!request) {
    return answer(not_understood(request.error()));
  }
  const auto protocol = call.places[0];
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
  const auto* person = reading.people.find(request->person);
  if (person == nullptr) {
    return answer(respond(unknown_person(request->person)));
  }
  // Names are looked up once, so that a slip of the pen is one answer, not one for each case.
  if (const auto named = resolve(*request, *person, *newest); !named) {
    return answer(respond(named.error()));
  }
  const auto found = reading.cases.find(case_stream(request->case_id));
  const bool sees = found != reading.cases.end() && may_see(call.reader, found->second);
  if (!request->case_id.empty() && !sees) {
    return answer(respond(unknown_stream(*request)));
  }
  // It answers once the last of the cases has.
  const auto gathering = std::make_shared<Gathering>(*newest, *request, answer);
  ask_all(call, *request, newest->protocol.name, gathering);
  gathering->done_with_one();
}

}  // namespace protoflow::runtime
