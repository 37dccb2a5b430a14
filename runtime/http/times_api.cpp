#include "runtime/http/times_api.hpp"

#include <nlohmann/json.hpp>

#include "engine/duty/ledger.hpp"
#include "engine/duty/orphan.hpp"
#include "runtime/http/api_json.hpp"
#include "runtime/http/problem.hpp"

namespace protoflow::runtime {

namespace {

using Json = nlohmann::ordered_json;

// Without the values: no time depends on them.
std::vector<engine::Event> events_of(const Casebook& casebook,
                                     std::string_view case_id,
                                     const model::Protocol& protocol) {
  std::vector<engine::Event> events;
  const engine::Open closed = [](const engine::SealedText&) {
    return std::optional<std::string>();
  };
  const auto read = casebook.read_history(case_stream(case_id), [&](std::string_view line) {
    const auto record = engine::read_record(line);
    auto event =
        record ? engine::decode(*record, protocol, closed) : std::unexpected(engine::BadRecord{});
    if (event) {
      events.push_back(std::move(*event));
    }
  });
  return read ? events : std::vector<engine::Event>();
}

}  // namespace

HttpResponse case_times(const Casebook& casebook,
                        std::string_view case_id,
                        const CaseFile& file,
                        model::Instant now) {
  const auto& protocol = file.plan->protocol;
  const auto events = events_of(casebook, case_id, protocol);
  if (events.empty()) {
    return problem(503, "not-readable", "Not now", "The history cannot be read now. Try again.");
  }
  Json json{{"case", case_id},
            {"until", engine::to_text(now)},
            {"orphan_ms", Json::object()},
            {"stops", Json::array()}};
  const auto orphan = engine::orphan_time(protocol, events, now);
  for (std::size_t i = 0; i < orphan.by_cause.size(); ++i) {
    if (orphan.by_cause[i].count() != 0) {
      json["orphan_ms"][std::string(engine::kOrphanCauseNames[i])] = orphan.by_cause[i].count();
    }
  }
  for (const auto& stop : engine::stops(protocol, events)) {
    Json each{{"step", protocol[stop.step].name},
              {"why", engine::kStopCauseNames[static_cast<std::size_t>(stop.why)]},
              {"from", engine::to_text(stop.from)}};
    if (stop.to != model::kNever) {
      each["to"] = engine::to_text(stop.to);
    }
    json["stops"].push_back(std::move(each));
  }
  return respond_json(json);
}

}  // namespace protoflow::runtime
