// Many live cases of the twelve steps as a daemon would hold them: packed, each with its due
// instant in a timing wheel and the hash of its last record. One call of act() is what one command
// costs in memory: read the case, decide with every check, build and chain the records, put the
// case back, move its timer.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "engine/event/codec.hpp"
#include "engine/log/record.hpp"
#include "engine/packed/packed_cases.hpp"
#include "engine/timer/timing_wheel.hpp"
#include "tests/bench/twelve_steps.hpp"

namespace protoflow::bench {

enum class Records : std::uint8_t { none, written, written_and_chained };

class LiveCases final {
 public:
  /// Every case stands `acts` acts after its opening; with kAnywhere, all along the path.
  LiveCases(const TwelveSteps& steps, std::uint32_t cases, std::size_t acts);

  static constexpr std::size_t kAnywhere = 1000;

  /// The case's next act; one that has ended begins again. How many events it gave.
  std::size_t act(std::uint32_t case_number, Records records);

  /// Brings nearer what the acts on these two will look at: a daemon knows the commands that wait.
  void fetch(std::uint32_t soon, std::uint32_t next) const;

  /// Takes the lines of the records that are written from now on.
  void keep_lines(std::vector<std::string>* lines) { lines_ = lines; }

  /// Of all records written so far.
  [[nodiscard]] double bytes_of_a_record() const {
    return static_cast<double>(bytes_written_) / static_cast<double>(records_written_);
  }

  [[nodiscard]] const engine::PackedCases& packed() const { return packed_; }

  [[nodiscard]] std::uint32_t count() const { return static_cast<std::uint32_t>(done_.size()); }

 private:
  void copy(std::uint32_t from, std::uint32_t to);
  void record(std::uint32_t case_number, Records records);

  const TwelveSteps& steps_;
  std::vector<engine::Command> acts_;
  std::vector<std::uint8_t> done_;   // acts, by case
  std::vector<engine::Hash> heads_;  // by case
  engine::PackedCases packed_;
  engine::TimingWheel wheel_;
  engine::CaseState state_;
  std::vector<engine::Event> events_;
  engine::EncodedEvent encoded_;
  engine::Record record_;
  std::string line_;
  std::uint64_t bytes_written_ = 0, records_written_ = 0;
  std::vector<std::string>* lines_ = nullptr;
};

}  // namespace protoflow::bench
