// A dry run says what a command would write and what it would undo, and leaves no trace: no record,
// no key, no notice, no stream.
#include <gtest/gtest.h>
#include <nlohmann/json.hpp>

#include "tests/support/casebook_world.hpp"

namespace protoflow::runtime {
namespace {

using testing::CasebookWorld;

std::vector<std::string> kinds_of(const Done& done) {
  std::vector<std::string> kinds;
  for (const auto& line : done.events) {
    kinds.push_back(nlohmann::json::parse(line).value("kind", ""));
  }
  return kinds;
}

struct Trace {
  std::size_t records = 0, letters = 0, streams = 0, heads = 0;
  std::map<std::string, std::string> lived;
  model::Instant due;

  explicit Trace(const CasebookWorld& world)
      : records(world.store.size()),
        letters(world.told.size()),
        streams(world.casebook->reading().cases.size()),
        heads(world.casebook->reading().heads.size()),
        lived(world.lived()),
        due(world.casebook->next_due()) {}

  friend bool operator==(const Trace&, const Trace&) = default;
};

Request opening() {
  return {.command = "open",
          .command_id = "open-1",
          .person = "karim",
          .protocol = "accueil-partagé",
          .beneficiary = "b-asked",
          .dry_run = true};
}

Request on_case(const std::string& command, const std::string& case_id) {
  return {.command = command,
          .command_id = command + "-dry",
          .case_id = case_id,
          .person = "ines",
          .step = "accueil",
          .dry_run = true};
}

TEST(DryRun, OfAnOpeningLeavesNoCaseAndNoKey) {
  CasebookWorld world;
  world.prepare();
  const Trace before(world);

  const auto outcome = world.act(opening());

  ASSERT_TRUE(outcome) << outcome.error().detail;
  EXPECT_TRUE(outcome->dry_run);
  EXPECT_EQ(kinds_of(*outcome), (std::vector<std::string>{"case_opened", "step_offered"}));
  EXPECT_EQ(outcome->version, 2U);
  EXPECT_TRUE(outcome->undoes.empty());
  EXPECT_EQ(Trace(world), before);
  EXPECT_FALSE(world.vault.seal("b-asked", "text")) << "a key was made";
  EXPECT_FALSE(world.vault.seal("b-" + outcome->case_id, "text")) << "a key was made";
}

TEST(DryRun, OfAnOpeningDoesNotStandInTheWayOfTheOpening) {
  CasebookWorld world;
  world.prepare();
  (void)world.act(opening());
  auto request = opening();
  request.dry_run = false;

  const auto outcome = world.act(request);

  ASSERT_TRUE(outcome) << outcome.error().detail;
  EXPECT_FALSE(outcome->repeated);
  EXPECT_FALSE(outcome->dry_run);
  EXPECT_EQ(world.lived(), world.replayed());
}

TEST(DryRun, OfAnOpeningThatIsRefusedLeavesNoCase) {
  CasebookWorld world;
  world.prepare();
  const Trace before(world);
  auto request = opening();
  request.person = "ines";

  const auto outcome = world.act(request);

  ASSERT_FALSE(outcome);
  EXPECT_EQ(outcome.error().code, "not_yours");
  EXPECT_EQ(Trace(world), before);
}

TEST(DryRun, SaysTheEventsOfTheCommandThatFollows) {
  CasebookWorld world;
  world.prepare();
  const auto case_id = world.open();
  const Trace before(world);

  const auto dry = world.act(on_case("take", case_id));
  ASSERT_TRUE(dry) << dry.error().detail;
  EXPECT_EQ(Trace(world), before);

  auto request = on_case("take", case_id);
  request.dry_run = false;
  const auto done = world.act(request);
  ASSERT_TRUE(done) << done.error().detail;
  EXPECT_FALSE(done->repeated) << "a dry run does not use up its id";
  EXPECT_EQ(kinds_of(*dry), kinds_of(*done));
  EXPECT_EQ(dry->version, done->version);
}

TEST(DryRun, IsRefusedAsTheCommandWouldBe) {
  CasebookWorld world;
  world.prepare();
  const auto case_id = world.open();
  auto request = on_case("take", case_id);
  request.person = "karim";
  const Trace before(world);

  const auto outcome = world.act(request);

  ASSERT_FALSE(outcome);
  EXPECT_EQ(outcome.error().code, "not_yours");
  EXPECT_EQ(Trace(world), before);
}

TEST(DryRun, KeepsWhatIsSaidToItself) {
  CasebookWorld world;
  world.prepare();
  const auto case_id = world.open();
  auto request = on_case("decline", case_id);
  request.reason = "confidential";

  const auto outcome = world.act(request);

  ASSERT_TRUE(outcome) << outcome.error().detail;
  for (const auto& line : outcome->events) {
    EXPECT_EQ(line.find("confidential"), line.npos);
  }
}

TEST(DryRun, NamesTheStepsWhoseWorkItUndoes) {
  CasebookWorld world;
  world.prepare();
  const auto case_id = world.open();
  const auto done = world.complete(case_id);
  ASSERT_TRUE(done) << done.error().detail;
  std::uint32_t completion = 0;
  for (const auto& line : done->events) {
    const auto record = nlohmann::json::parse(line);
    if (record.value("kind", "") == "step_completed") {
      completion = record.value("version", 0U);
    }
  }
  const Trace before(world);
  auto request = on_case("void_event", case_id);
  request.person = "karim";
  request.step = "";
  request.event = completion;
  request.reason = "erreur";

  const auto outcome = world.act(request);

  ASSERT_TRUE(outcome) << outcome.error().detail;
  EXPECT_EQ(outcome->undoes, (std::vector<std::string>{"accueil"}));
  EXPECT_EQ(kinds_of(*outcome).front(), "event_voided");
  EXPECT_EQ(Trace(world), before);
}

TEST(DryRun, OfAnOpeningThatIsDoneAlreadyIsRefusedAndChangesNothing) {
  CasebookWorld world;
  world.prepare();
  (void)world.open();
  const Trace before(world);

  const auto outcome = world.act(opening());

  ASSERT_FALSE(outcome);
  EXPECT_EQ(outcome.error().code, "already_opened");
  EXPECT_EQ(Trace(world), before);
}

}  // namespace
}  // namespace protoflow::runtime
