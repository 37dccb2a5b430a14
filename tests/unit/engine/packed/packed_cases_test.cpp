#include "engine/packed/packed_cases.hpp"

#include <boost/pfr.hpp>
#include <gtest/gtest.h>

#include "tests/support/same_members.hpp"

namespace protoflow::engine {
namespace {

using std::chrono::milliseconds;

// A value of the type that no member is born with.
template <class Member>
Member unusual() {
  if constexpr (std::is_same_v<Member, model::Instant>) {
    return std::chrono::sys_days{std::chrono::year{1931} / 2 / 3} + milliseconds(7);
  } else if constexpr (std::is_enum_v<Member> || std::is_same_v<Member, bool>) {
    return static_cast<Member>(1);
  } else if constexpr (std::is_integral_v<Member>) {
    return std::numeric_limits<Member>::max();
  } else if constexpr (std::is_same_v<Member, milliseconds>) {
    return milliseconds(-5'000'000'000'000);
  } else if constexpr (std::is_same_v<Member, std::string>) {
    return std::string("\0b\xFF", 3);
  } else if constexpr (requires(Member member) { member.has_value(); }) {
    return Member(unusual<typename Member::value_type>());
  } else if constexpr (requires { typename Member::value_type; }) {
    return Member(3, unusual<typename Member::value_type>());
  } else if constexpr (requires { Member::kNone; }) {
    return Member{9999};
  } else {
    Member whole{};
    boost::pfr::for_each_field(
        whole, [](auto& member) { member = unusual<std::remove_cvref_t<decltype(member)>>(); });
    return whole;
  }
}

CaseState packed_and_unpacked(const CaseState& state) {
  PackedCases cases;
  CaseState read = unusual<CaseState>();
  cases.put(3, state);
  cases.get(3, read);
  return read;
}

TEST(PackedCases, KeepEveryMemberOfACase) {
  boost::pfr::for_each_field(CaseState{}, [](const auto& member, auto place) {
    CaseState state;
    boost::pfr::get<place()>(state) = unusual<std::remove_cvref_t<decltype(member)>>();
    EXPECT_TRUE(tests::same_members(packed_and_unpacked(state), state)) << place();
    EXPECT_FALSE(tests::same_members(state, CaseState{})) << place();
  });
}

TEST(PackedCases, KeepEveryMemberOfAStepWhateverStandsAround) {
  boost::pfr::for_each_field(StepState{}, [](const auto& member, auto place) {
    CaseState state;
    state.steps.resize(9);
    boost::pfr::get<place()>(state.steps[2]) = unusual<std::remove_cvref_t<decltype(member)>>();
    state.steps[3] = unusual<StepState>();
    state.steps[7] = state.steps[2];
    EXPECT_TRUE(tests::same_members(packed_and_unpacked(state), state)) << place();
  });
}

TEST(PackedCases, KeepMoreShapesOfStepsThanAreNumbered) {
  constexpr std::uint32_t kSteps = 70'000;
  CaseState state;
  state.steps.resize(kSteps);
  for (std::uint32_t i = 0; i < kSteps; ++i) {
    state.steps[i].partner.value = static_cast<std::uint16_t>(i);
    state.steps[i].round = static_cast<std::uint8_t>(2 + (i >> 16U));
    state.steps[i].due = model::Instant(milliseconds(i));
  }

  EXPECT_TRUE(tests::same_members(packed_and_unpacked(state), state));
}

TEST(PackedCases, KeepInstantsOfAnyTime) {
  const std::vector<model::Instant> instants = {
      model::Instant::min(),
      model::kNever,
      model::kNever - milliseconds(2),
      model::Instant(milliseconds(0)),
      model::Instant(milliseconds(-1)),
      model::Instant(milliseconds(-60'000)),
      std::chrono::sys_days{std::chrono::year{2027} / 1 / 1},
      std::chrono::sys_days{std::chrono::year{9999} / 12 / 31} + milliseconds(999),
      std::chrono::sys_days{std::chrono::year{0} / 1 / 1}};
  for (const auto first : instants) {
    for (const auto second : instants) {
      CaseState state;
      state.steps.resize(2);
      state.opened = first;
      state.steps[0].due = second;
      state.steps[1].due = first;
      state.steps[1].since = second;
      EXPECT_TRUE(tests::same_members(packed_and_unpacked(state), state));
    }
  }
}

TEST(PackedCases, RememberMoreInstantsThanAreSaidAgain) {
  CaseState state;
  for (int i = 0; i < 200; ++i) {
    StepState step;
    step.opened = model::Instant(milliseconds(1'800'000'000'000 + 977 * i));
    step.due = model::Instant(milliseconds(1'800'000'000'000 + 977 * (i / 3)));
    state.steps.push_back(step);
  }

  EXPECT_TRUE(tests::same_members(packed_and_unpacked(state), state));
}

TEST(PackedCases, NameAPersonOnceForAllCases) {
  const std::string long_name(60, 'p');
  PackedCases cases;
  CaseState state;
  state.persons = {long_name, "b"};
  cases.put(0, state);
  state.persons = {"b", long_name};
  cases.put(1, state);

  CaseState read;
  cases.get(0, read);
  EXPECT_EQ(read.persons, (std::vector<std::string>{long_name, "b"}));
  cases.get(1, read);
  EXPECT_EQ(read.persons, state.persons);
  EXPECT_LT(cases.size_of(1), long_name.size());
}

TEST(PackedCases, ForgetsACase) {
  PackedCases cases;
  cases.put(5, CaseState{});
  ASSERT_TRUE(cases.holds(5));

  cases.forget(5);

  EXPECT_FALSE(cases.holds(5));
  EXPECT_FALSE(cases.holds(4));
  EXPECT_FALSE(cases.holds(6));
}

}  // namespace
}  // namespace protoflow::engine
