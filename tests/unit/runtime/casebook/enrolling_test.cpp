// A session from its planning to its end, with the cases that come to it: what its hosts ask, what
// the cases hear of it, and what a crash in the middle must not change.
#include <gtest/gtest.h>

#include "tests/support/casebook_world.hpp"

namespace protoflow::runtime {
namespace {

using engine::WorkState;
using testing::CasebookWorld;

constexpr const char* kText = R"(protocole ateliers "Ateliers"
  coordonné par coordination
partenaire asso "Association"
partenaire club "Club"
rôle coordination "Coordination"
  tenu par asso
rôle animatrice "Animatrice"
  tenu par club
séance atelier "Atelier de français"
  accueillie par animatrice
  pour au plus 2 bénéficiaires
  à la demande
séance visite "Visite"
  accueillie par animatrice
  pour au plus 2 bénéficiaires
  à la demande
étape venir "Venir à l’atelier"
  responsable coordination
  sous 3 semaines
  si retard prévenir bénéficiaire
  lors de atelier
étape revenir "Revenir à l’atelier"
  après venir
  responsable coordination
  sous 10 jours ouvrés
  si retard prévenir bénéficiaire
  lors de atelier
fin finie "Finie"
  quand revenir
)";

constexpr const char* kAt = "2027-03-10T13:00:00.000Z";

constexpr int kNoCrash = -1;

struct Sessions : CasebookWorld {
  void begin() {
    deploy(kText);
    register_person({"karim", "asso", {"coordination"}}).value();
    register_person({"anna", "club", {"animatrice"}}).value();
    register_person({"olga", "club", {}}).value();
  }

  void deploy(const std::string& text) {
    casebook->deploy({text, {}, {}},
                     [](const auto& plan) { EXPECT_TRUE(plan) << plan.error().detail; });
    settle_with_store();
  }

  std::string open_case(const std::string& name) {
    return act({.command = "open", .command_id = name, .person = "karim", .protocol = "ateliers"})
        .value()
        .case_id;
  }

  Outcome plan_session(const std::string& id = "plan") {
    return act({.command = "plan_session",
                .command_id = id,
                .person = "anna",
                .protocol = "ateliers",
                .session = "atelier",
                .at = testing::instant(kAt),
                .capacity = 1,
                .place = "3 rue des Lilas"});
  }

  Outcome enrol(const std::string& stream,
                const std::string& case_id,
                const std::string& step = "venir",
                const std::string& person = "karim") {
    return act({.command = "enrol",
                .command_id = "enrol-" + case_id + "-" + stream + "-" + step + "-" + person,
                .case_id = case_id,
                .stream = stream,
                .person = person,
                .step = step});
  }

  void record_and_crash(const std::string& stream,
                        const std::string& case_id,
                        const std::string& came,
                        int turns) {
    casebook->submit({.command = "record_attendance",
                      .command_id = "record-" + case_id,
                      .stream = stream,
                      .person = "anna",
                      .attendance = {{case_id, came}}},
                     [](const Outcome& outcome) { EXPECT_TRUE(outcome); });
    if (turns == kNoCrash) {
      return settle_with_store();
    }
    for (int done = 0; done < turns; ++done) {
      turn();
    }
    restart();
  }

  void settle_all() {
    settle_with_store();
    casebook->tick();
    settle_with_store();
  }

  [[nodiscard]] const engine::SessionState& session(const std::string& stream) const {
    return casebook->reading().sessions.at(stream).state;
  }

  std::size_t lines_of(const std::string& case_id, std::string_view kind) {
    std::size_t found = 0;
    const auto read = store.read_all(0, [&](const StoredEvent& stored) {
      const auto record_read = engine::read_record(stored.line);
      found += stored.stream == case_stream(case_id) && record_read->kind == kind ? 1U : 0U;
      return true;
    });
    EXPECT_TRUE(read);
    return found;
  }
};

constexpr model::StepId kVenir{0};

TEST(SessionsOfPeople, BringTheirCasesFromThePlaceToWhoCame) {
  Sessions world;
  world.begin();
  const auto first = world.open_case("first");
  const auto second = world.open_case("second");
  const auto planned = world.plan_session();
  ASSERT_TRUE(planned) << planned.error().detail;
  const auto stream = planned->stream;
  ASSERT_TRUE(world.enrol(stream, first));
  ASSERT_TRUE(world.enrol(stream, second));
  world.settle_all();

  EXPECT_EQ(world.lines_of(first, "session_enrolled"), 1U);
  EXPECT_EQ(world.lines_of(second, "session_waitlisted"), 1U);

  // What the first gives back, the second gets.
  ASSERT_TRUE(world.act({.command = "withdraw_enrolment",
                         .command_id = "withdraw",
                         .case_id = first,
                         .stream = stream,
                         .person = "karim"}));
  world.settle_all();
  EXPECT_EQ(world.lines_of(second, "session_enrolled"), 1U);
  EXPECT_EQ(world.lines_of(first, "session_left"), 1U);
  EXPECT_EQ(world.lived(), world.replayed());
}

// Two sessions of one place: to one the person comes, to the other not. The process ends after so
// many turns of the loop from each record on, when something may be on its way to the cases.
void run_two_sessions(Sessions& world, int turns_to_crash) {
  world.begin();
  const auto first = world.open_case("first");
  const auto second = world.open_case("second");
  const auto one = world.plan_session("one")->stream;
  const auto two = world.plan_session("two")->stream;
  ASSERT_TRUE(world.enrol(one, first));
  ASSERT_TRUE(world.enrol(two, second));
  world.settle_all();
  world.clock.set(testing::instant("2027-03-10T15:00:00.000Z"));
  world.settle_all();
  world.record_and_crash(one, first, "présent", turns_to_crash);
  world.record_and_crash(two, second, "absent", turns_to_crash);
  world.settle_all();

  EXPECT_EQ(world.file(first).state[kVenir].work, WorkState::done);
  EXPECT_EQ(world.file(second).state[kVenir].work, WorkState::offered);
  for (const auto& id : {first, second}) {
    EXPECT_EQ(world.lines_of(id, "session_enrolled"), 1U);
    EXPECT_EQ(world.lines_of(id, "session_attended"), 1U);
    EXPECT_EQ(world.lines_of(id, "errand_noted"), 0U);
  }
  EXPECT_EQ(world.session(one).status, engine::SessionStatus::held);
  EXPECT_EQ(world.lived(), world.replayed());
}

TEST(SessionsOfPeople, SettleTheStepOfWhoCameAndAskTheOthersAgain) {
  Sessions world;
  run_two_sessions(world, kNoCrash);
}

TEST(SessionsOfPeople, BringEveryErrandOnceWhereverTheProcessEnds) {
  for (int turns = 0; turns < 6; ++turns) {
    SCOPED_TRACE(turns);
    Sessions world;
    run_two_sessions(world, turns);
  }
}

TEST(SessionsOfPeople, AreOnePlanHoweverOftenItIsSent) {
  Sessions world;
  world.begin();
  const auto first = world.plan_session();
  const auto again = world.plan_session();

  ASSERT_TRUE(first && again);
  EXPECT_TRUE(again->repeated);
  EXPECT_EQ(first->stream, again->stream);
  EXPECT_EQ(again->case_id, "");
  EXPECT_EQ(world.casebook->reading().sessions.size(), 1U);
}

TEST(SessionsOfPeople, LeaveNothingWhenTheyAreNotPlanned) {
  Sessions world;
  world.begin();
  const Request wanted{.command = "plan_session",
                       .command_id = "plan",
                       .person = "olga",
                       .protocol = "ateliers",
                       .session = "atelier",
                       .at = testing::instant(kAt)};
  EXPECT_EQ(world.act(wanted).error().code, "not_yours");
  auto unnamed = wanted;
  unnamed.session.clear();
  EXPECT_EQ(world.act(unnamed).error().code, "session_needed");
  auto unknown = wanted;
  unknown.session = "ateliers";
  EXPECT_EQ(world.act(unknown).error().code, "unknown_session");
  auto crowded = wanted;
  crowded.person = "anna";
  crowded.capacity = 1'000'000'000'000;
  EXPECT_EQ(world.act(crowded).error().code, "places_out_of_range");

  EXPECT_TRUE(world.casebook->reading().sessions.empty());
}

TEST(Enrolling, FindsTheOneStepThatAwaitsTheSession) {
  Sessions world;
  world.begin();
  const auto id = world.open_case("first");
  const auto stream = world.plan_session()->stream;
  ASSERT_TRUE(world.enrol(stream, id, ""));

  EXPECT_EQ(world.session(stream).enrolments.front().step, kVenir);
}

TEST(Enrolling, RefusesACaseThatCannotCome) {
  Sessions world;
  world.begin();
  const auto id = world.open_case("first");
  const auto stream = world.plan_session()->stream;
  const auto other = world.act({.command = "plan_session",
                                .command_id = "visit",
                                .person = "anna",
                                .protocol = "ateliers",
                                .session = "visite",
                                .at = testing::instant(kAt)});
  const auto code = [](const Outcome& outcome) {
    return outcome ? std::string("enrolled") : outcome.error().code;
  };

  EXPECT_EQ(code(world.enrol(stream, "nowhere")), "unknown_case");
  EXPECT_EQ(code(world.enrol(stream, "")), "case_needed");
  EXPECT_EQ(code(world.enrol(stream, id, "revenir")), "session_not_awaited");
  EXPECT_EQ(code(world.enrol(other->stream, id)), "step_not_through");
  EXPECT_EQ(code(world.enrol(other->stream, id, "")), "session_not_awaited");
  EXPECT_EQ(code(world.enrol(stream, id, "venir", "olga")), "not_yours");
  EXPECT_EQ(world.session(stream).enrolments.size(), 0U);
}

TEST(Enrolling, RefusesACaseOfAnotherVersion) {
  Sessions world;
  world.begin();
  const auto stream = world.plan_session()->stream;
  world.deploy(testing::as_version_two(std::string(kText) +
                                       "fin autre \"Autre\"\n  à tout moment par coordination\n"));
  const auto id = world.open_case("first");
  const auto refused = world.enrol(stream, id);

  ASSERT_FALSE(refused);
  EXPECT_EQ(refused.error().code, "other_version");
  EXPECT_NE(refused.error().detail.find("version"), std::string::npos);
}

TEST(Enrolling, RefusesACaseThatIsOver) {
  Sessions world;
  world.begin();
  world.deploy(testing::as_version_two(std::string(kText) +
                                       "fin autre \"Autre\"\n  à tout moment par coordination\n"));
  const auto stream = world.plan_session()->stream;
  const auto id = world.open_case("first");
  ASSERT_TRUE(world.act({.command = "close",
                         .command_id = "close",
                         .case_id = id,
                         .person = "karim",
                         .ending = "autre"}));

  EXPECT_EQ(world.enrol(stream, id).error().code, "case_not_open");
}

// The second version calls the session otherwise, and declares it after the other one.
std::string second_version(const char* says_what_it_was) {
  std::string text = kText;
  const std::string first = text.substr(text.find("séance atelier"),
                                        text.find("séance visite") - text.find("séance atelier"));
  text.erase(text.find(first), first.size());
  text.insert(text.find("étape venir"), first);
  for (const auto* name : {"séance atelier ", "lors de atelier\nétape", "lors de atelier\nfin"}) {
    const std::string old = name;
    auto now = old;
    now.replace(now.find("atelier"), 7, "cours");
    text.replace(text.find(old), old.size(), now);
  }
  const std::string hosted = "séance cours \"Atelier de français\"\n";
  text.insert(text.find(hosted) + hosted.size(), says_what_it_was);
  text.insert(text.find("  coordonné par"), "  version 2\n  remplace 1 parce que \"relu\"\n");
  return text;
}

TEST(SessionsOfAnEarlierVersion, SettleTheStepsOfACaseThatHasComeOver) {
  Sessions world;
  world.begin();
  const auto stream = world.plan_session()->stream;
  const auto id = world.open_case("one");
  ASSERT_TRUE(world.enrol(stream, id));
  world.settle_all();
  world.deploy(second_version("  anciennement atelier\n"));

  const auto moved = world.act({.command = "migrate",
                                .command_id = "move-1",
                                .case_id = id,
                                .person = "karim",
                                .version = "2"});
  ASSERT_TRUE(moved) << moved.error().detail;
  world.clock.set(testing::instant(kAt) + std::chrono::hours(2));
  world.settle_all();
  world.record_and_crash(stream, id, "present", kNoCrash);
  world.settle_all();

  EXPECT_EQ(world.file(id).plan->protocol.version, 2U);
  EXPECT_EQ(world.file(id).state.steps[0].work, WorkState::done);
  EXPECT_EQ(world.replayed(), world.lived());
}

TEST(SessionsOfAnEarlierVersion, KeepACaseWhereTheOtherVersionDoesNotKnowThem) {
  Sessions world;
  world.begin();
  const auto stream = world.plan_session()->stream;
  const auto id = world.open_case("one");
  ASSERT_TRUE(world.enrol(stream, id));
  world.settle_all();
  world.deploy(second_version(""));

  const auto moved = world.act({.command = "migrate",
                                .command_id = "move-1",
                                .case_id = id,
                                .person = "karim",
                                .version = "2"});

  ASSERT_FALSE(moved);
  EXPECT_EQ(moved.error().code, "cannot_migrate");
}

}  // namespace
}  // namespace protoflow::runtime
