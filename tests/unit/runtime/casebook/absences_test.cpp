// Absences, returns and removals: recorded once in the directory, heard of once in every case, also
// over a crash; rehearsed without a trace.
#include "runtime/casebook/absences.hpp"

#include <random>

#include <gtest/gtest.h>

#include "tests/support/casebook_world.hpp"

namespace protoflow::runtime {
namespace {

using Kind = PersonChangeKind;
using std::chrono::sys_days;
using testing::CasebookWorld;
using testing::MemoryStore;

constexpr sys_days kSoon{std::chrono::year{2027} / 3 / 8};
constexpr sys_days kFar{std::chrono::year{2027} / 6 / 30};

struct Office : CasebookWorld {
  explicit Office(MemoryStore::Answers answers = MemoryStore::Answers::at_once)
      : CasebookWorld(answers) {
    prepare();
    casebook->register_person({"paul", "association", {"référente"}}, [](const Outcome&) {});
    settle_with_store();
  }

  Outcome change(const PersonChange& wanted, const Writing& writing = {}) {
    std::optional<Outcome> outcome;
    casebook->change_person(wanted, [&](Outcome told_outcome) { outcome = told_outcome; }, writing);
    settle_with_store();
    return outcome.value();
  }

  /// A case whose first step `person` has taken.
  std::string taken_by(const std::string& person, const std::string& command_id) {
    auto id = open(command_id);
    EXPECT_TRUE(act_on(id, "take", "accueil", person));
    return id;
  }

  /// The same by ines, where the store answers when it is told to.
  std::string slowly_taken(const std::string& command_id) {
    std::string id;
    casebook->submit({.command = "open",
                      .command_id = command_id,
                      .person = "karim",
                      .protocol = "accueil-partagé"},
                     [&](const Outcome& outcome) { id = outcome->case_id; });
    settle_with_store();
    casebook->submit({.command = "take",
                      .command_id = "take-" + command_id,
                      .case_id = id,
                      .person = "ines",
                      .step = "accueil"},
                     [](const Outcome& outcome) { EXPECT_TRUE(outcome); });
    settle_with_store();
    return id;
  }

  [[nodiscard]] std::string who_has(const std::string& case_id) const {
    const auto& state = file(case_id).state;
    return std::string(state.person(state.steps.front().person));
  }

  /// Who has written in the directory, of the last three.
  [[nodiscard]] std::string writers() const {
    std::vector<std::string> all;
    (void)store.read_all(0, [&](const StoredEvent& stored) {
      const auto record = engine::read_record(stored.line);
      if (record && record->stream == kPeopleStream) {
        all.push_back(record->actor);
      }
      return true;
    });
    return all[all.size() - 3] + " " + all[all.size() - 2] + " " + all.back();
  }

  [[nodiscard]] std::size_t lines_of(std::string_view kind) const {
    std::size_t found = 0;
    (void)store.read_all(0, [&](const StoredEvent& stored) {
      const auto record = engine::read_record(stored.line);
      found += record && record->kind == kind ? 1U : 0U;
      return true;
    });
    return found;
  }
};

const PersonChange kAway{.kind = Kind::person_absent, .person = "ines", .until = kFar};
const PersonChange kBack{.kind = Kind::person_returned, .person = "ines"};
const PersonChange kGone{.kind = Kind::person_removed, .person = "ines"};

TEST(Absences, ReachEveryCaseInWhichThePersonHasActedAndNoOther) {
  Office office;
  const auto first = office.taken_by("ines", "open-1");
  const auto second = office.taken_by("ines", "open-2");
  const auto other = office.taken_by("paul", "open-3");
  ASSERT_TRUE(office.change(kAway));

  EXPECT_EQ(office.who_has(first), "");
  EXPECT_EQ(office.who_has(second), "");
  EXPECT_EQ(office.who_has(other), "paul");
  EXPECT_TRUE(office.file(other).state.absences.empty());

  ASSERT_TRUE(office.change(kBack));
  EXPECT_EQ(office.who_has(first), "ines");
  EXPECT_EQ(office.lived(), office.replayed());
}

TEST(Absences, AreRecordedOnceAndToldOnce) {
  Office office;
  office.taken_by("ines", "open-1");
  ASSERT_TRUE(office.change(kAway));
  const auto size = office.store.size();

  const auto again = office.change(kAway);
  ASSERT_TRUE(again);
  EXPECT_TRUE(again->repeated);
  office.restart();
  office.settle();
  EXPECT_EQ(office.store.size(), size);
}

TEST(Absences, UnderOneIdAreRecordedOnceWhateverCameBetween) {
  Office office;
  const Writing by_karim{.by = "karim", .command_id = "away-1"};

  ASSERT_TRUE(office.change(kAway, by_karim));
  ASSERT_TRUE(office.change({.kind = Kind::person_returned, .person = "ines"}));
  const auto again = office.change(kAway, by_karim);

  ASSERT_TRUE(again);
  EXPECT_TRUE(again->repeated);
  EXPECT_EQ(office.lines_of("person_absent"), 1U);
  EXPECT_EQ(office.writers(), "{} {\"person\":\"karim\"} {}") << "paul, the absence, the return";
  EXPECT_FALSE(office.change(kAway, {.by = "nobody"}));
}

TEST(Absences, ThatACrashCutShortAreToldAtTheNextStart) {
  Office office(MemoryStore::Answers::when_told);
  const std::vector cases = {office.slowly_taken("open-1"), office.slowly_taken("open-2")};
  office.casebook->change_person(kAway, [](const Outcome&) {});
  office.settle();
  ASSERT_TRUE(office.store.tell_one());  // the record is written, the cases have not heard
  office.restart();
  office.settle_with_store();

  EXPECT_EQ(office.who_has(cases[0]) + office.who_has(cases[1]), "");
  EXPECT_EQ(office.lines_of("absence_begun"), 2U);
  EXPECT_EQ(office.lived(), office.replayed());
}

TEST(Absences, AreToldToACaseThatComesToKnowThePersonLater) {
  Office office;
  ASSERT_TRUE(
      office.change({.kind = Kind::person_absent, .person = "ines", .from = kSoon, .until = kFar}));
  const auto id = office.open();
  ASSERT_TRUE(office.act_on(id, "take", "accueil", "ines"));

  ASSERT_EQ(office.file(id).state.absences.size(), 1U);
  EXPECT_FALSE(office.file(id).state.absences[0].begun);
  EXPECT_EQ(office.who_has(id), "ines");
}

TEST(Absences, ThatOneCaseAloneRecordedAreNotEndedByTheDirectory) {
  Office office;
  const auto id = office.taken_by("ines", "open-1");
  ASSERT_TRUE(office.change(kAway));
  ASSERT_TRUE(office.change(kBack));
  ASSERT_TRUE(office.act({.command = "person_absent",
                          .command_id = "by-hand",
                          .case_id = id,
                          .person = "karim",
                          .about = "ines"}));
  office.restart();
  office.settle();

  EXPECT_EQ(office.file(id).state.absences.size(), 1U);
}

TEST(Removal, LeavesEveryCaseToTheColleagueItNames) {
  Office office;
  const auto first = office.taken_by("ines", "open-1");
  const auto second = office.taken_by("ines", "open-2");
  auto gone = kGone;
  gone.to = "paul";
  ASSERT_TRUE(office.change(gone));

  EXPECT_EQ(office.who_has(first), "paul");
  EXPECT_EQ(office.who_has(second), "paul");
  const auto refused = office.act_on(first, "complete", "accueil", "ines");
  ASSERT_FALSE(refused);
  EXPECT_EQ(refused.error().code, "unknown_person");
  EXPECT_EQ(office.lived(), office.replayed());
}

TEST(Removal, SaysWhichRolesItLeavesToNobodyAtThePartner) {
  Office office;
  const auto left = [&](Kind kind, std::string person) {
    return left_without(office.casebook->reading(), {.kind = kind, .person = std::move(person)});
  };

  EXPECT_EQ(left(Kind::person_removed, "ines"),  // paul is a référente too
            (std::vector<LeftWithout>{{"entreprise", "association", "Entreprise d’accueil"}}));
  ASSERT_TRUE(office.change({.kind = Kind::person_removed, .person = "paul"}));
  EXPECT_EQ(left(Kind::person_removed, "ines"),
            (std::vector<LeftWithout>{{"référente", "association", "Référente de parcours"},
                                      {"entreprise", "association", "Entreprise d’accueil"}}));
  EXPECT_TRUE(left(Kind::person_absent, "ines").empty());
  EXPECT_TRUE(left(Kind::person_removed, "nobody").empty());
}

TEST(Removal, EndsWhenThePersonIsRegisteredAgain) {
  Office office;
  const auto id = office.taken_by("ines", "open-1");
  ASSERT_TRUE(office.change(kGone));
  ASSERT_TRUE(office.register_person({"ines", "association", {"référente", "entreprise"}}));

  EXPECT_TRUE(office.file(id).state.absences.empty());
  EXPECT_TRUE(office.act_on(id, "take", "accueil", "ines"));
}

TEST(Rehearsal, SaysCaseByCaseWhatWouldChangeHandsAndWritesNothing) {
  Office office;
  const auto first = office.taken_by("ines", "open-1");
  office.taken_by("paul", "open-2");
  const auto size = office.store.size();
  const auto would = office.casebook->rehearse(
      {.kind = Kind::person_absent, .person = "ines", .from = kSoon, .until = kFar});

  ASSERT_EQ(would.size(), 1U);
  EXPECT_EQ(would[0].case_id, first);
  ASSERT_EQ(would[0].duties.size(), 1U);
  EXPECT_EQ(would[0].duties[0].was.person, "ines");
  EXPECT_EQ(would[0].duties[0].now.person, "");
  EXPECT_EQ(would[0].duties[0].others, std::vector<std::string>{"paul"});
  EXPECT_EQ(office.store.size(), size);
  EXPECT_EQ(office.who_has(first), "ines");
}

TEST(Rehearsal, OfWhatIsRecordedChangesNothingAlsoBeforeEveryCaseHasHeard) {
  Office office(MemoryStore::Answers::when_told);
  const auto id = office.slowly_taken("open-1");
  office.casebook->change_person(kAway, [](const Outcome&) {});
  office.settle();
  ASSERT_TRUE(office.store.tell_one());  // the directory; the case has not heard
  office.settle();

  ASSERT_EQ(office.who_has(id), "ines");
  EXPECT_TRUE(office.casebook->rehearse(kAway).empty());
}

TEST(Rehearsal, OfAReturnSaysWhatComesBack) {
  Office office;
  const auto id = office.taken_by("ines", "open-1");
  ASSERT_TRUE(office.change(kAway));
  const auto would = office.casebook->rehearse(kBack);

  ASSERT_EQ(would.size(), 1U);
  EXPECT_EQ(would[0].case_id, id);
  EXPECT_EQ(would[0].duties.at(0).now.person, "ines");
}

TEST(Rehearsal, SaysWhatNobodyCouldTake) {
  Office office;
  office.taken_by("ines", "open-1");
  ASSERT_TRUE(office.change({.kind = Kind::person_absent, .person = "paul", .until = kFar}));
  const auto would = office.casebook->rehearse(kGone);

  ASSERT_EQ(would.size(), 1U);
  EXPECT_TRUE(would[0].duties.at(0).others.empty());
}

// Whatever people do, the disk fails or the daemon ends in between: in the end each case knows of
// those who have acted in it what the directory says.
class Months {
 public:
  explicit Months(unsigned seed) : random_(seed) {}

  void play() {
    for (int i = 0; i < 60; ++i) {
      one(std::to_string(i));
    }
    for (int i = 0; i < 10; ++i) {  // what could not be written is tried again
      office_.casebook->tick();
      office_.settle_with_store();
    }
    const auto& reading = office_.casebook->reading();
    for (const auto& [stream, file] : reading.cases) {
      for (const auto& person : file.state.persons) {
        const auto* standing = reading.people.standing(person);
        const bool away = standing != nullptr && standing->change.kind == Kind::person_absent;
        const bool told = std::ranges::any_of(file.state.absences, [&](const auto& absence) {
          return file.state.person(absence.person) == person;
        });
        EXPECT_EQ(away, told) << stream << " " << person;
      }
    }
    EXPECT_EQ(office_.lived(), office_.replayed());
  }

 private:
  std::size_t below(std::size_t count) {
    return std::uniform_int_distribution<std::size_t>(0, count - 1)(random_);
  }

  std::string any(const std::vector<std::string>& names) { return names[below(names.size())]; }

  void one(const std::string& place) {
    switch (below(8)) {
      case 0:
        return office_.store.fail_next({StoreErrorCode::unavailable, "the disk"});
      case 1:
        return office_.restart();
      case 2:
      case 3:
        office_.casebook->change_person(
            {.kind = below(2) == 0 ? Kind::person_absent : Kind::person_returned,
             .person = any({"ines", "paul"})},
            [](const Outcome&) {});
        break;
      case 4:
        cases_.push_back(office_
                             .act({.command = "open",
                                   .command_id = "open" + place,
                                   .person = "karim",
                                   .protocol = "accueil-partagé"})
                             .value_or(Done{})
                             .case_id);
        return;
      default:
        if (!cases_.empty()) {
          (void)office_.act_on(
              any(cases_), any({"take", "release", "decline"}), "accueil", any({"ines", "paul"}));
        }
        return;
    }
    for (std::size_t turns = below(4); turns > 0; --turns) {  // sometimes cut short
      office_.turn();
    }
  }

  Office office_;
  std::mt19937 random_;
  std::vector<std::string> cases_;
};

TEST(AbsencesAtRandom, AreKnownToEveryCaseThatKnowsThePerson) {
  for (unsigned seed = 1; seed <= 25; ++seed) {
    SCOPED_TRACE("seed " + std::to_string(seed));
    Months(seed).play();
    if (::testing::Test::HasFailure()) {
      return;
    }
  }
}

TEST(PersonChanges, AreRefusedWhereTheyMakeNoSense) {
  Office office;
  const std::vector<std::pair<PersonChange, const char*>> rows = {
      {{.kind = Kind::person_absent, .person = "nobody"}, "unknown_person"},
      {{.kind = Kind::person_absent, .person = "ines", .until = sys_days{}}, "absence_is_over"},
      {kBack, "person_not_absent"},
      {{.kind = Kind::person_removed, .person = "ines", .to = "nobody"}, "unknown_person"},
      {{.kind = Kind::person_removed, .person = "ines", .to = "ines"}, "unknown_person"},
  };
  for (const auto& [change, wanted] : rows) {
    const auto size = office.store.size();
    const auto refused = office.change(change);

    ASSERT_FALSE(refused) << wanted;
    EXPECT_EQ(refused.error().code, wanted);
    EXPECT_EQ(office.store.size(), size);
  }
}

}  // namespace
}  // namespace protoflow::runtime
