// Every command that names nothing, or what the protocol does not have: refused with a code in
// each stream, or allowed because it needs no name. What answers to nothing stands in
// golden/names.txt.
#include "engine/decide/sent.hpp"

#include <gtest/gtest.h>

#include "engine/model/limits.hpp"
#include "tests/support/golden.hpp"
#include "tests/support/meeting.hpp"
#include "tests/support/play.hpp"
#include "tests/unit/engine/partnership/partnership_play.hpp"

namespace protoflow::engine {
namespace {

constexpr const char* kGolden = "tests/unit/engine/decide/golden/names.txt";
constexpr std::uint16_t kBeyond = 9999;

using Fill = void (*)(Command&);

void name_nothing(Command&) {}

void name_what_is_unknown(Command& command) {
  command.values = {{{}, {.number = 1}}};
  command.consents = {{{}, true}};
  command.enrolments = {{.case_id = "one", .attendance = Attendance::present}};
  command.attended = {{}};
}

void name_no_task(Command& command) {
  command.task = "nowhere";
}

struct Naming {
  const char* name;
  Fill fill;
};

constexpr Naming kNamings[] = {{"nothing", name_nothing},
                               {"lists of nothing", name_what_is_unknown},
                               {"a task that is not there", name_no_task}};

template <class State>
std::string answer(const Plan& plan, const State& state, Command command, model::Instant now) {
  command.at = now + std::chrono::hours(1);
  command.attendance = Attendance::present;
  const auto decision = decide(plan, state, command, now);
  return decision ? "allowed"
                  : std::string(kRefusalCodeNames[static_cast<std::size_t>(decision.error().code)]);
}

// Of whoever may do most, of somebody who belongs to no partner, and of another stream: the same
// answer stands once.
template <class State>
std::string answers(const Plan& plan,
                    const State& state,
                    const Command& named,
                    model::Instant now) {
  auto command = named;
  const auto of_coordination = answer(plan, state, command, now);
  command.actor = {.person = "nobody"};
  const auto of_nobody = answer(plan, state, command, now);
  command.actor = {};
  command.from = "session/s1";
  const auto of_a_stream = answer(plan, state, command, now);
  auto text = of_coordination;
  text += of_nobody == of_coordination ? "" : ", of nobody: " + of_nobody;
  text += of_a_stream == of_nobody ? "" : ", of a stream: " + of_a_stream;
  return text;
}

class Streams {
 public:
  Streams() : case_(tests::plan_of(tests::small_path())) {
    case_.rehearse("h0 coordinator open; h1 adviser take welcome");
    session_.rehearse("h1 trainer plan_session at h100 for 2");
    (void)partnership_.found();
  }

  std::string say(CommandKind kind, Fill fill) {
    Command command{.kind = kind, .reason = "because"};
    fill(command);
    command.actor = tests::actor_of("coordinator", case_.plan().protocol);
    auto text = answers(case_.plan(), case_.state(), command, tests::hour(2));
    command.actor = tests::actor_of("trainer", session_.plan().protocol);
    text += " | " + answers(session_.plan(), session_.session(), command, tests::hour(2));
    command.actor = tests::actor_of("coordinator", partnership_.plan().protocol);
    text += " | " + answers(partnership_.plan(), partnership_.state(), command, partnership_.now());
    return text;
  }

 private:
  tests::Play case_;
  tests::Meeting session_;
  tests::PartnershipPlay partnership_;
};

TEST(Sent, IsAnsweredOfEveryCommandInEveryStream) {
  Streams streams;
  std::string text = "# command | what it names | to a case | to a session | to a partnership\n";
  for (std::size_t i = 0; i < kCommandKindNames.size(); ++i) {
    for (const auto& [name, fill] : kNamings) {
      text += std::string(kCommandKindNames[i]) + " | " + name + " | " +
              streams.say(static_cast<CommandKind>(i), fill) + "\n";
    }
  }

  EXPECT_EQ(text, tests::golden(kGolden, text));
}

// One at a time; all else is as it should be, or not needed.
const Naming kNotThere[] = {
    {"step", [](Command& command) { command.step = {kBeyond}; }},
    {"outcome", [](Command& command) { command.step = {0}, command.outcome = {kBeyond}; }},
    {"role", [](Command& command) { command.role = {kBeyond}; }},
    {"partner", [](Command& command) { command.partner = {kBeyond}; }},
    {"ending", [](Command& command) { command.ending = {kBeyond}; }},
    {"session", [](Command& command) { command.session = {kBeyond}; }},
    {"routine", [](Command& command) { command.routine = {kBeyond}; }},
    {"information", [](Command& command) { command.values = {{{kBeyond}, {.number = 1}}}; }},
    {"consent", [](Command& command) { command.consents = {{{kBeyond}, true}}; }},
    {"enrolment",
     [](Command& command) { command.enrolments = {{.case_id = "one", .step = {kBeyond}}}; }},
    {"attended", [](Command& command) { command.attended = {{kBeyond}}; }},
    {"unsigned_by", [](Command& command) { command.unsigned_by = {{kBeyond}}; }},
    {"kept", [](Command& command) { command.kept = {{.partner = {kBeyond}}}; }},
    {"kept_routines", [](Command& command) { command.kept_routines = {{.routine = {kBeyond}}}; }},
};

TEST(Sent, IsRefusedInEveryStreamWhenANameIsNotThere) {
  Streams streams;
  for (std::size_t i = 0; i < kCommandKindNames.size(); ++i) {
    const auto kind = static_cast<CommandKind>(i);
    for (const auto& [name, fill] : kNotThere) {
      const bool is_allowed = streams.say(kind, fill).find("allowed") != std::string::npos;
      EXPECT_EQ(is_allowed, kind == CommandKind::tick) << kCommandKindNames[i] << " " << name;
    }
  }
}

struct Texts {
  const char* what;
  void (*fill)(Command&, std::string text);
};

const Texts kTexts[] = {
    {"a reason", [](Command& command, std::string text) { command.reason = std::move(text); }},
    {"a place", [](Command& command, std::string text) { command.place = std::move(text); }},
    {"a value",
     [](Command& command, std::string text) {
       command.values = {{{0}, {.text = std::move(text)}}};
     }},
};

TEST(Sent, IsRefusedWhenATextIsTooLong) {
  const auto plan = tests::plan_of(tests::small_path());
  for (const auto& [what, fill] : kTexts) {
    Command command{.kind = CommandKind::pause};
    fill(command, std::string(model::kSaidTextMax, 'x'));
    EXPECT_TRUE(check_sent(plan.protocol, command)) << what;
    fill(command, std::string(model::kSaidTextMax + 1, 'x'));
    const auto refused = check_sent(plan.protocol, command);
    ASSERT_FALSE(refused) << what;
    EXPECT_EQ(refused.error().code, RefusalCode::text_too_long) << what;
  }
}

TEST(Sent, IsRefusedInEveryStreamWhenTheReasonIsTooLong) {
  Streams streams;
  const auto too_long = [](Command& command) { command.reason.assign(4001, 'x'); };

  EXPECT_EQ(streams.say(CommandKind::pause, too_long),
            "text_too_long | not_possible_now | not_possible_now");
  EXPECT_EQ(streams.say(CommandKind::cancel_session, too_long),
            "text_too_long | text_too_long | not_possible_now");
  EXPECT_EQ(streams.say(CommandKind::remark, too_long),
            "text_too_long | not_possible_now | text_too_long");
}

}  // namespace
}  // namespace protoflow::engine
