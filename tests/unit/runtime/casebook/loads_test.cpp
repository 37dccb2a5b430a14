// `at most N cases` across cases: counted as they change, over restarts and failures too.
#include "runtime/casebook/loads.hpp"

#include <random>

#include <gtest/gtest.h>

#include "tests/support/casebook_world.hpp"

namespace protoflow::runtime {
namespace {

using testing::CasebookWorld;
using testing::MemoryStore;

constexpr const char* kText = R"(protocole cercles "Cercles"
  coordonné par coordination
partenaire centre "Centre"
partenaire foyer "Foyer"
partenaire école "École"
rôle coordination "Coordination"
  tenu par centre
rôle référente "Référente"
  tenu par foyer, à défaut école
  au plus 1 parcours
rôle bénévole "Bénévole"
  bénévole de centre
  encadré par coordination
  au plus 1 parcours
rôle tuteur "Tuteur"
  choisi par coordination parmi foyer, école
  réponse sous 5 jours ouvrés
  au plus 1 parcours
étape chercher "Chercher"
  responsable référente
  sous 3 semaines
  si retard prévenir coordination
étape marcher "Marcher"
  responsable bénévole
  sous 3 semaines
  si retard confier à coordination
étape visiter "Visiter"
  responsable tuteur
  sous 3 semaines
  si retard prévenir coordination
fin finie "Finie"
  quand chercher
fin arrêt "Arrêt"
  à tout moment par coordination
)";

struct Circles : CasebookWorld {
  explicit Circles(MemoryStore::Answers answers = MemoryStore::Answers::at_once)
      : CasebookWorld(answers) {}

  void begin() {
    casebook->deploy({kText, {}, {}},
                     [](const auto& plan) { EXPECT_TRUE(plan) << plan.error().detail; });
    const auto deaf = [](const Outcome&) {};
    casebook->register_person({"karim", "centre", {"coordination", "bénévole"}}, deaf);
    casebook->register_person({"lou", "centre", {"bénévole"}}, deaf);
    casebook->register_person({"ines", "foyer", {"référente", "tuteur"}}, deaf);
    casebook->register_person({"paul", "école", {"référente", "tuteur"}}, deaf);
    settle_with_store();
  }

  static Request opening(const std::string& command_id) {
    return {.command = "open", .command_id = command_id, .person = "karim", .protocol = "cercles"};
  }

  std::string open_case(const std::string& command_id) {
    return act(opening(command_id)).value().case_id;
  }

  Outcome act_by(const std::string& person,
                 const std::string& command,
                 const std::string& case_id,
                 const std::string& step) {
    return act({.command = command,
                .command_id = command + "-" + person + "-" + case_id + "-" + step,
                .case_id = case_id,
                .person = person,
                .step = step});
  }

  /// Which partner answers for the first step.
  [[nodiscard]] std::string asked(const std::string& case_id) const {
    const auto& [plan, state] = file(case_id);
    return plan->protocol[state.steps.front().partner].name;
  }

  [[nodiscard]] Loads counted_anew() const {
    Loads loads;
    for (const auto& [stream, file] : casebook->reading().cases) {
      loads.keep(stream, file.plan->protocol, engine::parts_of(file.plan->protocol, file.state));
    }
    return loads;
  }
};

TEST(Loads, SendTheNextCaseToTheDeputyAndComeBackWhenOneHasClosed) {
  Circles world;
  world.begin();
  const auto first = world.open_case("open-1");
  const auto second = world.open_case("open-2");
  EXPECT_EQ(world.asked(first), "foyer");
  EXPECT_EQ(world.asked(second), "école");
  EXPECT_EQ(world.asked(world.open_case("open-3")), "centre");

  ASSERT_TRUE(world.act({.command = "close",
                         .command_id = "close-1",
                         .case_id = first,
                         .person = "karim",
                         .ending = "arrêt",
                         .reason = "Autrement"}));

  EXPECT_EQ(world.asked(world.open_case("open-4")), "foyer");
  EXPECT_EQ(world.casebook->loads(), world.counted_anew());
}

TEST(Loads, AreKnownAfterARestart) {
  Circles world;
  world.begin();
  world.open_case("open-1");
  world.restart();

  EXPECT_EQ(world.asked(world.open_case("open-2")), "école");
}

TEST(Loads, AreThePersonsOwnAmongVolunteers) {
  Circles world;
  world.begin();
  const auto first = world.open_case("open-1");
  const auto second = world.open_case("open-2");
  ASSERT_TRUE(world.act_by("lou", "take", first, "marcher"));

  const auto refused = world.act_by("lou", "take", second, "marcher");
  ASSERT_FALSE(refused);
  EXPECT_EQ(refused.error().code, "person_full");
  EXPECT_TRUE(world.act_by("karim", "take", second, "marcher"));
  EXPECT_TRUE(world.act_by("lou", "complete", first, "marcher"));
}

TEST(Loads, NeverGiveTheLastPlaceTwiceToDecisionsUnderWayTogether) {
  Circles world(MemoryStore::Answers::when_told);
  world.begin();
  std::vector<std::string> cases;
  const auto keep = [&](Outcome outcome) { cases.push_back(outcome.value().case_id); };
  world.casebook->submit(Circles::opening("open-1"), keep);
  world.casebook->submit(Circles::opening("open-2"), keep);
  world.settle_with_store();

  ASSERT_EQ(cases.size(), 2);
  EXPECT_EQ(world.asked(cases[0]), "foyer");
  EXPECT_EQ(world.asked(cases[1]), "école");
}

TEST(Loads, CountNothingOfWhatCouldNotBeWritten) {
  Circles world;
  world.begin();
  world.store.fail_next({StoreErrorCode::unavailable, "the disk"});
  ASSERT_FALSE(world.act(Circles::opening("open-1")));

  EXPECT_EQ(world.asked(world.open_case("open-2")), "foyer");
  EXPECT_EQ(world.casebook->loads(), world.counted_anew());
}

TEST(Loads, AreSeenByADryRunWhichCountsForNothing) {
  Circles world;
  world.begin();
  world.open_case("open-1");
  auto trial = Circles::opening("trial");
  trial.dry_run = true;
  const auto done = world.act(trial);

  ASSERT_TRUE(done);
  EXPECT_NE(done->events.at(1).find("école"), std::string::npos) << done->events.at(1);
  EXPECT_EQ(world.asked(world.open_case("open-2")), "école");
}

class Crowd {
 public:
  explicit Crowd(unsigned seed) : random_(seed) { world_.begin(); }

  void play() {
    for (int i = 0; i < 80; ++i) {
      one(i);
      ASSERT_EQ(world_.casebook->loads(), world_.counted_anew()) << "after command " << i;
    }
  }

 private:
  std::size_t below(std::size_t count) {
    return std::uniform_int_distribution<std::size_t>(0, count - 1)(random_);
  }

  std::string any(const std::vector<std::string>& names) { return names[below(names.size())]; }

  void one(int place) {
    const auto id = std::to_string(place);
    switch (below(10)) {
      case 0:
        world_.clock.advance(std::chrono::hours(below(400)));
        world_.casebook->tick();
        EXPECT_TRUE(world_.settle());
        return;
      case 1:
        return world_.store.fail_next({StoreErrorCode::unavailable, "the disk"});
      case 2:
        return world_.restart();
      case 3:
        cases_.push_back(world_.act(Circles::opening("open" + id)).value_or(Done{}).case_id);
        return;
      default:
        break;
    }
    Request request{.command = any({"take",
                                    "decline",
                                    "release",
                                    "complete",
                                    "refer",
                                    "accept_referral",
                                    "decline_referral",
                                    "revoke_referral",
                                    "pause",
                                    "resume_case",
                                    "close",
                                    "reopen_case"}),
                    .command_id = "act" + id,
                    .case_id = cases_.empty() ? "nowhere" : any(cases_),
                    .person = any({"karim", "lou", "ines", "paul"}),
                    .step = any({"chercher", "marcher", "visiter"}),
                    .role = "tuteur",
                    .partner = any({"foyer", "école"}),
                    .ending = "arrêt",
                    .reason = "Autrement"};
    (void)world_.act(request);  // refused or done
  }

  Circles world_;
  std::mt19937 random_;
  std::vector<std::string> cases_;
};

TEST(LoadsAtRandom, AreThoseCountedAnewAfterAnyHistory) {
  for (unsigned seed = 1; seed <= 40; ++seed) {
    SCOPED_TRACE("seed " + std::to_string(seed));
    Crowd(seed).play();
    if (::testing::Test::HasFatalFailure()) {
      return;
    }
  }
}

}  // namespace
}  // namespace protoflow::runtime
