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
constexpr std::size_t kReasonMax = 500;

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

namespace {

HttpResponse unknown_channel() {
  return problem(404,
                 "unknown-channel",
                 "No such channel",
                 "There is no channel of that name now. GET /v1/outbox lists them; a webhook is "
                 "there while the daemon runs with --webhook, and mail with --mail.");
}

HttpResponse put_aside(Outbox& outbox, std::string_view channel, const Json& json) {
  const auto text = [&](const char* member) {
    const auto found = json.value(member, Json());
    return found.is_string() ? found.get<std::string>() : std::string();
  };
  const auto id = text("id"), reason = text("reason");
  if (json.size() != 3 || id.empty() || reason.empty() || reason.size() > kReasonMax) {
    return not_understood(
        "To put a notice aside, say which with \"id\", and why with \"reason\", in at most 500 "
        "bytes.");
  }
  if (!outbox.put_aside(channel, id, "put aside: " + reason)) {
    return problem(404,
                   "unknown-delivery",
                   "No such delivery",
                   "No notice of that id was given up on that channel. GET /v1/outbox lists them.");
  }
  return respond_json({{"channel", channel}, {"put_aside", id}});
}

}  // namespace

HttpResponse command_outbox(Outbox& outbox, std::string_view channel, const HttpRequest& request) {
  const auto json = Json::parse(request.body, nullptr, false);
  const auto command = json.is_object() ? json.value("command", Json()) : Json();
  const auto health = outbox.health();
  const auto known = std::ranges::find(health.channels, channel, &ChannelHealth::channel);
  if (command == "put_aside") {
    return known == health.channels.end() ? unknown_channel() : put_aside(outbox, channel, json);
  }
  if (command != "retry" || json.size() != 1) {
    return not_understood(
        "The body must be {\"command\": \"retry\"}, or {\"command\": \"put_aside\"} with \"id\" "
        "and \"reason\".");
  }
  if (known == health.channels.end() || !outbox.retry_dead(channel)) {
    return unknown_channel();
  }
  return respond_json({{"channel", channel}, {"retried", known->dead}});
}

Json given_up(const ApiParts& parts, std::string_view only_stream) {
  Json list = Json::array();
  for (Outbox* each : {&parts.outbox, parts.mail}) {
    if (each == nullptr) {
      continue;
    }
    for (const auto& delivery : each->read_dead(kDeadMax).value_or(std::vector<DeadDelivery>())) {
      if (only_stream.empty() || delivery.stream == only_stream) {
        list.push_back(dead_json(delivery));
      }
    }
  }
  return list;
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
