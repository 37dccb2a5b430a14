#include "runtime/metrics/metrics.hpp"

#include <prometheus/counter.h>
#include <prometheus/gauge.h>
#include <prometheus/histogram.h>
#include <prometheus/registry.h>
#include <prometheus/text_serializer.h>

namespace protoflow::runtime {

namespace {

using Seconds = std::chrono::duration<double>;
template <class Kind>
using Family = prometheus::Family<Kind>;

// In seconds: from what a fast disk needs to what somebody complains of.
const prometheus::Histogram::BucketBoundaries kLatencies{
    0.0005, 0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 10};

}  // namespace

struct Metrics::Families {
  prometheus::Registry registry;
  Family<prometheus::Counter>& requests = prometheus::BuildCounter()
                                              .Name("protoflow_requests_total")
                                              .Help("Answers of the API, by address and status.")
                                              .Register(registry);
  prometheus::Histogram& request_seconds = prometheus::BuildHistogram()
                                               .Name("protoflow_request_seconds")
                                               .Help("From a request, read whole, to its answer.")
                                               .Register(registry)
                                               .Add({}, kLatencies);
  Family<prometheus::Counter>& commits =
      prometheus::BuildCounter()
          .Name("protoflow_commits_total")
          .Help("What became of events that were to be written, command by command.")
          .Register(registry);
  prometheus::Histogram& commit_seconds = prometheus::BuildHistogram()
                                              .Name("protoflow_commit_seconds")
                                              .Help("From the decision to events that are durable.")
                                              .Register(registry)
                                              .Add({}, kLatencies);
  Family<prometheus::Gauge>& pending =
      gauges("protoflow_deliveries_pending", "Notices or mails that wait on a channel.");
  Family<prometheus::Gauge>& dead = gauges(
      "protoflow_deliveries_given_up", "Notices or mails that were given up: work for a human.");
  Family<prometheus::Gauge>& oldest =
      gauges("protoflow_deliveries_oldest_seconds",
             "How long the oldest that waits on a channel has been there.");

  Family<prometheus::Gauge>& gauges(const char* name, const char* help) {
    return prometheus::BuildGauge().Name(name).Help(help).Register(registry);
  }

  void set(const char* name, const char* help, double value) {
    gauges(name, help).Add({}).Set(value);  // the same one again, when it is there
  }
};

Metrics::Metrics() : families_(std::make_unique<Families>()) {}

Metrics::~Metrics() = default;

void Metrics::answered(const Answered& answered) {
  families_->requests
      .Add({{"method", std::string(answered.method)},
            {"route", std::string(answered.route)},
            {"status", std::to_string(answered.status)}})
      .Increment();
  families_->request_seconds.Observe(Seconds(answered.took).count());
}

void Metrics::committed(std::string_view result, std::chrono::steady_clock::duration took) {
  families_->commits.Add({{"result", std::string(result)}}).Increment();
  families_->commit_seconds.Observe(Seconds(took).count());
}

std::string Metrics::text(const Observed& now) {
  auto& all = *families_;
  const auto as_double = [](auto count) { return static_cast<double>(count); };
  all.set("protoflow_ready", "1 when /ready says so.", now.ready ? 1 : 0);
  all.set("protoflow_cases", "Cases, closed ones too.", as_double(now.cases));
  all.set("protoflow_sessions", "Collective sessions.", as_double(now.sessions));
  all.set("protoflow_partnerships", "Partnerships, one a version.", as_double(now.partnerships));
  all.set("protoflow_timers", "Streams in which something falls due.", as_double(now.timers));
  all.set("protoflow_timers_late_seconds",
          "By how long the first due instant has passed; 0 when none has.",
          as_double(now.late.count()));
  all.set("protoflow_connections", "Open connections, streams too.", as_double(now.connections));
  all.set("protoflow_appends_waiting",
          "Commands whose events wait for the disk.",
          as_double(now.appends));
  all.set("protoflow_notices_waiting",
          "Notices that are not in the outbox yet.",
          as_double(now.notices));
  all.set("protoflow_replay_seconds", "Reading the log at the start.", now.replay.count());
  all.set("protoflow_store_bytes", "Size of the log.", as_double(now.store_bytes));
  all.set("protoflow_disk_free_bytes", "Room for the data folder.", as_double(now.free_bytes));
  for (const auto& channel : now.channels) {
    const prometheus::Labels labels{{"channel", channel.channel}};
    all.pending.Add(labels).Set(as_double(channel.pending));
    all.dead.Add(labels).Set(as_double(channel.dead));
    all.oldest.Add(labels).Set(as_double(channel.oldest.count()));
  }
  return prometheus::TextSerializer().Serialize(all.registry.Collect());
}

}  // namespace protoflow::runtime
