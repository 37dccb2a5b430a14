// A channel that keeps what it is given and answers as the test says: at once by a rule, or later
// by hand.
#pragma once

#include <functional>
#include <string>
#include <utility>
#include <vector>

#include "runtime/channel/channel.hpp"

namespace protoflow::runtime {

/// What a recording channel has seen; outlives the channel, so that a test can look after a
/// restart.
struct Recording {
  std::vector<std::uint64_t> numbers;
  std::vector<std::pair<std::uint64_t, Channel::Done>> open;
  std::vector<std::size_t> together;  // how many each sending held
  bool joins = false;                 // whether what waits in one stream goes together

  /// Empty: answers are given by hand through `open`.
  std::function<SendResult(const OutgoingNotice&)> rule = [](const OutgoingNotice&) {
    return Sent{};
  };
};

class RecordingChannel final : public Channel {
 public:
  RecordingChannel(std::string name, Recording& recording)
      : name_(std::move(name)), recording_(recording) {}

  [[nodiscard]] std::string_view name() const override { return name_; }

  [[nodiscard]] bool goes_with(const OutgoingNotice&, const OutgoingNotice&) const override {
    return recording_.joins;
  }

  void send_all(std::span<const OutgoingNotice> notices, Done done) override {
    recording_.together.push_back(notices.size());
    send(notices.front(), std::move(done));
  }

  void send(const OutgoingNotice& notice, Done done) override {
    recording_.numbers.push_back(notice.number);
    if (recording_.rule) {
      done(recording_.rule(notice));
    } else {
      recording_.open.emplace_back(notice.number, std::move(done));
    }
  }

 private:
  std::string name_;
  Recording& recording_;
};

}  // namespace protoflow::runtime
