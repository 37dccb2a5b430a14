#include "engine/event/answer_codec.hpp"

#include <gtest/gtest.h>

namespace protoflow::engine {
namespace {

model::Routine routine() {
  return {.name = "exchange",
          .asks = {{.text = "How?", .type = model::AnswerType::scale, .from = 1, .to = 5},
                   {.text = "Go on?", .type = model::AnswerType::yes_or_no},
                   {.text = "What else?"}}};
}

std::expected<SealedText, std::string> seal(std::string_view plaintext) {
  return SealedText{"commitment", "sealed " + std::string(plaintext)};
}

std::expected<std::optional<std::string>, std::string> open(const SealedText& sealed) {
  return sealed.sealed.substr(7);
}

const std::vector<RecordedAnswer> kAnswers = {{.question = 0, .value = {.number = 4}},
                                              {.question = 1, .value = {.number = 1}},
                                              {.question = 2, .value = {.text = "patience"}}};

TEST(AnswerCodec, SealsTextsAloneAndReadsThemBack) {
  const auto json = encode_answers(kAnswers, routine(), seal);

  EXPECT_EQ(json,
            R"([{"question":1,"scale":4},{"question":2,"yes":true},)"
            R"({"question":3,"text":{"commitment":"commitment","sealed":"sealed patience"}}])");
  EXPECT_EQ(decode_answers(*json, routine(), open), kAnswers);
}

TEST(AnswerCodec, ReadsAnErasedTextAsEmpty) {
  const auto json = encode_answers(kAnswers, routine(), seal);
  const auto read = decode_answers(
      *json, routine(), [](const SealedText&) { return std::optional<std::string>(); });

  ASSERT_TRUE(read);
  EXPECT_EQ(read->size(), 3U);
  EXPECT_EQ(read->back().value.text, "");
}

TEST(AnswerCodec, RefusesWhatIsNoAnswerOfTheRoutine) {
  for (const char* json : {"7",
                           "[7]",
                           R"([{"scale":4}])",
                           R"([{"question":0,"scale":4}])",
                           R"([{"question":4,"scale":4}])",
                           R"([{"question":-1,"scale":4}])",
                           R"([{"question":1,"scale":"4"}])",
                           R"([{"question":1,"yes":true}])",
                           R"([{"question":2,"yes":1}])",
                           R"([{"question":3,"text":"in clear"}])",
                           R"([{"question":3}])",
                           "["}) {
    EXPECT_FALSE(decode_answers(json, routine(), open)) << json;
  }
}

}  // namespace
}  // namespace protoflow::engine
