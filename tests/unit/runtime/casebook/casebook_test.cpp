#include "runtime/casebook/casebook.hpp"

#include <set>

#include <gtest/gtest.h>

#include "engine/duty/notice.hpp"
#include "tests/support/casebook_world.hpp"

namespace protoflow::runtime {
namespace {

using testing::CasebookWorld;
using testing::MemoryStore;

constexpr auto kWhenTold = MemoryStore::Answers::when_told;

Request taking(const std::string& case_id, const std::string& command_id) {
  return {.command = "take",
          .command_id = command_id,
          .case_id = case_id,
          .person = "ines",
          .step = "accueil"};
}

Request opening(const std::string& command_id) {
  return {.command = "open",
          .command_id = command_id,
          .person = "karim",
          .protocol = "accueil-partagé"};
}

/// Submits and keeps the answer for later.
std::shared_ptr<std::optional<Outcome>> submit(CasebookWorld& world, Request request) {
  auto answer = std::make_shared<std::optional<Outcome>>();
  world.casebook->submit(std::move(request),
                         [answer](const Outcome& outcome) { *answer = outcome; });
  return answer;
}

std::string code_of(const Outcome& outcome) {
  return outcome ? "done" : outcome.error().code;
}

TEST(Casebook, OpensTheSameCaseForTheSameCommand) {
  CasebookWorld world;
  world.prepare();
  const auto first = world.act(opening("open-1")).value();
  const auto again = world.act(opening("open-1")).value();
  const auto other = world.act(opening("open-2")).value();

  EXPECT_EQ(first.case_id, again.case_id);
  EXPECT_EQ(first.events, again.events);
  EXPECT_FALSE(first.repeated);
  EXPECT_TRUE(again.repeated);
  EXPECT_NE(first.case_id, other.case_id);
  EXPECT_EQ(first.case_id, case_id_of_command("open-1"));
}

TEST(Casebook, AnswersTheCommandsOfACaseOneAfterTheOther) {
  CasebookWorld world(kWhenTold);
  world.prepare();
  std::vector<std::string> order;
  const auto note = [&](const std::string& name) {
    return
        [&order, name](const Outcome& outcome) { order.push_back(name + " " + code_of(outcome)); };
  };
  world.casebook->submit(opening("open-1"), note("open"));
  const auto case_id = case_id_of_command("open-1");
  world.casebook->submit(taking(case_id, "take-1"), note("take"));
  world.casebook->submit(taking(case_id, "take-2"), note("take again"));
  auto release = taking(case_id, "release-1");
  release.command = "release";
  world.casebook->submit(release, note("release"));
  EXPECT_EQ(world.casebook->under_way(), 1u);

  world.settle_with_store();

  EXPECT_EQ(order,
            (std::vector<std::string>{
                "open done", "take done", "take again not_possible_now", "release done"}));
  EXPECT_EQ(world.casebook->under_way(), 0u);
  EXPECT_EQ(world.lived(), world.replayed());
}

TEST(Casebook, LetsNobodyOvertakeWhoWaitsAlready) {
  CasebookWorld world(kWhenTold);
  world.prepare();
  std::vector<std::string> order;
  const auto note = [&](const std::string& name) {
    return [&order, name](const Outcome&) { order.push_back(name); };
  };
  const auto case_id = case_id_of_command("open-1");
  auto wrong = taking(case_id, "wrong");
  wrong.step = "nulle-part";  // answered without the store
  world.casebook->submit(opening("open-1"), note("open"));
  world.casebook->submit(wrong, note("second"));
  world.casebook->submit(wrong, note("third"));
  world.store.tell_all();
  while (order.size() < 2) {
    ASSERT_TRUE(world.turn());
  }
  world.casebook->submit(wrong, note("fourth"));
  world.settle_with_store();

  EXPECT_EQ(order, (std::vector<std::string>{"open", "second", "third", "fourth"}));
}

TEST(Casebook, LetsOneCaseGoOnWhileAnotherWaitsForTheStore) {
  CasebookWorld world(kWhenTold);
  world.prepare();
  const auto first = submit(world, opening("open-1"));
  const auto second = submit(world, opening("open-2"));

  EXPECT_EQ(world.casebook->under_way(), 2u);
  world.settle_with_store();
  EXPECT_TRUE((*first)->has_value());
  EXPECT_TRUE((*second)->has_value());
}

TEST(Casebook, DoesARepeatedCommandOnce) {
  CasebookWorld world;
  world.prepare();
  const auto case_id = world.open();
  const auto first = world.act(taking(case_id, "take-1")).value();
  const auto size = world.store.size();
  const auto again = world.act(taking(case_id, "take-1")).value();

  EXPECT_TRUE(again.repeated);
  EXPECT_EQ(again.events, first.events);
  EXPECT_EQ(again.version, first.version);
  EXPECT_EQ(world.store.size(), size);
}

TEST(Casebook, GivesTheFirstAnswerEvenWhenTheCaseHasMovedOn) {
  CasebookWorld world;
  world.prepare();
  const auto case_id = world.open();
  const auto first = world.act(taking(case_id, "take-1")).value();
  ASSERT_TRUE(world.complete(case_id));
  auto repeated = taking(case_id, "take-1");
  repeated.expected_version = 1;  // right when it was sent first
  const auto again = world.act(repeated).value();

  EXPECT_EQ(again.version, first.version);
  EXPECT_EQ(again.events, first.events);
}

TEST(Casebook, RemembersCommandsOverARestart) {
  CasebookWorld world;
  world.prepare();
  const auto case_id = world.open();
  const auto first = world.act(taking(case_id, "take-1")).value();
  const auto size = world.store.size();
  world.restart();
  const auto again = world.act(taking(case_id, "take-1")).value();
  const auto opened = world.act(opening("open-1")).value();

  EXPECT_TRUE(again.repeated);
  EXPECT_EQ(again.events, first.events);
  EXPECT_TRUE(opened.repeated);
  EXPECT_EQ(opened.case_id, case_id);
  EXPECT_EQ(world.store.size(), size);
}

TEST(Casebook, AnswersARepetitionThatComesWhileTheFirstIsUnderWay) {
  CasebookWorld world(kWhenTold);
  world.prepare();
  const auto first = submit(world, opening("open-1"));
  const auto again = submit(world, opening("open-1"));
  world.settle_with_store();

  ASSERT_TRUE(first->value().has_value());
  ASSERT_TRUE(again->value().has_value());
  EXPECT_FALSE((*first)->value().repeated);
  EXPECT_TRUE((*again)->value().repeated);
  EXPECT_EQ((*first)->value().events, (*again)->value().events);
}

TEST(Casebook, RefusesACommandForAnotherVersion) {
  CasebookWorld world;
  world.prepare();
  const auto case_id = world.open();
  const auto version = world.file(case_id).state.version;
  auto request = taking(case_id, "take-1");
  request.expected_version = version + 1;
  const auto refused = world.act(request);
  request.expected_version = version;
  const auto done = world.act(request);

  ASSERT_FALSE(refused);
  EXPECT_EQ(refused.error().why, Why::version_conflict);
  EXPECT_EQ(refused.error().version, version);
  EXPECT_TRUE(done);
}

struct Unknown {
  std::string_view name;
  Request request;
  Why why;
  std::string_view code;
  std::string_view said;
};

std::vector<Unknown> unknown_in_a_step(const std::string& case_id) {
  auto person = taking(case_id, "c-1");
  person.person = "inès";
  auto nobody = taking(case_id, "c-2");
  nobody.person = "";
  auto step = taking(case_id, "c-3");
  step.step = "acueil";
  auto no_step = taking(case_id, "c-4");
  no_step.step = "";
  auto command = taking(case_id, "c-5");
  command.command = "tick";
  auto outcome = taking(case_id, "c-6");
  outcome.command = "complete";
  outcome.outcome = "engagé";
  auto information = outcome;
  information.outcome = "engagée";
  information.informations = {{"niveau-francais", "A1"}};
  auto value = information;
  value.informations = {{"niveau-français", "C2"}};
  auto consent = information;
  consent.informations.clear();
  consent.consents = {{"partages", true}};
  return std::vector<Unknown>({
      {"case", taking("nowhere", "c"), Why::unknown_case, "unknown_case", "nowhere"},
      {"person", person, Why::unknown_person, "unknown_person", "inès"},
      {"nobody", nobody, Why::unknown_person, "unknown_person", "which person"},
      {"step", step, Why::bad_request, "unknown_step", "«\u00A0accueil\u00A0»"},
      {"no step", no_step, Why::bad_request, "step_needed", "étape"},
      {"tick", command, Why::bad_request, "unknown_command", "take, "},
      {"outcome", outcome, Why::bad_request, "unknown_outcome", "«\u00A0engagée\u00A0»"},
      {"information",
       information,
       Why::bad_request,
       "unknown_information",
       "«\u00A0niveau-français\u00A0»"},
      {"value", value, Why::bad_request, "wrong_value", "A0, A1, A2"},
      {"consent", consent, Why::bad_request, "unknown_consent", "«\u00A0partage\u00A0»"},
  });
}

std::vector<Unknown> unknown_elsewhere(const std::string& case_id) {
  const Request refer{.command = "refer",
                      .command_id = "c-7",
                      .case_id = case_id,
                      .person = "karim",
                      .role = "entreprises",
                      .partner = "association"};
  auto no_role = refer;
  no_role.role = "";
  auto no_partner = refer;
  no_partner.role = "entreprise";
  no_partner.partner = "";
  const Request protocol{
      .command = "open", .command_id = "c-8", .person = "karim", .protocol = "accueil"};
  return std::vector<Unknown>({
      {"protocol", protocol, Why::unknown_protocol, "unknown_protocol", "accueil"},
      {"role", refer, Why::bad_request, "unknown_role", "«\u00A0entreprise\u00A0»"},
      {"no role", no_role, Why::bad_request, "role_needed", "rôle"},
      {"no partner", no_partner, Why::bad_request, "partner_needed", "partenaire"},
  });
}

TEST(Casebook, SaysWhatItDoesNotKnowAndWhatIsNear) {
  CasebookWorld world;
  world.prepare();
  const auto case_id = world.open();
  auto rows = unknown_in_a_step(case_id);
  std::ranges::copy(unknown_elsewhere(case_id), std::back_inserter(rows));
  const auto size = world.store.size();
  for (const auto& row : rows) {
    SCOPED_TRACE(row.name);
    const auto told = world.act(row.request);
    ASSERT_FALSE(told);
    EXPECT_EQ(told.error().why, row.why);
    EXPECT_EQ(told.error().code, row.code);
    EXPECT_NE(told.error().detail.find(row.said), std::string::npos) << told.error().detail;
  }
  EXPECT_EQ(world.store.size(), size);
  EXPECT_EQ(world.lived(), world.replayed());
}

TEST(Casebook, KeepsNothingOfAnOpeningThatWasRefused) {
  CasebookWorld world;
  world.prepare();
  auto stranger = opening("open-1");
  stranger.person = "nobody";
  EXPECT_EQ(code_of(world.act(stranger)), "unknown_person");
  auto early = opening("open-2");
  early.happened = testing::instant("2028-01-01T00:00:00.000Z");
  EXPECT_EQ(code_of(world.act(early)), "happened_in_future");
  auto wrong = opening("open-3");
  wrong.step = "nulle-part";
  EXPECT_EQ(code_of(world.act(wrong)), "unknown_step");
  auto late = opening("open-4");
  late.expected_version = 7;
  EXPECT_EQ(code_of(world.act(late)), "version_conflict");

  EXPECT_TRUE(world.casebook->reading().cases.empty());
  EXPECT_EQ(code_of(world.act(taking(case_id_of_command("open-1"), "take-1"))), "unknown_case");
  EXPECT_TRUE(world.act(opening("open-1")));
}

TEST(Casebook, RefusesNewCommandsOnceItStops) {
  CasebookWorld world(kWhenTold);
  world.prepare();
  const auto under_way = submit(world, opening("open-1"));
  const auto waiting = submit(world, taking(case_id_of_command("open-1"), "take-1"));
  world.casebook->stop();
  const auto after = submit(world, opening("open-2"));
  world.settle_with_store();

  EXPECT_TRUE((*under_way)->has_value());
  EXPECT_TRUE((*waiting)->has_value());
  ASSERT_FALSE((*after)->has_value());
  EXPECT_EQ((*after)->error().why, Why::stopping);
}

TEST(Casebook, NumbersNoticesWithoutEverRepeatingOne) {
  CasebookWorld world;
  world.prepare();
  const auto case_id = world.open();
  ASSERT_TRUE(world.complete(case_id));
  world.clock.set(testing::instant("2027-03-20T08:00:00.000Z"));
  world.casebook->tick();
  world.settle();
  std::set<std::string> ids;
  std::uint64_t last = 0;
  for (const auto& notice : world.told) {
    EXPECT_TRUE(ids.insert(notice.id).second) << notice.id;
    EXPECT_GT(notice.number, last);
    EXPECT_TRUE(notice.id.starts_with(notice.stream + ":")) << notice.id;
    last = notice.number;
  }
  EXPECT_GE(ids.size(), 3u);
  EXPECT_EQ(world.position_told, world.store.size());
}

TEST(Casebook, DerivesAgainExactlyTheNoticesAfterAPosition) {
  CasebookWorld world;
  world.prepare();
  const auto case_id = world.open();
  ASSERT_TRUE(world.complete(case_id));
  ASSERT_TRUE(world.act_on(case_id, "approve", "accueil", "karim"));
  const auto all = world.told;
  for (std::uint64_t position = 0; position <= world.store.size(); ++position) {
    SCOPED_TRACE(position);
    world.restart(position);
    std::vector<std::string> wanted;
    for (const auto& notice : all) {
      if (notice.number >= (position + 1) * engine::kNoticesPerEventMax) {
        wanted.push_back(notice.json);
      }
    }
    std::vector<std::string> found;
    for (const auto& notice : world.told) {
      found.push_back(notice.json);
    }
    EXPECT_EQ(found, wanted);
  }
}

}  // namespace
}  // namespace protoflow::runtime
