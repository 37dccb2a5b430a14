// backup: copies the files of a data folder, also of a running daemon; with --verify, the copy is
// restored beside itself, replayed from its first event, and held against the log that it is of.
#include <array>
#include <deque>
#include <fstream>
#include <optional>
#include <system_error>

#include "runtime/audit/tree_file.hpp"
#include "runtime/cli/cli.hpp"
#include "runtime/cli/print.hpp"
#include "runtime/store/copy_database.hpp"
#include "runtime/store/sqlite_store.hpp"
#include "runtime/words/words.hpp"

namespace protoflow::runtime {

namespace {

namespace fs = std::filesystem;
using Done = std::expected<void, std::string>;

// The log comes after whatever follows from it: nothing in the copy has seen more than its log.
constexpr std::array<const char*, 5> kBesideTheKeys = {
    kCheckpointsFile, kTreeFile, kOutboxFile, kMailFile, kEventsFile};

constexpr std::array<const char*, 3> kSecrets = {kKeysFile, kLogKeyFile, kWebhookKeysFile};

/// A file that nobody writes to. None is there when there were no mails, no webhook.
Done copy_still(const fs::path& from, const fs::path& to) {
  std::error_code failed;
  if (!fs::exists(from, failed)) {
    return {};
  }
  fs::copy_file(from, to, failed);
  if (!failed) {
    fs::permissions(to, fs::perms::owner_read | fs::perms::owner_write, failed);
  }
  return failed ? std::unexpected(to.string() + ": " + failed.message()) : Done();
}

Done copy_live(const fs::path& from, const fs::path& to) {
  std::error_code failed;
  if (from.extension() != ".db" || !fs::exists(from, failed)) {
    return copy_still(from, to);
  }
  const auto copied = sqlite::copy_database(from, to);
  return copied ? Done() : std::unexpected(to.string() + ": " + copied.error().what);
}

/// A folder that gets its name once it is whole: a backup that was cut short has another.
template <class Fill>
Done make_whole(const fs::path& folder, Fill fill) {
  std::error_code failed;
  if (fs::exists(folder, failed)) {
    return std::unexpected(folder.string() +
                           " is there already; a backup is never written over another");
  }
  auto unnamed = folder;
  unnamed += ".new";
  fs::remove_all(unnamed, failed);
  fs::create_directories(unnamed, failed);
  fs::permissions(unnamed, fs::perms::owner_all, failed);
  if (auto filled = fill(unnamed); !filled) {
    return filled;
  }
  fs::rename(unnamed, folder, failed);
  return failed ? std::unexpected(folder.string() + ": " + failed.message()) : Done();
}

Done copy_all(const BackupOptions& options) {
  const auto copied = make_whole(options.to, [&](const fs::path& to) {
    Done done;
    for (const auto* name : kBesideTheKeys) {
      done = done ? copy_live(options.folder / name, to / name) : done;
    }
    return done;
  });
  // The keys last: every value in the copied log was sealed with a key that is in them.
  return !copied || options.keys_to.empty()
             ? copied
             : make_whole(options.keys_to, [&](const fs::path& to) {
                 Done done;
                 for (const auto* name : kSecrets) {
                   done = done ? copy_live(options.folder / name, to / name) : done;
                 }
                 return done;
               });
}

struct Compared {
  std::uint64_t events = 0, later = 0;  // later: written since the copy
  std::optional<std::uint64_t>
      differs;  // the first position at which the two logs are not the same
};

std::expected<std::unique_ptr<SqliteStore>, std::string> open_log_of(const fs::path& folder) {
  auto store = SqliteStore::open_to_read(folder / kEventsFile);
  return store ? std::expected<std::unique_ptr<SqliteStore>, std::string>(std::move(*store))
               : std::unexpected(store.error().what);
}

/// Event by event, byte by byte.
std::expected<Compared, std::string> compare(const fs::path& running, const fs::path& restored) {
  const auto log = open_log_of(running);
  const auto copy = open_log_of(restored);
  if (!log || !copy) {
    return std::unexpected(log ? copy.error() : log.error());
  }
  std::deque<std::string> ahead;  // of the copy, read by pieces
  std::uint64_t read_to = 0;
  constexpr std::size_t kPiece = 1024;
  const auto text_of = [](const StoredEvent& event) {
    return std::string(event.stream) + ' ' + std::to_string(event.version) + ' ' +
           std::string(event.line);
  };
  const auto read_piece = [&] {
    return (*copy)->read_all(read_to, [&](const StoredEvent& event) {
      ahead.push_back(text_of(event));
      read_to = event.position;
      return ahead.size() < kPiece;
    });
  };
  Compared compared;
  std::expected<void, StoreError> piece;
  const auto read = (*log)->read_all(0, [&](const StoredEvent& event) {
    if (ahead.empty() && compared.later == 0) {
      piece = read_piece();
    }
    if (ahead.empty()) {
      ++compared.later;
      return piece.has_value();
    }
    if (ahead.front() != text_of(event)) {
      compared.differs = event.position;
      return false;
    }
    ahead.pop_front();
    ++compared.events;
    return true;
  });
  if (!read || !piece) {
    return std::unexpected(read ? piece.error().what : read.error().what);
  }
  if (!compared.differs && !ahead.empty()) {
    compared.differs = compared.events + 1;  // the copy has more than the log
  }
  return compared;
}

Done restore(const BackupOptions& options, const fs::path& folder) {
  std::error_code failed;
  fs::create_directory(folder, failed);
  fs::permissions(folder, fs::perms::owner_all, failed);
  Done done;
  for (const auto* name : kBesideTheKeys) {
    done = done ? copy_still(options.to / name, folder / name) : done;
  }
  for (const auto* name : kSecrets) {
    const bool goes_on = done && !options.keys_to.empty();
    done = goes_on ? copy_still(options.keys_to / name, folder / name) : done;
  }
  return done;
}

int verify_copy(const BackupOptions& options) {
  const auto folder = options.to / "restored";
  const auto restored = restore(options, folder);
  if (!restored) {
    return complain("protoflow backup: " + restored.error(), kEnvironment);
  }
  const int code = run_verify({.folder = folder});
  const auto compared = code == kOk ? compare(options.folder, folder) : Compared{};
  std::error_code ignored;
  fs::remove_all(folder, ignored);
  if (code != kOk) {
    return code;
  }
  if (!compared) {
    return complain("protoflow backup: " + compared.error(), kEnvironment);
  }
  const auto language = reader_language();
  if (compared->differs) {
    const auto event = std::to_string(*compared->differs);
    return complain(
        fill(say(language,
                 "La copie et le journal diffèrent à l’événement {event}. Gardez les deux, et "
                 "lancez `protoflow verify` sur chacun.",
                 "The copy and the log differ at event {event}. Keep both, and run `protoflow "
                 "verify` on each."),
             std::array<Filling, 1>{{{"event", event}}}),
        kFault);
  }
  const auto events = std::to_string(compared->events), later = std::to_string(compared->later);
  print(
      fill(say(language,
               "La copie est celle du journal : {events} événements, octet par octet ; {later} "
               "écrits depuis n’y sont pas.\n",
               "The copy is that of the log: {events} events, byte by byte; {later} written since "
               "are not in it.\n"),
           std::array<Filling, 2>{{{"events", events}, {"later", later}}}));
  return kOk;
}

}  // namespace

int run_backup(const BackupOptions& options) {
  if (options.to == options.keys_to) {
    return complain(
        "protoflow backup: keys and log go to different places; together they are everything about "
        "everyone",
        kUsage);
  }
  if (options.verify && options.keys_to.empty()) {
    return complain(
        "protoflow backup: --verify needs --keys-to: what a copy without its keys says can be "
        "neither read nor proven",
        kUsage);
  }
  if (!fs::exists(options.folder / kEventsFile)) {
    return complain("protoflow backup: there is no log in " + options.folder.string() +
                        "; say with --data where the daemon keeps it",
                    kEnvironment);
  }
  if (const auto copied = copy_all(options); !copied) {
    return complain("protoflow backup: " + copied.error(), kEnvironment);
  }
  const auto language = reader_language();
  print(fill(say(language,
                 "Copiés dans {folder} : le journal, les envois, les états.\n",
                 "Copied to {folder}: the log, what is to be sent, the states.\n"),
             std::array<Filling, 1>{{{"folder", options.to.native()}}}));
  print(
      options.keys_to.empty()
          ? say(language,
                "Les clés n’ont pas été copiées : sans elles, ce qui a été enregistré ne peut pas "
                "être lu. Donnez --keys-to, vers un autre lieu.\n",
                "The keys were not copied: without them what was recorded cannot be read. Give "
                "--keys-to, towards another place.\n")
          : say(language,
                "Les clés sont copiées à part. Quand une personne est effacée, ses clés doivent "
                "disparaître aussi des copies.\n",
                "The keys are copied apart. When somebody is erased, their keys must go from the "
                "copies too.\n"));
  return options.verify ? verify_copy(options) : kOk;
}

}  // namespace protoflow::runtime
