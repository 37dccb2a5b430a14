// Yes or no for each pair of two small tables, 64 answers a word: how a question about every pair
// stays quick on a hostile file.
#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

namespace protoflow::dsl {

/// Rows of `columns` bits, all no at first.
class BitTable {
 public:
  using Word = std::uint64_t;

  BitTable() = default;

  BitTable(std::size_t rows, std::size_t columns)
      : words_((columns + 63) / 64), bits_(rows * words_) {}

  void set(std::size_t row, std::size_t column) {
    bits_[row * words_ + column / 64] |= Word{1} << (column % 64);
  }

  [[nodiscard]] bool test(std::size_t row, std::size_t column) const {
    return (bits_[row * words_ + column / 64] >> (column % 64) & 1) != 0;
  }

  [[nodiscard]] std::span<Word> row(std::size_t row) {
    return {bits_.data() + row * words_, words_};
  }

  [[nodiscard]] std::span<const Word> row(std::size_t row) const {
    return {bits_.data() + row * words_, words_};
  }

 private:
  std::size_t words_ = 0;
  std::vector<Word> bits_;
};

}  // namespace protoflow::dsl
