// The whole API over real files, on a loop of its own thread and a free port of 127.0.0.1.
#pragma once

#include <fstream>
#include <future>
#include <memory>
#include <stdexcept>
#include <string>
#include <thread>
#include <utility>
#include <vector>

#include <nlohmann/json.hpp>

#include "runtime/casebook/checkpoint.hpp"
#include "runtime/client/client.hpp"
#include "runtime/daemon/log.hpp"
#include "runtime/door/door.hpp"
#include "runtime/http/api.hpp"
#include "runtime/store/sqlite_store.hpp"
#include "tests/support/casebook_world.hpp"

namespace protoflow::runtime {

inline constexpr const char* kPages = "https://pages.example.org";
inline constexpr const char* kToken = "pfo_token-of-the-test";

class RunningApi {
 public:
  using Json = nlohmann::ordered_json;
  using Headers = std::vector<std::pair<std::string, std::string>>;

  explicit RunningApi(bool demonstration = true, ApiRates rates = {}, bool metrics_open = false)
      : store_(need(SqliteStore::open(folder / "events.db"))),
        vault_(need(Vault::open(folder / "keys.db"))),
        hub_(std::make_shared<StreamHub>()) {
    std::vector<std::unique_ptr<Channel>> channels;
    channels.push_back(make_stream_channel("stream", hub_));
    outbox_ = need(Outbox::open(folder / "outbox.db", loop_, system_, std::move(channels)));
    casebook_ = std::make_unique<Casebook>(World{
        .store = *store_,
        .vault = vault_,
        .clock = clock,
        .post = [this](std::function<void()> task) { loop_.post(std::move(task)); },
        .notify = [this](std::vector<OutgoingNotice> notices,
                         std::uint64_t position) { outbox_->post(std::move(notices), position); },
        .on_due_changed = [] {},
        .on_trouble = [this](std::string_view what) { troubles.emplace_back(what); },
        .on_doubt = [this](std::string_view what) { troubles.emplace_back(what); }});
    if (const auto started = casebook_->start(outbox_->scanned()); !started) {
      throw std::runtime_error(started.error().reason);
    }
    door_ = std::make_unique<Door>(
        LinkBook::open(folder / "links.db").value(),
        *casebook_,
        pace,
        DoorSettings{.pages = kPages,
                     .mail_link = [this](const std::string& person) { mailed.push_back(person); },
                     .rates = {.wrong = rates.stranger}});
    server_ =
        std::make_unique<HttpServer>(loop_,
                                     make_api({.casebook = *casebook_,
                                               .outbox = *outbox_,
                                               .door = door_.get(),
                                               .stream = hub_,
                                               .clock = clock,
                                               .pace = pace,
                                               .token = kToken,
                                               .demonstration = demonstration ? &clock : nullptr,
                                               .rates = rates,
                                               .checkpoint = [] { return "a note\n"; },
                                               .why_not_ready = [this] { return reasons; },
                                               .metrics = [this] { return metrics_.text({}); },
                                               .metrics_open = metrics_open,
                                               .on_answered =
                                                   [this](const Answered& answered) {
                                                     metrics_.answered(answered);
                                                     logged += request_line(answered) + "\n";
                                                   }}),
                                     HttpLimits{});
    port_ = server_->listen("127.0.0.1", 0).value();
    thread_ = std::jthread([this] { loop_.run(); });
  }

  RunningApi(const RunningApi&) = delete;
  RunningApi& operator=(const RunningApi&) = delete;

  ~RunningApi() {
    loop_.post([this] {
      server_.reset();
      loop_.stop();
    });
    thread_.join();
    store_.reset();
    door_.reset();
    casebook_.reset();
    outbox_.reset();
  }

  ClientAnswer ask(const std::string& method,
                   const std::string& path,
                   const std::string& body = {},
                   Headers headers = {{"Authorization", std::string("Bearer ") + kToken}}) {
    auto answer = request({.method = method,
                           .url = "http://127.0.0.1:" + std::to_string(port_) + path,
                           .body = body,
                           .headers = std::move(headers)});
    if (!answer) {
      throw std::runtime_error(answer.error().what);
    }
    seen += answer->body + "\n";
    for (const auto& [name, value] : answer->headers) {
      seen += name + ": " + value + "\n";
    }
    return *std::move(answer);
  }

  /// As whoever has that token.
  ClientAnswer ask_as(const std::string& token,
                      const std::string& method,
                      const std::string& path,
                      const std::string& body = {}) {
    return ask(method, path, body, {{"Authorization", "Bearer " + token}});
  }

  /// A token of their own for a person of the directory.
  std::string token_for(const std::string& person, const Json& asked = Json::object()) {
    const auto answer = post("/v1/people/" + person + "/tokens", asked);
    return Json::parse(answer.body).value("secret", "");
  }

  /// With a further header beside the token.
  ClientAnswer ask_with(const std::string& name,
                        const std::string& value,
                        const std::string& path,
                        const Json& body) {
    return ask("POST",
               path,
               body.dump(),
               {{"Authorization", std::string("Bearer ") + kToken}, {name, value}});
  }

  ClientAnswer post(const std::string& path, const Json& body) {
    return ask("POST", path, body.dump());
  }

  Json get(const std::string& path) { return Json::parse(ask("GET", path).body); }

  /// The protocol of tests/support and its people.
  void prepare() {
    post("/v1/protocols", {{"text", testing::accueil_text()}});
    post("/v1/people", {{"person", "ines"}, {"partner", "association"}, {"roles", {"référente"}}});
    post("/v1/people",
         {{"person", "karim"}, {"partner", "mission-locale"}, {"roles", {"coordination"}}});
  }

  std::string open(const std::string& command_id = "open-1") {
    const auto answer =
        post("/v1/cases",
             {{"protocol", "accueil-partagé"}, {"person", "karim"}, {"command_id", command_id}});
    return Json::parse(answer.body).value("case", "");
  }

  ClientAnswer act(const std::string& case_id, Json body) {
    return post("/v1/cases/" + case_id + "/commands", body);
  }

  [[nodiscard]] std::uint16_t port() const { return port_; }

  /// What `task` says, on the loop.
  template <class Task>
  auto on_loop(const Task& task) {
    std::promise<decltype(task())> said;
    loop_.post([&] { said.set_value(task()); });
    return said.get_future().get();
  }

  /// The path of the link in a mail to somebody.
  std::string link_in(const Letter& letter) {
    return on_loop([&] { return door_->link_of(letter); }).substr(std::string_view(kPages).size());
  }

  /// Stores the state of the cases, as the daemon does now and then.
  bool write_checkpoints() {
    std::promise<bool> written;
    loop_.post([&] {
      auto file = CheckpointFile::open(folder / "checkpoints.db");
      written.set_value(file && file->write(casebook_->reading()));
    });
    return written.get_future().get();
  }

  testing::Folder folder;
  ManualClock clock{testing::instant(testing::kOpening)};
  ManualClock pace{testing::instant(testing::kOpening)};
  std::vector<std::string> troubles;
  std::vector<std::string> mailed;   // who was sent a sign-in link
  std::vector<std::string> reasons;  // why it is not ready
  std::string logged;                // one line a request
  std::string seen;                  // every body and header that came back

 private:
  template <class Value, class Error>
  static Value need(std::expected<Value, Error> opened) {
    if (!opened) {
      throw std::runtime_error(opened.error().what);
    }
    return std::move(*opened);
  }

  SystemClock system_;
  Metrics metrics_;
  Loop loop_;
  std::unique_ptr<SqliteStore> store_;
  Vault vault_;
  std::shared_ptr<StreamHub> hub_;
  std::unique_ptr<Outbox> outbox_;
  std::unique_ptr<Casebook> casebook_;
  std::unique_ptr<Door> door_;
  std::unique_ptr<HttpServer> server_;
  std::uint16_t port_ = 0;
  std::jthread thread_;
};

// A notice stands in its file a moment after the command was answered.
inline RunningApi::Json page_with(RunningApi& api, const std::string& path, std::size_t notices) {
  auto page = api.get(path);
  for (int tries = 0; tries < 5000 && page["notices"].size() < notices; ++tries) {
    page = api.get(path);
  }
  return page;
}

}  // namespace protoflow::runtime
