// outbox: where notices have been brought, what was given up and is tried again; the keys that sign
// the webhook, which are read and written in the data folder itself.
#include <nlohmann/json.hpp>

#include "runtime/channel/webhook_keys.hpp"
#include "runtime/cli/cli.hpp"
#include "runtime/cli/print.hpp"
#include "runtime/words/words.hpp"

namespace protoflow::runtime {

namespace {

using Json = nlohmann::ordered_json;

std::string count_words(const Json& channel, model::Language language) {
  const auto pending = channel.value("pending", 0), dead = channel.value("dead", 0);
  return std::to_string(pending) + std::string(say(language, " en attente, ", " waiting, ")) +
         std::to_string(dead) + std::string(say(language, " abandonnés", " given up"));
}

void print_state(const Json& state, const Output& output) {
  const auto language = reader_language();
  const auto colon = std::string(say(language, "\u00A0: ", ": "));
  for (const auto& channel : state.value("channels", Json::array())) {
    const bool bad = channel.value("dead", 0) > 0;
    print(channel.value("channel", "") + "  " +
          painted(count_words(channel, language), bad ? Paint::bad : Paint::quiet, output.colours) +
          (channel.contains("last_error") ? "  " + channel.value("last_error", "") : "") + "\n");
  }
  if (state.contains("trouble")) {
    print(painted(state.value("trouble", ""), Paint::bad, output.colours) + "\n");
  }
  for (const auto& delivery : state.value("dead", Json::array())) {
    print("  " + delivery.value("channel", "") + "  " + delivery.value("id", "") + colon +
          delivery.value("reason", "") + "\n");
  }
}

int ask_outbox(const OutboxOptions& options) {
  const auto& daemon = options.daemon;
  const bool retries = options.what == "retry";
  const bool acts = retries || options.what == "put-aside";
  const Json body =
      retries ? Json{{"command", "retry"}}
              : Json{{"command", "put_aside"}, {"id", options.id}, {"reason", options.reason}};
  const auto answer =
      acts
          ? ask(daemon, "POST", "/v1/outbox/" + escaped(options.channel) + "/commands", body.dump())
          : ask(daemon, "GET", "/v1/outbox");
  if (!answer) {
    return complain(answer.error().what, kEnvironment);
  }
  if (answer->status >= kDoneBelow) {
    return complain_problem(*answer, daemon.output);
  }
  if (daemon.output.json) {
    print(answer->body);
    return kOk;
  }
  const auto json = Json::parse(answer->body, nullptr, false);
  if (!acts) {
    print_state(json, daemon.output);
    return kOk;
  }
  const auto language = reader_language();
  if (!retries) {
    print(options.id + std::string(say(language, " mis de côté\n", " put aside\n")));
    return kOk;
  }
  print(options.channel + "  " + std::to_string(json.value("retried", 0)) +
        std::string(say(language, " repris depuis le premier essai\n", " tried again\n")));
  return kOk;
}

int print_keys(const OutboxOptions& options) {
  const auto file = options.daemon.folder / kWebhookKeysFile;
  const bool rotates = options.what == "rotate-keys";
  const auto keys = rotates ? WebhookKeys::rotate(file) : WebhookKeys::open(file);
  if (!keys) {
    return complain("protoflow outbox: " + keys.error(), kEnvironment);
  }
  for (const auto& key : keys->public_keys()) {
    print(key + "\n");
  }
  if (rotates) {
    print(say(reader_language(),
              "Donnez la nouvelle clé, la première, à qui reçoit les avis ; puis redémarrez le "
              "service, qui signera avec les deux.\n",
              "Give the new key, the first one, to whoever receives the notices; then restart the "
              "daemon, which will sign with both.\n"));
  }
  return kOk;
}

}  // namespace

int run_outbox(const OutboxOptions& options) {
  if (options.what == "keys" || options.what == "rotate-keys") {
    if (!std::filesystem::is_directory(options.daemon.folder)) {
      return complain("protoflow outbox: there is no data folder " +
                          options.daemon.folder.string() + "; say which with --data",
                      kUsage);
    }
    return print_keys(options);
  }
  const bool puts_aside = options.what == "put-aside";
  if ((puts_aside || options.what == "retry") == options.channel.empty()) {
    return complain(
        "protoflow outbox: name the channel after `retry` or `put-aside`, and only there; "
        "`protoflow outbox list` names them",
        kUsage);
  }
  if (puts_aside == options.id.empty() || puts_aside == options.reason.empty()) {
    return complain(
        "protoflow outbox: `put-aside` needs the notice's id after the channel, and --reason; "
        "nothing else takes them",
        kUsage);
  }
  return ask_outbox(options);
}

}  // namespace protoflow::runtime
