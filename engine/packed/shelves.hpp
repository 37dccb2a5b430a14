// Many short strings of bytes, by place: 8 bytes beside each, no heap block of their own, and room
// that one gives up is taken by another. For what waits in memory by the million.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <memory>
#include <span>
#include <vector>

namespace protoflow::engine {

class Shelves final {
 public:
  /// Until the next call of put.
  [[nodiscard]] std::span<const char> operator[](std::uint32_t place) const;

  /// Brings the bytes of `place` nearer while something else is done; fetch_label before, where
  /// there is time for it. Among millions they lie in memory that nobody has looked at for long.
  void fetch_label(std::uint32_t place) const;
  void fetch(std::uint32_t place) const;

  /// What stood at `place` is forgotten; empty bytes give up its room. At most 2 GiB.
  void put(std::uint32_t place, std::span<const char> bytes);

  /// Bytes of memory, with what lies free.
  [[nodiscard]] std::size_t memory() const;

 private:
  static constexpr std::uint32_t kNone = 0xFFFF'FFFF;

  struct Label {
    std::uint32_t block = 0;  // among those of its size
    std::uint32_t size = 0;   // of the bytes; 0: none
  };

  struct Shelf {  // blocks of one size; a free one begins with the number of the next free one
    std::vector<std::unique_ptr<char[]>> boards;
    std::uint32_t used = 0;  // blocks that were ever taken
    std::uint32_t free = kNone;
  };

  [[nodiscard]] char* block(std::size_t shelf, std::uint32_t number) const;
  [[nodiscard]] std::uint32_t take(std::size_t shelf);
  void give_up(std::size_t shelf, std::uint32_t number);

  std::vector<Label> labels_;  // by place
  std::array<Shelf, 240> shelves_;
  std::size_t memory_ = 0;  // of the boards
};

}  // namespace protoflow::engine
