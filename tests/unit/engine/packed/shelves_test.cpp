#include "engine/packed/shelves.hpp"

#include <map>
#include <random>
#include <string>

#include <gtest/gtest.h>

namespace protoflow::engine {
namespace {

std::string text_at(const Shelves& shelves, std::uint32_t place) {
  const auto bytes = shelves[place];
  return {bytes.begin(), bytes.end()};
}

TEST(Shelves, KeepWhatWasPutLast) {
  for (std::uint64_t seed = 1; seed <= 20; ++seed) {
    SCOPED_TRACE("seed " + std::to_string(seed));
    std::mt19937_64 dice(seed);
    Shelves shelves;
    std::map<std::uint32_t, std::string> expected;
    for (int act = 0; act < 3000; ++act) {
      const auto place = static_cast<std::uint32_t>(dice() % 100);
      const std::size_t size = dice() % (std::size_t{1} << (dice() % 15));
      expected[place] = std::string(size, static_cast<char>('a' + dice() % 26));
      shelves.put(place, expected[place]);
    }
    for (const auto& [place, text] : expected) {
      EXPECT_EQ(text_at(shelves, place), text);
    }
  }
}

TEST(Shelves, KeepEverySize) {
  Shelves shelves;
  for (std::uint32_t size = 1; size < 2000; ++size) {
    shelves.put(size, std::string(size, 'x'));
  }
  shelves.put(0, std::string(3'000'000, 'y'));
  for (std::uint32_t size = 1; size < 2000; ++size) {
    EXPECT_EQ(shelves[size].size(), size);
  }
  EXPECT_EQ(shelves[0].size(), 3'000'000u);
}

TEST(Shelves, TakeUpRoomThatWasGivenUp) {
  Shelves shelves;
  for (std::uint32_t place = 0; place < 10'000; ++place) {
    shelves.put(place, std::string(100, 'a'));
  }
  const std::size_t before = shelves.memory();

  for (std::uint32_t place = 0; place < 10'000; ++place) {
    shelves.put(place, {});
  }
  for (std::uint32_t place = 0; place < 10'000; ++place) {
    shelves.put(place, std::string(101, 'b'));
  }

  EXPECT_EQ(shelves.memory(), before);
}

TEST(Shelves, TakeFewBytesBesideAString) {
  constexpr std::size_t kStrings = 100'000, kSize = 120;
  Shelves shelves;
  for (std::uint32_t place = 0; place < kStrings; ++place) {
    shelves.put(place, std::string(kSize, 'a'));
  }

  EXPECT_LT(shelves.memory(), kStrings * (kSize + 18));
}

}  // namespace
}  // namespace protoflow::engine
