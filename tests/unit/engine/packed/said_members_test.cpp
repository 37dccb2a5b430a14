#include "engine/packed/said_members.hpp"

#include <gtest/gtest.h>

namespace protoflow::engine {
namespace {

TEST(SaidMembers, GiveACombinationOneNumber) {
  SaidMembers said;
  const auto first = said.number_of(0b1011);
  const auto second = said.number_of(0);

  EXPECT_NE(first, second);
  EXPECT_EQ(said.number_of(0b1011), first);
  EXPECT_EQ(said[first], Members{0b1011});
  EXPECT_EQ(said[second], Members{0});
}

TEST(SaidMembers, StopNumberingWhenThereAreTooMany) {
  SaidMembers said;
  const auto first = said.number_of(0);
  std::uint32_t last = first;
  Members members = 0;
  while (last != 0 && members < 100'000) {
    last = said.number_of(++members);
  }

  EXPECT_EQ(last, 0U);
  EXPECT_EQ(said.number_of(0), first);
}

}  // namespace
}  // namespace protoflow::engine
