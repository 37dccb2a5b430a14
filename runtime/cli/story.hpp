// An author's example played on a live daemon, line by line, over its own API: people are
// registered, commands are sent, expectations are looked up in the daemon's own log, and the
// notices are printed as they go out.
#pragma once

#include <chrono>
#include <expected>
#include <map>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "engine/duty/duty.hpp"
#include "engine/simulate/simulate.hpp"
#include "runtime/casebook/reading.hpp"
#include "runtime/cli/cli.hpp"

namespace protoflow::runtime {

class Story {
 public:
  using Result = std::expected<void, std::string>;  // the error is a sentence

  /// `source` is the protocol's text, whose lines are shown as they are played. `pause` stands
  /// before each line.
  Story(PlanRef plan, std::string source, DaemonOptions daemon, std::chrono::milliseconds pause);

  /// One person for each role and partner that may play it, under a pseudonym.
  [[nodiscard]] Result register_people();

  /// Each partner that must sign does, as its people would.
  [[nodiscard]] Result sign_agreement();

  /// Opens a case at the daemon's present instant and makes it the one that is played.
  [[nodiscard]] Result open_case();

  /// Plays every line; stops at the first that does not hold.
  [[nodiscard]] Result play(const model::Example& example);

  /// Waits until every notice that the log owes has left on every channel.
  [[nodiscard]] Result settle_notices();

  /// What is open in the case now, in the order of the protocol.
  [[nodiscard]] std::vector<engine::Duty> open_duties() const;

  [[nodiscard]] std::string person_for(model::RoleId role, model::PartnerId partner) const;

  [[nodiscard]] const std::string& case_id() const { return case_id_; }

  [[nodiscard]] model::Instant now() const { return now_; }

 private:
  struct Live {
    CaseFile file;
    std::vector<engine::Notice> told;
  };

  [[nodiscard]] Result play_line(const model::ExampleLine& line);
  [[nodiscard]] Result move_clock(model::Instant to);
  [[nodiscard]] Result send(const model::ExampleLine& line, const Live& live);
  [[nodiscard]] Result post(const std::string& path, const std::string& body);
  [[nodiscard]] std::expected<Live, std::string> look() const;
  [[nodiscard]] Result print_notices();
  void print_line(const model::ExampleLine& line);

  PlanRef plan_;
  std::string source_;
  DaemonOptions daemon_;
  std::chrono::milliseconds pause_;
  std::map<std::pair<model::RoleId, model::PartnerId>, std::string> people_;
  std::string case_id_;
  model::Instant now_;
  std::uint32_t printed_line_ = 0;
  std::string next_notices_ = "/v1/notices?after=0";
};

}  // namespace protoflow::runtime
