// Records are written by hand, as nlohmann would write them; what is written reads back whole. A
// failure prints its seed.
#include <array>

#include <gtest/gtest.h>
#include <nlohmann/json.hpp>

#include "engine/event/codec.hpp"
#include "engine/state/apply.hpp"
#include "tests/property/random_path.hpp"
#include "tests/support/play.hpp"
#include "tests/support/same_members.hpp"

namespace protoflow::engine {
namespace {

constexpr std::uint64_t kHistories = 300;
constexpr int kActs = 40;

std::expected<SealedText, std::string> seal(std::string_view plaintext) {
  return SealedText{to_hex(sha256(plaintext)), std::string(plaintext)};
}

std::expected<std::optional<std::string>, std::string> open(const SealedText& sealed) {
  return std::optional(sealed.sealed);
}

std::string as_nlohmann_writes(const std::string& text) {
  return nlohmann::ordered_json::parse(text).dump();
}

// Texts from outside may hold anything.
std::string any_text(tests::Dice& dice) {
  constexpr std::array<std::string_view, 8> kTexts = {
      "p-1", "été", "a \"b\" \\c/", "\n\r\t\b\f", "\x01\x1F\x7F", "😀", "« à »", "{[,:]}"};
  return std::string(kTexts[dice.roll(kTexts.size())]) + std::string(dice.roll(40), 'x');
}

void say_anything(tests::Dice& dice, Event& event) {
  event.actor.person = any_text(dice);
  event.person = any_text(dice);
  for (auto& change : event.reviewers) {
    change.person = any_text(dice);
  }
  event.reviewer = dice.chance(50) ? "" : any_text(dice);
  event.beneficiary = any_text(dice);
  event.why = any_text(dice);
  event.reason = any_text(dice);
  event.occurrence = any_text(dice);
  event.place = any_text(dice);
}

void expect_written(const Event& event, const Plan& plan, EncodedEvent& again) {
  const auto encoded = encode(event, plan.protocol, seal);
  ASSERT_TRUE(encoded);
  ASSERT_TRUE(encode_into(again, event, plan.protocol, seal));
  for (const auto member : {&EncodedEvent::actor, &EncodedEvent::subject, &EncodedEvent::body}) {
    EXPECT_EQ((*encoded).*member, as_nlohmann_writes((*encoded).*member));
    EXPECT_EQ(again.*member, (*encoded).*member);
  }
  const auto kind = static_cast<std::size_t>(event.kind);
  const Record record{.stream = "case/1",
                      .version = 1,
                      .kind = std::string(kEventKindNames[kind]),
                      .happened = event.happened,
                      .recorded = event.happened,
                      .actor = encoded->actor,
                      .subject = encoded->subject,
                      .body = encoded->body,
                      .protocol = plan.meaning_hash,
                      .command = "c-1",
                      .previous = std::string(kNoPrevious)};
  const auto read = read_record(write(record));
  ASSERT_TRUE(read) << read.error().field << " " << read.error().reason;
  const auto decoded = decode(*read, plan.protocol, open);
  ASSERT_TRUE(decoded) << decoded.error().field << " " << decoded.error().reason;
  auto whole = event;
  whole.actor.plays.clear();
  EXPECT_TRUE(tests::same_members(*decoded, whole)) << encoded->body;
}

void live(std::uint64_t seed) {
  SCOPED_TRACE("seed " + std::to_string(seed));
  tests::Dice dice(seed);
  const auto plan = tests::plan_of(tests::random_path(dice));
  auto state = empty_case(plan.protocol);
  Command command{.kind = CommandKind::open, .beneficiary = "b-" + std::to_string(seed)};
  command.actor = tests::actor_of("coordinator", plan.protocol);
  auto now = tests::hour(0);
  EncodedEvent again;
  for (int act = 0; act < kActs && !testing::Test::HasFailure(); ++act) {
    auto decision = decide(plan, state, command, now);
    for (auto& event : decision.value_or(std::vector<Event>())) {
      apply(state, event);
      expect_written(event, plan, again);
      say_anything(dice, event);
      expect_written(event, plan, again);
    }
    now += std::chrono::milliseconds(dice.roll(200'000'000));
    command = tests::random_command(dice, plan, state, now);
  }
}

TEST(EveryHistory, IsWrittenAsNlohmannWouldWriteIt) {
  for (std::uint64_t seed = 1; seed <= kHistories; ++seed) {
    live(seed);
  }
}

}  // namespace
}  // namespace protoflow::engine
