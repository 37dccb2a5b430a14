#include "tests/bench/live_cases.hpp"

#include <cstdio>
#include <cstdlib>

#include "engine/state/apply.hpp"

namespace protoflow::bench {

namespace {

// Persons come again every 500 cases, openings every 32 and places on the path every 29: of all
// cases, so many differ in more than the beneficiary.
constexpr std::uint32_t kPersonsAndOpenings = 4000, kDifferent = 29 * kPersonsAndOpenings;

// Sealing is the vault's work and not measured here: every reason has the same seal, of the length
// of a short one.
const engine::Seal kSealed = [](std::string_view) {
  return std::expected<engine::SealedText, std::string>(
      engine::SealedText{std::string(64, 'c'), std::string(120, 's')});
};

std::size_t opening_of(std::uint32_t case_number) {
  return case_number * 7919U % kOpenings;
}

}  // namespace

LiveCases::LiveCases(const TwelveSteps& steps, std::uint32_t cases, std::size_t acts)
    : steps_(steps),
      acts_(steps.acts),
      done_(cases),
      heads_(cases),
      wheel_(instant_of(0, 0)),
      state_(engine::empty_case(steps.plan.protocol)) {
  for (std::uint32_t number = 0; number < cases; ++number) {
    if (number >= kDifferent) {
      copy(number % kDifferent, number);
      continue;
    }
    const auto wanted = acts == kAnywhere ? number / kPersonsAndOpenings + 1 : acts;
    for (std::size_t done = 0; done < wanted; ++done) {
      act(number, Records::none);
    }
  }
}

void LiveCases::fetch(std::uint32_t soon, std::uint32_t next) const {
  packed_.fetch_label(soon);
  __builtin_prefetch(&done_[soon], 1);
  packed_.fetch(next);
  wheel_.fetch(next);
  __builtin_prefetch(&heads_[next], 1);
}

void LiveCases::copy(std::uint32_t from, std::uint32_t to) {
  packed_.get(from, state_);
  engine::Command named;
  named.kind = engine::CommandKind::open;
  named.actor = acts_[0].actor;
  name_persons(named, to);
  state_.beneficiary = named.beneficiary;
  packed_.put(to, state_);
  wheel_.arm(to, engine::next_due(steps_.plan, state_));
  done_[to] = done_[from];
}

std::size_t LiveCases::act(std::uint32_t case_number, Records records) {
  auto& done = done_[case_number];
  if (done == acts_.size()) {
    done = 0;
  }
  if (done == 0) {
    state_ = engine::empty_case(steps_.plan.protocol);
    heads_[case_number] = {};
  } else {
    packed_.get(case_number, state_);
  }
  auto& command = acts_[done];
  name_persons(command, case_number);
  const auto now = instant_of(opening_of(case_number), done);
  command.happened = model::kNever;
  const auto decision = engine::decide_in_place(steps_.plan, state_, command, now, events_);
  if (!decision) {
    std::fprintf(stderr,
                 "act %u of case %u was refused, %s: the figures mean nothing\n",
                 unsigned{done},
                 case_number,
                 engine::kRefusalCodeNames[static_cast<std::size_t>(decision.error().code)].data());
    std::exit(1);
  }
  if (records != Records::none) {
    record(case_number, records);
  }
  packed_.put(case_number, state_);
  wheel_.arm(case_number, engine::next_due(steps_.plan, state_));
  ++done;
  return events_.size();
}

void LiveCases::record(std::uint32_t case_number, Records records) {
  write_stream(record_.stream, case_number);
  record_.protocol = steps_.plan.meaning_hash;
  record_.command = "0190f3a2-7c11-7d4e-9a5b-3f2e1d0c9b8a";
  record_.version = state_.version - events_.size();
  for (const auto& event : events_) {
    const auto kind = static_cast<std::size_t>(event.kind);
    ++record_.version;
    record_.kind = engine::kEventKindNames[kind];
    record_.kind_version = engine::kEventKindVersions[kind];
    record_.happened = event.happened;
    record_.recorded = event.happened;
    (void)engine::encode_into(encoded_, event, steps_.plan.protocol, kSealed);  // seals anything
    std::swap(record_.actor, encoded_.actor);
    std::swap(record_.subject, encoded_.subject);
    std::swap(record_.body, encoded_.body);
    engine::to_hex_into(record_.previous, heads_[case_number]);
    engine::write_into(line_, record_);
    bytes_written_ += line_.size();
    ++records_written_;
    if (records == Records::written_and_chained) {
      heads_[case_number] = engine::sha256(line_);
    }
    if (lines_ != nullptr) {
      lines_->push_back(line_);
    }
  }
}

}  // namespace protoflow::bench
