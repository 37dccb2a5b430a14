#include "runtime/channel/cloud_event.hpp"

#include <algorithm>
#include <array>
#include <string_view>

#include <nlohmann/json.hpp>

namespace protoflow::runtime {

namespace {

using Json = nlohmann::ordered_json;

constexpr auto kThin = std::to_array<const char*>({"case", "session", "partnership", "due"});

// "case/ab12" is read at "/v1/cases/ab12".
std::string source_of(std::string_view stream) {
  const auto slash = std::min(stream.find('/'), stream.size());
  return "/v1/" + std::string(stream.substr(0, slash)) + "s" + std::string(stream.substr(slash));
}

}  // namespace

std::string cloud_event(const OutgoingNotice& notice, EventData data) {
  auto said = Json::parse(notice.json);
  Json event{{"specversion", "1.0"},
             {"id", notice.id},
             {"source", source_of(notice.stream)},
             {"type", "protoflow." + said.value("kind", "notice")}};
  if (said.contains("at")) {
    event["time"] = said["at"];
  }
  event["datacontenttype"] = "application/json";
  if (data == EventData::whole) {
    event["data"] = std::move(said);
    return event.dump();
  }
  event["data"] = Json::object();
  for (const char* member : kThin) {
    if (said.contains(member)) {
      event["data"][member] = said[member];
    }
  }
  return event.dump();
}

}  // namespace protoflow::runtime
