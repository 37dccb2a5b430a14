#include "engine/log/record.hpp"

#include <random>

#include <gtest/gtest.h>

namespace protoflow::engine {
namespace {

Record sample() {
  Record record;
  record.stream = "case/c-1";
  record.version = 7;
  record.kind = "step_offered";
  record.happened = model::Instant(std::chrono::milliseconds(1799049600000));
  record.recorded = record.happened + std::chrono::milliseconds(120);
  record.actor = R"({"person":"p-1","partner":"mission-locale"})";
  record.subject = R"({"step":"accueil"})";
  record.body = R"({"work":"offered", "note":"a } and a \" and é"})";
  record.protocol = std::string(64, 'a');
  record.command = "k-42";
  record.previous = std::string(64, '0');
  return record;
}

std::string replaced(std::string line, std::string_view what, std::string_view by) {
  const auto at = line.find(what);
  EXPECT_NE(at, std::string::npos) << what;
  return line.replace(at, what.size(), by);
}

bool same(const Record& a, const Record& b) {
  return a.stream == b.stream && a.version == b.version && a.kind == b.kind &&
         a.kind_version == b.kind_version && a.happened == b.happened && a.recorded == b.recorded &&
         a.actor == b.actor && a.subject == b.subject && a.body == b.body &&
         a.protocol == b.protocol && a.command == b.command && a.previous == b.previous;
}

TEST(Record, IsWrittenInOneFixedOrder) {
  EXPECT_EQ(write(sample()),
            R"({"stream":"case/c-1","version":7,"kind":"step_offered","kind_version":1,)"
            R"("happened":"2027-01-04T08:00:00.000Z","recorded":"2027-01-04T08:00:00.120Z",)"
            R"("actor":{"person":"p-1","partner":"mission-locale"},"subject":{"step":"accueil"},)"
            R"("body":{"work":"offered", "note":"a } and a \" and é"},)"
            R"("protocol":"aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa",)"
            R"("command":"k-42",)"
            R"("previous":"0000000000000000000000000000000000000000000000000000000000000000"})");
}

TEST(Record, ReadsBackWhatItWroteToTheByte) {
  const auto read = read_record(write(sample()));

  ASSERT_TRUE(read.has_value()) << read.error().field << ' ' << read.error().reason;
  EXPECT_TRUE(same(*read, sample()));
  EXPECT_EQ(read->body, sample().body);  // blanks and escapes inside an object are kept
}

TEST(Record, EscapesWhateverStandsInItsTexts) {
  const unsigned seed = std::random_device()();
  SCOPED_TRACE(seed);
  std::mt19937 random(seed);
  constexpr std::array<std::string_view, 8> kPieces = {
      "a", "\"", "\\", "\n", "é", "\u0645\u0631", "\x01", "}"};
  for (int round = 0; round < 2000; ++round) {
    Record record = sample();
    record.stream = "s";
    for (auto i = random() % 9; i > 0; --i) {
      record.stream += kPieces[random() % kPieces.size()];
      record.command += kPieces[random() % kPieces.size()];
    }
    const std::string line = write(record);
    ASSERT_EQ(line.find('\n'), std::string::npos);
    const auto read = read_record(line);
    ASSERT_TRUE(read.has_value()) << line;
    ASSERT_TRUE(same(*read, record)) << line;
  }
}

TEST(Record, RefusesEveryLineCutShortWithoutFailing) {
  const std::string line = write(sample());
  for (std::size_t length = 0; length < line.size(); ++length) {
    EXPECT_FALSE(read_record(line.substr(0, length)).has_value()) << length;
  }
}

TEST(Record, SurvivesEveryByteChangedAtRandom) {
  const unsigned seed = std::random_device()();
  SCOPED_TRACE(seed);
  std::mt19937 random(seed);
  const std::string line = write(sample());
  for (std::size_t i = 0; i < line.size(); ++i) {
    std::string changed = line;
    changed[i] = static_cast<char>(random());
    const auto read = read_record(changed);
    if (read) {
      EXPECT_EQ(write(*read), changed) << "what is accepted is written again as it was";
    }
  }
}

struct Garbage {
  std::string_view what, by, field, reason;
};

class BadRecords : public testing::TestWithParam<Garbage> {};

TEST_P(BadRecords, NameTheMemberThatIsWrong) {
  const auto [what, by, field, reason] = GetParam();

  const auto read = read_record(replaced(write(sample()), what, by));

  ASSERT_FALSE(read.has_value());
  EXPECT_EQ(read.error().field, field);
  EXPECT_NE(read.error().reason.find(reason), std::string::npos) << read.error().reason;
}

// clang-format off
INSTANTIATE_TEST_SUITE_P(Table, BadRecords, testing::Values(
    Garbage{R"({"stream)",             R"(stream)",                  "",             "not JSON"},
    Garbage{R"("case/c-1")",           "\"case/\xff\"",              "",             "not JSON in UTF-8"},
    Garbage{R"("stream":"case/c-1")",  R"("strem":"case/c-1")",      "stream",       "is missing"},
    Garbage{R"("case/c-1")",           R"("")",                      "stream",       "is empty"},
    Garbage{R"("case/c-1")",           R"("case\/c-1")",             "stream",       "not written as"},
    Garbage{R"("stream":"case/c-1",)", "",                           "stream",       "is missing"},
    Garbage{R"("version":7)",          R"("version":0)",             "version",      "from 1 on"},
    Garbage{R"("version":7)",          R"("version":-7)",            "version",      "from 1 on"},
    Garbage{R"("version":7)",          R"("version":7.0)",           "version",      "from 1 on"},
    Garbage{R"("version":7)",          R"("version":"7")",           "version",      "from 1 on"},
    Garbage{R"("version":7)",          R"("version":99999999999999999999999)", "version", "from 1 on"},
    Garbage{R"("kind_version":1)",     R"("kind_version":4294967296)", "kind_version", "from 1 on"},
    Garbage{R"("kind":"step_offered")", R"("kind":null)",            "kind",         "not a text"},
    Garbage{R"("kind":"step_offered")", R"("kind": "step_offered")", "kind",         "not written as"},
    Garbage{"2027-01-04T08:00:00.000Z", "2027-01-04T08:00:00Z",      "happened",     "not an instant"},
    Garbage{"2027-01-04T08:00:00.000Z", "2027-02-29T08:00:00.000Z",  "happened",     "that exists"},
    Garbage{"2027-01-04T08:00:00.120Z", "2027-01-04T24:00:00.120Z",  "recorded",     "that exists"},
    Garbage{R"({"step":"accueil"})",   R"(["accueil"])",             "subject",      "not an object"},
    Garbage{R"("actor":{)",            R"("acteur":{)",              "actor",        "is missing"},
    Garbage{R"(,"protocol":"a)",       R"(,"protocol":"A)",          "protocol",     "hexadecimal"},
    Garbage{R"("previous":"0)",        R"("previous":")",            "previous",     "hexadecimal"},
    Garbage{R"(,"command")",           R"(,"more":1,"command")",     "",             "member that records do not have"},
    Garbage{R"(,"command")",           "\n,\"command\"",             "",             "more than one line"}));

// clang-format on

TEST(Record, RefusesWhatFollowsTheRecord) {
  EXPECT_FALSE(read_record(write(sample()) + " ").has_value());
  EXPECT_FALSE(read_record(write(sample()) + write(sample())).has_value());
  EXPECT_FALSE(read_record("[]").has_value());
  EXPECT_FALSE(read_record("").has_value());
}

TEST(Record, DoesNotFollowDeepNestingDownTheStack) {
  Record record = sample();
  std::string deep = R"({"a":)";
  deep += std::string(200000, '[');
  deep += std::string(200000, ']');
  deep += "}";
  record.body = deep;

  EXPECT_TRUE(read_record(write(record)).has_value());

  record.body.pop_back();
  EXPECT_FALSE(read_record(write(record)).has_value());
}

// FIPS 180-4 and NIST CAVP examples.
TEST(Sha256, GivesTheStandardsVectors) {
  EXPECT_EQ(to_hex(sha256("")), "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855");
  EXPECT_EQ(to_hex(sha256("abc")),
            "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
  EXPECT_EQ(to_hex(sha256("abcdbcdecdefdefgefghfghighijhijkijkljklmklmnlmnomnopnopq")),
            "248d6a61d20638b8e5c026930c3e6039a33ce45964ff2167f6ecedd419db06c1");
  EXPECT_EQ(to_hex(sha256(std::string(1'000'000, 'a'))),
            "cdc76e5c9914fb9281a1c7e284d73e67f1809a48a497200e046d39ccc7112cd0");
}

struct InstantText {
  std::int64_t milliseconds;
  std::string_view text;
};

class InstantTexts : public testing::TestWithParam<InstantText> {};

TEST_P(InstantTexts, ReadBothWays) {
  const model::Instant instant{std::chrono::milliseconds(GetParam().milliseconds)};

  EXPECT_EQ(to_text(instant), GetParam().text);
  EXPECT_EQ(to_instant(GetParam().text), instant);
}

INSTANTIATE_TEST_SUITE_P(Table,
                         InstantTexts,
                         testing::Values(InstantText{0, "1970-01-01T00:00:00.000Z"},
                                         InstantText{-1, "1969-12-31T23:59:59.999Z"},
                                         InstantText{951'782'400'000, "2000-02-29T00:00:00.000Z"},
                                         InstantText{1'799'049'600'007, "2027-01-04T08:00:00.007Z"},
                                         InstantText{253'402'300'799'999,
                                                     "9999-12-31T23:59:59.999Z"}));

TEST(InstantText, IsCutToTheYearsThatTheStandardCanSay) {
  EXPECT_EQ(to_text(model::kNever), "9999-12-31T23:59:59.999Z");
  EXPECT_EQ(to_text(model::Instant::min()), "0000-01-01T00:00:00.000Z");
}

TEST(InstantText, RefusesEveryOtherShape) {
  for (const std::string_view text : {"",
                                      "2027-01-04",
                                      "2027-01-04T08:00:00.000",
                                      "2027-01-04T08:00:00.000+00:00",
                                      "2027-01-04 08:00:00.000Z",
                                      "2027-01-04T08:00:60.000Z",
                                      "2027-13-04T08:00:00.000Z",
                                      "2027-00-04T08:00:00.000Z",
                                      "+027-01-04T08:00:00.000Z",
                                      "2027-01-04T08:60:00.000Z"}) {
    EXPECT_FALSE(to_instant(text).has_value()) << text;
  }
}

}  // namespace
}  // namespace protoflow::engine
