#include "runtime/cli/terminal.hpp"

#include <gtest/gtest.h>

namespace protoflow::runtime {
namespace {

TEST(SourceLine, IsTheLineWithoutTheBlanksAroundIt) {
  constexpr std::string_view kText = "protocole a\r\n  étape b \n\n\t  \nfin c";
  EXPECT_EQ(source_line(kText, 1), "protocole a");
  EXPECT_EQ(source_line(kText, 2), "étape b");
  EXPECT_EQ(source_line(kText, 3), "");
  EXPECT_EQ(source_line(kText, 4), "");
  EXPECT_EQ(source_line(kText, 5), "fin c");
  EXPECT_EQ(source_line(kText, 6), "");
}

TEST(Painted, AddsColoursOnlyWhenAsked) {
  EXPECT_EQ(painted("late", Paint::bad, false), "late");
  EXPECT_EQ(painted("late", Paint::bad, true), "\x1b[31mlate\x1b[0m");
}

}  // namespace
}  // namespace protoflow::runtime
