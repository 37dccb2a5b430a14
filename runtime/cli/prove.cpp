// audit: the log's key, its checkpoints, and proofs for people who have no log at hand.
#include <algorithm>
#include <array>
#include <fstream>
#include <iterator>

#include <nlohmann/json.hpp>

#include "runtime/audit/case_pack.hpp"
#include "runtime/audit/tree_file.hpp"
#include "runtime/casebook/casebook.hpp"
#include "runtime/cli/cli.hpp"
#include "runtime/cli/print.hpp"
#include "runtime/store/sqlite_store.hpp"
#include "runtime/words/words.hpp"

namespace protoflow::runtime {

namespace {

using Json = nlohmann::ordered_json;

int wrong_use(std::string_view what) {
  return complain("protoflow audit: " + std::string(what), kUsage);
}

// What the commands that look at a log begin with.
struct Opened {
  std::unique_ptr<SqliteStore> store;
  SignedTree tree;  // the checkpoint that is asked for
};

std::expected<Opened, std::string> open_log(const AuditOptions& options) {
  auto trees = read_signed_trees(options.folder);
  if (!trees) {
    return std::unexpected(trees.error());
  }
  const auto found = std::ranges::find_if(*trees, [&](const SignedTree& tree) {
    return options.size ? tree.size == *options.size : &tree == &trees->back();
  });
  if (found == trees->end()) {
    return std::unexpected(
        options.size
            ? "There is no checkpoint of " + std::to_string(*options.size) + " records."
            : "The log has no checkpoint yet: the daemon signs one within seconds of an event.");
  }
  auto store = SqliteStore::open_to_read(options.folder / kEventsFile);
  if (!store) {
    return std::unexpected(store.error().what);
  }
  return Opened{std::move(*store), std::move(*found)};
}

int print_key(const AuditOptions& options) {
  const auto key = read_log_key(options.folder);
  if (!key) {
    return complain(key.error(), kEnvironment);
  }
  if (!*key) {
    return complain("The log has no key yet: the daemon makes it at its first start.", kFault);
  }
  print(to_text(**key) + "\n");
  return kOk;
}

int print_checkpoint(const AuditOptions& options) {
  const auto opened = open_log(options);
  if (!opened) {
    return complain(opened.error(), kFault);
  }
  print(opened->tree.note);
  return kOk;
}

int print_inclusion(const AuditOptions& options) {
  if (options.case_id.empty() || options.event == 0) {
    return wrong_use("inclusion needs --case and --event, such as --event 3");
  }
  const auto opened = open_log(options);
  if (!opened) {
    return complain(opened.error(), kFault);
  }
  std::optional<std::uint64_t> index;
  const auto read =
      opened->store->read_stream(case_stream(options.case_id), 0, [&](const StoredEvent& stored) {
        if (stored.version == options.event) {
          index = stored.position - 1;
        }
        return !index;
      });
  if (!read) {
    return complain(read.error().what, kEnvironment);
  }
  if (!index || *index >= opened->tree.size) {
    return complain(
        index ? "The checkpoint was signed before this event." : "There is no such event.", kFault);
  }
  const auto tree = tree_of(*opened->store, opened->tree.size);
  if (!tree) {
    return complain(tree.error(), kFault);
  }
  print(to_text(TlogProof{.proof = {*index, tree->inclusion(*index, opened->tree.size)},
                          .checkpoint = opened->tree.note}));
  return kOk;
}

int print_consistency(const AuditOptions& options) {
  const auto opened = open_log(options);
  if (!opened) {
    return complain(opened.error(), kFault);
  }
  if (!options.from || *options.from > opened->tree.size) {
    return wrong_use("consistency needs --from, the size of an earlier checkpoint");
  }
  const auto tree = tree_of(*opened->store, opened->tree.size);
  if (!tree) {
    return complain(tree.error(), kFault);
  }
  const auto size = opened->tree.size;
  print(to_text(GrowthProof{.earlier = *options.from,
                            .path = tree->consistency(*options.from, size),
                            .checkpoint = opened->tree.note}));
  return kOk;
}

int prove_case(const AuditOptions& options) {
  if (options.name.empty()) {
    return wrong_use("prove-case needs the id of a case");
  }
  const auto opened = open_log(options);
  if (!opened) {
    return complain(opened.error(), kFault);
  }
  const auto pack = make_pack(*opened->store, case_stream(options.name), opened->tree.note);
  if (!pack) {
    return complain(pack.error(), kFault);
  }
  const auto text = to_text(*pack);
  if (options.to.empty() || options.to == "-") {
    print(text);
    return kOk;
  }
  std::ofstream file(options.to, std::ios::binary);
  file << text;
  file.close();
  return file ? kOk : complain(options.to + ": this file cannot be written", kEnvironment);
}

std::string summary(const PackVerdict& verdict, const engine::Plan& plan) {
  const auto language = plan.protocol.language;
  const auto records = std::to_string(verdict.records);
  const auto size = std::to_string(verdict.statement.head.size);
  const auto title = quoted(language, plan.protocol.title);
  const auto version = std::to_string(plan.protocol.version);
  const std::array<Filling, 6> fillings = {{{"stream", verdict.stream},
                                            {"records", records},
                                            {"title", title},
                                            {"version", version},
                                            {"size", size},
                                            {"log", verdict.statement.origin}}};
  auto text = fill(
      say(language,
          "Tout tient : les {records} premiers événements de {stream}, sous {title}, version "
          "{version}, sont à leur place parmi les {size} que {log} a signés. Ce qui a pu suivre "
          "n’est pas dans ce fichier.\n",
          "Everything holds: the first {records} events of {stream}, under {title}, version "
          "{version}, are in their places among the {size} that {log} has signed. What may have "
          "followed is not in this file.\n"),
      fillings);
  for (const auto& witness : verdict.witnesses) {
    text += std::string(say(language, "Témoin : ", "Witness: ")) + witness + "\n";
  }
  return text;
}

std::expected<std::vector<VerifierKey>, int> keys_given(const AuditOptions& options) {
  std::vector<VerifierKey> keys;
  for (std::size_t i = 0; i < options.keys.size(); ++i) {
    auto key = read_verifier_key(options.keys[i]);
    if (!key) {
      return std::unexpected(
          wrong_use("--key number " + std::to_string(i + 1) + " " + key.error()));
    }
    keys.push_back(std::move(*key));
  }
  if (keys.empty()) {
    return std::unexpected(wrong_use(
        "verify-pack needs --key, the key of the log, from whoever you trust for it: "
        "a pack can bring a forged one. `protoflow audit key` prints it where the log is"));
  }
  return keys;
}

int check_pack(const AuditOptions& options) {
  const auto keys = keys_given(options);
  if (!keys) {
    return keys.error();
  }
  std::ifstream stream(options.name, std::ios::binary);
  const std::string text{std::istreambuf_iterator<char>(stream), std::istreambuf_iterator<char>()};
  if (!stream) {
    return complain(options.name + ": this file cannot be read", kEnvironment);
  }
  const auto pack = read_pack(text);
  if (!pack) {
    return complain(options.name + ": " + pack.error() + ".", kFault);
  }
  Reading reading(nullptr);
  const auto verdict = verify_pack(*pack, *keys, reading);
  if (!verdict) {
    return complain(options.name + ": " + verdict.error(), kFault);
  }
  const auto& file = reading.cases.find(verdict->stream)->second;
  if (options.output.json) {
    print(Json{{"holds", true},
               {"stream", verdict->stream},
               {"events", verdict->records},
               {"protocol", file.plan->protocol.name},
               {"version", file.plan->protocol.version},
               {"log", verdict->statement.origin},
               {"size", verdict->statement.head.size},
               {"witnesses", verdict->witnesses}}
              .dump() +
          "\n");
  } else {
    print(summary(*verdict, *file.plan));
  }
  return kOk;
}

}  // namespace

int run_audit(const AuditOptions& options) {
  using Run = int (*)(const AuditOptions&);
  constexpr std::array<std::pair<std::string_view, Run>, 6> kRuns = {
      {{"key", print_key},
       {"checkpoint", print_checkpoint},
       {"inclusion", print_inclusion},
       {"consistency", print_consistency},
       {"prove-case", prove_case},
       {"verify-pack", check_pack}}};
  const auto* run =
      std::ranges::find(kRuns, options.what, &std::pair<std::string_view, Run>::first);
  return run->second(options);
}

}  // namespace protoflow::runtime
