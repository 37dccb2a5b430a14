// A notice as an event for programs elsewhere: CloudEvents 1.0, structured mode, JSON format. What
// its data say is thin unless the operator asks for more: whoever receives it asks the API for the
// rest, where access is decided.
#pragma once

#include <cstdint>
#include <string>

#include "runtime/channel/channel.hpp"

namespace protoflow::runtime {

inline constexpr const char* kCloudEventType = "application/cloudevents+json; charset=utf-8";

enum class EventData : std::uint8_t {
  thin,   // what kind of notice, when, until when, of which case, session or partnership
  whole,  // also the protocol, step, role, partner, person, and the sentence
};

/// {"specversion":"1.0","id":"case/ab12:7:0","source":"/v1/cases/ab12",
/// "type":"protoflow.step_offered","time":"…","datacontenttype":"application/json","data":{…}}.
/// The id is the notice's own: the same at each attempt.
[[nodiscard]] std::string cloud_event(const OutgoingNotice& notice, EventData data);

}  // namespace protoflow::runtime
