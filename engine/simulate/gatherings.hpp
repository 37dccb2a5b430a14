// The collective sessions of a simulation, each a stream of its own as in life: planned at their
// pace, filled by the cases whose steps go through them, attended by most. Private to
// engine/simulate.
#pragma once

#include <string>
#include <vector>

#include "engine/event/errand.hpp"
#include "engine/session/decide.hpp"
#include "engine/simulate/figures.hpp"
#include "engine/simulate/imagined.hpp"

namespace protoflow::engine {

struct Gathering {
  SessionState state;
  std::string stream;  // "session/N"
  std::vector<OwedDuty> owed;
};

class Gatherings {
 public:
  explicit Gatherings(Imagined& people) : people_(people) {}

  [[nodiscard]] std::size_t size() const { return all_.size(); }

  [[nodiscard]] Gathering& operator[](std::size_t place) { return all_[place]; }

  /// A day on which a session comes back, at the pace that the protocol gives it.
  struct Day {
    model::SessionId session;
    model::Instant at;
  };

  /// From `from` on and before `until`, session by session.
  [[nodiscard]] std::vector<Day> days(model::Instant from, model::Instant until) const;

  void plan(const Day& day, model::Instant now);

  /// A place in the next one that has room, for a step that goes through it; one that is held on
  /// request is planned when none has. What the case must hear; nothing when there is no room.
  [[nodiscard]] std::vector<Errand> enrol(std::string_view case_id,
                                          model::StepId step,
                                          model::Instant now);

  /// What was to be prepared is done, and it is written down who came. What cases must hear.
  [[nodiscard]] std::vector<Errand> hold(std::size_t place, model::Instant now);

  /// What was to be done after it is done. Whether there was anything.
  bool finish(std::size_t place, model::Instant now);

  /// A case gives its place back.
  [[nodiscard]] std::vector<Errand> hear(const Errand& errand, model::Instant now);

 private:
  [[nodiscard]] Actor coordination() const;
  std::vector<Errand> tell(Gathering& gathering, const Command& command, model::Instant now);
  void do_tasks(Gathering& gathering, model::Instant now);
  [[nodiscard]] Gathering* next_with_room(model::SessionId session, model::Instant now);

  Imagined& people_;
  std::vector<Gathering> all_;
};

}  // namespace protoflow::engine
