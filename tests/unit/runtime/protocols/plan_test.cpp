#include "runtime/protocols/plan.hpp"

#include <gtest/gtest.h>

#include "tests/support/casebook_world.hpp"
#include "tests/support/places.hpp"

namespace protoflow::runtime {
namespace {

TEST(MakePlan, HasTheZoneThatTheProtocolNames) {
  const auto plan = make_plan(testing::accueil_text()).value();
  const auto local =
      engine::to_local(testing::instant("2027-07-01T08:00:00.000Z"), plan->work_time.zone);
  EXPECT_EQ(local.time_of_day, std::chrono::hours(10));
  EXPECT_EQ(plan->meaning_hash.size(), 64u);
}

TEST(MakePlan, SaysThatAZoneIsUnknown) {
  auto text = testing::accueil_text();
  const std::string zone = "Europe/Paris";
  text.replace(text.find(zone), zone.size(), "Europe/Lutetia");
  const auto plan = make_plan(text);

  ASSERT_FALSE(plan);
  const auto said = plan.error().what +
                    dsl::render_text(plan.error().compiled, text, "accueil.proto-flow", false);
  EXPECT_NE(said.find("Europe/Lutetia"), std::string::npos) << said;
}

TEST(PlanOfDeployed, ForgivesOnlyWhatWasNotLookedForOnce) {
  const auto tongues = [](std::string_view spoken) {
    return ProtocolText{.text = "protocol p\n  coordinated by r\npartner one\n  speaks " +
                                std::string(spoken) +
                                "\nrole r\n  held by one\nstep s\n  responsible r\n"
                                "ending e\n  when s\n"};
  };
  EXPECT_TRUE(make_plan(tongues("fr")));
  EXPECT_FALSE(make_plan(tongues("french")));
  EXPECT_TRUE(plan_of_deployed(tongues("french")));

  auto nobody = tongues("french");
  nobody.text.erase(nobody.text.find("  responsible r\n"), 16);
  EXPECT_FALSE(plan_of_deployed(nobody));
}

TEST(ReadTextFile, SaysWhyAFileCannotBeRead) {
  const testing::Folder folder;
  std::ofstream(folder / "big").put(' ');
  std::filesystem::resize_file(folder / "big", (4u << 20) + 1);
  std::ofstream(folder / "whole").put(' ');
  std::filesystem::resize_file(folder / "whole", 4u << 20);
  std::ofstream(folder / "empty").flush();

  EXPECT_NE(read_text_file(folder / "nowhere").error().find("no such file"), std::string::npos);
  EXPECT_NE(read_text_file(folder.path()).error().find("is not a file"), std::string::npos);
  EXPECT_NE(read_text_file(folder / "big").error().find("at most 4"), std::string::npos);
  EXPECT_EQ(read_text_file(folder / "whole").value().size(), 4u << 20);
  EXPECT_EQ(read_text_file(folder / "empty"), "");
}

TEST(ShippedProtocols, HaveNothingToBeSaidOfThem) {
  namespace fs = std::filesystem;
  for (const auto& entry : fs::recursive_directory_iterator(in_sources("/protocols"))) {
    if (entry.path().extension() != ".proto-flow") {
      continue;
    }
    const auto read = compile_file(entry.path());
    ASSERT_TRUE(read) << read.error();
    EXPECT_TRUE(read->compiled.protocol || read->compiled.shared) << entry.path();
    EXPECT_EQ(dsl::render_text(read->compiled, read->text, entry.path().string(), false), "");
  }
}

}  // namespace
}  // namespace protoflow::runtime
