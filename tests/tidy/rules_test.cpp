// Each house rule on small trees that break it, so that a rule that stopped finding would be found.
#include "tests/tidy/rules.hpp"

#include <string>
#include <vector>

#include <gtest/gtest.h>

namespace protoflow::tidy {
namespace {

using Rule = std::vector<Finding> (*)(const Tree&);

struct Case {
  std::string claim;
  Rule rule;
  std::vector<std::pair<std::string, std::string>> files;
  std::string finding;  // how the only line of the report begins; empty when the rule holds
};

std::string lines(std::size_t count) {
  std::string text;
  for (std::size_t line = 0; line < count; ++line) {
    text += "  work();\n";
  }
  return text;
}

// clang-format off
const std::vector<Case> kCases = {
    {"EngineMayNotIncludeDsl", include_direction,
     {{"dsl/a.hpp", ""}, {"engine/b.cpp", "\n#include \"dsl/a.hpp\"\n"}}, "engine/b.cpp:2: "},
    {"ModelMayNotIncludeEngine", include_direction,
     {{"engine/a.hpp", ""}, {"engine/model/b.hpp", "#include \"engine/a.hpp\"\n"}}, "engine/model/b.hpp:1: "},
    {"DslMayIncludeModel", include_direction,
     {{"dsl/b.cpp", "#include \"engine/model/a.hpp\"\n"}, {"engine/model/a.hpp", ""}}, ""},
    {"IncludedFilesExist", include_direction,
     {{"dsl/b.cpp", "#include \"dsl/absent.hpp\"\n"}}, "dsl/b.cpp:1: \"dsl/absent.hpp\" does not exist"},
    {"GrammarStaysInSyntax", confined_headers,
     {{"dsl/meaning/a.cpp", "#include <tao/pegtl.hpp>\n"}}, "dsl/meaning/a.cpp:1: "},
    {"LogLibraryStaysOutOfHeaders", confined_headers,
     {{"runtime/log.hpp", "#include <spdlog/spdlog.h>\n"}}, "runtime/log.hpp:1: "},
    {"ForwardsOfJsonMayStandInHeaders", confined_headers,
     {{"engine/event/a.hpp", "#include <nlohmann/json_fwd.hpp>\n"}}, ""},
    {"UnknownThirdPartyNeedsADecision", confined_headers,
     {{"runtime/a.cpp", "#include <absl/strings/str_cat.h>\n"}}, "runtime/a.cpp:1: "},
    {"EngineOpensNoFile", confined_headers,
     {{"engine/a.cpp", "#include <fstream>\n"}}, "engine/a.cpp:1: "},
    {"StandardHeadersAreFree", confined_headers, {{"engine/a.cpp", "#include <vector>\n"}}, ""},
    {"HeaderThatShowsAThirdPartyIsPrivate", exposed_headers,
     {{"runtime/loop/a.hpp", "#include <boost/asio.hpp>\n"}, {"runtime/cli/b.cpp", "#include \"runtime/loop/a.hpp\"\n"}},
     "runtime/cli/b.cpp:1: "},
    {"HeaderThatShowsAThirdPartyServesItsFolder", exposed_headers,
     {{"runtime/http/b.cpp", "#include \"runtime/loop/a.hpp\"\n"}, {"runtime/loop/a.hpp", "#include <boost/asio.hpp>\n"}}, ""},
    {"ClockIsReadInClockOnly", banned_names,
     {{"runtime/a.cpp", "auto now = std::chrono::system_clock::now();\n"}}, "runtime/a.cpp:1: system_clock::now"},
    {"ClockMayReadTheClock", banned_names,
     {{"runtime/clock/clock.cpp", "return system_clock::now();\n"}}, ""},
    {"CommentsAndTextAreNoCode", banned_names,
     {{"engine/a.cpp", "// std::endl\nauto a = \"std::endl\"; /* std::endl */ auto b = R\"(std::endl)\";\n"}}, ""},
    {"DigitSeparatorsOpenNoLiteral", banned_names,
     {{"engine/a.cpp", "auto a = 1'000; std::endl;\n"}}, "engine/a.cpp:1: std::endl"},
    {"TestsDoNotSleep", banned_names,
     {{"tests/a_test.cpp", "\n\nstd::this_thread::sleep_for(1s);\n"}}, "tests/a_test.cpp:3: sleep_for"},
    {"OnlyPortsAreVirtual", banned_names, {{"dsl/a.hpp", "virtual void f();\n"}}, "dsl/a.hpp:1: virtual"},
    {"HeadersUseNoNamespace", banned_names,
     {{"runtime/a.hpp", "using namespace std;\n"}}, "runtime/a.hpp:1: using namespace"},
    {"LongFunctionIsFound", long_functions,
     {{"dsl/a.cpp", "namespace a {\n\nvoid f() {\n" + lines(59) + "}\n}\n"}}, "dsl/a.cpp:3: a function of 61 lines"},
    {"SixtyLinesAreAllowed", long_functions, {{"dsl/a.cpp", "void f() {\n" + lines(58) + "}\n"}}, ""},
    {"LongMethodIsFound", long_functions,
     {{"dsl/a.cpp", "class A final {\n public:\n  void f() {\n" + lines(60) + "}\n};\n"}}, "dsl/a.cpp:2: "},
    {"LongTableIsNoFunction", long_functions,
     {{"dsl/a.cpp", "const auto kRows = rows({\n" + lines(80) + "});\n"}}, ""},
    {"LongFileIsFound", long_files, {{"dsl/a.cpp", lines(501)}}, "dsl/a.cpp:501: "},
    {"HeaderWithoutOpeningIsFound", header_openings, {{"dsl/a.hpp", "#pragma once\n"}}, "dsl/a.hpp:1: "},
    {"HeaderWithoutGuardIsFound", header_openings, {{"dsl/a.hpp", "// For a.\n"}}, "dsl/a.hpp:1: "},
    {"FormatMayFollowTheOpening", header_openings,
     {{"dsl/a.hpp", "// For a.\n//\n// 1\n// 2\n// 3\n// 4\n// 5\n// 6\n// 7\n#pragma once\n"}}, ""},
    {"DeadHeaderIsFound", dead_headers, {{"dsl/a.hpp", ""}}, "dsl/a.hpp:1: "},
    {"WrongNamespaceIsFound", namespaces,
     {{"dsl/a.cpp", "namespace protoflow::engine {}\n"}}, "dsl/a.cpp:1: "},
    {"VagueFileNameIsFound", file_names, {{"dsl/text_utils.cpp", ""}}, "dsl/text_utils.cpp:1: "},
    {"UnitTestOfNothingIsFound", file_names,
     {{"tests/unit/dsl/absent/a_test.cpp", ""}}, "tests/unit/dsl/absent/a_test.cpp:1: "},
    {"UnfinishedWorkIsFound", unfinished_marks, {{"dsl/a.cpp", "\n// TO" "DO: more\n"}}, "dsl/a.cpp:2: "},
    {"PathOfAMachineIsFound", foreign_words, {{"docs/a.md", "see /tmp" "/w/a\n"}}, "docs/a.md:1: "},
    {"DeadLinkIsFound", dead_links, {{"docs/a.md", "[b](b.md)\n"}}, "docs/a.md:1: "},
    {"DeadHeadingIsFound", dead_links,
     {{"docs/a.md", "[b](b.md#one-two)\n"}, {"docs/b.md", "# One\n"}}, "docs/a.md:1: "},
    {"LiveHeadingIsFollowed", dead_links,
     {{"docs/a.md", "[b](b.md#one-two)\n"}, {"docs/b.md", "# One two!\n"}}, ""},
    {"LinkToAFolderIsFollowed", dead_links, {{"README.md", "[b](docs/)\n"}, {"docs/b.md", ""}}, ""},
    {"UnlistedDecisionIsFound", unlisted_decisions,
     {{"docs/decisions/0001-a.md", ""}, {"docs/decisions/README.md", "[b](0002-b.md)\n"}},
     "docs/decisions/0001-a.md:1: "},
};
// clang-format on

class HouseRule : public testing::TestWithParam<Case> {};

TEST_P(HouseRule, FindsWhatItNames) {
  Tree tree;
  for (const auto& [path, text] : GetParam().files) {
    tree.push_back(make_file(path, text));
  }

  const std::string report = to_text(GetParam().rule(tree));

  const std::string& finding = GetParam().finding;
  EXPECT_EQ(report.substr(0, finding.empty() ? report.size() : finding.size()), finding);
  EXPECT_EQ(lines_of(report).size(), finding.empty() ? 0U : 1U) << report;
}

INSTANTIATE_TEST_SUITE_P(Each, HouseRule, testing::ValuesIn(kCases), [](const auto& each) {
  return each.param.claim;
});

TEST(UntestedNames, AreFoundUnlessTheRatchetHoldsThem) {
  const Tree tree = {make_file("engine/event/kinds.def", "PF_EVENT(a, 1)\nPF_EVENT(b, 1)\n"),
                     make_file("tests/b_test.cpp", "b\n")};

  EXPECT_EQ(to_text(untested_names(tree, "# kept\na\n")), "");
  EXPECT_TRUE(to_text(untested_names(tree, "")).starts_with("engine/event/kinds.def:1: a is"));
  EXPECT_TRUE(to_text(untested_names(tree, "a\nb\n")).starts_with("engine/event/kinds.def:2: b"));
  EXPECT_EQ(to_text(untested_names(tree, "a\nc\n")),
            "tests/tidy/untested.txt:1: c is in no list\n");
}

TEST(UntestedNames, AreNamedByTheirCodeAsWell) {
  const Tree tree = {make_file("dsl/diagnostic/a.def", "PF_DIAGNOSTIC(a, \"PF101\", error,\n"),
                     make_file("tests/golden/a.txt", "error PF101\n")};

  EXPECT_EQ(to_text(untested_names(tree, "")), "");
}

}  // namespace
}  // namespace protoflow::tidy
