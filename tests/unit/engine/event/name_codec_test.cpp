#include "engine/event/name_codec.hpp"

#include <gtest/gtest.h>

namespace protoflow::engine {
namespace {

using model::FormerKind;

TEST(NameCodec, WritesWhatChangedAndReadsItAgain) {
  const std::vector<NameChange> changes = {{FormerKind::step, "", "look-for-company", "search"},
                                           {FormerKind::information, "", "âge", ""},
                                           {FormerKind::outcome, "search", "yes", "found"}};

  const auto json = encode_names(changes);

  EXPECT_EQ(json,
            R"([{"kind":"step","was":"look-for-company","now":"search"},)"
            R"({"kind":"information","was":"âge"},)"
            R"({"kind":"outcome","step":"search","was":"yes","now":"found"}])");
  EXPECT_EQ(decode_names(json), changes);
  EXPECT_EQ(decode_names("[]"), std::vector<NameChange>());
}

TEST(NameCodec, RefusesWhatItDoesNotKnow) {
  for (const auto* json : {"{}",
                           "[1]",
                           "not JSON",
                           R"([{"kind":"step"}])",
                           R"([{"kind":"stage","was":"a"}])",
                           R"([{"kind":"step","was":"a","now":null}])",
                           R"([{"kind":"step","was":"a","then":"b"}])"}) {
    EXPECT_FALSE(decode_names(json)) << json;
  }
}

}  // namespace
}  // namespace protoflow::engine
