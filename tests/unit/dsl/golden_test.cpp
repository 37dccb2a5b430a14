// Every file of tests/golden/check through the front end: the whole message is what a partner would
// read. PROTOFLOW_UPDATE=1 rewrites the expected texts; the difference is then reviewed like code.
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <vector>

#include <gtest/gtest.h>

#include "dsl/compile.hpp"
#include "tests/support/places.hpp"
#include "tests/unit/dsl/golden_shelf.hpp"

namespace protoflow::dsl {
namespace {

std::vector<std::filesystem::path> golden_files() {
  std::vector<std::filesystem::path> files;
  for (const auto& entry : std::filesystem::directory_iterator(in_sources("/tests/golden/check"))) {
    if (entry.path().extension() == ".proto-flow") {
      files.push_back(entry.path());
    }
  }
  return files;
}

TEST(GoldenCheck, SaysTheWholeMessage) {
  const std::vector<std::filesystem::path> files = golden_files();
  EXPECT_GE(files.size(), 12U);
  for (const std::filesystem::path& path : files) {
    const std::string text = read_golden(path);
    const std::string name = path.filename().string();
    const std::string told = render_text(compile(text, golden_shelf(name)), text, name, false);
    std::filesystem::path expected = path;
    expected.replace_extension(".txt");
    if (std::getenv("PROTOFLOW_UPDATE") != nullptr) {
      std::ofstream(expected, std::ios::binary) << told;
    }
    EXPECT_EQ(told, read_golden(expected)) << path;
  }
}

}  // namespace
}  // namespace protoflow::dsl
