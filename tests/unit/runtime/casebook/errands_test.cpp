// What one stream has to say to another: brought once, also over a crash; refused, it leaves a
// trace.
#include <gtest/gtest.h>

#include "tests/support/casebook_world.hpp"

namespace protoflow::runtime {
namespace {

using testing::CasebookWorld;
using testing::MemoryStore;

constexpr const char* kText = R"(protocole ateliers "Ateliers"
  coordonné par coordination
partenaire asso "Association"
rôle coordination "Coordination"
  tenu par asso
séance atelier "Atelier de français"
  accueillie par coordination
  pour au plus 2 bénéficiaires
  à la demande
étape venir "Venir à l’atelier"
  responsable coordination
  sous 3 semaines
  si retard prévenir bénéficiaire
  lors de atelier
étape parler "En reparler"
  après venir
  responsable coordination
  sous 10 jours ouvrés
  si retard prévenir bénéficiaire
fin finie "Finie"
  quand parler
)";

struct Workshop : CasebookWorld {
  explicit Workshop(MemoryStore::Answers answers = MemoryStore::Answers::at_once)
      : CasebookWorld(answers) {}

  void begin() {
    casebook->deploy({kText, {}, {}},
                     [](const auto& plan) { EXPECT_TRUE(plan) << plan.error().detail; });
    settle_with_store();
    register_person({"karim", "asso", {"coordination"}}).value();
  }

  std::string open_case() {
    return act({.command = "open", .command_id = "open", .person = "karim", .protocol = "ateliers"})
        .value()
        .case_id;
  }

  std::size_t lines_of(std::string_view kind) {
    std::size_t found = 0;
    const auto read = store.read_all(0, [&](const StoredEvent& stored) {
      const auto record = engine::read_record(stored.line);
      found += record && record->kind == kind ? 1U : 0U;
      return true;
    });
    EXPECT_TRUE(read);
    return found;
  }
};

engine::Command attended(const std::string& session) {
  return {.kind = engine::CommandKind::session_attended,
          .session = model::SessionId{0},
          .occurrence = session,
          .attendance = engine::Attendance::present,
          .from = session};
}

TEST(Errands, AreDoneOnceHoweverOftenTheyAreBrought) {
  Workshop world;
  world.begin();
  const auto id = world.open_case();
  const auto stream = case_stream(id);
  for (int time = 0; time < 3; ++time) {
    world.casebook->send({{stream, "session/s:4:0", attended("s")}});
    world.settle_with_store();
  }
  world.restart();
  world.casebook->send({{stream, "session/s:4:0", attended("s")}});
  world.settle_with_store();

  EXPECT_EQ(world.lines_of("errand_noted") + world.lines_of("session_attended"), 1U);
  EXPECT_EQ(world.lived(), world.replayed());
}

TEST(Errands, LeaveATraceWhereTheyComeTooLate) {
  Workshop world;
  world.begin();
  const auto id = world.open_case();
  ASSERT_TRUE(world.act({.command = "complete",
                         .command_id = "by-hand",
                         .case_id = id,
                         .person = "karim",
                         .step = "venir",
                         .reason = "elsewhere"}));
  world.casebook->send({{case_stream(id), "session/s:4:0", attended("s")}});
  world.settle_with_store();

  EXPECT_EQ(world.lines_of("errand_noted"), 1U);
  EXPECT_EQ(world.lived(), world.replayed());
}

}  // namespace
}  // namespace protoflow::runtime
