#include "runtime/http/outbox_api.hpp"

#include <algorithm>

#include <nlohmann/json.hpp>

#include "runtime/http/api_json.hpp"
#include "runtime/http/calls.hpp"
#include "runtime/http/problem.hpp"
#include "runtime/mail/mail_channel.hpp"

namespace protoflow::runtime {

namespace {

using Json = nlohmann::ordered_json;

constexpr std::size_t kDeadMax = 200;

Json channel_json(const ChannelHealth& health) {
  Json json{{"channel", health.channel}, {"pending", health.pending}, {"dead", health.dead}};
  if (!health.last_error.empty()) {
    json["last_error"] = health.last_error;
  }
  return json;
}

Json dead_json(const DeadDelivery& delivery) {
  return {{"channel", delivery.channel},
          {"id", delivery.id},
          {"stream", delivery.stream},
          {"attempts", delivery.attempts},
          {"reason", delivery.reason}};
}

}  // namespace

HttpResponse outbox_state(Outbox& outbox, Outbox* mail) {
  Json json{{"channels", Json::array()}, {"waiting", 0}, {"dead", Json::array()}};
  for (Outbox* each : {&outbox, mail}) {
    if (each == nullptr) {
      continue;
    }
    const auto health = each->health();
    const auto dead = each->read_dead(kDeadMax);
    if (!dead) {
      return problem(503, "not-readable", "Not now", "The outbox cannot be read now. Try again.");
    }
    std::ranges::transform(health.channels, std::back_inserter(json["channels"]), channel_json);
    json["waiting"] = json["waiting"].get<std::size_t>() + health.waiting;
    if (!health.trouble.empty()) {
      json["trouble"] = health.trouble;
    }
    std::ranges::transform(*dead, std::back_inserter(json["dead"]), dead_json);
  }
  return respond_json(json);
}

HttpResponse command_outbox(Outbox& outbox, std::string_view channel, const HttpRequest& request) {
  const auto json = Json::parse(request.body, nullptr, false);
  if (!json.is_object() || json.size() != 1 || json.value("command", Json()) != "retry") {
    return problem(400,
                   "not-understood",
                   "The request could not be understood",
                   "The body must be {\"command\": \"retry\"}.");
  }
  const auto health = outbox.health();
  const auto known = std::ranges::find(health.channels, channel, &ChannelHealth::channel);
  if (known == health.channels.end() || !outbox.retry_dead(channel)) {
    return problem(404,
                   "unknown-channel",
                   "No such channel",
                   "There is no channel of that name now. GET /v1/outbox lists them; a webhook is "
                   "there while the daemon runs with --webhook, and mail with --mail.");
  }
  return respond_json({{"channel", channel}, {"retried", known->dead}});
}

void get_outbox(const Call& call, const Answer& answer) {
  answer(outbox_state(call.parts.outbox, call.parts.mail));
}

void post_outbox_command(const Call& call, const Answer& answer) {
  auto* mail = call.parts.mail;
  const bool is_mail = mail != nullptr && call.places[0] == kMailChannel;
  answer(command_outbox(is_mail ? *mail : call.parts.outbox, call.places[0], call.request));
}

}  // namespace protoflow::runtime
