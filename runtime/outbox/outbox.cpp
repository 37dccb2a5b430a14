#include "runtime/outbox/outbox.hpp"

#include <algorithm>
#include <map>
#include <random>
#include <utility>

#include "runtime/outbox/carrier.hpp"
#include "runtime/outbox/writer.hpp"

namespace protoflow::runtime {

namespace {

// Contents kept at hand between entering and sending; older ones are read back from the file.
constexpr std::size_t kRecentMax = 4096;
constexpr std::size_t kDeadMax = 100'000;  // looked through for one

std::function<double()> system_random() {
  return [generator = std::mt19937_64(std::random_device{}())]() mutable {
    return std::uniform_real_distribution<double>(0.0, 1.0)(generator);
  };
}

}  // namespace

struct Outbox::Parts : std::enable_shared_from_this<Outbox::Parts> {
  Parts(Loop& loop, const Clock& clock, OutboxPolicy policy, OutboxTable to_read)
      : shared{loop, clock, std::move(policy), {}, {}}, reader(std::move(to_read)) {
    if (!shared.policy.random) {
      shared.policy.random = system_random();
    }
    shared.read = [this](std::uint64_t number) { return content(number); };
    shared.mark = [this](DeliveryMark mark) { note(std::move(mark)); };
  }

  Parts(const Parts&) = delete;
  Parts& operator=(const Parts&) = delete;

  ~Parts() {
    shared.loop.cancel(forgetting);
    flush_marks();
    writer.reset();
  }

  Carrier::Shared shared;
  OutboxTable reader;
  std::vector<std::shared_ptr<Carrier>> carriers;
  std::map<std::uint64_t, std::shared_ptr<const OutgoingNotice>> recent;
  std::vector<DeliveryMark> marks;
  std::uint64_t scanned = 0;
  std::size_t waiting = 0;
  bool gap = false;
  std::function<bool(std::uint64_t)> gap_task;
  std::string trouble;
  TimerId forgetting = TimerId::none;
  std::unique_ptr<OutboxWriter> writer;

  std::shared_ptr<const OutgoingNotice> content(std::uint64_t number) {
    if (const auto found = recent.find(number); found != recent.end()) {
      return found->second;
    }
    auto read = reader.read_after(number - 1, 1);
    if (!read || read->empty() || read->front().number != number) {
      return nullptr;
    }
    return std::make_shared<const OutgoingNotice>(std::move(read->front()));
  }

  void pump() {
    for (const auto& carrier : carriers) {
      carrier->pump();
    }
  }

  /// The marks of one turn of the loop are given to the writer together.
  void note(DeliveryMark mark) {
    marks.push_back(std::move(mark));
    if (marks.size() > 1) {
      return;
    }
    shared.loop.post([weak = weak_from_this()] {
      if (const auto self = weak.lock()) {
        self->flush_marks();
      }
    });
  }

  void flush_marks() {
    if (!marks.empty() && writer) {
      writer->give({.marks = std::exchange(marks, {})});
    }
  }

  void on_written(OutboxWritten written) {
    waiting -= written.given;
    scanned = written.scanned;
    for (OutgoingNotice& notice : written.entered) {
      for (const auto& carrier : carriers) {
        carrier->add({.channel = carrier->id(),
                      .number = notice.number,
                      .stream = notice.stream,
                      .next_at = notice.not_before});
      }
      const std::uint64_t number = notice.number;
      recent.emplace(number, std::make_shared<const OutgoingNotice>(std::move(notice)));
      if (recent.size() > kRecentMax) {
        recent.erase(recent.begin());
      }
    }
    for (const OpenDelivery& revived : written.revived) {
      for (const auto& carrier : carriers) {
        if (carrier->id() == revived.channel) {
          --carrier->dead;
          carrier->add(revived);
        }
      }
    }
    pump();
    if (gap && waiting == 0 && gap_task) {
      close_gap();
    }
  }

  void close_gap() {
    gap = false;
    if (!gap_task(scanned)) {
      gap = true;  // a later post must not carry `scanned` over what is missing
      gap_task = nullptr;
    }
  }

  void forget_now_and_then() {
    const auto now = shared.clock.now();
    writer->give({.at = now, .forget_before = now - shared.policy.keep_sent});
    forgetting = shared.loop.after(shared.policy.forget_every, [this] { forget_now_and_then(); });
  }

  std::expected<void, OutboxError> load(OutboxTable& table,
                                        std::vector<std::unique_ptr<Channel>> channels);
};

std::expected<void, OutboxError> Outbox::Parts::load(
    OutboxTable& table, std::vector<std::unique_ptr<Channel>> channels) {
  std::vector<ChannelId> ids;
  for (auto& channel : channels) {
    const auto id = table.channel(channel->name());
    if (!id) {
      return std::unexpected(id.error());
    }
    if (std::ranges::find(ids, *id) != ids.end()) {
      return std::unexpected(OutboxError{"two channels are called \"" +
                                         std::string(channel->name()) +
                                         "\"; give each a name of its own"});
    }
    ids.push_back(*id);
    const auto carrier = std::make_shared<Carrier>(shared, *id, std::move(channel));
    const auto pending = table.pending(*id);
    const auto dead = table.count_dead(*id);
    if (!pending || !dead) {
      return std::unexpected(!pending ? pending.error() : dead.error());
    }
    carrier->dead = *dead;
    for (const OpenDelivery& delivery : *pending) {
      carrier->add(delivery);
    }
    carriers.push_back(carrier);
  }
  const auto position = table.scanned();
  if (!position) {
    return std::unexpected(position.error());
  }
  scanned = *position;
  table.deliver_to(std::move(ids));
  return {};
}

Outbox::Outbox(std::shared_ptr<Parts> parts) : parts_(std::move(parts)) {}

Outbox::~Outbox() = default;

std::expected<std::unique_ptr<Outbox>, OutboxError> Outbox::open(
    const std::string& path,
    Loop& loop,
    const Clock& clock,
    std::vector<std::unique_ptr<Channel>> channels,
    OutboxPolicy policy) {
  auto table = OutboxTable::open(path);
  if (!table) {
    return std::unexpected(std::move(table.error()));
  }
  auto reader = OutboxTable::open_to_read(path);
  if (!reader) {
    return std::unexpected(std::move(reader.error()));
  }
  auto parts = std::make_shared<Parts>(loop, clock, std::move(policy), *std::move(reader));
  if (auto loaded = parts->load(*table, std::move(channels)); !loaded) {
    return std::unexpected(std::move(loaded.error()));
  }
  Parts* const raw = parts.get();
  parts->writer = std::make_unique<OutboxWriter>(
      *std::move(table),
      loop,
      parts->shared.policy.write_again,
      OutboxWriter::Told{[raw](OutboxWritten written) { raw->on_written(std::move(written)); },
                         [raw](std::string trouble) { raw->trouble = std::move(trouble); }});
  loop.post([weak = std::weak_ptr<Parts>(parts)] {
    if (const auto self = weak.lock()) {
      self->pump();
      self->forget_now_and_then();
    }
  });
  return std::unique_ptr<Outbox>(new Outbox(std::move(parts)));
}

std::uint64_t Outbox::scanned() const {
  return parts_->scanned;
}

void Outbox::post(std::vector<OutgoingNotice> notices, std::uint64_t scanned_position) {
  Parts& parts = *parts_;
  const bool full =
      parts.waiting > 0 && parts.waiting + notices.size() > parts.shared.policy.waiting_max;
  parts.gap = parts.gap || full;
  if (parts.gap) {
    return;  // the event log has them: they are derived again
  }
  parts.waiting += notices.size();
  parts.writer->give(
      {.notices = std::move(notices), .scanned = scanned_position, .at = parts.shared.clock.now()});
}

void Outbox::on_gap(std::function<bool(std::uint64_t)> task) {
  parts_->gap_task = std::move(task);
}

std::expected<std::vector<OutgoingNotice>, OutboxError> Outbox::read_after(std::uint64_t number,
                                                                           std::size_t limit) {
  return parts_->reader.read_after(number, limit);
}

std::expected<std::vector<DeliveryView>, OutboxError> Outbox::read_with_ids(
    const std::string& beginning, std::size_t limit) {
  return parts_->reader.with_ids(beginning, limit);
}

std::expected<std::vector<DeadDelivery>, OutboxError> Outbox::read_dead(std::size_t limit) {
  return parts_->reader.dead(limit);
}

bool Outbox::retry_dead(std::string_view channel) {
  for (const auto& carrier : parts_->carriers) {
    if (carrier->name() == channel) {
      parts_->flush_marks();
      parts_->writer->give({.revive = {carrier->id()}});
      return true;
    }
  }
  return false;
}

bool Outbox::put_aside(std::string_view channel, std::string_view id, std::string why) {
  const auto known = std::ranges::find_if(
      parts_->carriers, [&](const auto& carrier) { return carrier->name() == channel; });
  const auto dead = parts_->reader.dead(kDeadMax);
  if (known == parts_->carriers.end() || !dead) {
    return false;
  }
  const auto found = std::ranges::find_if(
      *dead, [&](const DeadDelivery& each) { return each.channel == channel && each.id == id; });
  if (found == dead->end()) {
    return false;
  }
  --(*known)->dead;
  parts_->note({.channel = (*known)->id(),
                .number = found->number,
                .state = DeliveryState::sent,
                .attempts = found->attempts,
                .last_error = std::move(why)});
  return true;
}

std::optional<model::Instant> Outbox::oldest_pending(std::string_view channel) {
  for (const auto& carrier : parts_->carriers) {
    if (carrier->name() == channel) {
      return parts_->reader.oldest_pending(carrier->id()).value_or(std::nullopt);
    }
  }
  return std::nullopt;
}

OutboxHealth Outbox::health() const {
  OutboxHealth health{.waiting = parts_->waiting, .trouble = parts_->trouble};
  for (const auto& carrier : parts_->carriers) {
    health.channels.push_back(
        {std::string(carrier->name()), carrier->pending, carrier->dead, carrier->last_error});
  }
  return health;
}

}  // namespace protoflow::runtime
