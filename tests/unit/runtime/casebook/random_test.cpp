// Any mixture of commands, wrong ones among them, of passing time, of a store that fails and of
// restarts: the live state is what the log says, and no command has its effect twice.
#include <random>

#include <gtest/gtest.h>

#include "tests/support/casebook_world.hpp"

namespace protoflow::runtime {
namespace {

using testing::CasebookWorld;

constexpr int kCommands = 120;

class Player {
 public:
  explicit Player(unsigned seed) : random_(seed) { world_.prepare(); }

  void play() {
    for (int i = 0; i < kCommands; ++i) {
      one(i);
      ASSERT_EQ(world_.lived(), world_.replayed()) << "after command " << i;
      check_dues();
    }
  }

 private:
  std::size_t below(std::size_t count) {
    return std::uniform_int_distribution<std::size_t>(0, count - 1)(random_);
  }

  std::string any(const std::vector<std::string>& names) { return names[below(names.size())]; }

  void one(int place) {
    switch (below(13)) {
      case 0:
        world_.clock.advance(std::chrono::hours(below(40)));
        world_.casebook->tick();
        EXPECT_TRUE(world_.settle());
        return;
      case 1:
        world_.store.fail_next({StoreErrorCode::unavailable, "the disk"});
        return;
      case 2:
        world_.restart();
        return;
      case 3:
        cases_.push_back(world_.act(command("open", place)).value_or(Done{}).case_id);
        return;
      case 4:
        return change_somebody();
      default:
        break;
    }
    const auto request = command(any({"take",
                                      "decline",
                                      "release",
                                      "complete",
                                      "hold",
                                      "resume",
                                      "begin_review",
                                      "recuse",
                                      "approve",
                                      "give_back",
                                      "record",
                                      "refer",
                                      "accept_referral",
                                      "decline_referral",
                                      "revoke_referral",
                                      "pause",
                                      "resume_case",
                                      "close"}),
                                 place);
    const auto first = world_.act(request);
    const auto size = world_.store.size();
    const auto again = world_.act(request);
    if (first && !first->events.empty()) {
      ASSERT_TRUE(again);
      EXPECT_EQ(first->events, again->events);
      EXPECT_EQ(world_.store.size(), size);
    }
  }

  void change_somebody() {
    PersonChange change{.kind = static_cast<PersonChangeKind>(below(kPersonChangeNames.size())),
                        .person = any({"ines", "karim"})};
    if (change.kind == PersonChangeKind::person_absent && below(2) == 0) {
      change.until =
          std::chrono::floor<std::chrono::days>(world_.clock.now()) + std::chrono::days(below(30));
    }
    const auto person = *world_.casebook->reading().people.find(change.person);
    world_.casebook->change_person(change, [](const Outcome&) {});
    EXPECT_TRUE(world_.settle());
    while (world_.casebook->reading().people.find(change.person) == nullptr) {
      (void)world_.register_person(person);  // whatever the disk does, they come back
    }
  }

  Request command(const std::string& kind, int place) {
    Request request{.command = kind,
                    .command_id = kind + std::to_string(place),
                    .case_id = cases_.empty() ? "nowhere" : any(cases_),
                    .person = any({"ines", "karim", "ines", "karim", "nobody"}),
                    .protocol = "accueil-partagé",
                    .step = any({"accueil", "visite", "accueil", "visite", "ailleurs"}),
                    .role = any({"entreprise", "référente"}),
                    .partner = any({"association", "mission-locale"}),
                    .ending = any({"relais", "en-route"}),
                    .reason = below(2) == 0 ? "" : "Reprendre les dates"};
    if (kind == "complete" && request.step == "accueil") {
      request.outcome = any({"engagée", "engagée", "réorientée"});
      request.informations = {{"niveau-français", any({"A0", "A1", "A2"})}};
      request.consents = {{"partage", below(2) == 0}};
    }
    if (kind == "open") {
      request.step.clear();
    }
    return request;
  }

  // The casebook wakes exactly when the earliest of its streams has something to do.
  void check_dues() {
    auto wanted = model::kNever;
    for (const auto& [stream, file] : world_.casebook->reading().cases) {
      wanted = std::min(wanted, engine::next_due(*file.plan, file.state));
    }
    for (const auto& [stream, file] : world_.casebook->reading().partnerships) {
      wanted = std::min(wanted, engine::next_due(*file.plan, file.state));
    }
    EXPECT_EQ(world_.casebook->next_due(), wanted);
  }

  CasebookWorld world_;
  std::mt19937 random_;
  std::vector<std::string> cases_;
};

TEST(CasebookAtRandom, LivesWhatTheLogSays) {
  for (unsigned seed = 1; seed <= 40; ++seed) {
    SCOPED_TRACE("seed " + std::to_string(seed));
    Player(seed).play();
    if (HasFatalFailure()) {
      return;
    }
  }
}

}  // namespace
}  // namespace protoflow::runtime
