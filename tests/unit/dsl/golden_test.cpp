// Every file of tests/golden/check through the front end: the whole message is what a partner would
// read. PROTOFLOW_UPDATE=1 rewrites the expected texts; the difference is then reviewed like code.
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <sstream>
#include <vector>

#include <gtest/gtest.h>

#include "dsl/compile.hpp"

namespace protoflow::dsl {
namespace {

std::string read(const std::filesystem::path& path) {
  std::ifstream file(path, std::ios::binary);
  std::stringstream text;
  text << file.rdbuf();
  return text.str();
}

std::vector<std::filesystem::path> golden_files() {
  std::vector<std::filesystem::path> files;
  for (const auto& entry :
       std::filesystem::directory_iterator(PROTOFLOW_SOURCE_DIR "/tests/golden/check")) {
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
    const std::string text = read(path);
    const std::string told = render_text(compile(text), text, path.filename().string(), false);
    std::filesystem::path expected = path;
    expected.replace_extension(".txt");
    if (std::getenv("PROTOFLOW_UPDATE") != nullptr) {
      std::ofstream(expected, std::ios::binary) << told;
    }
    EXPECT_EQ(told, read(expected)) << path;
  }
}

TEST(GoldenCheck, FindsNothingInTheShippedProtocols) {
  for (const auto& entry : std::filesystem::directory_iterator(PROTOFLOW_SOURCE_DIR "/protocols")) {
    if (entry.path().extension() == ".proto-flow") {
      const std::string text = read(entry.path());
      const Compiled compiled = compile(text);
      EXPECT_TRUE(compiled.protocol) << entry.path();
      EXPECT_EQ(render_text(compiled, text, entry.path().string(), false), "");
    }
  }
}

}  // namespace
}  // namespace protoflow::dsl
