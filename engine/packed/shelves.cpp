#include "engine/packed/shelves.hpp"

#include <algorithm>
#include <bit>
#include <cstring>

namespace protoflow::engine {

namespace {

constexpr std::size_t kBoardSize = std::size_t{1} << 18U;

// Sizes grow by 8 bytes up to 512, then by an eighth of the power of two below.
constexpr std::size_t kSmallStep = 8, kSmallMax = 512, kSmallShelves = kSmallMax / kSmallStep;

constexpr std::size_t shelf_of(std::size_t size) {
  const std::size_t last = size - 1;
  if (size <= kSmallMax) {
    return last / kSmallStep;
  }
  const auto power = static_cast<std::size_t>(std::bit_width(last) - 1);
  return kSmallShelves + (power - 9) * 8 + (last >> (power - 3)) - 8;
}

constexpr std::size_t block_size(std::size_t shelf) {
  if (shelf < kSmallShelves) {
    return (shelf + 1) * kSmallStep;
  }
  const std::size_t power = 9 + (shelf - kSmallShelves) / 8;
  return ((shelf - kSmallShelves) % 8 + 9) << (power - 3);
}

static_assert(shelf_of(1) == 0 && shelf_of(512) == 63 && shelf_of(513) == 64);
static_assert(block_size(63) == 512 && block_size(64) == 576 && shelf_of(576) == 64);
static_assert(shelf_of(577) == 65 && shelf_of((std::size_t{1} << 31U)) == 239);

// Blocks on one board: a power of two.
constexpr unsigned board_bits(std::size_t shelf) {
  return static_cast<unsigned>(
      std::bit_width(std::max<std::size_t>(1, kBoardSize / block_size(shelf))) - 1);
}

}  // namespace

std::span<const char> Shelves::operator[](std::uint32_t place) const {
  if (place >= labels_.size() || labels_[place].size == 0) {
    return {};
  }
  const Label& label = labels_[place];
  return {block(shelf_of(label.size), label.block), label.size};
}

void Shelves::fetch_label(std::uint32_t place) const {
  if (place < labels_.size()) {
    __builtin_prefetch(&labels_[place]);
  }
}

void Shelves::fetch(std::uint32_t place) const {
  constexpr std::size_t kLine = 64, kLinesMax = 8;  // of the processor's cache
  const auto bytes = (*this)[place];
  for (std::size_t at = 0; at < std::min(bytes.size(), kLinesMax * kLine); at += kLine) {
    __builtin_prefetch(bytes.data() + at);
  }
}

void Shelves::put(std::uint32_t place, std::span<const char> bytes) {
  if (place >= labels_.size()) {
    labels_.resize(std::size_t{place} + 1);
  }
  Label& label = labels_[place];
  const bool stays =
      label.size > 0 && !bytes.empty() && shelf_of(label.size) == shelf_of(bytes.size());
  if (label.size > 0 && !stays) {
    give_up(shelf_of(label.size), label.block);
  }
  label.size = static_cast<std::uint32_t>(bytes.size());
  if (bytes.empty()) {
    return;
  }
  const std::size_t shelf = shelf_of(bytes.size());
  if (!stays) {
    label.block = take(shelf);
  }
  std::memcpy(block(shelf, label.block), bytes.data(), bytes.size());
}

std::size_t Shelves::memory() const {
  return memory_ + labels_.capacity() * sizeof(Label);
}

char* Shelves::block(std::size_t shelf, std::uint32_t number) const {
  const unsigned bits = board_bits(shelf);
  const std::size_t on_board = number & ((std::uint32_t{1} << bits) - 1);
  return shelves_[shelf].boards[number >> bits].get() + on_board * block_size(shelf);
}

std::uint32_t Shelves::take(std::size_t shelf) {
  Shelf& from = shelves_[shelf];
  if (from.free != kNone) {
    const std::uint32_t number = from.free;
    std::memcpy(&from.free, block(shelf, number), sizeof from.free);
    return number;
  }
  const std::size_t blocks = std::size_t{1} << board_bits(shelf);
  if (from.used == from.boards.size() * blocks) {
    from.boards.push_back(std::make_unique_for_overwrite<char[]>(blocks * block_size(shelf)));
    memory_ += blocks * block_size(shelf);
  }
  return from.used++;
}

void Shelves::give_up(std::size_t shelf, std::uint32_t number) {
  Shelf& from = shelves_[shelf];
  std::memcpy(block(shelf, number), &from.free, sizeof from.free);
  from.free = number;
}

}  // namespace protoflow::engine
