#include <gtest/gtest.h>

#include "engine/lifecycle/case_life.hpp"
#include "engine/lifecycle/referral.hpp"
#include "engine/lifecycle/responsibility.hpp"
#include "engine/lifecycle/review.hpp"
#include "engine/lifecycle/time.hpp"
#include "engine/lifecycle/work.hpp"

// What the lifecycles promise, said once more in words: the rows could be changed by mistake, these
// claims only on purpose.
namespace protoflow::engine {
namespace {

template <class State, class Event, class Names, class EventNames, class Visit>
void for_each_cell(const Names& states, const EventNames& events, std::uint8_t all, Visit visit) {
  for (std::size_t state = 0; state < states.size(); ++state) {
    for (std::size_t event = 0; event < events.size(); ++event) {
      for (unsigned facts = 0; facts <= all; ++facts) {
        visit(
            static_cast<State>(state), static_cast<Event>(event), static_cast<std::uint8_t>(facts));
      }
    }
  }
}

TEST(Work, TellsWhatIsImpossibleFromWhatIsRefused) {
  EXPECT_EQ(work(WorkState::waiting, WorkEvent::take, 15).verdict, Verdict::impossible);
  EXPECT_EQ(work(WorkState::taken, WorkEvent::hold, 0).verdict, Verdict::refused);
  EXPECT_EQ(work(WorkState::taken, WorkEvent::hold, work_fact::may_hold).verdict,
            Verdict::possible);
}

TEST(Work, KeepsItsStateAndHasNoEffectUnlessPossible) {
  for_each_cell<WorkState, WorkEvent>(
      kWorkStateNames, kWorkEventNames, work_fact::all, [](auto state, auto event, auto facts) {
        const auto cell = work(state, event, facts);
        if (cell.verdict != Verdict::possible) {
          EXPECT_EQ(cell.next, state);
          EXPECT_EQ(cell.effects, 0);
        }
      });
}

TEST(Work, SettlesExactlyWhenItBecomesSettled) {
  for_each_cell<WorkState, WorkEvent>(
      kWorkStateNames, kWorkEventNames, work_fact::all, [](auto state, auto event, auto facts) {
        const auto cell = work(state, event, facts);
        const bool becomes_settled = !is_settled(state) && is_settled(cell.next);
        EXPECT_EQ((cell.effects & work_effect::settles) != 0, becomes_settled);
      });
}

TEST(Work, IsNeverDoneByItsDoerAloneWhenItHasAReview) {
  for (const WorkState state : {WorkState::offered, WorkState::taken}) {
    const auto cell = work(state, WorkEvent::complete, work_fact::has_review);
    EXPECT_EQ(cell.next, WorkState::in_review);
    EXPECT_EQ(cell.effects, work_effect::ask_review);
  }
}

bool restores(WorkEvent event) {
  return event >= WorkEvent::restore_waiting && event <= WorkEvent::restore_in_review;
}

TEST(Work, OnceSettledIsOnlyReopenedAndOnlyWhileRoundsAreLeft) {
  for (const WorkState state : {WorkState::done, WorkState::not_needed, WorkState::withdrawn}) {
    for (std::size_t event = 0; event < kWorkEventNames.size(); ++event) {
      const auto cell = work(state, static_cast<WorkEvent>(event), work_fact::all);
      const bool is_reopening = static_cast<WorkEvent>(event) == WorkEvent::reopen;
      const bool comes_back =
          state == WorkState::withdrawn ? restores(static_cast<WorkEvent>(event)) : is_reopening;
      EXPECT_EQ(cell.verdict == Verdict::possible, comes_back);
    }
    EXPECT_NE(work(state, WorkEvent::reopen, 0).verdict, Verdict::possible);
  }
}

TEST(Work, IgnoresFactsAndStatesThatItDoesNotKnow) {
  EXPECT_EQ(work(WorkState::waiting, WorkEvent::offer, 0xF0).next, WorkState::offered);
  EXPECT_EQ(work(static_cast<WorkState>(99), WorkEvent::offer, 0).verdict, Verdict::impossible);
  EXPECT_EQ(work(WorkState::waiting, static_cast<WorkEvent>(99), 0).verdict, Verdict::impossible);
}

TEST(Time, OfWhatWasDoneOnTimeAndRecordedLateIsMet) {
  for (const TimeState state : {TimeState::late, TimeState::escalated}) {
    EXPECT_EQ(time(state, TimeEvent::finish, time_fact::in_time).next, TimeState::met);
    EXPECT_EQ(time(state, TimeEvent::finish, 0).next, TimeState::met_late);
  }
}

TEST(Time, IsLateOnlyByAnInstantThatPassed) {
  for_each_cell<TimeState, TimeEvent>(
      kTimeStateNames, kTimeEventNames, time_fact::all, [](auto state, auto event, auto facts) {
        if (state != TimeState::late && time(state, event, facts).next == TimeState::late) {
          const bool was_late_before = event == TimeEvent::restore_late;
          EXPECT_TRUE(event == TimeEvent::fall_due || was_late_before);
        }
      });
}

TEST(Responsibility, IsNobodysOnlyOnceClosed) {
  for_each_cell<ResponsibilityState, ResponsibilityEvent>(
      kResponsibilityStateNames,
      kResponsibilityEventNames,
      responsibility_fact::all,
      [](auto state, auto event, auto facts) {
        if (state != ResponsibilityState::idle && event != ResponsibilityEvent::close) {
          EXPECT_NE(responsibility(state, event, facts).next, ResponsibilityState::idle);
        }
      });
}

TEST(Responsibility, StaysWithTheGiverWhenTheReceiverRefuses) {
  const auto refused = [](std::uint8_t facts) {
    return responsibility(ResponsibilityState::handing_over, ResponsibilityEvent::refuse, facts)
        .next;
  };
  EXPECT_EQ(refused(responsibility_fact::by_name), ResponsibilityState::with_person);
  EXPECT_EQ(refused(0), ResponsibilityState::with_role);
}

TEST(Responsibility, IsNeverStuckInAHandOver) {
  for (const auto event : {ResponsibilityEvent::assign, ResponsibilityEvent::close}) {
    EXPECT_EQ(responsibility(ResponsibilityState::handing_over, event, 0).verdict,
              Verdict::possible);
  }
}

TEST(Responsibility, IsTakenOnlyByWhoPlaysTheRole) {
  EXPECT_EQ(responsibility(ResponsibilityState::with_role, ResponsibilityEvent::take, 0).verdict,
            Verdict::refused);
}

TEST(Review, IsApprovedBySomeoneAndNeverBySilenceNorByTheDoer) {
  for_each_cell<ReviewState, ReviewEvent>(
      kReviewStateNames,
      kReviewEventNames,
      review_fact::all,
      [](auto state, auto event, auto facts) {
        const auto cell = review(state, event, facts);
        const bool approves =
            cell.next != state && (cell.next == ReviewState::approved ||
                                   cell.next == ReviewState::approved_with_reservations);
        if (approves) {
          EXPECT_TRUE(event == ReviewEvent::approve ||
                      event == ReviewEvent::approve_with_reservations);
          EXPECT_TRUE((facts & review_fact::not_the_doer) != 0);
        }
      });
}

TEST(Review, IsReturnedOnlyWhileReturnsAreLeft) {
  EXPECT_EQ(
      review(ReviewState::reviewing, ReviewEvent::give_back, review_fact::not_the_doer).verdict,
      Verdict::refused);
  EXPECT_EQ(review(ReviewState::lapsed, ReviewEvent::give_back, review_fact::all).next,
            ReviewState::returned);
}

TEST(CaseLife, ClosesOnlyWhenNobodyWorksInIt) {
  for (const CaseStatus status : {CaseStatus::opened, CaseStatus::active, CaseStatus::paused}) {
    EXPECT_EQ(case_life(status, CaseEvent::close, 0).verdict, Verdict::refused);
    EXPECT_EQ(case_life(status, CaseEvent::close, case_fact::nobody_works).next,
              CaseStatus::closed);
  }
}

TEST(CaseLife, OnceErasedStaysErased) {
  for (std::size_t event = 0; event < kCaseEventNames.size(); ++event) {
    EXPECT_EQ(case_life(CaseStatus::erased, static_cast<CaseEvent>(event), case_fact::all).verdict,
              Verdict::impossible);
  }
}

TEST(Referral, OnceExpiredIsAskedAgainNotAnswered) {
  for (const ReferralEvent event : {ReferralEvent::accept, ReferralEvent::decline}) {
    EXPECT_EQ(referral(ReferralState::expired, event, referral_fact::all).verdict,
              Verdict::impossible);
  }
  EXPECT_EQ(referral(ReferralState::expired, ReferralEvent::request, referral_fact::all).next,
            ReferralState::requested);
}

TEST(Referral, GoesOnlyToACandidate) {
  EXPECT_EQ(referral(ReferralState::none, ReferralEvent::request, 0).verdict, Verdict::refused);
}

}  // namespace
}  // namespace protoflow::engine
