#include "runtime/mail/asked.hpp"

#include <algorithm>
#include <array>

#include <nlohmann/json.hpp>

#include "engine/decide/late_answer.hpp"
#include "engine/duty/duty.hpp"
#include "runtime/people/duty_of.hpp"

namespace protoflow::runtime {

namespace {

using Json = nlohmann::ordered_json;

struct Ask {
  AskKind kind;
  std::string_view name;
  engine::NoticeKind notice;
  engine::DutyKind duty;
  std::string_view yes, no;
};

// clang-format off
constexpr auto kAsks = std::to_array<Ask>({
    {AskKind::step,      "step",      engine::NoticeKind::offered,            engine::DutyKind::step,    "take",             "decline"},
    {AskKind::review,    "review",    engine::NoticeKind::review_requested,   engine::DutyKind::review,  "begin_review",     "recuse"},
    {AskKind::task,      "task",      engine::NoticeKind::task_offered,       engine::DutyKind::task,    "take",             "decline"},
    {AskKind::referral,  "referral",  engine::NoticeKind::referral_requested, engine::DutyKind::answer,  "accept_referral",  "decline_referral"},
    {AskKind::hand_over, "hand_over", engine::NoticeKind::hand_over_proposed, engine::DutyKind::receive, "accept_hand_over", "refuse_hand_over"},
});
// clang-format on

const Ask& ask_of(AskKind kind) {
  return kAsks[static_cast<std::size_t>(kind)];
}

std::string name_in(const auto& list, auto id) {
  return id.known() ? list[id].name : std::string();
}

bool is_about(const engine::Duty& duty, const Asked& asked, const model::Protocol& protocol) {
  return duty.kind == ask_of(asked.kind).duty && name_in(protocol, duty.step) == asked.step &&
         duty.task == asked.task &&
         (asked.kind != AskKind::referral || name_in(protocol, duty.binding) == asked.role) &&
         (asked.kind != AskKind::review || name_in(protocol, duty.role) == asked.role);
}

// Whoever was asked first may still take a step that nobody has taken.
bool may_answer(const engine::Duty& duty, const CaseFile& file, const Person& person) {
  const auto& protocol = file.plan->protocol;
  return is_for(duty, person, protocol) ||
         (duty.kind == engine::DutyKind::step &&
          engine::turn_before(protocol, file.state, duty.step, actor_of(person, protocol)));
}

AskState state_of(const engine::Duty& duty, const CaseFile& file, const Person& person) {
  if (duty.person == person.id) {
    return duty.work == engine::WorkState::offered ? AskState::open : AskState::theirs;
  }
  if (!duty.person.empty()) {
    return AskState::taken;
  }
  return may_answer(duty, file, person) ? AskState::open : AskState::over;
}

}  // namespace

std::optional<Asked> asked_by(engine::NoticeKind kind,
                              std::string_view stream,
                              std::string_view notice) {
  const auto* const ask = std::ranges::find(kAsks, kind, &Ask::notice);
  const auto json = Json::parse(notice, nullptr, false);
  if (ask == kAsks.end() || !stream.starts_with(kCasePrefix) || !json.is_object()) {
    return std::nullopt;
  }
  Asked asked{.kind = ask->kind,
              .stream = std::string(stream),
              .step = json.value("step", ""),
              .task = json.value("task", "")};
  if (asked.kind == AskKind::review) {
    asked.role = json.value("role", "");
  } else if (asked.kind == AskKind::referral) {
    asked.role = json.value("binding", "");
  }
  return asked;
}

std::string asked_json(const Asked& asked) {
  Json json{{"kind", ask_of(asked.kind).name}, {"stream", asked.stream}};
  for (const auto& [name, value] :
       {std::pair{"step", &asked.step}, {"task", &asked.task}, {"role", &asked.role}}) {
    if (!value->empty()) {
      json[name] = *value;
    }
  }
  return json.dump();
}

std::optional<Asked> read_asked(std::string_view text) {
  const auto json = Json::parse(text, nullptr, false);
  if (!json.is_object()) {
    return std::nullopt;
  }
  const auto* const ask = std::ranges::find(kAsks, json.value("kind", ""), &Ask::name);
  if (ask == kAsks.end()) {
    return std::nullopt;
  }
  return Asked{.kind = ask->kind,
               .stream = json.value("stream", ""),
               .step = json.value("step", ""),
               .task = json.value("task", ""),
               .role = json.value("role", "")};
}

std::string_view command_of(AskKind kind, bool yes) {
  return yes ? ask_of(kind).yes : ask_of(kind).no;
}

Asking asking_of(const Asked& asked, const CaseFile& file, const Person& person) {
  const auto& protocol = file.plan->protocol;
  Asking asking;
  for (const auto& duty : engine::duties(protocol, file.state)) {
    if (!is_about(duty, asked, protocol)) {
      continue;
    }
    const auto state = state_of(duty, file, person);
    if (asking.state == AskState::over || state == AskState::open) {
      asking = {state, duty.due};
    }
  }
  return asking;
}

std::string title_of(const Asked& asked, const model::Protocol& protocol) {
  if (!asked.task.empty()) {
    return asked.task;
  }
  const auto step = model::find<model::StepId>(protocol.steps, asked.step);
  if (step.known()) {
    return protocol[step].title;
  }
  const auto role = model::find<model::RoleId>(protocol.roles, asked.role);
  return role.known() ? protocol[role].title : std::string();
}

}  // namespace protoflow::runtime
