// Random lives of a session and of the cases that come to it: never more people than places, each
// case at most once, the waiting list in its order, and both sides of the same mind.
#include <algorithm>
#include <random>

#include <gtest/gtest.h>

#include "engine/event/errand.hpp"
#include "tests/support/meeting.hpp"

namespace protoflow::engine {
namespace {

using tests::Meeting;

constexpr std::uint64_t kSeeds = 300;
constexpr int kActs = 60;
constexpr int kCases = 6;

std::string any_of(std::mt19937_64& random, std::initializer_list<const char*> words) {
  return *(words.begin() + static_cast<std::ptrdiff_t>(random() % words.size()));
}

std::string any_case(std::mt19937_64& random) {
  return "c" + std::to_string(random() % kCases);
}

std::string act(std::mt19937_64& random) {
  const auto who = any_of(random, {"trainer", "adviser", "coordinator", "tutor"});
  switch (random() % 8) {
    case 0:
      return who + " withdraw_enrolment " + any_case(random);
    case 1:
      return who + " record_attendance " + any_of(random, {"present ", "excused ", "absent "}) +
             any_case(random);
    case 2:
      return who + (random() % 6 == 0 ? " cancel_session" : " close_session");
    case 3:
      return "tick";
    default:
      return who + " enrol " + any_case(random);
  }
}

// The engine's own word for who has a place and who waits for one.
bool is_kept(const Enrolment& enrolment, Seat seat) {
  return enrolment.seat == seat && !enrolment.attendance;
}

void expect_sound(const Meeting& meeting, std::uint64_t seed) {
  const auto& session = meeting.session();
  const auto came = std::ranges::count_if(session.enrolments, [](const Enrolment& enrolment) {
    return enrolment.seat == Seat::enrolled &&
           enrolment.attendance.value_or(Attendance::present) == Attendance::present;
  });
  const auto waits = std::ranges::any_of(
      session.enrolments, [](const Enrolment& e) { return is_kept(e, Seat::waiting); });
  const auto corrected = session.status == SessionStatus::held ||
                         session.status == SessionStatus::closed;  // a host may correct upwards
  EXPECT_TRUE(corrected || came <= session.capacity) << "seed " << seed;
  EXPECT_TRUE(!waits || session.status == SessionStatus::cancelled || came == session.capacity)
      << "a place is free while someone waits; seed " << seed;
  for (std::size_t i = 0; i < session.enrolments.size(); ++i) {
    for (std::size_t j = i + 1; j < session.enrolments.size(); ++j) {
      EXPECT_NE(session.enrolments[i].case_id, session.enrolments[j].case_id) << "seed " << seed;
    }
  }
}

// As long as the session is to come, the cases say of it what it says of them.
void expect_same_mind(const Meeting& meeting, std::uint64_t seed) {
  const bool to_come = meeting.session().status == SessionStatus::planned ||
                       meeting.session().status == SessionStatus::open;
  for (int i = 0; to_come && i < kCases; ++i) {
    const auto id = "c" + std::to_string(i);
    const auto* enrolment = enrolment_of(meeting.session(), id);
    const bool kept = enrolment != nullptr && enrolment->seat != Seat::left;
    const auto& places = meeting.at(id).places;
    const bool known = std::ranges::any_of(places, [](const Place& p) { return is_live(p); });
    EXPECT_EQ(kept, known) << id << ", seed " << seed;
  }
}

TEST(RandomSessions, KeepTheirPlacesAndTheirOrder) {
  for (std::uint64_t seed = 1; seed <= kSeeds && !testing::Test::HasFailure(); ++seed) {
    std::mt19937_64 random(seed);
    Meeting meeting;
    for (int i = 0; i < kCases; ++i) {
      meeting.open_case("c" + std::to_string(i));
    }
    meeting.rehearse("h1 trainer plan_session at h100 for " + std::to_string(1 + random() % 2));
    auto hour = 2;
    for (int i = 0; i < kActs; ++i) {
      hour += static_cast<int>(random() % 4);
      (void)meeting.say("h" + std::to_string(hour) + " " + act(random));
      if (random() % 12 == 0) {
        (void)meeting.say_in(any_case(random), "adviser complete learn");
      }
      expect_sound(meeting, seed);
      expect_same_mind(meeting, seed);
    }
  }
}

// Who waits stands in the order of asking: by it alone are places given.
TEST(RandomSessions, GivePlacesInTheOrderOfAsking) {
  for (std::uint64_t seed = 1; seed <= kSeeds; ++seed) {
    std::mt19937_64 random(seed);
    Meeting meeting;
    meeting.rehearse("h1 trainer plan_session at h100 for 2");
    std::vector<std::string> line;  // places, then those who wait: two and the rest
    for (int i = 0; i < kActs; ++i) {
      const auto id = any_case(random);
      const auto found = std::ranges::find(line, id);
      if (found == line.end()) {
        (void)meeting.say("h2 adviser enrol " + id);
        line.push_back(id);
      } else {
        (void)meeting.say("h2 adviser withdraw_enrolment " + id);
        line.erase(found);
      }
      for (std::size_t place = 0; place < line.size(); ++place) {
        const auto wanted = place < 2 ? Seat::enrolled : Seat::waiting;
        ASSERT_EQ(enrolment_of(meeting.session(), line[place])->seat, wanted)
            << line[place] << ", seed " << seed;
      }
    }
  }
}

// Of the cases' own acts: whichever comes first, each ends the same.
TEST(RandomSessions, DoNotDependOnTheOrderOfWhatIsIndependent) {
  const std::vector<std::string> acts = {"trainer record_attendance present c0",
                                         "trainer record_attendance absent c1",
                                         "trainer record_attendance excused c2"};
  std::vector<std::size_t> order = {0, 1, 2};
  std::string first;
  do {
    Meeting meeting;
    std::string all;
    for (const auto* id : {"c0", "c1", "c2"}) {
      meeting.open_case(id);
    }
    meeting.rehearse("h1 trainer plan_session at h100 for 2; h2 adviser enrol c0");
    meeting.rehearse("h3 adviser enrol c1; h100 tick; h101 trainer record_attendance present c0");
    meeting.rehearse("h102 trainer record_attendance absent c1; h103 trainer enrol c2");
    for (const auto place : order) {
      (void)meeting.say("h104 " + acts[place]);
    }
    for (const auto* id : {"c0", "c1", "c2"}) {
      all += std::to_string(static_cast<int>(meeting.step(id, "learn").work));
    }
    first = first.empty() ? all : first;
    EXPECT_EQ(all, first);
  } while (std::ranges::next_permutation(order).found);
}

}  // namespace
}  // namespace protoflow::engine
