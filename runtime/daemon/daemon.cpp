#include "runtime/daemon/daemon.hpp"

#include <fstream>
#include <memory>
#include <system_error>

#include <spdlog/spdlog.h>

#include "runtime/audit/tree_file.hpp"
#include "runtime/casebook/casebook.hpp"
#include "runtime/casebook/checkpoint.hpp"
#include "runtime/casebook/verifying.hpp"
#include "runtime/channel/json_lines.hpp"
#include "runtime/channel/stream.hpp"
#include "runtime/channel/webhook.hpp"
#include "runtime/channel/webhook_keys.hpp"
#include "runtime/clock/clock.hpp"
#include "runtime/daemon/log.hpp"
#include "runtime/daemon/observing.hpp"
#include "runtime/daemon/supervisor.hpp"
#include "runtime/door/door.hpp"
#include "runtime/http/api.hpp"
#include "runtime/http/server.hpp"
#include "runtime/loop/loop.hpp"
#include "runtime/mail/mail_room.hpp"
#include "runtime/outbox/outbox.hpp"
#include "runtime/people/secret.hpp"
#include "runtime/scheduler/scheduler.hpp"
#include "runtime/store/sqlite_store.hpp"

namespace protoflow::runtime {

namespace {

constexpr std::chrono::milliseconds kCheckpointEvery{5'000};
constexpr std::chrono::milliseconds kSignEvery{10'000};

using Result = std::expected<void, std::string>;

Result make_folder(const std::filesystem::path& folder) {
  std::error_code error;
  std::filesystem::create_directories(folder, error);
  if (error || !std::filesystem::is_directory(folder)) {
    return std::unexpected(folder.string() +
                           ": the data folder cannot be made; choose another with --data");
  }
  // A folder that holds other things may be another's too: `--data /tmp` must not close it to all.
  if (std::filesystem::is_empty(folder, error)) {
    std::filesystem::permissions(folder, std::filesystem::perms::owner_all, error);
  }
  return {};
}

std::string fault_sentence(const std::filesystem::path& file, const Fault& fault) {
  if (fault.stream.empty()) {
    return fault.reason;
  }
  return file.string() + ": stream " + fault.stream + ", event " + std::to_string(fault.version) +
         ", " + (fault.field.empty() ? std::string("the line") : fault.field) + " " + fault.reason +
         ". Nothing was changed. Run `protoflow verify` to see what still holds, and restore a "
         "backup.";
}

// The parts in the order in which they are made; destroyed in the opposite one, so that whatever
// calls back has gone before what it calls.
class Daemon {
 public:
  explicit Daemon(const ServeOptions& options) : options_(options) {}

  Result open() {
    loop_.on_stop_signals([this] { stop(); });
    if (auto made = make_folder(options_.folder); !made) {
      return made;
    }
    if (options_.demonstration_clock) {
      manual_ = std::make_unique<ManualClock>(*options_.demonstration_clock);
    }
    if (auto opened = open_files(); !opened) {
      return opened;
    }
    if (auto opened = open_outbox(); !opened) {
      return opened;
    }
    if (auto opened = open_mail(); !opened) {
      return opened;
    }
    casebook_ = std::make_unique<Casebook>(world());
    if (auto opened = open_door(); !opened) {
      return opened;
    }
    scheduler_ = std::make_unique<Scheduler>(
        loop_, clock(), [this] { return casebook_->next_due(); }, [this] { casebook_->tick(); });
    outbox_->on_gap([](std::uint64_t scanned) {
      spdlog::error("event=outbox_gap after={} next=\"restart the daemon to send them\"", scanned);
      return false;
    });
    const auto scanned = outbox_->scanned();
    const auto begun = std::chrono::steady_clock::now();
    if (auto read = casebook_->start(mail_ ? std::min(scanned, mail_->scanned(scanned)) : scanned);
        !read) {
      return std::unexpected(fault_sentence(options_.folder / kEventsFile, read.error()));
    }
    replay_ = std::chrono::steady_clock::now() - begun;
    if (mail_) {
      mail_->caught_up();
    }
    if (auto whole = check_ends(); !whole) {
      return whole;
    }
    // A log that has lost what was signed must not be written on either.
    if (auto done = tree_->sign(*store_); !done) {
      return std::unexpected((options_.folder / kEventsFile).string() + ": " + done.error() +
                             ". Nothing was changed. Restore a backup that has them.");
    }
    return {};
  }

  Result deploy_protocols() {
    for (const auto& file : options_.protocols) {
      if (stopping_) {
        return {};
      }
      auto text = read_protocol_file(file);
      if (!text) {
        return std::unexpected(std::move(text.error()));
      }
      Result result;
      casebook_->deploy(std::move(*text), [&](const std::expected<PlanRef, NotDone>& plan) {
        if (!plan) {
          result = std::unexpected(file.string() + ":\n" + plan.error().detail);
        } else {
          spdlog::info("event=protocol_ready name={} version={}",
                       (*plan)->protocol.name,
                       (*plan)->protocol.version);
        }
        loop_.stop();
      });
      loop_.run();
      if (!result) {
        return result;
      }
    }
    return {};
  }

  Result listen() {
    if (stopping_) {
      return {};
    }
    const bool is_first = !std::filesystem::exists(options_.folder / kTokenFile);
    auto token = operator_token(options_.folder / kTokenFile);
    if (!token) {
      return std::unexpected(token.error());
    }
    server_ = std::make_unique<HttpServer>(
        loop_,
        make_api({.casebook = *casebook_,
                  .outbox = *outbox_,
                  .mail = mail_ ? &mail_->outbox() : nullptr,
                  .pages = options_.mail.pages,
                  .door = door_.get(),
                  .stream = hub_,
                  .clock = clock(),
                  .pace = system_,
                  .token = *token,
                  .demonstration = manual_.get(),
                  .rates = options_.rates,
                  .checkpoint = [this] { return tree_->note(); },
                  .why_not_ready = [this] { return runtime::why_not_ready(running_parts()); },
                  .metrics = [this] { return metrics_.text(observe_all()); },
                  .metrics_open = options_.metrics_open,
                  .on_answered =
                      [this](const Answered& answered) {
                        metrics_.answered(answered);
                        log_request(answered);
                      }}),
        HttpLimits{},
        [](std::string_view trouble) {
          spdlog::error("event=http_trouble what={}", in_log(trouble));
        });
    const auto port = server_->listen(options_.address, options_.port);
    if (!port) {
      return std::unexpected(port.error().what);
    }
    const auto address = "http://" + options_.address + ":" + std::to_string(*port);
    std::ofstream(options_.folder / kAddressFile) << address << "\n";
    spdlog::info("event=listening address={} data={} token_file={} cases={} replay_s={:.3f}",
                 address,
                 options_.folder.string(),
                 (options_.folder / kTokenFile).string(),
                 casebook_->reading().cases.size(),
                 replay_.count());
    if (is_first) {
      spdlog::info("event=first_start operator_link={} lasts=\"one hour, for one browser\"",
                   door_->operator_link(address));
    }
    return {};
  }

  Result run() {
    scheduler_->look();
    checkpoint_later();
    sign_later();
    tell(options_.supervisor, "READY=1\nSTATUS=takes commands");
    show_life();
    if (server_) {
      loop_.run();
    }
    write_checkpoints();
    sign_tree();
    std::error_code ignored;
    std::filesystem::remove(options_.folder / kAddressFile, ignored);
    if (!doubt_.empty()) {
      return std::unexpected(
          doubt_ +
          ". It is not known whether the last commands were written; nothing acknowledged "
          "was lost. Check the disk, then start again: senders repeat their commands.");
    }
    spdlog::info("event=stopped");
    return {};
  }

 private:
  [[nodiscard]] RunningParts running_parts() const {
    return {.casebook = *casebook_,
            .outbox = *outbox_,
            .mail = mail_ ? &mail_->outbox() : nullptr,
            .store = *measured_,
            .log = options_.folder / kEventsFile};
  }

  [[nodiscard]] Observed observe_all() const {
    auto seen = observe(running_parts(), system_.now());
    seen.connections = server_->connections();
    seen.replay = replay_;
    return seen;
  }

  // From the loop: where it stands still, the service manager starts the daemon anew.
  void show_life() {
    const auto& watched = options_.supervisor;
    if (watched.watchdog <= std::chrono::microseconds(0)) {
      return;
    }
    tell(watched, "WATCHDOG=1");
    const auto half = std::chrono::ceil<std::chrono::milliseconds>(watched.watchdog / 2);
    loop_.after(half, [this] { show_life(); });
  }

  // A log whose end was cut off or altered must not be written on: its chain would look whole
  // again.
  Result check_ends() const {
    const auto stored = read_checkpoints(options_.folder / kCheckpointsFile);
    if (!stored) {
      return std::unexpected(stored.error());
    }
    const auto fault = find_broken_end(casebook_->reading(), *stored);
    if (!fault) {
      return {};
    }
    return std::unexpected(fault_sentence(options_.folder / kEventsFile, *fault) +
                           " If the loss is accepted, remove checkpoints.db and start again.");
  }

  const Clock& clock() const { return manual_ ? static_cast<const Clock&>(*manual_) : system_; }

  Result open_files() {
    auto store = SqliteStore::open(options_.folder / kEventsFile);
    if (!store) {
      return std::unexpected(store.error().what);
    }
    store_ = std::move(*store);
    measured_ = std::make_unique<MeasuredStore>(
        *store_, [this](std::string_view result, std::chrono::steady_clock::duration took) {
          metrics_.committed(result, took);
        });
    auto vault = Vault::open(options_.folder / kKeysFile, vault_mode());
    if (!vault) {
      return std::unexpected(vault.error().what);
    }
    vault_ = std::make_unique<Vault>(std::move(*vault));
    auto checkpoints = CheckpointFile::open(options_.folder / kCheckpointsFile);
    if (!checkpoints) {
      return std::unexpected(checkpoints.error());
    }
    checkpoints_ = std::make_unique<CheckpointFile>(std::move(*checkpoints));
    auto tree = TreeSigner::open(options_.folder);
    if (!tree) {
      return std::unexpected(tree.error());
    }
    tree_ = std::make_unique<TreeSigner>(std::move(*tree));
    return {};
  }

  /// Before the first event of a log there may be no keys yet; after it, new ones in place of lost
  /// ones would hide that nothing can be read any more.
  [[nodiscard]] VaultMode vault_mode() const {
    auto mode = VaultMode::create_or_open;
    const auto first = [&](const StoredEvent&) {
      mode = VaultMode::open;
      return false;
    };
    return store_->read_all(0, first) ? mode : VaultMode::open;
  }

  Result open_outbox() {
    std::vector<std::unique_ptr<Channel>> channels;
    hub_ = std::make_shared<StreamHub>();
    channels.push_back(make_stream_channel("stream", hub_));
    if (!options_.notices.empty()) {
      auto lines = make_json_lines(loop_, "lines", options_.notices);
      if (!lines) {
        return std::unexpected(lines.error().what);
      }
      channels.push_back(std::move(*lines));
    }
    if (!options_.webhook.empty()) {
      auto keys = WebhookKeys::open(options_.folder / kWebhookKeysFile);
      if (!keys) {
        return std::unexpected(keys.error());
      }
      auto webhook = make_webhook(loop_,
                                  system_,
                                  {.url = options_.webhook,
                                   .data = options_.webhook_data,
                                   .to_private_networks = options_.webhook_private,
                                   .keys = std::move(*keys)});
      if (!webhook) {
        return std::unexpected(webhook.error().what);
      }
      channels.push_back(std::move(*webhook));
    }
    auto outbox = Outbox::open(options_.folder / kOutboxFile, loop_, system_, std::move(channels));
    if (!outbox) {
      return std::unexpected(outbox.error().what);
    }
    outbox_ = std::move(*outbox);
    hub_->read_missed_from([this](std::uint64_t number, std::size_t limit) {
      auto missed = outbox_->read_after(number, limit);
      return missed ? std::optional(std::move(*missed)) : std::nullopt;
    });
    return {};
  }

  Result open_mail() {
    if (options_.mail.server.empty()) {
      return {};
    }
    auto mail = MailRoom::open(options_.folder / kMailFile, loop_, system_, options_.mail);
    if (!mail) {
      return std::unexpected(mail.error());
    }
    mail_ = std::move(*mail);
    return {};
  }

  Result open_door() {
    auto links = LinkBook::open(options_.folder / kLinksFile);
    if (!links) {
      return std::unexpected(links.error());
    }
    DoorSettings settings{.pages = options_.mail.pages};
    if (mail_) {
      settings.mail_link = [this](const std::string& person) { mail_->post_sign_in(person); };
      mail_->serve(*casebook_, [this](const Letter& letter) { return door_->link_of(letter); });
    }
    door_ = std::make_unique<Door>(std::move(*links), *casebook_, system_, std::move(settings));
    return {};
  }

  void notify(std::vector<OutgoingNotice> notices, std::uint64_t position) {
    if (mail_) {
      mail_->post(notices, position);
    }
    // At the start the mails may have asked for earlier ones, which have long gone out elsewhere.
    std::erase_if(notices, [scanned = outbox_->scanned()](const OutgoingNotice& notice) {
      return notice.number / engine::kNoticesPerEventMax <= scanned;
    });
    outbox_->post(std::move(notices), position);
    if (!signs_soon_ && position >= tree_->size() + kRecordsPerCheckpoint) {
      signs_soon_ = true;
      loop_.post([this] { sign_tree(); });
    }
  }

  World world() {
    return {.store = *measured_,
            .vault = *vault_,
            .clock = clock(),
            .post = [this](std::function<void()> task) { loop_.post(std::move(task)); },
            .notify = [this](std::vector<OutgoingNotice> notices,
                             std::uint64_t position) { notify(std::move(notices), position); },
            .on_due_changed =
                [this] {
                  if (scheduler_ && !manual_) {
                    scheduler_->look();
                  }
                },
            .on_trouble =
                [](std::string_view trouble) {
                  spdlog::error("event=trouble what={}", in_log(trouble));
                },
            .on_doubt =
                [this](std::string_view what) {
                  doubt_ = std::string(what);
                  loop_.stop();
                }};
  }

  void checkpoint_later() {
    loop_.after(kCheckpointEvery, [this] {
      write_checkpoints();
      checkpoint_later();
    });
  }

  void write_checkpoints() {
    if (auto written = checkpoints_->write(casebook_->reading()); !written) {
      spdlog::warn("event=checkpoint_not_written what={} next=\"tried again later\"",
                   in_log(written.error()));
    }
  }

  void sign_later() {
    loop_.after(kSignEvery, [this] {
      sign_tree();
      sign_later();
    });
  }

  void sign_tree() {
    signs_soon_ = false;
    if (auto done = tree_->sign(*store_); !done) {
      spdlog::warn("event=tree_not_signed what=\"{}\" next=\"tried again later\"", done.error());
    }
  }

  // New commands are refused, what is under way ends, then the loop does.
  void stop() {
    if (stopping_ || !server_) {  // a second time, or while it is still starting
      stopping_ = true;
      return loop_.stop();
    }
    stopping_ = true;
    spdlog::info("event=stopping");
    tell(options_.supervisor, "STOPPING=1");
    casebook_->stop();
    server_->stop([this] { leave_when_quiet(); });
  }

  void leave_when_quiet() {
    if (casebook_->under_way() == 0) {
      return loop_.stop();
    }
    loop_.after(std::chrono::milliseconds(10), [this] { leave_when_quiet(); });
  }

  const ServeOptions& options_;
  SystemClock system_;
  std::unique_ptr<ManualClock> manual_;
  Loop loop_;
  std::shared_ptr<StreamHub> hub_;
  std::unique_ptr<Vault> vault_;
  std::unique_ptr<CheckpointFile> checkpoints_;
  std::unique_ptr<TreeSigner> tree_;
  std::unique_ptr<Outbox> outbox_;
  std::unique_ptr<MailRoom> mail_;
  std::unique_ptr<Casebook> casebook_;
  std::unique_ptr<Door> door_;
  Metrics metrics_;
  std::chrono::duration<double> replay_{};  // how long reading the log took
  std::unique_ptr<MeasuredStore> measured_;
  std::unique_ptr<SqliteStore> store_;  // destroyed before whatever its answers go to
  std::unique_ptr<Scheduler> scheduler_;
  std::unique_ptr<HttpServer> server_;
  std::string doubt_;  // why the disk can no longer be trusted
  bool stopping_ = false;
  bool signs_soon_ = false;
};

}  // namespace

Result serve(const ServeOptions& options) {
  start_log(options.log_level);
  Daemon daemon(options);
  auto ready = daemon.open();
  if (ready) {
    ready = daemon.deploy_protocols();
  }
  if (ready) {
    ready = daemon.listen();
  }
  if (!ready) {
    return ready;
  }
  return daemon.run();
}

}  // namespace protoflow::runtime
