#include "runtime/cli/story.hpp"

#include <array>
#include <thread>

#include <nlohmann/json.hpp>

#include "engine/duty/holder.hpp"
#include "engine/model/value.hpp"
#include "runtime/casebook/casebook.hpp"
#include "runtime/cli/print.hpp"
#include "runtime/people/secret.hpp"
#include "runtime/store/sqlite_store.hpp"
#include "runtime/words/words.hpp"

namespace protoflow::runtime {

namespace {

using Json = nlohmann::ordered_json;

constexpr std::chrono::milliseconds kPollEvery{10};
constexpr int kPollsMax = 1000;

// Pseudonyms, as people would have them in a directory that keeps no names. The first is the
// beneficiary's.
constexpr auto kPseudonyms = std::to_array<std::string_view>({"madame-s",
                                                              "ines",
                                                              "karim",
                                                              "lea",
                                                              "moussa",
                                                              "nadia",
                                                              "omar",
                                                              "rosa",
                                                              "samir",
                                                              "tess",
                                                              "yann",
                                                              "zoe"});

std::string pseudonym(std::size_t place) {
  const auto round = place / kPseudonyms.size();
  const auto name = std::string(kPseudonyms[place % kPseudonyms.size()]);
  return round == 0 ? name : name + "-" + std::to_string(round + 1);
}

std::vector<model::PartnerId> partners_of(const model::Protocol& protocol,
                                          const model::Role& role) {
  if (role.binding == model::Binding::beneficiary) {
    const auto nobody = engine::empty_case(protocol);
    return {engine::holder(protocol, nobody, model::kBeneficiary).partner};
  }
  return role.partners;
}

Json command_json(const model::ExampleLine& line,
                  const engine::Command& command,
                  const model::Protocol& protocol) {
  Json json{{"command", engine::kCommandKindNames[static_cast<std::size_t>(command.kind)]},
            {"command_id", random_id()}};
  if (line.step.known()) {
    json["step"] = protocol[line.step].name;
  }
  if (line.outcome.known()) {
    json["outcome"] = protocol[line.step].outcomes[line.outcome.value].name;
  }
  if (command.role.known()) {
    json["role"] = protocol[command.role].name;
  }
  if (command.partner.known()) {
    json["partner"] = protocol[command.partner].name;
  }
  if (line.verb == model::ExampleVerb::close) {
    json["ending"] = protocol[line.ending].name;
  }
  for (const auto& [information, value] : line.values) {
    const auto& declared = protocol[information];
    json["information"][declared.name] = model::value_text(declared, value);
  }
  for (const auto& [consent, given] : line.consents) {
    json["consent"][protocol[consent].name] = given;
  }
  if (!line.reason.empty()) {
    json["reason"] = line.reason;
  }
  return json;
}

// Whoever plays the example has been trained, for as long as any example lasts.
Json trainings_for(const model::Protocol& protocol, const model::Role& role, model::Instant now) {
  const auto day = [](model::Instant at) { return engine::to_text(at).substr(0, 10); };
  Json trainings = Json::array();
  for (const auto competence : role.requires_competences) {
    trainings.push_back({{"competence", protocol.competences[competence.value].name},
                         {"from", day(now)},
                         {"until", day(now + std::chrono::years(10))}});
  }
  return trainings;
}

}  // namespace

Story::Story(PlanRef plan,
             std::string source,
             DaemonOptions daemon,
             std::chrono::milliseconds pause)
    : plan_(std::move(plan)),
      source_(std::move(source)),
      daemon_(std::move(daemon)),
      pause_(pause),
      now_(engine::example_start(plan_->work_time)) {}

Story::Result Story::post(const std::string& path, const std::string& body) {
  const auto answer = ask(daemon_, "POST", path, body);
  if (!answer) {
    return std::unexpected(answer.error().what);
  }
  const auto json = Json::parse(answer->body, nullptr, false);
  if (answer->status >= kDoneBelow) {
    return std::unexpected(json.is_object() ? json.value("detail", "The daemon refused.")
                                            : "The daemon refused.");
  }
  if (path == "/v1/cases") {
    case_id_ = json.value("case", "");
  }
  return {};
}

Story::Result Story::register_people() {
  const auto& protocol = plan_->protocol;
  std::size_t place = 0;
  for (std::size_t i = 0; i < protocol.roles.size(); ++i) {
    const auto& role = protocol.roles[i];
    for (const auto partner : partners_of(protocol, role)) {
      const auto id = pseudonym(place++);
      people_[{model::RoleId{static_cast<std::uint16_t>(i)}, partner}] = id;
      const Json person{{"person", id},
                        {"partner", protocol[partner].name},
                        {"roles", {role.name}},
                        {"trainings", trainings_for(protocol, role, now_)}};
      if (auto done = post("/v1/people", person.dump()); !done) {
        return done;
      }
    }
  }
  return {};
}

std::string Story::person_for(model::RoleId role, model::PartnerId partner) const {
  const auto found = people_.find({role, partner});
  return found == people_.end() ? std::string() : found->second;
}

// One that plays no role has nobody yet: whoever signs for it is registered first.
Story::Result Story::sign_agreement() {
  const auto& protocol = plan_->protocol;
  const auto path = "/v1/partnerships/" + escaped(protocol.name) + "/commands";
  for (std::size_t i = 0; i < protocol.partners.size(); ++i) {
    const model::PartnerId partner{static_cast<std::uint16_t>(i)};
    if (!engine::must_sign(protocol, partner)) {
      continue;
    }
    const auto known =
        std::ranges::find(people_, partner, [](const auto& person) { return person.first.second; });
    const auto signatory = known != people_.end() ? known->second : pseudonym(people_.size() + i);
    if (known == people_.end()) {
      const Json person{
          {"person", signatory}, {"partner", protocol[partner].name}, {"roles", Json::array()}};
      if (auto done = post("/v1/people", person.dump()); !done) {
        return done;
      }
    }
    const Json json{{"command", "agree"},
                    {"person", signatory},
                    {"meaning", plan_->meaning_hash},
                    {"command_id", random_id()}};
    if (auto done = post(path, json.dump()); !done) {
      return done;
    }
  }
  return {};
}

Story::Result Story::open_case() {
  const auto& protocol = plan_->protocol;
  const auto nobody = engine::empty_case(protocol);
  const auto answers = engine::holder(protocol, nobody, protocol.coordinated_by);
  const Json json{{"protocol", protocol.name},
                  {"person", person_for(answers.role, answers.partner)},
                  {"command_id", random_id()}};
  return post("/v1/cases", json.dump());
}

Story::Result Story::move_clock(model::Instant to) {
  if (to <= now_) {
    return {};
  }
  now_ = to;
  return post("/v1/clock", Json{{"now", engine::to_text(to)}}.dump());
}

std::expected<Story::Live, std::string> Story::look() const {
  const auto store = SqliteStore::open_to_read(daemon_.folder / kEventsFile);
  if (!store) {
    return std::unexpected(store.error().what);
  }
  Reading reading(nullptr);
  Live live;
  std::optional<Fault> fault;
  const auto stream = case_stream(case_id_);
  const auto read = (*store)->read_all(0, [&](const StoredEvent& stored) {
    auto event = reading.read(stored);
    if (!event) {
      fault = event.error();
      return false;
    }
    if (event->file != nullptr && stored.stream == stream) {
      auto letters =
          engine::notices(event->file->plan->protocol, event->file->state, *event->event);
      live.told.insert(live.told.end(), letters.begin(), letters.end());
    }
    return true;
  });
  if (!read || fault) {
    return std::unexpected(fault ? fault->reason : read.error().what);
  }
  live.file = reading.cases.at(stream);
  return live;
}

std::vector<engine::Duty> Story::open_duties() const {
  const auto live = look();
  return live ? engine::duties(plan_->protocol, live->file.state) : std::vector<engine::Duty>();
}

Story::Result Story::send(const model::ExampleLine& line, const Live& live) {
  const auto command = engine::example_command(*plan_, live.file.state, line);
  if (!command || line.verb == model::ExampleVerb::open) {
    return {};
  }
  auto json = command_json(line, *command, plan_->protocol);
  const auto role = line.role.known() ? line.role : line.target;
  json["person"] = person_for(role, command->actor.partner);
  return post("/v1/cases/" + case_id_ + "/commands", json.dump());
}

void Story::print_line(const model::ExampleLine& line) {
  if (line.line != printed_line_) {
    print("\n" + painted(source_line(source_, line.line), Paint::strong, daemon_.output.colours) +
          "\n");
    printed_line_ = line.line;
  }
}

Story::Result Story::print_notices() {
  const auto answer = ask(daemon_, "GET", next_notices_);
  if (!answer) {
    return std::unexpected(answer.error().what);
  }
  const auto json = Json::parse(answer->body, nullptr, false);
  for (const auto& notice : json.value("notices", Json::array())) {
    const auto kind = notice.value("kind", "");
    const bool alarming = kind == "late" || kind == "escalated" || kind == "review_late";
    auto recipient = notice.value("role", "") + " (" + notice.value("partner", "");
    recipient += notice.contains("person") ? ", " + notice.value("person", "") + ")" : ")";
    print("    " +
          painted(notice.value("at", "").substr(0, 10), Paint::quiet, daemon_.output.colours) +
          " → " + recipient + " : " +
          painted(notice.value("text", ""),
                  alarming ? Paint::warning : Paint::good,
                  daemon_.output.colours) +
          "\n");
  }
  next_notices_ = json.value("next", next_notices_);
  return {};
}

Story::Result Story::settle_notices() {
  for (int i = 0; i < kPollsMax; ++i) {
    const auto answer = ask(daemon_, "GET", "/v1/health");
    const auto health = Json::parse(answer ? answer->body : "", nullptr, false);
    if (!health.is_object()) {
      return std::unexpected("The daemon does not answer any more.");
    }
    std::size_t pending = health.value("notices_waiting", 0u);
    for (const auto& channel : health["channels"]) {
      if (channel.value("dead", 0u) != 0) {
        return std::unexpected("Some notices could not be sent; see daemon.log.");
      }
      pending += channel.value("pending", 0u);
    }
    if (pending == 0) {
      return {};
    }
    std::this_thread::sleep_for(kPollEvery);
  }
  return std::unexpected("Some notices are still on their way; see daemon.log.");
}

Story::Result Story::play_line(const model::ExampleLine& line) {
  print_line(line);
  if (auto moved = move_clock(engine::example_instant(plan_->work_time, line.day)); !moved) {
    return moved;
  }
  auto live = look();
  if (!live) {
    return std::unexpected(live.error());
  }
  if (line.verb >= model::ExampleVerb::expect_offered) {
    if (!engine::holds(live->file.state, live->told, line)) {
      return std::unexpected("This is not what the log says.");
    }
    print("    " + painted("✓", Paint::good, daemon_.output.colours) + "\n");
    return {};
  }
  if (auto sent = send(line, *live); !sent) {
    return sent;
  }
  if (auto settled = settle_notices(); !settled) {
    return settled;
  }
  return print_notices();
}

Story::Result Story::play(const model::Example& example) {
  for (const auto& line : example.lines) {
    std::this_thread::sleep_for(pause_);
    if (auto done = play_line(line); !done) {
      return std::unexpected("line " + std::to_string(line.line) + ": " + done.error());
    }
  }
  return {};
}

}  // namespace protoflow::runtime
