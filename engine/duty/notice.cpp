#include "engine/duty/notice.hpp"

#include <algorithm>

#include "engine/condition/condition.hpp"
#include "engine/duty/holder.hpp"
#include "engine/duty/reviewers.hpp"
#include "engine/routine/routine_notice.hpp"

namespace protoflow::engine {

namespace {

enum class To : std::uint8_t {
  accountable,   // whoever answers for the step now
  owing,         // whoever owes what the moved due instant is of: a step or an answer
  responsible,   // the step's responsible role, whoever had it last
  doer,          // the person who took it
  reviewers,     // the roles that review it
  unheard,       // reviewers who are not asked any more
  told,          // the role that the event names
  coordination,  // the coordinating role
  informed,      // the step's `informs`
  chooser,       // the role that asked a partner
  asked,         // the partner that was asked
  everyone,      // everyone with a part in the case
  receiver,      // the partner that the step is, or was to be, handed over to
  giver,         // the partner that has handed it over
  task,          // whoever answers for the task now
  working,       // whoever answers for the step, when it is open
  place,         // whoever answers for the step, and the beneficiary
  askers,        // the roles whose steps ask for the consent
};

struct Rule {
  EventKind when;
  To to;
  NoticeKind kind;
};

// clang-format off
constexpr auto kRules = std::to_array<Rule>({
    {EventKind::step_offered,       To::accountable,  NoticeKind::offered},
    {EventKind::step_assigned,      To::accountable,  NoticeKind::offered},
    {EventKind::step_released,      To::accountable,  NoticeKind::offered},
    {EventKind::step_declined,      To::accountable,  NoticeKind::offered},
    {EventKind::step_declined,      To::coordination, NoticeKind::declined},
    {EventKind::step_offer_expired, To::accountable,  NoticeKind::offered},
    {EventKind::step_offer_expired, To::coordination, NoticeKind::declined},
    {EventKind::step_answered_late, To::giver,        NoticeKind::answered_late},
    {EventKind::step_reminded,      To::accountable,  NoticeKind::reminder},
    {EventKind::step_late,          To::accountable,  NoticeKind::late},
    {EventKind::lateness_told,      To::told,         NoticeKind::late},
    {EventKind::step_escalated,     To::accountable,  NoticeKind::escalated},
    {EventKind::step_escalated,     To::doer,         NoticeKind::taken_over},
    {EventKind::deadline_moved,     To::owing,        NoticeKind::deadline_moved},
    {EventKind::step_settled,       To::doer,         NoticeKind::withdrawn},
    {EventKind::step_settled,       To::informed,     NoticeKind::informed},
    {EventKind::step_withdrawn,     To::doer,         NoticeKind::withdrawn},
    {EventKind::step_reopened,      To::responsible,  NoticeKind::reopened},
    {EventKind::step_completed,     To::reviewers,    NoticeKind::review_requested},
    {EventKind::step_completed,     To::informed,     NoticeKind::informed},
    {EventKind::review_recused,     To::reviewers,    NoticeKind::review_requested},
    {EventKind::review_returned,    To::doer,         NoticeKind::returned},
    {EventKind::review_approved,    To::doer,         NoticeKind::approved},
    {EventKind::review_approved,    To::informed,     NoticeKind::informed},
    {EventKind::review_assigned,    To::reviewers,    NoticeKind::review_requested},
    {EventKind::review_late,        To::reviewers,    NoticeKind::review_late},
    {EventKind::review_late,        To::told,         NoticeKind::review_late},
    {EventKind::referral_requested, To::asked,        NoticeKind::referral_requested},
    {EventKind::referral_accepted,  To::chooser,      NoticeKind::referral_accepted},
    {EventKind::referral_accepted,  To::asked,        NoticeKind::referral_accepted},
    {EventKind::referral_declined,  To::chooser,      NoticeKind::referral_declined},
    {EventKind::referral_declined,  To::asked,        NoticeKind::referral_declined},
    {EventKind::referral_expired,   To::chooser,      NoticeKind::referral_expired},
    {EventKind::referral_expired,   To::asked,        NoticeKind::referral_expired},
    {EventKind::referral_revoked,   To::chooser,      NoticeKind::referral_revoked},
    {EventKind::referral_revoked,   To::asked,        NoticeKind::referral_revoked},
    {EventKind::case_stalled,       To::told,         NoticeKind::stalled},
    {EventKind::follow_ups_left_out, To::told,        NoticeKind::follow_ups_left_out},
    {EventKind::case_closed,        To::everyone,     NoticeKind::closed},
    {EventKind::step_delegated,     To::accountable,  NoticeKind::delegated},
    {EventKind::delegation_ended,   To::accountable,  NoticeKind::delegation_ended},
    {EventKind::hand_over_proposed, To::receiver,     NoticeKind::hand_over_proposed},
    {EventKind::hand_over_accepted, To::giver,        NoticeKind::hand_over_accepted},
    {EventKind::hand_over_accepted, To::coordination, NoticeKind::hand_over_accepted},
    {EventKind::hand_over_refused,  To::accountable,  NoticeKind::hand_over_refused},
    {EventKind::hand_over_expired,  To::accountable,  NoticeKind::hand_over_refused},
    {EventKind::task_opened,        To::task,         NoticeKind::task_offered},
    {EventKind::task_released,      To::task,         NoticeKind::task_offered},
    {EventKind::task_assigned,      To::task,         NoticeKind::task_offered},
    {EventKind::task_declined,      To::task,         NoticeKind::task_offered},
    {EventKind::task_declined,      To::coordination, NoticeKind::task_declined},
    {EventKind::task_late,          To::task,         NoticeKind::task_late},
    {EventKind::task_late,          To::told,         NoticeKind::task_late},
    {EventKind::task_completed,     To::coordination, NoticeKind::task_done},
    {EventKind::task_withdrawn,     To::task,         NoticeKind::task_withdrawn},
    {EventKind::case_reopened,      To::everyone,     NoticeKind::case_reopened},
    {EventKind::step_restored,      To::working,      NoticeKind::restored},
    {EventKind::event_voided,       To::doer,         NoticeKind::corrected},
    {EventKind::event_voided,       To::coordination, NoticeKind::corrected},
    {EventKind::event_corrected,    To::doer,         NoticeKind::corrected},
    {EventKind::event_corrected,    To::coordination, NoticeKind::corrected},
    {EventKind::session_enrolled,   To::place,        NoticeKind::place_given},
    {EventKind::session_waitlisted, To::place,        NoticeKind::place_awaited},
    {EventKind::session_moved,      To::place,        NoticeKind::session_moved},
    {EventKind::session_reminded,   To::place,        NoticeKind::session_reminder},
    {EventKind::remark_made,        To::coordination, NoticeKind::remark_made},
    {EventKind::step_stopped,       To::doer,         NoticeKind::stopped},
    {EventKind::step_started_again, To::accountable,  NoticeKind::offered},
    {EventKind::consent_withdrawn,  To::askers,       NoticeKind::consent_withdrawn},
    {EventKind::consent_withdrawn,  To::coordination, NoticeKind::consent_withdrawn},
    {EventKind::consent_reminded,   To::askers,       NoticeKind::consent_reminder},
    {EventKind::consent_expired,    To::askers,       NoticeKind::consent_expired},
    {EventKind::step_left,          To::accountable,  NoticeKind::left},
    {EventKind::step_left,          To::coordination, NoticeKind::left},
    {EventKind::step_regained,      To::accountable,  NoticeKind::regained},
    {EventKind::review_approved,    To::unheard,      NoticeKind::review_over},
    {EventKind::review_returned,    To::unheard,      NoticeKind::review_over},
    {EventKind::case_migrated,      To::everyone,     NoticeKind::migrated},
    {EventKind::transfer_proposed,  To::receiver,     NoticeKind::transfer_proposed},
    {EventKind::transfer_accepted,  To::giver,        NoticeKind::transfer_accepted},
    {EventKind::transfer_accepted,  To::coordination, NoticeKind::transfer_accepted},
    {EventKind::transfer_refused,   To::giver,        NoticeKind::transfer_refused},
    {EventKind::transfer_refused,   To::coordination, NoticeKind::transfer_refused},
    {EventKind::transfer_taken_back, To::receiver,    NoticeKind::transfer_ended},
    {EventKind::role_transferred,   To::chooser,      NoticeKind::role_transferred},
    {EventKind::review_recused,     To::told,         NoticeKind::review_late},
});

// clang-format on

class Letters {
 public:
  Letters(const model::Protocol& protocol, const CaseState& state, const Event& event)
      : protocol_(protocol), state_(state), event_(event) {}

  std::vector<Notice> take() { return std::move(list_); }

  void write(const Rule& rule) {
    switch (rule.to) {
      case To::accountable:
        return to_accountable(rule.kind);
      case To::owing:
        return to_owing(rule.kind);
      case To::responsible:
        return to_role(rule.kind, protocol_[event_.step].responsible);
      case To::doer:
        return to_doer(rule.kind);
      case To::reviewers:
        return to_reviewers(rule.kind);
      case To::unheard:
        return to_unheard(rule.kind);
      case To::told:
        return to_role(rule.kind, event_.told);
      case To::coordination:
        return to_role(rule.kind, protocol_.coordinated_by);
      case To::informed:
        return to_informed(rule.kind);
      case To::chooser:
        return to_role(rule.kind, protocol_[event_.binding].chooser);
      case To::asked:
        return to_asked(rule.kind);
      case To::everyone:
        return to_everyone(rule.kind);
      case To::receiver:
        return to_receiver(rule.kind);
      case To::giver:
        return add({.kind = rule.kind, .role = event_.told, .partner = event_.giver});
      case To::task:
        return to_task(rule.kind);
      case To::working:
        return is_open(state_[event_.step].work) ? to_accountable(rule.kind) : void();
      case To::place:
        return to_place(rule.kind);
      case To::askers:
        return to_askers(rule.kind);
    }
  }

  // Who gave the place back knows it; so does whoever hears that the step is done.
  void write_of_attendance() {
    if (event_.kind == EventKind::session_left && event_.why != "not_needed") {
      to_place(NoticeKind::place_lost);
    } else if (event_.why == "outcome_needed") {
      to_accountable(NoticeKind::attended);
    } else if (event_.why == "enrol_again") {
      to_accountable(NoticeKind::not_attended);
    } else if (event_.why == "settled") {
      to_accountable(NoticeKind::attendance_corrected);
    }
  }

  // A hand-over ends without its receiver's answer in many ways: a deadline, an ending, a change of
  // mind.
  void write_end_of_hand_over() {
    const bool answered = event_.kind == EventKind::hand_over_accepted ||
                          event_.kind == EventKind::hand_over_refused ||
                          event_.kind == EventKind::hand_over_proposed;
    if (event_.step.known() && event_.receiver.known() && !answered) {
      to_receiver(NoticeKind::hand_over_ended);
    }
  }

 private:
  void to_accountable(NoticeKind kind) {
    const auto& step = state_[event_.step];
    add({.kind = kind,
         .role = step.role,
         .partner = step.partner,
         .person = std::string(state_.person(step.person)),
         .due = step.due});
  }

  void to_asked(NoticeKind kind) {
    const auto& binding = state_.referrals[event_.binding.value];
    add({.kind = kind,
         .role = event_.binding,
         .partner = binding.partner,
         .due = event_.due.value_or(model::kNever)});
  }

  // A clock that started again without a due instant of its own is nothing to be told of.
  void to_owing(NoticeKind kind) {
    if (event_.due && event_.binding.known()) {
      to_asked(kind);
    } else if (event_.due) {
      to_accountable(kind);
    } else if (event_.review_due) {
      to_reviewers(kind);
    }
  }

  void to_receiver(NoticeKind kind) {
    add({.kind = kind,
         .role = event_.receiver_role,
         .partner = event_.receiver,
         .due = event_.hand_over_due.value_or(model::kNever)});
  }

  void to_place(NoticeKind kind) {
    const auto& step = state_[event_.step];
    const auto at = event_.at.value_or(model::kNever);
    add({.kind = kind,
         .role = step.role,
         .partner = step.partner,
         .person = std::string(state_.person(step.person)),
         .due = at});
    const auto answers = holder(protocol_, state_, model::kBeneficiary);
    add({.kind = kind, .role = model::kBeneficiary, .partner = answers.partner, .due = at});
  }

  [[nodiscard]] std::uint16_t sessions_missed() const {
    return static_cast<std::uint16_t>(std::ranges::count_if(state_.places, [&](const Place& place) {
      return place.step == event_.step && place.attendance &&
             *place.attendance != Attendance::present;
    }));
  }

  void to_task(NoticeKind kind) {
    if (const auto* task = find_task(state_.tasks, event_.task); task != nullptr) {
      add({.kind = kind,
           .role = task->role,
           .partner = task->partner,
           .person = task->person,
           .due = task->due});
    }
  }

  // Nobody is told of the end of work that nobody had begun or been offered.
  void to_doer(NoticeKind kind) {
    if (!event_.step.known()) {
      return;
    }
    const auto& step = state_[event_.step];
    const auto partner = step.doer_partner.known() ? step.doer_partner : step.partner;
    if (partner.known()) {
      add({.kind = kind,
           .role = protocol_[event_.step].responsible,
           .partner = partner,
           .person = step.doer_partner.known() ? std::string(state_.person(step.doer)) : "",
           .due = step.due});
    }
  }

  // Of several, those whom the event concerns; an event of the whole review concerns all who have
  // not judged.
  void to_reviewers(NoticeKind kind) {
    const auto& review = protocol_[event_.step].review;
    const auto& step = state_[event_.step];
    if (!review || step.work != WorkState::in_review) {
      return;
    }
    for (const auto& reviewer : reviewers_of(protocol_, state_, event_.step)) {
      const bool concerned =
          event_.reviewers.empty() ||
          std::ranges::find(event_.reviewers, reviewer.role, &ReviewerChange::role) !=
              event_.reviewers.end();
      if (concerned && !has_judged(reviewer)) {
        add({.kind = kind,
             .role = reviewer.role,
             .partner = reviewer.partner,
             .due = step.review_due});
      }
    }
  }

  // The review has ended without them.
  void to_unheard(NoticeKind kind) {
    for (const auto& change : event_.reviewers) {
      if (change.review == ReviewState::none) {
        add({.kind = kind, .role = change.role, .partner = change.partner});
      }
    }
  }

  void to_role(NoticeKind kind, model::RoleId role) {
    if (role.known()) {
      const auto answers = holder(protocol_, state_, role);
      add({.kind = kind, .role = role, .partner = answers.partner});
    }
  }

  // Whoever wished to know hears of the end of the step, not of each attempt nor of each round.
  void to_informed(NoticeKind kind) {
    const auto& step = protocol_[event_.step];
    const auto& now = state_[event_.step];
    const bool ends = now.outcome.known() && step.outcomes[now.outcome.value].ends_case.known();
    const bool is_over = event_.why == "repeat" || ends || !will_repeat(step, now, state_);
    if (now.work == WorkState::done && is_over) {
      for (const auto role : protocol_[event_.step].informs) {
        to_role(kind, role);
      }
    }
  }

  void to_everyone(NoticeKind kind) {
    to_role(kind, protocol_.coordinated_by);
    for (const auto& step : state_.steps) {
      if (step.role.known() && step.role != model::kBeneficiary) {
        add({.kind = kind, .role = step.role, .partner = step.partner});
      }
    }
    to_role(kind, model::kBeneficiary);
  }

  void to_askers(NoticeKind kind) {
    for (const auto& step : protocol_.steps) {
      if (step.asks_consent == event_.consent) {
        const auto answers = holder(protocol_, state_, step.responsible);
        add({.kind = kind,
             .role = step.responsible,
             .partner = answers.partner,
             .due = state_.consent_terms[event_.consent.value].until});
      }
    }
  }

  void add(Notice notice) {
    const auto same = [&](const Notice& other) {
      return other.kind == notice.kind && other.role == notice.role &&
             other.partner == notice.partner && other.person == notice.person;
    };
    if (list_.size() == kNoticesPerEventMax || std::ranges::any_of(list_, same)) {
      return;
    }
    notice.step = event_.step;
    notice.binding = event_.binding;
    notice.consent = event_.consent;
    notice.ending = event_.ending;
    notice.task = event_.task;
    notice.source = event_.source;
    notice.session = event_.session;
    notice.about = event_.giver;
    if (notice.kind == NoticeKind::not_attended) {
      notice.missed = sessions_missed();
    }
    list_.push_back(std::move(notice));
  }

  const model::Protocol& protocol_;
  const CaseState& state_;
  const Event& event_;
  std::vector<Notice> list_;
};

}  // namespace

std::vector<Notice> notices(const model::Protocol& protocol,
                            const CaseState& state,
                            const Event& event) {
  if (event.routine.known() && event.kind != EventKind::remark_made) {
    const WhoAnswers answers = [&](model::RoleId role) { return holder(protocol, state, role); };
    return routine_notices(protocol, state.routines[event.routine.value], event, answers);
  }
  Letters letters(protocol, state, event);
  for (const auto& rule : kRules) {
    if (rule.when == event.kind) {
      letters.write(rule);
    }
  }
  letters.write_end_of_hand_over();
  if (event.kind == EventKind::session_left || event.kind == EventKind::session_attended) {
    letters.write_of_attendance();
  }
  return letters.take();
}

}  // namespace protoflow::engine
