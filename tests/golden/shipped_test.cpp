// Every protocol we ship, as its first reader meets it: nothing to object to, and its stories hold.
#include <algorithm>
#include <fstream>
#include <ostream>
#include <sstream>

#include <gtest/gtest.h>

#include "tests/golden/process.hpp"
#include "tests/support/folder.hpp"
#include "tests/support/places.hpp"

namespace protoflow::golden {
namespace {

const std::filesystem::path kFolder = in_sources("/protocols");

// A file that only serves others has no line of its own that starts with `protocol`.
bool is_protocol(const std::filesystem::path& file) {
  std::ifstream stream(file);
  for (std::string line; std::getline(stream, line);) {
    if (line.starts_with("protocol")) {
      return true;
    }
  }
  return false;
}

std::vector<std::string> shipped() {
  std::vector<std::string> names;
  for (const auto& entry : std::filesystem::directory_iterator(kFolder)) {
    if (entry.path().extension() == ".proto-flow" && is_protocol(entry.path())) {
      names.push_back(entry.path().filename().string());
    }
  }
  std::ranges::sort(names);
  return names;
}

class Shipped : public ::testing::TestWithParam<std::string> {};

Ended told(std::vector<std::string> arguments) {
  const testing::Folder aside;
  return run({.arguments = std::move(arguments), .settings = {}, .folder = kFolder}, aside.path());
}

TEST_P(Shipped, ChecksWithoutAWarning) {
  const auto ended = told({"check", "--json", GetParam()});

  EXPECT_EQ(ended.code, 0) << ended.complaint;
  EXPECT_NE(ended.output.find("\"diagnostics\": []"), std::string::npos) << ended.output;
}

TEST_P(Shipped, TellsStoriesThatHold) {
  const auto ended = told({"test", "--json", GetParam()});

  EXPECT_EQ(ended.code, 0) << ended.output << ended.complaint;
  EXPECT_NE(ended.output.find("\"holds\": true"), std::string::npos) << "no example";
}

TEST_P(Shipped, PlaysItsStoryOnALiveDaemon) {
  const testing::Folder data;

  const auto ended = told({"demo",
                           "--protocol",
                           GetParam(),
                           "--data",
                           (data / "log").string(),
                           "--port",
                           "0",
                           "--fast",
                           "--exit"});

  EXPECT_EQ(ended.code, 0) << ended.output << ended.complaint;
}

INSTANTIATE_TEST_SUITE_P(Files, Shipped, ::testing::ValuesIn(shipped()), [](const auto& instance) {
  auto name = instance.param.substr(0, instance.param.find('.'));
  std::ranges::replace(name, '-', '_');
  return name;
});

}  // namespace
}  // namespace protoflow::golden
