// The live streams (cases, collective sessions, partnerships): takes a command, lets the engine
// decide, makes the events durable, applies them, hands out what must be told, and brings what
// other streams must know to them. One command at a time for each stream, many streams at a time.
// Everything on the loop's thread; only the store's answer comes from elsewhere and is posted back.
#pragma once

#include <cstdint>
#include <deque>
#include <functional>
#include <map>
#include <memory>
#include <set>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "runtime/casebook/absences.hpp"
#include "runtime/casebook/loads.hpp"
#include "runtime/casebook/reading.hpp"
#include "runtime/casebook/request.hpp"
#include "runtime/casebook/sealing.hpp"
#include "runtime/channel/channel.hpp"
#include "runtime/clock/clock.hpp"
#include "runtime/people/contact.hpp"
#include "runtime/store/event_store.hpp"

namespace protoflow::runtime {

/// What the casebook needs of the world; all of it outlives the casebook.
struct World {
  EventStore& store;
  Vault& vault;
  const Clock& clock;
  std::function<void(std::function<void()>)>
      post;  // runs a task on the loop, later, from any thread
  std::function<void(std::vector<OutgoingNotice>, std::uint64_t position)> notify;
  std::function<void()> on_due_changed;              // the next due instant may have moved
  std::function<void(std::string_view)> on_trouble;  // one neutral line for the operator's log
  std::function<void(std::string_view)>
      on_doubt;  // the disk can no longer be trusted: end the process
};

class Casebook {
 public:
  struct Errand {  // to one stream, with an id that makes a second delivery do nothing
    std::string stream;
    std::string command_id;
    engine::Command command;
  };

  explicit Casebook(World world);

  /// Reads the whole log. Notices of events after `notified` are handed out again: they may not
  /// have left before a crash.
  [[nodiscard]] std::expected<void, Fault> start(std::uint64_t notified);

  void submit(Request request, Tell tell);

  /// Makes the protocol known, with all it uses; the same meaning twice is one deployment.
  void deploy(ProtocolText text, std::function<void(std::expected<PlanRef, NotDone>)> tell);

  void register_person(Person person, Tell tell, const Writing& writing = {});

  /// Records that somebody is absent, is back, or is gone, and tells every live case in which they
  /// have acted. The same again changes nothing, and finishes what a crash cut short.
  void change_person(const PersonChange& change, Tell tell, const Writing& writing = {});

  /// The token itself never comes here: `token.sha256` is kept.
  void issue_token(PersonToken token, Tell tell, const Writing& writing = {});
  void revoke_token(std::string_view id, Tell tell, const Writing& writing = {});

  /// Where and how somebody is to be told from now on; nothing: not any more. What stood before is
  /// erased.
  void set_contact(const std::string& person,
                   const std::optional<Contact>& contact,
                   Tell tell,
                   const Writing& writing = {});

  /// Who may subscribe to a calendar at a secret address, or, without a hash, not any more.
  void set_calendar(const CalendarAddress& address, Tell tell);

  /// Nothing: none, or it was erased.
  [[nodiscard]] std::optional<Contact> contact_of(std::string_view person) const;

  /// Why it would be refused.
  [[nodiscard]] std::optional<NotDone> check(const PersonChange& change) const {
    return check_change(reading_.people, change, world_.clock.now());
  }

  /// What would change hands in live cases; an absence is looked at as if it began now.
  [[nodiscard]] std::vector<CaseHandedOn> rehearse(const PersonChange& change) const;

  /// What other streams have to say. What cannot be written now is tried again on the clock's next
  /// turn.
  void send(std::vector<Errand> errands);

  /// Fires what has fallen due. A case that is busy fires on its next turn.
  void tick();

  [[nodiscard]] model::Instant next_due() const;

  /// Streams in which something falls due.
  [[nodiscard]] std::size_t timers() const { return dues_.size(); }

  /// Calls back once nothing is on its way to the store and nothing is due at the clock's present
  /// instant.
  void when_quiet(std::function<void()> task);

  [[nodiscard]] const Reading& reading() const { return reading_; }

  [[nodiscard]] model::Instant now() const { return world_.clock.now(); }

  /// What live cases count for among `at most N cases`.
  [[nodiscard]] const Loads& loads() const { return loads_; }

  /// The records of a stream, line by line, as written. The error is a sentence.
  [[nodiscard]] std::expected<void, std::string> read_history(
      const std::string& stream, const std::function<void(std::string_view)>& visit) const;

  /// How many appends are on their way to the store.
  [[nodiscard]] std::size_t under_way() const { return under_way_; }

  /// Refuses new commands; those under way still end.
  void stop() { stopping_ = true; }

 private:
  struct Turn {
    Request request;
    Tell tell;
    std::optional<engine::Command>
        errand;  // what another stream has to say: nobody's request, and never lost
    PlanRef to;  // of a case that comes over to it
  };

  struct Seat {  // what a live stream needs beside its state
    bool busy = false;
    model::Instant due = model::kNever;
    std::deque<Turn> waiting;
    std::vector<std::uint64_t>
        command_marks;  // hashes of command ids: absence is certain, presence is checked in the log
  };

  struct PendingRecord {  // of a stream without a state
    engine::Record record;
    std::function<bool()> stands;  // whether the log says it already: then nothing is written
    std::function<void(EventStore::Appended)> then;  // position 0: nothing was written
  };

  struct Batch {
    std::string stream;
    PlanRef plan;  // of the stream after the lines
    std::vector<engine::Event> events;
    std::vector<std::string> lines;
    StreamHead head;  // of the stream after the lines
    std::string command_id;
    std::optional<engine::Command> errand;  // that the events answer
  };

  void begin_stream(Turn turn);
  bool make_stream(Turn& turn);
  void take_turn(const std::string& stream, Turn turn);
  void run(const std::string& stream, Turn turn);
  void run_next(const std::string& stream);
  void run_waiting(const std::string& stream);
  void run_errand(const std::string& stream, Turn turn);
  void forget_unopened(const std::string& stream);
  void decide_and_append(const std::string& stream, const engine::Command& command, Turn turn);
  void append_events(const std::string& stream, std::vector<engine::Event> events, Turn turn);
  void tick_stream(const std::string& stream);
  void on_appended(Batch batch, EventStore::Appended appended, const Tell& tell);
  void on_failed(const Batch& batch, const StoreError& error, const Tell& tell);
  void tell_dry_run(const std::string& stream, std::vector<engine::Event> events, const Turn& turn);
  void tell_refusal(const std::string& stream, const engine::Refusal& refusal, const Turn& turn);
  bool tell_repeated(const std::string& stream, const Turn& turn);
  [[nodiscard]] bool has_done(const std::string& stream, std::string_view command_id) const;
  void keep_due(const std::string& stream);
  void keep_load(std::string_view stream, std::span<const engine::Event> coming = {});
  [[nodiscard]] engine::Decision decide(const std::string& stream,
                                        const engine::Command& command) const;
  [[nodiscard]] PlanRef plan_of(std::string_view stream) const;
  [[nodiscard]] std::uint32_t version_of(std::string_view stream) const;
  [[nodiscard]] Done done_at(const std::string& stream) const;
  void tell_quiet();
  [[nodiscard]] std::vector<Errand> errands_of(const std::string& stream,
                                               const engine::Event& event);
  [[nodiscard]] std::optional<Errand> news_of(const std::string& stream,
                                              std::string_view person) const;
  [[nodiscard]] std::vector<Errand> news(std::string_view only) const;
  [[nodiscard]] std::vector<Errand> news_after(const Batch& batch) const;
  void found_partnership(const PlanRef& plan, const PlanRef& before, std::function<void()> then);
  [[nodiscard]] std::vector<model::PartnerId> unsigned_by(const engine::Plan& plan) const;
  void send_again();
  [[nodiscard]] std::optional<engine::Command> in_words_of(const PlanRef& plan,
                                                           engine::Command errand) const;
  [[nodiscard]] std::optional<NotDone> check_places(std::string_view stream,
                                                    const engine::Plan& to) const;
  [[nodiscard]] PlanRef deployed_before(const ProtocolText& text) const;
  void record_token(engine::Record record, std::function<bool()> stands, Tell tell);
  void erase_spent_contacts();
  void append_record(PendingRecord pending);
  void append_next_record();
  [[nodiscard]] std::expected<Batch, std::string> write_batch(const std::string& stream,
                                                              std::vector<engine::Event> events,
                                                              const Turn& turn,
                                                              const engine::Seal& seal);
  std::optional<NotDone> find_version(const engine::Plan& plan,
                                      engine::Command& command,
                                      Turn& turn) const;
  [[nodiscard]] engine::Seal seal_of(const std::string& stream,
                                     std::span<const engine::Event> events);
  [[nodiscard]] std::vector<OutgoingNotice> letters_of(std::string_view stream,
                                                       const engine::Event& event,
                                                       std::uint64_t position) const;

  World world_;
  Reading reading_;
  Loads loads_;
  std::map<std::string, Seat, std::less<>> seats_;
  std::set<std::pair<model::Instant, std::string>> dues_;
  std::deque<PendingRecord> records_;
  std::set<std::pair<std::string, model::PartnerId>> departed_;  // by partnership: has left it
  std::vector<Errand> unsent_;  // could not be written; tried again on the clock's next turn
  bool recording_ = false;
  std::size_t under_way_ = 0;
  std::vector<std::function<void()>> for_quiet_;
  bool stopping_ = false;
};

/// The stream of a case id, and the id of a case or of a session that a command begins: the same
/// command begins the same one.
[[nodiscard]] std::string case_stream(std::string_view case_id);
[[nodiscard]] std::string case_id_of_command(std::string_view command_id);

/// The stream of a partnership: one for each deployed version, named by its meaning.
[[nodiscard]] std::string partnership_stream(const engine::Plan& plan);

}  // namespace protoflow::runtime
