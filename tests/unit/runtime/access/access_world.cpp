#include "tests/unit/runtime/access/access_world.hpp"

#include <algorithm>

#include <gtest/gtest.h>

#include "engine/simulate/simulate.hpp"
#include "runtime/protocols/plan.hpp"

namespace protoflow::runtime {

namespace {

using Json = AccessWorld::Json;

std::vector<std::string> role_names(const model::Protocol& protocol) {
  std::vector<std::string> names;
  for (std::size_t i = 1; i < protocol.roles.size(); ++i) {
    names.push_back(protocol.roles[i].name);
  }
  return names;
}

}  // namespace

AccessWorld::AccessWorld(const std::filesystem::path& file) {
  const auto text = read_protocol_file(file).value();
  plan = make_plan(text).value();
  api.clock.set(engine::example_start(plan->work_time));
  api.ask("POST", "/v1/protocols", protocol_text_json("", 1, text));
  play();
  plan_a_session();
  read_the_log();
  seat_everybody();
}

void AccessWorld::play() {
  ::testing::internal::CaptureStdout();
  Story story(plan,
              "",
              {.folder = api.folder.path(),
               .address = "http://127.0.0.1:" + std::to_string(api.port()),
               .token = kToken},
              std::chrono::milliseconds(0));
  const auto need = [](const Story::Result& result) {
    if (!result) {
      throw std::runtime_error(result.error());
    }
  };
  need(story.register_people());
  need(story.sign_agreement());
  need(story.open_case());  // one of somebody else's
  need(story.open_case());
  auto half = plan->protocol.examples.front();
  half.lines.resize((half.lines.size() + 1) / 2);
  need(story.play(half));
  case_id = story.case_id();
  ::testing::internal::GetCapturedStdout();
}

void AccessWorld::plan_a_session() {
  const auto& protocol = plan->protocol;
  if (protocol.sessions.empty()) {
    return;
  }
  const auto& session = protocol.sessions.front();
  const auto& host = protocol[session.hosted_by];
  const auto people = api.get("/v1/people")["people"];
  for (const auto& person : people) {
    const auto roles = person["roles"];
    if (std::find(roles.begin(), roles.end(), host.name) == roles.end()) {
      continue;
    }
    const auto answer = api.post("/v1/sessions",
                                 {{"protocol", protocol.name},
                                  {"session", session.name},
                                  {"person", person["person"]},
                                  {"at", "2029-03-01T10:00:00.000Z"},
                                  {"places", 4},
                                  {"place", "Salle des Tilleuls"}});
    if (answer.status == 201) {
      session_id = Json::parse(answer.body).value("stream", "").substr(kSessionPrefix.size());
      return;
    }
  }
}

void AccessWorld::read_the_log() {
  const auto& protocol = plan->protocol;
  for (const auto& role : protocol.roles) {
    const bool fixed =
        role.binding == model::Binding::held_by || role.binding == model::Binding::volunteer_of;
    if (fixed) {
      holder[role.name] = protocol[role.partners.front()].name;
    }
  }
  std::map<std::string, std::string> asked;
  const auto history = api.get("/v1/cases/" + case_id + "/history")["events"];
  for (const auto& event : history) {
    const auto kind = event.value("kind", "");
    const auto subject = event["subject"];
    const auto partner = event["body"].value("partner", "");
    if (kind == "referral_requested") {
      asked[subject.value("role", "")] = partner;
    } else if (kind == "referral_accepted") {
      holder[subject.value("role", "")] = partner;
    } else if (kind.starts_with("referral_")) {
      asked.erase(subject.value("role", ""));
    }
    const auto answers = event["body"].value("consent", Json::object());
    for (const auto& [consent, answer] : answers.items()) {
      answer == "given" ? void(agreed.insert(consent)) : void(agreed.erase(consent));
    }
    for (const auto* member : {"partner", "receiver", "review_partner"}) {
      if (subject.contains("step") && event["body"].contains(member)) {
        answered[subject.value("step", "")].insert(event["body"].value(member, ""));
      }
    }
  }
  for (const auto& each : {holder, asked}) {
    for (const auto& [role, partner] : each) {
      partners.insert(partner);
    }
  }
  const auto tasks = api.get("/v1/tasks?case=" + case_id)["tasks"];
  for (const auto& task : tasks) {
    partners.insert(task.value("partner", ""));
  }
}

void AccessWorld::seat(Seat seat,
                       const std::string& person,
                       const std::string& partner,
                       const Json& roles) {
  const auto role = roles.empty() ? std::string() : roles[0].get<std::string>();
  visitors.push_back({.seat = seat,
                      .person = person,
                      .partner = partner,
                      .role = role,
                      .token = api.token_for(person),
                      .reading_token = api.token_for(person, {{"scope", "read"}})});
}

void AccessWorld::seat_everybody() {
  visitors.push_back({.seat = Seat::nobody, .token = "pft_wrong", .reading_token = "pft_wrong"});
  visitors.push_back({.seat = Seat::chief, .token = kToken});
  const auto people = api.get("/v1/people")["people"];
  for (const auto& person : people) {
    partner_of[person["person"]] = person["partner"];
    const auto roles = person["roles"].dump();
    const bool is_beneficiary =
        roles.find("bénéficiaire") != roles.npos || roles.find("beneficiary") != roles.npos;
    seat(is_beneficiary ? Seat::other_beneficiary : Seat::role,
         person["person"],
         person["partner"],
         person["roles"]);
  }
  const auto join = [&](Seat where, const std::string& id, const std::string& at, Json roles) {
    api.post("/v1/people", {{"person", id}, {"partner", at}, {"roles", roles}});
    partner_of[id] = at;
    seat(where, id, at, roles);
  };
  join(Seat::elsewhere, "stranger", "ailleurs", role_names(plan->protocol));
  // Registered under partners that have a part: that must not help them.
  const auto beneficiary = plan->protocol[model::kBeneficiary].name;
  const auto& first = *partners.begin();
  join(Seat::beneficiary, "b-" + case_id, first, {beneficiary});
  join(Seat::other_beneficiary, "b-somebody", first, {beneficiary});
  token_id = api.get("/v1/tokens?person=stranger")["tokens"][0].value("token", "");
}

ClientAnswer AccessWorld::ask(const Visitor& visitor,
                              const std::string& method,
                              const std::string& path) {
  return api.ask_as(visitor.token, method, path);
}

std::string AccessWorld::filled(std::string_view path) const {
  std::string filled(path);
  for (const auto& [place, value] :
       std::map<std::string, std::string>{{"{case}", case_id},
                                          {"{protocol}", plan->protocol.name},
                                          {"{version}", "latest"},
                                          {"{session}", session_id},
                                          {"{person}", visitors[2].person},
                                          {"{token}", token_id},
                                          {"{channel}", "stream"}}) {
    if (const auto at = filled.find(place); at != filled.npos) {
      filled.replace(at, place.size(), value);
    }
  }
  return filled;
}

bool AccessWorld::coordinates(const std::string& partner) const {
  return holder.at(plan->protocol[plan->protocol.coordinated_by].name) == partner;
}

bool AccessWorld::is_inside(const std::string& partner, const std::string& name) const {
  const auto& protocol = plan->protocol;
  const auto& step = protocol[model::find<model::StepId>(protocol.steps, name)];
  std::vector<model::RoleId> roles{step.responsible};
  roles.insert(roles.end(), step.with.begin(), step.with.end());
  roles.insert(roles.end(), step.informs.begin(), step.informs.end());
  if (step.review) {
    roles.insert(roles.end(), step.review->by.begin(), step.review->by.end());
  }
  const auto among = answered.find(name);
  return coordinates(partner) || (among != answered.end() && among->second.contains(partner)) ||
         std::ranges::any_of(roles, [&](model::RoleId role) {
           const auto found = holder.find(protocol[role].name);
           return found != holder.end() && found->second == partner;
         });
}

// Nobody of the role may see it before the person has agreed, where the protocol asks for that.
bool AccessWorld::is_agreed(model::InformationId information, const std::string& role) const {
  bool asked = false;
  bool is_so = false;
  for (const auto& consent : plan->protocol.consents) {
    const bool covers = std::ranges::find(consent.covers, information) != consent.covers.end() &&
                        std::ranges::any_of(consent.with, [&](model::RoleId with) {
                          return plan->protocol[with].name == role;
                        });
    asked |= covers;
    is_so |= covers && agreed.contains(consent.name);
  }
  return is_so || !asked;
}

bool AccessWorld::may_read_value(const Visitor& visitor, const std::string& information) const {
  const auto& protocol = plan->protocol;
  const auto id = model::find<model::InformationId>(protocol.informations, information);
  const auto found = holder.find(visitor.role);
  return visitor.seat == Seat::beneficiary ||
         (visitor.seat == Seat::role && found != holder.end() && found->second == visitor.partner &&
          is_agreed(id, visitor.role) &&
          std::ranges::any_of(protocol[id].seen_by, [&](model::RoleId role) {
            return protocol[role].name == visitor.role;
          }));
}

}  // namespace protoflow::runtime
