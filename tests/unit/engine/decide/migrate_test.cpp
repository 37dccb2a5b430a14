// A case comes over to another version of its protocol: what follows, and what stands in the way.
#include <gtest/gtest.h>

#include "tests/unit/engine/decide/coming_over.hpp"

namespace protoflow::engine {
namespace {

using coming_over::apply_all;
using coming_over::Change;
using coming_over::changed;
using coming_over::Detail;
using coming_over::kAsItWas;
using coming_over::kEngaged;
using coming_over::path;
using coming_over::said;
using coming_over::to_migrate;
using model::FormerKind;
using model::Protocol;
using tests::hour;
using tests::hours;
using tests::Play;
using tests::ProtocolSpec;

struct Row {
  const char* claim;
  const char* history;
  Change change;
  Detail detail;
  std::string wanted;
};

void rename_welcome(ProtocolSpec& path) {
  path.steps[0].name = "arrival";
  path.steps[2].after = tests::is("arrival", "engaged");
}

void say_what_welcome_was(Protocol& protocol) {
  protocol.former_names = {{FormerKind::step, 0, {}, "welcome"}};
}

void leave_out_welcome(ProtocolSpec& path) {
  path.steps.erase(path.steps.begin());
  path.steps[1].after = {};
}

const std::vector<Row> kOpenWork = {
    {"another number alone", "", kAsItWas, {}, "case_migrated"},
    {"another name", "", rename_welcome, say_what_welcome_was, "case_migrated"},
    {"a name that does not say what it was",
     "",
     rename_welcome,
     {},
     "refused cannot_migrate open_step_gone"},
    {"work under way that is gone",
     "h1 adviser take welcome;",
     leave_out_welcome,
     {},
     "refused cannot_migrate open_step_gone"},
    {"settled work that is gone", kEngaged, leave_out_welcome, {}, "case_migrated"},
    {"an outcome that is gone",
     kEngaged,
     [](ProtocolSpec& path) {
       path.steps[0].outcomes[0].name = "agreed";
       path.steps[2].after = tests::is("welcome", "agreed");
     },
     {},
     "refused cannot_migrate outcome_gone"},
    {"an outcome that says what it was",
     kEngaged,
     [](ProtocolSpec& path) {
       path.steps[0].outcomes[0].name = "agreed";
       path.steps[2].after = tests::is("welcome", "agreed");
     },
     [](Protocol& protocol) { protocol.former_names = {{FormerKind::outcome, 0, {0}, "engaged"}}; },
     "case_migrated"},
    {"an outcome that nobody has chosen",
     kEngaged,
     [](ProtocolSpec& path) { path.steps[0].outcomes[1].name = "other"; },
     {},
     "case_migrated"},
    {"a partner that answers for something open",
     "",
     [](ProtocolSpec& path) {
       path.roles[2].partners = {"garage"};
       path.roles[3].partners = {"cafe"};
     },
     {},
     "refused cannot_migrate partner_gone"},
    {"a review that is gone",
     "h1 adviser complete welcome as engaged with sharing=yes; h2 adviser complete project;",
     [](ProtocolSpec& path) { path.steps[2].review.reset(); },
     {},
     "refused cannot_migrate review_gone"},
    {"a hold that is gone",
     "h1 tutor take housing; h2 tutor hold housing;",
     [](ProtocolSpec& path) { path.steps[1].hold.reset(); },
     {},
     "refused cannot_migrate hold_gone"},
    {"a partner that is asked, and gone",
     "h1 adviser refer host to cafe;",
     [](ProtocolSpec& path) { path.roles[3].partners = {"bakery"}; },
     {},
     "refused cannot_migrate referral_gone"},
    {"a hand-over to a partner that is gone",
     "h1 adviser take welcome; h2 adviser hand_over welcome to school;",
     [](ProtocolSpec& path) { path.roles[1].partners = {"foyer", "mission"}; },
     {},
     "refused cannot_migrate hand_over_gone"},
};

const std::vector<Row> kWhatFollows = {
    {"another role",
     "",
     [](ProtocolSpec& path) { path.steps[0].responsible = "tutor"; },
     {},
     "case_migrated step_assigned(welcome to tutor@bakery)"},
    {"whoever took it gives it up",
     "h1 adviser take welcome;",
     [](ProtocolSpec& path) { path.steps[0].responsible = "tutor"; },
     {},
     "case_migrated step_assigned(welcome to tutor@bakery)"},
    {"other deputies, and the same first",
     "",
     [](ProtocolSpec& path) { path.roles[1].partners = {"foyer", "school", "mission"}; },
     {},
     "case_migrated"},
    {"another first",
     "",
     [](ProtocolSpec& path) { path.roles[1].partners = {"mission", "foyer", "school"}; },
     {},
     "case_migrated step_assigned(welcome to adviser@mission)"},
    {"another reviewer",
     "h1 adviser complete welcome as engaged with sharing=yes; h2 adviser complete project;",
     [](ProtocolSpec& path) { path.steps[2].review->by = "tutor"; },
     {},
     "case_migrated review_assigned(project)"},
    {"less time",
     "",
     [](ProtocolSpec& path) { path.steps[0].deadlines[0].within = hours(48); },
     {},
     "case_migrated deadline_moved(welcome)"},
    {"less time to answer",
     "",
     [](ProtocolSpec& path) { path.steps[0].accept_within = hours(12); },
     {},
     "case_migrated deadline_moved(welcome)"},
    {"no deadline any more",
     "",
     [](ProtocolSpec& path) { path.steps[0].deadlines.clear(); },
     {},
     "case_migrated deadline_moved(welcome dropped)"},
    {"more time for what is late",
     "h80 tick;",
     [](ProtocolSpec& path) { path.steps[0].deadlines[0].within = hours(144); },
     {},
     "case_migrated deadline_moved(welcome calm)"},
    {"a new step",
     "",
     [](ProtocolSpec& path) { path.steps.push_back({.name = "call", .responsible = "adviser"}); },
     {},
     "case_migrated step_offered(call to adviser@foyer)"},
    {"a condition that holds now",
     kEngaged,
     [](ProtocolSpec& path) {
       path.steps[3].after = tests::settled("welcome");
       path.steps[3].when = tests::has("minor");
     },
     {},
     "case_migrated step_not_needed(visit)"},
    {"an ending that holds now",
     kEngaged,
     [](ProtocolSpec& path) {
       path.endings[0].when = tests::settled("welcome");
       path.endings[0].immediately = true;
     },
     {},
     "case_migrated step_withdrawn(housing dropped) step_withdrawn(project) step_withdrawn(visit) "
     "case_closed(as end)"},
    {"a consent to another purpose",
     kEngaged,
     kAsItWas,
     [](Protocol& protocol) { protocol.consents[0].purpose = "something else"; },
     "case_migrated consent_expired(sharing) step_stopped(project)"},
    {"a partner that may not be chosen any more",
     "h1 adviser refer host to cafe; h2 host@cafe accept_referral host;",
     [](ProtocolSpec& path) {
       path.roles[3].partners = {"bakery"};
       path.roles[2].partners = {"bakery", "cafe"};
     },
     {},
     "case_migrated referral_revoked(host to cafe)"},
};

void expect_each(const std::vector<Row>& rows) {
  for (const auto& row : rows) {
    SCOPED_TRACE(row.claim);
    Play play(tests::plan_of(path()));
    play.rehearse("h0 coordinator open;");
    play.rehearse(row.history);
    const auto to = changed(row.change, row.detail);

    const auto decision = decide(play.plan(), play.state(), to_migrate(play, to), play.now());

    EXPECT_EQ(said(decision, play.plan(), to), row.wanted);
  }
}

TEST(Migration, IsRefusedWhereWhatIsOpenHasNoCounterpart) {
  expect_each(kOpenWork);
}

TEST(Migration, IsFollowedByWhatTheNewRulesSay) {
  expect_each(kWhatFollows);
}

TEST(Migration, IsForTheCoordinationOnce) {
  Play play(tests::plan_of(path()));
  play.rehearse("h0 coordinator open");
  const auto to = changed(kAsItWas);

  const auto stranger =
      decide(play.plan(), play.state(), to_migrate(play, to, "adviser"), play.now());
  const auto same = decide(play.plan(), play.state(), to_migrate(play, play.plan()), play.now());

  ASSERT_FALSE(stranger);
  EXPECT_EQ(stranger.error().code, RefusalCode::not_yours);
  ASSERT_FALSE(same);
  EXPECT_EQ(same.error().code, RefusalCode::already_on_version);
}

TEST(Migration, LeavesAPausedCasePaused) {
  Play play(tests::plan_of(path()));
  play.rehearse("h0 coordinator open; h10 coordinator pause");
  const auto to = changed([](ProtocolSpec& spec) {
    spec.steps[0].deadlines[0].within = hours(50);
    spec.steps.push_back({.name = "call",
                          .responsible = "adviser",
                          .accept_within = hours(10),
                          .deadlines = {{.within = hours(20)}}});
  });
  auto state = play.state();

  const auto decision = decide(play.plan(), state, to_migrate(play, to), hour(60));
  ASSERT_TRUE(decision);
  apply_all(state, decision);

  EXPECT_EQ(said(decision, play.plan(), to), "case_migrated deadline_moved(welcome)");
  EXPECT_EQ(state.status, CaseStatus::paused);
  EXPECT_EQ(next_due(to, state), model::kNever) << "nothing falls due in a pause";
  Command resume{.kind = CommandKind::resume_case};
  resume.actor = tests::actor_of("coordinator", to.protocol);
  apply_all(state, decide(to, state, resume, hour(110)));
  EXPECT_EQ(state.steps[0].due, hour(150)) << "as much later as the pause was long";
  EXPECT_EQ(state.steps[4].due, hour(130)) << "what is new opens when the pause is over";
  EXPECT_EQ(state.steps[4].offer_due, hour(120));
}

TEST(Migration, IsNotForACaseThatIsClosedNorToAnotherProtocol) {
  const auto to = changed(kAsItWas);
  const std::pair<const char*, RefusalCode> rows[] = {
      {"h1 coordinator close left", RefusalCode::case_closed},
  };
  for (const auto& [history, code] : rows) {
    Play play(tests::plan_of(path()));
    play.rehearse("h0 coordinator open");
    play.rehearse(history);
    const auto decision = decide(play.plan(), play.state(), to_migrate(play, to), play.now());
    ASSERT_FALSE(decision) << history;
    EXPECT_EQ(decision.error().code, code) << history;
  }
  Play play(tests::plan_of(path()));
  play.rehearse("h0 coordinator open");
  const auto other = changed([](ProtocolSpec& spec) { spec.name = "other"; });
  EXPECT_FALSE(decide(play.plan(), play.state(), to_migrate(play, other), play.now()));
}

TEST(Migration, ToAVersionThatPartnersHaveNotAgreedToIsRefusedAsAnOpeningIs) {
  Play play(tests::plan_of(path()));
  play.rehearse("h0 coordinator open");
  const auto to = changed(kAsItWas, [](Protocol& protocol) {
    protocol.agreement = model::Agreement{.by_all_partners = true};
  });
  auto command = to_migrate(play, to);
  const auto bakery = model::find<model::PartnerId>(to.protocol.partners, "bakery");
  command.unsigned_by = {bakery};

  const auto refused = decide(play.plan(), play.state(), command, play.now());

  ASSERT_FALSE(refused);
  EXPECT_EQ(refused.error().code, RefusalCode::partners_not_agreed);
  EXPECT_EQ(refused.error().partners, std::vector{bakery});
  command.unsigned_by = {};
  EXPECT_TRUE(decide(play.plan(), play.state(), command, play.now()));
}

TEST(Migration, KeepsDueInstantsWhereThatIsSaid) {
  Play play(tests::plan_of(path()));
  play.rehearse("h0 coordinator open; h1 tutor take housing; h2 adviser take welcome");
  const auto to = changed([](ProtocolSpec& spec) {
    spec.steps[0].deadlines[0].within = hours(10);
    spec.steps[1].deadlines.clear();
  });
  auto command = to_migrate(play, to);
  command.keeps_deadlines = true;
  auto state = play.state();

  const auto decision = decide(play.plan(), state, command, hour(3));
  apply_all(state, decision);

  EXPECT_EQ(said(decision, play.plan(), to), "case_migrated");
  EXPECT_EQ(state.steps[0].due, hour(72));
  EXPECT_EQ(state.steps[1].due, hour(100));
  Command hold{.kind = CommandKind::hold, .step = {1}};
  hold.actor = tests::actor_of("tutor", to.protocol);
  apply_all(state, decide(to, state, hold, hour(4)));
  Command resume{.kind = CommandKind::resume, .step = {1}};
  resume.actor = hold.actor;
  apply_all(state, decide(to, state, resume, hour(14)));
  EXPECT_EQ(state.steps[1].due, hour(110)) << "a hold moves it as it would have";
}

TEST(Migration, GoesOnByTheNewRules) {
  Play play(tests::plan_of(path()));
  play.rehearse("h0 coordinator open");
  const auto to = changed(
      [](ProtocolSpec& spec) {
        rename_welcome(spec);
        std::swap(spec.steps[0], spec.steps[1]);
      },
      [](Protocol& protocol) { protocol.former_names = {{FormerKind::step, 1, {}, "welcome"}}; });
  auto state = play.state();
  apply_all(state, decide(play.plan(), state, to_migrate(play, to), hour(3)));
  Command complete{.kind = CommandKind::complete, .step = {1}, .outcome = {0}};
  complete.actor = tests::actor_of("adviser", to.protocol);
  complete.consents = {{{0}, true}};

  const auto decision = decide(to, state, complete, hour(5));

  ASSERT_TRUE(decision);
  EXPECT_EQ(said(decision, to, to),
            "step_taken(arrival) step_completed(arrival as engaged met) "
            "step_offered(project to adviser@foyer)");
}

TEST(Migration, ComesAfterTheDeadlinesThatHavePassedByTheOldRules) {
  Play play(tests::plan_of(path()));
  play.rehearse("h0 coordinator open");
  const auto to =
      changed([](ProtocolSpec& spec) { spec.steps[0].deadlines[0].within = hours(144); });

  const auto decision = decide(play.plan(), play.state(), to_migrate(play, to), hour(90));

  ASSERT_TRUE(decision);
  EXPECT_EQ(decision->front().happened, hour(24));
  const auto migrated = std::ranges::find(*decision, EventKind::case_migrated, &Event::kind);
  ASSERT_NE(migrated, decision->end());
  EXPECT_EQ(migrated->happened, hour(90));
  EXPECT_EQ(migrated->meaning, play.plan().meaning_hash);
}

TEST(Migration, SettlesWhatWasToBeRepeatedAndIsNoMore) {
  auto spec = path();
  spec.steps[1].repeat =
      tests::RepeatSpec{.until = tests::has("minor"), .times_max = 3, .every = hours(50)};
  Play play(tests::plan_of(spec));
  play.rehearse("h0 coordinator open; h1 adviser record with minor=no; h2 tutor complete housing");
  ASSERT_TRUE(is_between_rounds(play.state().steps[1]));
  const auto to = changed(kAsItWas);

  const auto decision = decide(play.plan(), play.state(), to_migrate(play, to), play.now());

  EXPECT_EQ(said(decision, play.plan(), to), "case_migrated step_settled(housing as done)");
}

}  // namespace
}  // namespace protoflow::engine
