// A case under review comes over to a version with other reviewers.
#include <gtest/gtest.h>

#include "tests/unit/engine/decide/coming_over.hpp"

namespace protoflow::engine {
namespace {

using coming_over::apply_all;
using coming_over::kEngaged;
using coming_over::path;
using coming_over::said;
using coming_over::second_of;
using coming_over::to_migrate;
using tests::hour;
using tests::Play;
using tests::ProtocolSpec;

struct Reviewed {
  const char* claim;
  std::vector<const char*> before, after;
  std::uint16_t approvals_before, approvals_after;
  const char* history;  // once the project is completed
  const char* wanted;
};

ProtocolSpec reviewed_by(const std::vector<const char*>& roles, std::uint16_t approvals) {
  auto spec = path();
  spec.steps[2].review->by = roles.front();
  spec.steps[2].review->others.assign(roles.begin() + 1, roles.end());
  spec.steps[2].review->approvals = approvals;
  return spec;
}

const std::vector<Reviewed> kReviewed = {
    {"the same",
     {"coordinator", "tutor"},
     {"coordinator", "tutor"},
     2,
     2,
     "h3 coordinator approve project",
     "case_migrated"},
    {"one more",
     {"coordinator", "tutor"},
     {"coordinator", "tutor", "host"},
     2,
     3,
     "h3 coordinator approve project",
     "case_migrated review_assigned(project host requested)"},
    {"another, one has approved",
     {"coordinator", "tutor"},
     {"coordinator", "host"},
     2,
     2,
     "h3 coordinator approve project",
     "case_migrated review_assigned(project host requested)"},
    {"the one who approved is not asked any more",
     {"coordinator", "tutor"},
     {"tutor"},
     2,
     1,
     "h3 coordinator approve project",
     "case_migrated"},
    {"what was said is enough now",
     {"coordinator", "tutor"},
     {"coordinator", "tutor"},
     2,
     1,
     "h3 coordinator approve project",
     "refused cannot_migrate review_gone"},
    {"the only one has said yes",
     {"coordinator", "tutor"},
     {"coordinator"},
     2,
     1,
     "h3 coordinator approve project",
     "refused cannot_migrate review_gone"},
    {"one becomes two and goes on",
     {"coordinator"},
     {"coordinator", "tutor"},
     1,
     2,
     "h3 coordinator begin_review project",
     "case_migrated review_assigned(project coordinator reviewing) review_assigned(project tutor "
     "requested)"},
    {"two become one who goes on",
     {"coordinator", "tutor"},
     {"tutor"},
     2,
     1,
     "h3 tutor begin_review project",
     "case_migrated review_assigned(project)"},
};

TEST(Migration, LetsStandWhatReviewersHaveSaidAndAsksTheOthers) {
  for (const auto& row : kReviewed) {
    SCOPED_TRACE(row.claim);
    Play play(tests::plan_of(reviewed_by(row.before, row.approvals_before)));
    play.rehearse("h0 coordinator open");
    play.rehearse(kEngaged);
    play.rehearse("h2 adviser complete project");
    play.rehearse(row.history);
    const auto to = second_of(reviewed_by(row.after, row.approvals_after));

    const auto decision = decide(play.plan(), play.state(), to_migrate(play, to), hour(4));

    EXPECT_EQ(said(decision, play.plan(), to), row.wanted);
  }
}

TEST(Migration, LetsTheLastOfSeveralReviewersEndWhatTheFirstBegan) {
  Play play(tests::plan_of(reviewed_by({"coordinator", "tutor"}, 2)));
  play.rehearse("h0 coordinator open");
  play.rehearse(kEngaged);
  play.rehearse("h2 adviser complete project; h3 coordinator approve project");
  const auto same = second_of(reviewed_by({"coordinator", "tutor"}, 2));
  auto state = play.state();

  apply_all(state, decide(play.plan(), state, to_migrate(play, same), hour(4)));
  Command approve{.kind = CommandKind::approve, .step = {2}};
  approve.actor = tests::actor_of("tutor", same.protocol);
  apply_all(state, decide(same, state, approve, hour(5)));

  EXPECT_EQ(state.steps[2].work, WorkState::done);
}

}  // namespace
}  // namespace protoflow::engine
