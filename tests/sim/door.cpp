#include "tests/sim/door.hpp"

#include <fstream>

#include "runtime/client/client.hpp"

namespace protoflow::testing {

namespace {

constexpr std::string_view kVigil = R"(protocol vigil "A case that is always watched"
  coordinated by lead

partner office "Office"
partner firm "Firm"
partner works "Works"

role lead "Lead"
  held by office, else works
role helper "Helper"
  held by firm, else works
role host "Host"
  chosen by lead among firm, works
  answer within 1 minutes

information wish "Wish" text
  seen by lead

step welcome "Welcome"
  responsible lead
  within 2 minutes
  remind 1 minutes before
  if late tell helper
  if late by 1 minutes escalate to helper
  records wish
step search "Search"
  responsible helper
  accept within 1 minutes
  within 2 minutes
  remind 1 minutes before
  if late tell lead
  if late by 1 minutes escalate to lead
step plan "Plan"
  after welcome
  responsible helper
  within 1 minutes
  if late tell lead
  outcome found "Found"
  outcome again "Again" reopens welcome at most 2 times
  review by lead within 1 minutes, may return at most 3 times
step visit "Visit"
  after plan
  responsible host
  within 3 minutes
  if late tell lead

ending settled "Settled"
  when visit is done
  counts as success

routine talk "How are our shared cases going?"
  for exchange
  every month
  responsible lead
  with all partners
routine look-back "What did this case teach us?"
  for feedback
  every 3 months
  responsible helper
  with all partners
routine yearly-review "Does working together help?"
  for evaluation
  every year
  responsible lead
  with all partners
)";

}  // namespace

void Door::open(const DaemonProcess& daemon) {
  const std::scoped_lock lock(mutex_);
  address_ = daemon.address();
  token_ = daemon.token();
}

std::pair<std::string, std::string> Door::place() const {
  const std::scoped_lock lock(mutex_);
  return {address_, token_};
}

namespace {

Reply ask(runtime::ClientRequest request) {
  const auto answer = runtime::request(request);
  if (!answer) {
    return {};
  }
  return {answer->status, Json::parse(answer->body, nullptr, false), answer->headers};
}

}  // namespace

Reply Door::get(const std::string& path) const {
  const auto [address, token] = place();
  return ask({.url = address + path, .headers = {{"Authorization", "Bearer " + token}}});
}

Reply Door::post(const std::string& path,
                 const Json& body,
                 std::vector<std::pair<std::string, std::string>> headers) const {
  const auto [address, token] = place();
  headers.emplace_back("Authorization", "Bearer " + token);
  return ask({.method = "POST",
              .url = address + path,
              .body = body.dump(),
              .headers = std::move(headers)});
}

Reply Door::act(Json command) const {
  if (!command.contains("case")) {
    return post("/v1/cases", command);
  }
  const auto path = "/v1/cases/" + command["case"].get<std::string>() + "/commands";
  command.erase("case");
  return post(path, command);
}

void register_people(const Door& door) {
  for (const std::string partner : {"office", "firm", "works"}) {
    const auto reply = door.post(
        "/v1/people",
        {{"person", "of-" + partner}, {"partner", partner}, {"roles", {"lead", "helper", "host"}}});
    if (!reply.done()) {
      throw std::runtime_error("not registered: " + reply.body.dump());
    }
  }
}

std::string open_case(const Door& door,
                      const std::string& command_id,
                      const std::string& happened) {
  Json command{{"protocol", "vigil"}, {"person", "of-office"}, {"command_id", command_id}};
  if (!happened.empty()) {
    command["happened"] = happened;
  }
  const auto reply = door.act(std::move(command));
  return reply.done() ? reply.body["case"].get<std::string>() : std::string();
}

std::filesystem::path write_vigil(const std::filesystem::path& folder) {
  auto file = folder / "vigil.proto-flow";
  std::ofstream(file) << kVigil;
  return file;
}

}  // namespace protoflow::testing
