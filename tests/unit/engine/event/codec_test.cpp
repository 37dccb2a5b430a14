#include "engine/event/codec.hpp"

#include <gtest/gtest.h>

#include "tests/support/play.hpp"
#include "tests/support/same_members.hpp"

namespace protoflow::engine {
namespace {

// With what its text does not say: an ending's task, a routine and its questions.
Plan whole_plan() {
  auto plan = tests::plan_of(tests::small_path());
  plan.protocol.endings[1].follow_ups = {{.name = "visit"}};
  plan.protocol.routines = {{.name = "exchange",
                             .asks = {{.type = model::AnswerType::scale, .from = 1, .to = 5},
                                      {.type = model::AnswerType::yes_or_no},
                                      {.text = "What did we learn?"}}}};
  return plan;
}

const Plan& plan() {
  static const Plan plan = whole_plan();
  return plan;
}

std::expected<SealedText, std::string> seal(std::string_view plaintext) {
  return SealedText{"commitment", "sealed " + std::string(plaintext)};
}

std::expected<std::optional<std::string>, std::string> open(const SealedText& sealed) {
  return sealed.sealed.substr(7);
}

std::expected<std::optional<std::string>, std::string> open_erased(const SealedText&) {
  return std::optional<std::string>();
}

Record record(std::string kind, std::string subject, std::string body) {
  Record record{.kind = std::move(kind)};
  record.subject = std::move(subject);
  record.body = std::move(body);
  return record;
}

struct Bad {
  const char *kind, *subject, *body, *field;
};

class DecodeRefuses : public testing::TestWithParam<Bad> {};

TEST_P(DecodeRefuses, AndNamesTheMember) {
  const auto& [kind, subject, body, field] = GetParam();

  const auto event = decode(record(kind, subject, body), plan().protocol, open);

  ASSERT_FALSE(event) << body;
  EXPECT_EQ(event.error().field, field);
}

// clang-format off
INSTANTIATE_TEST_SUITE_P(Table, DecodeRefuses, testing::Values(
    Bad{"step_eaten",     "{}",                    "{}",                                   "kind"},
    Bad{"step_taken",     R"({"step":"nowhere"})", "{}",                                   "step"},
    Bad{"step_taken",     "[]",                    "{}",                                   "subject"},
    Bad{"step_taken",     R"({"step":"welcome"})", "7",                                    "body"},
    Bad{"step_taken",     R"({"step":"welcome"})", R"({"work":"asleep"})",                 "work"},
    Bad{"step_taken",     R"({"step":"welcome"})", R"({"work":3})",                        "work"},
    Bad{"step_taken",     R"({"step":"welcome"})", R"({"person":4})",                      "person"},
    Bad{"step_taken",     R"({"step":"welcome"})", R"({"partner":"nobody"})",              "partner"},
    Bad{"step_completed", R"({"step":"welcome"})", R"({"outcome":"found"})",               "outcome"},
    Bad{"step_offered",   R"({"step":"welcome"})", R"({"due":"tomorrow"})",                "due"},
    Bad{"step_offered",   R"({"step":"welcome"})", R"({"deputy":256})",                    "deputy"},
    Bad{"step_offered",   R"({"step":"welcome"})", R"({"deputy":-1})",                     "deputy"},
    Bad{"step_resumed",   R"({"step":"welcome"})", R"({"shift_ms":1.5})",                  "shift_ms"},
    Bad{"step_resumed",   R"({"step":"welcome"})", R"({"held_ms":"1"})",                   "held_ms"},
    Bad{"step_declined",  R"({"step":"welcome"})", R"({"reason":"in clear"})",             "reason"},
    Bad{"information_recorded", "{}", R"({"information":{"shoe-size":{"commitment":"c","sealed":"sealed 4"}}})", "information"},
    Bad{"information_recorded", "{}", R"({"information":{"french":{"commitment":"c","sealed":"sealed C9"}}})",   "information"},
    Bad{"information_recorded", "{}", R"({"information":["french"]})",                     "information"},
    Bad{"consent_answered",     "{}", R"({"consent":{"sharing":"perhaps"}})",              "consent"},
    Bad{"consent_answered",     "{}", R"({"consent":{"other":"given"}})",                  "consent"},
    Bad{"session_planned",      R"({"session":"feast"})", "{}",                            "session"},
    Bad{"session_opened",       "{}", R"({"session_status":"ajar"})",                      "session_status"},
    Bad{"session_rescheduled",  "{}", R"({"at":"soon"})",                                  "at"},
    Bad{"session_planned",      "{}", R"({"capacity":65536})",                             "capacity"},
    Bad{"session_planned",      "{}", R"({"place":"the town hall"})",                      "place"},
    Bad{"case_enrolled",        "{}", R"({"enrolments":{}})",                              "enrolments"},
    Bad{"place_given",          "{}", R"({"enrolments":["one"]})",                         "enrolments"},
    Bad{"enrolment_withdrawn",  "{}", R"({"enrolments":[{"case":"one","seat":"lap"}]})",   "seat"},
    Bad{"attendance_recorded",  "{}", R"({"enrolments":[{"case":"one","attendance":""}]})", "attendance"},
    Bad{"session_enrolled",     "{}", R"({"seat":"lap"})",                                 "seat"},
    Bad{"session_attended",     "{}", R"({"attendance":"asleep"})",                        "attendance"},
    Bad{"task_opened",          "{}", R"({"source":"success"})",                           "source"},
    Bad{"task_opened",          "{}", R"({"source":{}})",                                  "source"},
    Bad{"task_opened",          "{}", R"({"source":{"origin":"a whim","ending":"success","name":"visit"}})", "origin"},
    Bad{"task_opened",          "{}", R"({"source":{"ending":"nowhere","name":"visit"}})", "ending"},
    Bad{"task_opened",          "{}", R"({"source":{"ending":"success","name":"dance"}})", "source"},
    Bad{"task_opened",          "{}", R"({"source":{"ending":"success","name":7}})",       "name"},
    Bad{"task_opened",          "{}", R"({"source":{"step":"nowhere"}})",                  "step"},
    Bad{"task_opened",          "{}", R"({"source":{"step":"welcome","floor":2}})",        "floor"},
    Bad{"event_voided",         "{}", R"({"of":-1})",                                      "of"},
    Bad{"event_voided",         "{}", R"({"of":"4"})",                                     "of"},
    Bad{"event_voided",         "{}", R"({"of":4294967296})",                              "of"},
    Bad{"event_voided",         "{}", R"({"forgotten":"french"})",                         "forgotten"},
    Bad{"event_voided",         "{}", R"({"forgotten":["shoe-size"]})",                    "forgotten"},
    Bad{"event_voided",         "{}", R"({"forgotten":[1]})",                              "forgotten"},
    Bad{"event_voided",         "{}", R"({"unasked":{"sharing":true}})",                   "unasked"},
    Bad{"event_voided",         "{}", R"({"unasked":["other"]})",                          "unasked"},
    Bad{"routine_held",         R"({"routine":"feast"})", "{}",                            "routine"},
    Bad{"routine_held",         "{}", R"({"answers":[]})",                                 "answers"},
    Bad{"routine_held",         R"({"routine":"exchange"})", R"({"answers":{}})",          "answers"},
    Bad{"routine_held",         R"({"routine":"exchange"})", R"({"answers":[{"question":0,"scale":3}]})", "answers"},
    Bad{"routine_held",         R"({"routine":"exchange"})", R"({"answers":[{"question":4,"scale":3}]})", "answers"},
    Bad{"routine_held",         R"({"routine":"exchange"})", R"({"answers":[{"question":1,"yes":true}]})", "answers"},
    Bad{"routine_held",         R"({"routine":"exchange"})", R"({"answers":[{"question":2,"yes":1}]})", "answers"},
    Bad{"routine_held",         R"({"routine":"exchange"})", R"({"answers":[{"question":3,"text":"in clear"}]})", "answers"},
    Bad{"routine_held",         R"({"routine":"exchange"})", R"({"attended":["nobody"]})", "attended"},
    Bad{"routine_held",         R"({"routine":"exchange"})", R"({"attended":[7]})",        "attended"},
    Bad{"routine_held",         R"({"routine":"exchange"})", R"({"attended":null})",       "attended"},
    Bad{"routine_held",         R"({"routine":"exchange"})", R"({"attended":{"mission":1}})", "attended"},
    Bad{"step_taken",           R"({"step":"welcome","mood":"good"})", "{}",               "mood"},
    Bad{"step_taken",           R"({"step":"welcome"})", R"({"work":"taken","mood":1})",   "mood"},
    Bad{"review_judged",        R"({"step":"project"})", R"({"reviewers":{}})",            "reviewers"},
    Bad{"review_judged",        R"({"step":"project"})", R"({"reviewers":["teacher"]})",   "reviewers"},
    Bad{"review_judged",        R"({"step":"project"})", R"({"reviewers":[{"review":"approved"}]})", "reviewers"},
    Bad{"review_judged",        R"({"step":"project"})", R"({"reviewers":[{"role":"king"}]})", "role"},
    Bad{"review_judged",        R"({"step":"project"})", R"({"reviewers":[{"role":"teacher","review":"fine"}]})", "review"},
    Bad{"review_judged",        R"({"step":"project"})", R"({"reviewers":[{"role":"teacher","hat":1}]})", "hat"},
    Bad{"case_enrolled",        "{}", R"({"enrolments":[{"case":"one","chair":1}]})",      "chair"}));

// clang-format on

TEST(Codec, RefusesAnotherVersionOfAKind) {
  auto later = record("step_taken", R"({"step":"welcome"})", "{}");
  later.kind_version = 2;

  const auto event = decode(later, plan().protocol, open);

  ASSERT_FALSE(event);
  EXPECT_EQ(event.error().field, "kind_version");
}

TEST(Codec, SealsValuesAndReasons) {
  const Event event{.kind = EventKind::information_recorded,
                    .happened = tests::hour(0),
                    .values = {{{1}, {.number = 2}}},
                    .reason = "a reason"};

  const auto encoded = encode(event, plan().protocol, seal);

  EXPECT_EQ(encoded->body,
            R"({"information":{"french":{"commitment":"commitment","sealed":"sealed A2"}},)"
            R"("reason":{"commitment":"commitment","sealed":"sealed a reason"}})");
}

TEST(Codec, ReadsAValueWhoseKeyIsDestroyedAsErased) {
  const auto event = decode(record("information_recorded",
                                   "{}",
                                   R"({"information":{"french":{"commitment":"c","sealed":"s"}}})"),
                            plan().protocol,
                            open_erased);

  ASSERT_TRUE(event);
  EXPECT_TRUE(event->values.empty());
  EXPECT_EQ(event->erased, std::vector{model::InformationId{1}});
}

TEST(Codec, WritesASessionsPlacesByCaseAndSealsWhereItIs) {
  const Event event{.kind = EventKind::attendance_recorded,
                    .happened = tests::hour(0),
                    .session_status = SessionStatus::held,
                    .at = tests::hour(0),
                    .capacity = std::uint16_t{12},
                    .enrolments = {{.case_id = "one", .step = {0}, .seat = Seat::enrolled},
                                   {.case_id = "two", .attendance = Attendance::absent}},
                    .place = "the town hall"};

  const auto encoded = encode(event, plan().protocol, seal);
  const auto read =
      decode(record("attendance_recorded", "{}", encoded->body), plan().protocol, open);

  EXPECT_EQ(encoded->body,
            R"({"session_status":"held","at":"2027-01-04T09:00:00.000Z","capacity":12,)"
            R"("enrolments":[{"case":"one","step":"welcome","seat":"enrolled"},)"
            R"({"case":"two","attendance":"absent"}],)"
            R"("place":{"commitment":"commitment","sealed":"sealed the town hall"}})");
  ASSERT_TRUE(read);
  EXPECT_EQ(read->enrolments, event.enrolments);
  EXPECT_EQ(read->capacity, event.capacity);
  EXPECT_EQ(read->place, event.place);
}

TEST(Codec, WritesWhatBecameOfEachReviewer) {
  const Event event{.kind = EventKind::review_judged,
                    .step = {4},
                    .reviewers = {{.role = {4}, .review = ReviewState::approved, .person = "p-2"},
                                  {.role = {1}, .partner = {0}, .person = ""}}};

  const auto encoded = encode(event, plan().protocol, seal);
  const auto read = decode(
      record("review_judged", R"({"step":"project"})", encoded->body), plan().protocol, open);

  EXPECT_EQ(encoded->body,
            R"({"reviewers":[{"role":"teacher","review":"approved","person":"p-2"},)"
            R"({"role":"coordinator","partner":"mission","person":""}]})");
  ASSERT_TRUE(read);
  EXPECT_TRUE(tests::same_members(read->reviewers, event.reviewers));
}

TEST(Codec, WritesNoneAnyMoreAsNull) {
  const Event event{.kind = EventKind::step_taken,
                    .happened = tests::hour(0),
                    .step = {0},
                    .offer_due = model::kNever};

  EXPECT_EQ(encode(event, plan().protocol, seal)->body, R"({"offer_due":null})");
}

TEST(Codec, WritesWhatIsSaidTwiceOnceAsItWasSaidLast) {
  const Event event{.kind = EventKind::consent_answered,
                    .values = {{{0}, {.number = 0}}, {{1}, {.number = 2}}, {{0}, {.number = 1}}},
                    .consents = {{{0}, true}, {{0}, false}}};

  const auto encoded = encode(event, plan().protocol, seal);

  ASSERT_TRUE(encoded);
  EXPECT_EQ(encoded->body,
            R"({"consent":{"sharing":"refused"},"information":)"
            R"({"minor":{"commitment":"commitment","sealed":"sealed yes"},)"
            R"("french":{"commitment":"commitment","sealed":"sealed A2"}}})");
}

struct Whole {
  Event event;
  const char* subject;
  const char* body;
};

const Whole kWhole[] = {
    {{.kind = EventKind::task_opened, .task = "visit", .source = TaskSource{.ending = {1}}},
     R"({"task":"visit"})",
     R"({"source":{"origin":"follow_up","ending":"success","name":"visit"}})"},
    {{.kind = EventKind::task_opened,
      .task = "welcome",
      .source = TaskSource{.origin = TaskOrigin::reservation, .step = {0}}},
     R"({"task":"welcome"})",
     R"({"source":{"origin":"reservation","step":"welcome"}})"},
    {{.kind = EventKind::event_voided, .of = 4, .forgotten = {{0}, {1}}, .unasked = {{0}}},
     "{}",
     R"({"of":4,"forgotten":["minor","french"],"unasked":["sharing"]})"},
    {{.kind = EventKind::routine_held,
      .routine = {0},
      .attended = {{0}, {1}},
      .answers = {{0, {.number = 4}}, {1, {.number = 1}}, {2, {.text = "to listen"}}}},
     R"({"routine":"exchange"})",
     R"({"attended":["mission","foyer"],"answers":[{"question":1,"scale":4},)"
     R"({"question":2,"yes":true},)"
     R"({"question":3,"text":{"commitment":"commitment","sealed":"sealed to listen"}}]})"},
};

TEST(Codec, ReadsBackWhatItWrites) {
  for (const auto& [event, subject, body] : kWhole) {
    const auto encoded = encode(event, plan().protocol, seal);
    ASSERT_TRUE(encoded);
    EXPECT_EQ(encoded->subject, subject);
    EXPECT_EQ(encoded->body, body);

    const std::string kind(kEventKindNames[static_cast<std::size_t>(event.kind)]);
    const auto read = decode(record(kind, subject, body), plan().protocol, open);
    ASSERT_TRUE(read) << body;
    EXPECT_EQ(read->task, event.task);
    EXPECT_EQ(read->source, event.source);
    EXPECT_EQ(read->of, event.of);
    EXPECT_EQ(read->forgotten, event.forgotten);
    EXPECT_EQ(read->unasked, event.unasked);
    EXPECT_EQ(read->attended, event.attended);
    const auto again = encode(*read, plan().protocol, seal);
    ASSERT_TRUE(again);
    EXPECT_EQ(again->body, body) << "also of the answers";
  }
}

TEST(Codec, RefusesAnActorWithAnUnknownMember) {
  auto of_somebody = record("step_taken", R"({"step":"welcome"})", "{}");
  of_somebody.actor = R"({"person":"ines","badge":7})";

  const auto event = decode(of_somebody, plan().protocol, open);

  ASSERT_FALSE(event);
  EXPECT_EQ(event.error().field, "badge");
}

}  // namespace
}  // namespace protoflow::engine
