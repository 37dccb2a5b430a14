// Every file of tests/golden/cli through the program: what a person at the terminal reads, whole.
// PROTOFLOW_UPDATE=1 writes what was found; the difference is then reviewed like code.
#include <algorithm>
#include <cstdlib>
#include <fstream>
#include <ostream>
#include <sstream>

#include <gtest/gtest.h>

#include "tests/golden/stage.hpp"
#include "tests/support/folder.hpp"
#include "tests/support/places.hpp"

namespace protoflow::golden {
namespace {

std::vector<std::string> golden_names() {
  std::vector<std::string> names;
  for (const auto& entry : std::filesystem::directory_iterator(in_sources("/tests/golden/cli"))) {
    if (entry.path().extension() == ".txt") {
      names.push_back(entry.path().stem().string());
    }
  }
  std::ranges::sort(names);
  return names;
}

class GoldenCli : public ::testing::TestWithParam<std::string> {};

TEST_P(GoldenCli, SaysTheWholeOutput) {
  const auto file = std::filesystem::path(in_sources("/tests/golden/cli")) / (GetParam() + ".txt");
  std::ifstream stream(file, std::ios::binary);
  std::stringstream expected;
  expected << stream.rdbuf();
  Stage stage;
  std::string found;
  for (const auto& step : read_steps(expected.str())) {
    found += write_step(step, stage.play(step));
  }

  if (std::getenv("PROTOFLOW_UPDATE") != nullptr) {
    std::ofstream(file, std::ios::binary) << found;
  }
  EXPECT_EQ(found, expected.str()) << "set PROTOFLOW_UPDATE=1 to accept what was found";
}

INSTANTIATE_TEST_SUITE_P(Files,
                         GoldenCli,
                         ::testing::ValuesIn(golden_names()),
                         [](const auto& instance) {
                           auto name = instance.param;
                           std::ranges::replace(name, '-', '_');
                           return name;
                         });

TEST(HalfOfTheProgram, ChecksTextsAndSaysWhichHalfIsMissing) {
  const protoflow::testing::Folder folder;
  std::filesystem::copy_file(program_under_test(), folder / "protoflow");
  const auto run_there = [&](const std::string& arguments) {
    const auto status = std::system(
        ("cd '" + (folder / "").string() + "' && ./protoflow " + arguments + " 2> said").c_str());
    return WEXITSTATUS(status);
  };

  EXPECT_EQ(run_there("check '" + in_sources("/protocols/first-steps.proto-flow") + "' > all"), 0);
  EXPECT_EQ(run_there("tasks"), 3);
  std::ifstream stream(folder / "said");
  std::string said;
  std::getline(stream, said);
  EXPECT_EQ(said,
            "protoflow: cannot run " + (folder / "protoflow-full").string() +
                ", the part that runs protocols. Install protoflow again, whole.");
}

}  // namespace
}  // namespace protoflow::golden
