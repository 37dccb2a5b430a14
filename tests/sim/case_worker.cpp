#include "tests/sim/case_worker.hpp"

#include <array>
#include <chrono>

#include "engine/log/record.hpp"

namespace protoflow::testing {

namespace {

constexpr std::size_t kCasesMax = 12;

// Cases begin up to so long ago, so that deadlines of minutes fall due all the time.
constexpr std::chrono::milliseconds kBackDatedMax = std::chrono::minutes(5);

const std::vector<Json>& repertoire() {
  static const std::vector<Json> commands{
      {{"command", "take"}, {"step", "welcome"}, {"person", "of-office"}},
      {{"command", "complete"},
       {"step", "welcome"},
       {"person", "of-office"},
       {"information", {{"wish", "a garden"}}}},
      {{"command", "take"}, {"step", "search"}, {"person", "of-firm"}},
      {{"command", "decline"}, {"step", "search"}, {"person", "of-firm"}, {"reason", "no time"}},
      {{"command", "complete"}, {"step", "search"}, {"person", "of-works"}},
      {{"command", "take"}, {"step", "plan"}, {"person", "of-firm"}},
      {{"command", "complete"}, {"step", "plan"}, {"person", "of-firm"}, {"outcome", "found"}},
      {{"command", "complete"}, {"step", "plan"}, {"person", "of-firm"}, {"outcome", "again"}},
      {{"command", "approve"}, {"step", "plan"}, {"person", "of-office"}},
      {{"command", "give_back"}, {"step", "plan"}, {"person", "of-office"}, {"reason", "again"}},
      {{"command", "refer"}, {"role", "host"}, {"partner", "firm"}, {"person", "of-office"}},
      {{"command", "refer"}, {"role", "host"}, {"partner", "works"}, {"person", "of-office"}},
      {{"command", "accept_referral"}, {"role", "host"}, {"person", "of-firm"}},
      {{"command", "decline_referral"}, {"role", "host"}, {"person", "of-works"}},
      {{"command", "take"}, {"step", "visit"}, {"person", "of-firm"}},
      {{"command", "complete"}, {"step", "visit"}, {"person", "of-firm"}},
  };
  return commands;
}

}  // namespace

void Shift::set_open(bool now_open) {
  const std::scoped_lock lock(mutex);
  open = now_open;
  changed.notify_all();
}

void Shift::end() {
  const std::scoped_lock lock(mutex);
  over = true;
  changed.notify_all();
}

bool Shift::wait_open() {
  std::unique_lock lock(mutex);
  changed.wait(lock, [this] { return open || over; });
  return !over;
}

CaseWorker::CaseWorker(Shift& shift, std::uint64_t seed, std::string name)
    : shift_(shift), random_(seed), name_(std::move(name)) {}

void CaseWorker::work() {
  while (shift_.wait_open()) {
    act(next_command());
  }
}

Json CaseWorker::next_command() {
  Json command;
  if (cases_.empty() || random_() % 16 == 0) {
    const auto ago =
        std::chrono::milliseconds(random_() % static_cast<std::uint64_t>(kBackDatedMax.count()));
    command = {{"protocol", "vigil"},
               {"person", "of-office"},
               {"happened", engine::to_text(clock_.now() - ago)}};
  } else {
    command = repertoire()[random_() % repertoire().size()];
    command["case"] = cases_[random_() % cases_.size()];
  }
  command["command_id"] = name_ + "-" + std::to_string(++sent_);
  return command;
}

void CaseWorker::act(const Json& command) {
  const auto reply = send_until_answered(command);
  if (!reply.done()) {
    const bool refused = reply.status == 403 || reply.status == 409;
    if (!refused && reply.status != 0) {
      faults.push_back("status " + std::to_string(reply.status) + ": " + reply.body.dump());
    }
    return;
  }
  keep(command, reply);
  if (random_() % 8 == 0) {
    repeat(command, reply);
  }
}

/// Status 0 only when the shift ends with the daemon away.
Reply CaseWorker::send_until_answered(const Json& command) {
  while (true) {
    auto reply = shift_.door.act(command);
    if (reply.status != 0 && reply.status != 503) {
      return reply;
    }
    if (!shift_.wait_open()) {
      return {};
    }
    std::this_thread::yield();
  }
}

void CaseWorker::keep(const Json& command, const Reply& reply) {
  ++shift_.acknowledged;
  resent += reply.body.contains("repeated") ? 1U : 0U;
  acknowledged.push_back({reply.body["case"].get<std::string>(),
                          command["command_id"].get<std::string>(),
                          reply.body["version"].get<std::uint64_t>(),
                          reply.body["events"]});
  if (!command.contains("case")) {
    cases_.push_back(acknowledged.back().case_id);
    if (cases_.size() > kCasesMax) {
      cases_.erase(cases_.begin());  // left to its deadlines
    }
  }
}

void CaseWorker::repeat(const Json& command, const Reply& first) {
  const auto again = send_until_answered(command);
  if (again.status == 0) {
    return;
  }
  ++repeated;
  const bool same = again.status == 200 && again.body.value("repeated", false) &&
                    again.body["case"] == first.body["case"] &&
                    again.body["version"] == first.body["version"] &&
                    again.body["events"] == first.body["events"];
  if (!same) {
    faults.push_back("a repeated command got another answer: " + again.body.dump());
  }
}

}  // namespace protoflow::testing
