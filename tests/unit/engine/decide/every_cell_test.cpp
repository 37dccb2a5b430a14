// Every command against every state of a step and of a case: allowed, or refused with its code.
// Tasks have their table in task_test.cpp, referrals and routines by their own states in
// decide_test.cpp and routine_test.cpp.
// The answers stand in golden/cells.txt, no cell left out; PROTOFLOW_UPDATE=1 writes them anew.
#include <algorithm>
#include <string>
#include <vector>

#include <gtest/gtest.h>

#include "tests/support/golden.hpp"
#include "tests/support/play.hpp"

namespace protoflow::engine {
namespace {

using tests::Play;

constexpr const char* kGolden = "tests/unit/engine/decide/golden/cells.txt";

// The step is reviewed; its reviewer has left one task.
constexpr const char* kHistory =
    "h0 coordinator open; h1 adviser take welcome; h10 adviser complete welcome as engaged with "
    "minor=no,french=A1; h20 adviser complete sharing-talk with sharing=yes; h30 adviser complete "
    "project; h40 coordinator approve project reserving because dates";

struct Said {
  CommandKind kind;
  const char* sentence;
};

// By whoever may do it, as far as the state does not stand in the way.
const std::vector<Said> kSaid = {
    {CommandKind::tick, "tick"},
    {CommandKind::open, "coordinator open"},
    {CommandKind::pause, "coordinator pause"},
    {CommandKind::resume_case, "coordinator resume_case"},
    {CommandKind::close, "beneficiary close left"},
    {CommandKind::take, "adviser take project"},
    {CommandKind::decline, "adviser decline project"},
    {CommandKind::release, "adviser release project"},
    {CommandKind::complete, "adviser complete project"},
    {CommandKind::hold, "adviser hold project"},
    {CommandKind::resume, "adviser resume project"},
    {CommandKind::begin_review, "coordinator begin_review project"},
    {CommandKind::recuse, "coordinator recuse project"},
    {CommandKind::approve, "coordinator approve project"},
    {CommandKind::give_back, "coordinator give_back project because dates"},
    {CommandKind::record, "adviser record with french=A2"},
    {CommandKind::refer, "adviser refer tutor to cafe"},
    {CommandKind::accept_referral, "tutor@cafe accept_referral tutor"},
    {CommandKind::decline_referral, "tutor@cafe decline_referral tutor"},
    {CommandKind::revoke_referral, "adviser revoke_referral tutor"},
    {CommandKind::delegate, "adviser delegate project to adviser#2"},
    {CommandKind::hand_over, "adviser hand_over project to foyer"},
    {CommandKind::accept_hand_over, "adviser@foyer accept_hand_over project"},
    {CommandKind::refuse_hand_over, "adviser@foyer refuse_hand_over project because full"},
    {CommandKind::take_back, "adviser take_back project"},
    {CommandKind::reopen_case, "coordinator reopen_case because mistaken"},
    {CommandKind::void_event, "coordinator void_event because wrong"},
    {CommandKind::correct_event, "coordinator correct_event with french=B1 because wrong"},
    {CommandKind::session_enrolled, "coordinator session_enrolled"},
    {CommandKind::session_waitlisted, "coordinator session_waitlisted"},
    {CommandKind::session_moved, "coordinator session_moved"},
    {CommandKind::session_left, "coordinator session_left"},
    {CommandKind::session_attended, "coordinator session_attended"},
    {CommandKind::session_reminded, "coordinator session_reminded"},
    {CommandKind::hold_routine, "adviser hold_routine"},
    {CommandKind::postpone_routine, "adviser postpone_routine because ill"},
    {CommandKind::remark, "adviser remark project because unclear"},
    {CommandKind::partner_agreed, "coordinator partner_agreed to circle"},
    {CommandKind::partner_lapsed, "coordinator partner_lapsed to foyer"},
    {CommandKind::withdraw_consent, "coordinator withdraw_consent sharing"},
    {CommandKind::person_absent, "coordinator person_absent adviser"},
    {CommandKind::person_returned, "coordinator person_returned adviser"},
    {CommandKind::person_removed, "coordinator person_removed adviser"},
    {CommandKind::partner_left, "coordinator partner_left circle"},
    {CommandKind::partner_joined, "coordinator partner_joined circle"},
    {CommandKind::transfer, "coordinator transfer mission to foyer"},
    {CommandKind::accept_transfer, "adviser@foyer accept_transfer mission"},
    {CommandKind::refuse_transfer, "adviser@foyer refuse_transfer mission because full"},
    {CommandKind::take_back_transfer, "coordinator take_back_transfer mission"},
};

// What no sentence says: errands come from a stream, a routine has its attendance and its date.
void complete(Command& command) {
  if (is_errand(command.kind)) {
    command.from = "session/s1";
    command.session = {0};
    command.occurrence = "s1";
    command.at = tests::hour(90);
    command.attendance = Attendance::present;
  }
  if (command.kind == CommandKind::hold_routine || command.kind == CommandKind::postpone_routine) {
    command.routine = {0};
    command.attended = {{0}};
    command.date = tests::hour(15 * 24);
  }
}

class Cells final {
 public:
  Cells() : play_(plan()) {
    play_.rehearse(kHistory);
    base_ = play_.state();
    for (auto& step : base_.steps) {
      step.due = step.review_due = step.offer_due = model::kNever;
    }
    base_.tasks[0].due = model::kNever;
    base_.unsigned_by = {model::find<model::PartnerId>(play_.plan().protocol.partners, "circle")};
    project_ = model::find<model::StepId>(play_.plan().protocol.steps, "project");
    base_.places = {{.step = project_, .occurrence = "s1", .at = tests::hour(80)}};
  }

  std::string answer(const CaseState& state, const char* sentence) {
    auto command = play_.command(sentence);
    complete(command);
    command.event = command.kind == CommandKind::correct_event ? state.informations[1].since_version
                                                               : state[project_].completed_version;
    const auto decision = decide(play_.plan(), asked(state, command), command, tests::hour(50));
    return decision
               ? "allowed"
               : std::string(kRefusalCodeNames[static_cast<std::size_t>(decision.error().code)]);
  }

  CaseState with(WorkState work, ReviewState review, ResponsibilityState responsibility) {
    auto state = base_;
    auto& step = state[project_];
    step.work = work;
    step.review = review;
    step.responsibility = responsibility;
    step.held_since = work == WorkState::held ? tests::hour(45) : model::kNever;
    if (responsibility != ResponsibilityState::with_person) {
      step.person = {};
    }
    if (responsibility == ResponsibilityState::handing_over) {
      step.receiver = tests::actor_of("adviser@foyer", play_.plan().protocol).partner;
      step.receiver_role = step.role;
    }
    return state;
  }

  CaseState with(CaseStatus status) {
    auto state = with(WorkState::taken, ReviewState::none, ResponsibilityState::with_person);
    state.status = status;
    state.closed = status == CaseStatus::closed ? tests::hour(45) : model::kNever;
    state.paused_since = status == CaseStatus::paused ? tests::hour(45) : model::kNever;
    state.ending = status == CaseStatus::closed ? model::EndingId{5} : model::EndingId{};
    state.closed_by_hand = status == CaseStatus::closed;
    return state;
  }

 private:
  // Who answers a referral has been asked.
  static CaseState asked(CaseState state, const Command& command) {
    if (command.kind >= CommandKind::accept_referral &&
        command.kind <= CommandKind::revoke_referral) {
      auto& binding = state.referrals[command.role.value];
      binding.state = ReferralState::requested;
      binding.partner = command.actor.partner;
    }
    return state;
  }

  static Plan plan() {
    auto path = tests::small_path();
    path.steps[4].hold = {10, model::DurationUnit::hours};
    path.steps[4].through = "workshop";
    path.sessions = {{.name = "workshop", .hosted_by = "teacher"}};
    auto plan = tests::plan_of(path);
    auto& p = plan.protocol;
    p.agreement = model::Agreement{.by_all_partners = true};
    p.routines = {{.name = "look-back",
                   .title = "look-back",
                   .every = {2, model::DurationUnit::weeks},
                   .for_each_case = true,
                   .responsible = model::find<model::RoleId>(p.roles, "adviser")}};
    return plan;
  }

  Play play_;
  CaseState base_;
  model::StepId project_;
};

template <class Names>
std::string name(const Names& names, std::size_t place) {
  return std::string(names[place]);
}

// One line where all cells below answer alike, which `*` says.
void add_work(std::string& text, Cells& cells, const Said& said, std::size_t work) {
  std::vector<std::vector<std::string>> answers(kReviewStateNames.size());
  bool alike = true;
  for (std::size_t review = 0; review < kReviewStateNames.size(); ++review) {
    for (std::size_t who = 0; who < kResponsibilityStateNames.size(); ++who) {
      const auto state = cells.with(static_cast<WorkState>(work),
                                    static_cast<ReviewState>(review),
                                    static_cast<ResponsibilityState>(who));
      answers[review].push_back(cells.answer(state, said.sentence));
      alike = alike && answers[review].back() == answers[0][0];
    }
  }
  const auto begin = name(kCommandKindNames, static_cast<std::size_t>(said.kind)) + " | " +
                     name(kWorkStateNames, work) + " | ";
  if (alike) {
    text += begin + "* | * | " + answers[0][0] + "\n";
    return;
  }
  for (std::size_t who = 0; who < kResponsibilityStateNames.size(); ++who) {
    bool all_reviews = true;
    for (const auto& row : answers) {
      all_reviews = all_reviews && row[who] == answers[0][who];
    }
    for (std::size_t review = 0; review < (all_reviews ? 1 : answers.size()); ++review) {
      text += begin + (all_reviews ? "*" : name(kReviewStateNames, review)) + " | " +
              name(kResponsibilityStateNames, who) + " | " + answers[review][who] + "\n";
    }
  }
}

std::string all_cells() {
  Cells cells;
  std::string text =
      "# Every command by whoever may do it: command | work of the step | review | responsibility "
      "| answer.\n";
  for (const auto& said : kSaid) {
    for (std::size_t work = 0; work < kWorkStateNames.size(); ++work) {
      add_work(text, cells, said, work);
    }
  }
  text += "\n# The same with the step in hand: command | status of the case | answer.\n";
  for (const auto& said : kSaid) {
    for (std::size_t status = 0; status < kCaseStatusNames.size(); ++status) {
      const auto state = cells.with(static_cast<CaseStatus>(status));
      text += name(kCommandKindNames, static_cast<std::size_t>(said.kind)) + " | " +
              name(kCaseStatusNames, status) + " | " + cells.answer(state, said.sentence) + "\n";
    }
  }
  return text;
}

TEST(EveryCell, AnswersAsTheTableSays) {
  const auto text = all_cells();

  EXPECT_EQ(text, tests::golden(kGolden, text));
}

// Those of sessions and partnerships have tables of their own: decide_session_test.cpp and
// partnership_test.cpp; and what comes over to another version, migrate_test.cpp.
bool is_of_a_case(CommandKind kind) {
  const bool of_a_session = kind >= CommandKind::plan_session && kind <= CommandKind::close_session;
  const bool of_a_partnership =
      kind >= CommandKind::found_partnership && kind <= CommandKind::leave_partnership;
  return !of_a_session && !of_a_partnership && kind != CommandKind::migrate;
}

TEST(EveryCell, IsSaidOfEveryCommandOfACase) {
  for (std::size_t i = 0; i < kCommandKindNames.size(); ++i) {
    const auto kind = static_cast<CommandKind>(i);
    const auto said = std::ranges::count(kSaid, kind, &Said::kind);
    EXPECT_EQ(said, is_of_a_case(kind) ? 1 : 0) << kCommandKindNames[i];
  }
}

}  // namespace
}  // namespace protoflow::engine
