// Which step can open only once which others have settled, whatever people decide and however a
// guard comes out. Says nothing of steps that wait for one another.
#pragma once

#include <cstdint>
#include <ranges>
#include <vector>

#include "dsl/meaning/bits.hpp"
#include "engine/model/protocol.hpp"

namespace protoflow::dsl {

/// The places in a table, as ids count them: none has more than kDeclarationsMax rows.
template <class Table>
[[nodiscard]] auto places_in(const Table& table) {
  return std::views::iota(std::uint16_t{0}, static_cast<std::uint16_t>(table.size()));
}

class Order {
 public:
  Order() = default;
  explicit Order(const model::Protocol& protocol);

  /// False when steps wait for one another: then nothing is known.
  [[nodiscard]] bool known() const { return known_; }

  /// True when `step` opens only after `other` has settled.
  [[nodiscard]] bool opens_after(std::uint16_t step, std::uint16_t other) const {
    return known_ && opened_.test(step, other);
  }

  /// The row of `opens_after` for `step`; requires known().
  [[nodiscard]] std::span<const BitTable::Word> before(std::uint16_t step) const {
    return opened_.row(step);
  }

  /// The steps, each after all that its `after` and `when` speak of; empty unless known.
  [[nodiscard]] const std::vector<std::uint16_t>& sequence() const { return sequence_; }

 private:
  bool known_ = false;
  std::vector<std::uint16_t> sequence_;
  BitTable opened_;
};

/// The steps that a step's `after` and `when` speak of, each once, in order.
[[nodiscard]] std::vector<std::uint16_t> awaited_steps(const model::Step& step);

/// True for the three atoms about a step.
[[nodiscard]] bool about_a_step(model::Op op);

}  // namespace protoflow::dsl
