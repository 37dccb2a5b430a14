// What is sure to have settled before a step opens, and what conditions leave possible.
#include "dsl/meaning/order.hpp"

#include <gtest/gtest.h>

#include "dsl/compile.hpp"

namespace protoflow::dsl {
namespace {

// Steps a, b, …, each with the lines given for it.
model::Protocol protocol_of(const std::vector<std::string>& lines) {
  std::string text = "protocol p \"P\"\n  coordinated by r\npartner q \"Q\"\nrole r \"R\"\n";
  text += "  held by q\ninformation level \"Level\" scale A0, A1, A2\n  seen by r\n";
  for (std::size_t i = 0; i < lines.size(); ++i) {
    text += std::string("step ") + static_cast<char>('a' + i) + " \"S\"\n  responsible r\n" +
            "  records level\n" + lines[i];
  }
  const Compiled compiled = compile(text + "ending e \"E\"\n  when a\n");
  EXPECT_TRUE(compiled.protocol) << render_text(compiled, text, "text", false);
  return compiled.protocol.value_or(model::Protocol{});
}

TEST(Order, KnowsWhatASettledStepIsSureToComeAfter) {
  const std::string two = "  outcome x\n  outcome y\n";

  struct Case {
    std::vector<std::string> steps;
    std::uint16_t step, other;
    bool after;
  };

  const Case cases[] = {
      {{"", "  after a\n"}, 1, 0, true},
      {{"", "  after a\n"}, 0, 1, false},
      {{"", "  after a\n", "  after b\n"}, 2, 0, true},
      {{"", "", "  after a or b\n"}, 2, 0, false},
      {{"", "", "  after a and b\n"}, 2, 0, true},
      {{"", "", "", "  after 2 of a, b, c\n"}, 3, 0, false},
      {{"", "  after a\n", "  after a\n", "  after b or c\n"}, 3, 0, true},
      {{two, "  when a is x\n"}, 1, 0, true},
      {{two, "  when not a is x\n"}, 1, 0, true},
      // b may not be needed because of the level alone, but never before a has settled.
      {{"", "  after a\n  when level = A1\n", "  after b\n"}, 2, 0, true},
      // c is not needed as soon as a is y, long before b.
      {{two, "", "  after a is x and b\n", "  after c\n"}, 3, 1, false},
      {{two, "", "  after a is x and b\n", "  after c is done\n"}, 3, 1, true},
      // c can be withdrawn before a.
      {{"", "", "  after a\n  unless b is done\n", "  after c\n"}, 3, 0, false},
  };
  for (const Case& row : cases) {
    const Order order(protocol_of(row.steps));
    ASSERT_TRUE(order.known());
    EXPECT_EQ(order.opens_after(row.step, row.other), row.after) << row.steps.back();
  }
}

TEST(Possible, FindsWhatOneThingAtATimeContradicts) {
  struct Case {
    std::string line;
    bool never;
  };

  const Case cases[] = {
      {"when level < A0", true},
      {"when level > A2", true},
      {"when level >= A0", false},
      {"when level < A1 and level > A0", true},
      {"when level < A2 and level > A0", false},
      {"when level = A0 and level = A1", true},
      {"when level = A0 or level = A1", false},
      {"when level is not A0 and level is not A1 and level is not A2", true},
      {"when level is not A0 and level is not A1", false},
      {"when not (level = A0 or level > A0)", true},
      {"when not (level = A0 and level = A1)", false},
      {"when (level = A0 or level = A1) and level = A2", true},
      {"when level < A0 or a is x", false},
      {"when a is x and a is y", true},
      {"when not a is x and not a is y", true},
      {"when a is x or a is y", false},
      {"when 2 of level = A0, level = A1, a is x", false},
  };
  for (const Case& row : cases) {
    const Compiled compiled = compile(
        "protocol p \"P\"\n  coordinated by r\npartner q \"Q\"\nrole r \"R\"\n  held by q\n"
        "information level \"Level\" scale A0, A1, A2\n  seen by r\n"
        "step a \"A\"\n  responsible r\n  records level\n  outcome x\n  outcome y\n"
        "step b \"B\"\n  after a\n  responsible r\n  " +
        row.line + "\nending e \"E\"\n  when a\n");
    EXPECT_EQ(!compiled.protocol.has_value(), row.never) << row.line;
  }
}

}  // namespace
}  // namespace protoflow::dsl
