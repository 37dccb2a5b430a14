#include "tests/bench/twelve_steps.hpp"

#include <array>

#include "engine/log/meaning_hash.hpp"
#include "tests/support/protocol_builder.hpp"

namespace protoflow::bench {

namespace {

using engine::CommandKind;
using tests::settled;
using tests::StepSpec;

constexpr std::uint32_t kPersonsOfAPartner = 500;

StepSpec step(std::string name, std::string responsible, tests::Wanted after) {
  return {.name = std::move(name),
          .responsible = std::move(responsible),
          .after = std::move(after),
          .deadlines = {{.within = {10, model::DurationUnit::working_days}}}};
}

tests::ProtocolSpec path() {
  tests::ProtocolSpec path{.name = "twelve-steps"};
  path.roles = {{.name = "coordinator", .partners = {"mission-locale"}},
                {.name = "adviser", .partners = {"mission-locale", "association"}},
                {.name = "teacher", .partners = {"language-school"}},
                {.name = "employer", .partners = {"network-of-employers"}}};
  path.steps = {
      step("welcome", "adviser", {}),
      step("assessment", "adviser", settled("welcome")),
      step("agreement", "adviser", settled("assessment")),
      step("language-test", "teacher", settled("agreement")),
      step("language-course", "teacher", settled("language-test")),
      step("language-review", "teacher", settled("language-course")),
      step("visit", "employer", settled("agreement")),
      step("internship", "employer", settled("visit")),
      step("interview", "employer", settled("internship")),
      step("summary", "adviser", tests::all_of({settled("language-review"), settled("interview")})),
      step("contract", "employer", settled("summary")),
      step("farewell", "adviser", settled("contract"))};
  path.steps[9].review = tests::ReviewSpec{.by = "coordinator", .returns_max = 1};
  path.endings = {{.name = "autonomous", .when = settled("farewell")},
                  {.name = "left", .at_any_time_by = "coordinator"}};
  return path;
}

// Both days of the year on which clocks change, roughly where they are: what matters is the work of
// looking them up.
model::ZoneTable paris() {
  model::ZoneTable zone{.name = "Europe/Paris", .rows = {}};
  for (int year = 2010; year < 2038; ++year) {
    using std::chrono::hours;
    const std::chrono::year y(year);
    zone.rows.push_back({std::chrono::sys_days{y / 3 / 28} + hours(1), hours(2)});
    zone.rows.push_back({std::chrono::sys_days{y / 10 / 31} + hours(1), hours(1)});
  }
  return zone;
}

std::vector<model::ClosedDay> closed_days() {
  std::vector<model::ClosedDay> days;
  constexpr std::array<std::pair<unsigned, unsigned>, 8> kDays = {
      {{1, 1}, {5, 1}, {5, 8}, {7, 14}, {8, 15}, {11, 1}, {11, 11}, {12, 25}}};
  for (int year = 2026; year < 2030; ++year) {
    for (const auto& [month, day] : kDays) {
      days.push_back({std::chrono::sys_days{std::chrono::year(year) / std::chrono::month(month) /
                                            std::chrono::day(day)},
                      "closed"});
    }
  }
  return days;
}

void add(TwelveSteps& steps, CommandKind kind, std::uint16_t step, model::RoleId role) {
  const auto& protocol = steps.plan.protocol;
  engine::Command act{.kind = kind, .step = {step}};
  act.actor = {.person = {}, .partner = protocol[role].partners[0], .role = role, .plays = {role}};
  act.reason = kind == CommandKind::give_back ? "the points to mend" : "";
  steps.acts.push_back(std::move(act));
}

}  // namespace

TwelveSteps twelve_steps() {
  TwelveSteps steps{.plan = tests::plan_of(path()), .acts = {}};
  auto& protocol = steps.plan.protocol;
  protocol.time_zone = "Europe/Paris";
  protocol.calendar.closed = closed_days();
  steps.plan.work_time = {.calendar = protocol.calendar, .zone = paris()};
  steps.plan.meaning_hash = engine::meaning_hash(protocol);
  const auto coordinator = protocol.coordinated_by;
  add(steps, CommandKind::open, 0, coordinator);
  steps.acts.back().step = {};
  for (std::uint16_t place = 0; place < protocol.steps.size(); ++place) {
    const auto& step = protocol.steps[place];
    add(steps, CommandKind::take, place, step.responsible);
    add(steps, CommandKind::complete, place, step.responsible);
    if (step.review) {
      add(steps, CommandKind::begin_review, place, coordinator);
      add(steps, CommandKind::give_back, place, coordinator);
      add(steps, CommandKind::complete, place, step.responsible);
      add(steps, CommandKind::approve, place, coordinator);
    }
  }
  return steps;
}

model::Instant instant_of(std::size_t opening, std::size_t act) {
  using std::chrono::milliseconds;
  constexpr model::Instant kFirst =
      std::chrono::sys_days{std::chrono::year{2027} / 1 / 4} + std::chrono::hours(8);
  const auto odd = milliseconds(7919 * opening + 1237 * act);  // nobody acts on the full hour
  return kFirst + std::chrono::hours(22 * opening + 5 * act) + odd;
}

void name_persons(engine::Command& command, std::uint32_t case_number) {
  const std::uint32_t number = (case_number * 7 + command.actor.role.value) % kPersonsOfAPartner;
  auto& person = command.actor.person;
  person = "p-0-000";
  person[2] = static_cast<char>('0' + command.actor.partner.value);
  person[4] = static_cast<char>('0' + number / 100);
  person[5] = static_cast<char>('0' + number / 10 % 10);
  person[6] = static_cast<char>('0' + number % 10);
  if (command.kind == CommandKind::open) {
    command.beneficiary = "b-" + std::to_string(1'000'000'000 + case_number);
  }
}

void write_stream(std::string& stream, std::uint32_t case_number) {
  constexpr std::string_view kLetters = "abcdefghijkmnpqrstuvwxyz23456789";
  stream = "case/";
  std::uint64_t rest = (case_number + 1) * 0x9E37'79B9'7F4A'7C15U;  // odd: no two are the same
  for (int i = 0; i < 13; ++i) {
    stream += kLetters[rest % kLetters.size()];
    rest /= kLetters.size();
  }
}

}  // namespace protoflow::bench
