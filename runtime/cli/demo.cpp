// demo: the whole product in one go, told as it goes: check, run the examples, serve, play a story
// with a fast clock, stop, replay, verify, start again.
#include <unistd.h>

#include <algorithm>
#include <cstdlib>
#include <string>

#include "runtime/cli/cli.hpp"
#include "runtime/cli/print.hpp"
#include "runtime/cli/spawned_daemon.hpp"
#include "runtime/cli/story.hpp"
#include "runtime/protocols/folder_shelf.hpp"
#include "runtime/words/words.hpp"

namespace protoflow::runtime {

namespace {

using Result = std::expected<void, std::string>;

constexpr std::chrono::milliseconds kPause{300};

std::expected<std::filesystem::path, std::string> demo_folder(const DemoOptions& options) {
  if (!options.folder.empty()) {
    if (std::filesystem::exists(options.folder / kEventsFile)) {
      return std::unexpected(options.folder.string() +
                             " holds a log already; the demonstration wants a folder of its own. "
                             "Leave --data out, or name an empty one.");
    }
    std::error_code failed;
    std::filesystem::create_directories(options.folder, failed);
    if (failed) {
      return std::unexpected("The folder " + options.folder.string() + " cannot be made: " +
                             failed.message() + ". Name another one with --data.");
    }
    return options.folder;
  }
  auto pattern = (std::filesystem::temp_directory_path() / "protoflow-XXXXXX").string();
  if (::mkdtemp(pattern.data()) == nullptr) {
    return std::unexpected("No folder can be made in " +
                           std::filesystem::temp_directory_path().string() +
                           "; name one with --data.");
  }
  return std::filesystem::path(pattern);
}

class Demo {
 public:
  Demo(DemoOptions options, PlanRef plan, std::string source)
      : options_(std::move(options)),
        plan_(std::move(plan)),
        daemon_{.folder = options_.folder, .output = options_.output},
        story_(plan_, std::move(source), daemon_, pause()) {}

  int run() {
    const auto done = tell();
    if (!done) {
      if (running_) {
        (void)process_.stop();  // what matters is told below
      }
      return complain(done.error(), kFault);
    }
    return kOk;
  }

 private:
  [[nodiscard]] std::chrono::milliseconds pause() const {
    const bool paced = !options_.exit && !options_.fast && ::isatty(STDOUT_FILENO) == 1;
    return paced ? kPause : std::chrono::milliseconds(0);
  }

  [[nodiscard]] std::string words(std::string_view french, std::string_view english) const {
    return std::string(say(plan_->protocol.language, french, english));
  }

  void title(const std::string& text) {
    print(
        "\n" +
        painted(std::to_string(++chapter_) + ". " + text, Paint::strong, options_.output.colours) +
        "\n");
  }

  Result start(model::Instant clock, std::uint16_t port) {
    auto started = SpawnedDaemon::start({.folder = options_.folder,
                                         .protocol = std::filesystem::absolute(options_.protocol),
                                         .port = port,
                                         .clock = clock});
    if (!started) {
      return std::unexpected(started.error());
    }
    process_ = std::move(*started);
    running_ = true;
    print(process_.address() + "  (" + words("journal : ", "log: ") +
          (options_.folder / "daemon.log").string() + ")\n");
    return {};
  }

  Result tell() {
    const auto& examples = plan_->protocol.examples;
    const auto wanted = options_.example.empty() && !examples.empty()
                            ? examples.begin()
                            : std::ranges::find(examples, options_.example, &model::Example::name);
    if (wanted == examples.end()) {
      return std::unexpected(words("Le protocole n’a pas d’exemple de ce nom à dérouler.",
                                   "The protocol has no example of that name to play."));
    }
    title(words("Le protocole est vérifié et ses exemples sont déroulés",
                "The protocol is checked and its examples are run"));
    const CheckOptions texts{.files = {options_.protocol.string()}, .output = options_.output};
    if (run_check(texts) != kOk || run_test(texts) != kOk) {
      return std::unexpected(words("Le protocole ne tient pas.", "The protocol does not hold."));
    }
    title(words("Le service démarre", "The daemon starts"));
    print(words("dossier des données : ", "data folder: ") + options_.folder.string() + "\n");
    if (auto started = start(story_.now(), options_.port); !started) {
      return started;
    }
    title(words("L’histoire : ", "The story: ") + wanted->title);
    if (auto played = play(*wanted); !played) {
      return played;
    }
    if (auto audited = audit(); !audited) {
      return audited;
    }
    return options_.exit ? Result{} : leave_running();
  }

  Result play(const model::Example& example) {
    if (auto people = story_.register_people(); !people) {
      return people;
    }
    if (auto agreed = story_.sign_agreement(); !agreed) {
      return agreed;
    }
    if (auto opened = story_.open_case(); !opened) {
      return opened;
    }
    if (auto played = story_.play(example); !played) {
      return played;
    }
    return story_.settle_notices();
  }

  Result audit() {
    title(words("Le service s’arrête ; l’histoire est rejouée à partir du seul journal",
                "The daemon stops; the story is replayed from the log alone"));
    running_ = false;
    if (auto stopped = process_.stop(); !stopped) {
      return stopped;
    }
    const ReplayOptions replay{.folder = options_.folder,
                               .case_id = story_.case_id(),
                               .at = {},
                               .output = options_.output};
    if (run_replay(replay) != kOk) {
      return std::unexpected(words("L’histoire ne se rejoue pas.", "The story does not replay."));
    }
    title(words("Le journal est vérifié", "The log is verified"));
    if (run_verify(replay) != kOk) {
      return std::unexpected(words("Le journal ne tient pas.", "The log does not hold."));
    }
    return {};
  }

  Result leave_running() {
    title(words("Le service redémarre et reprend où il en était",
                "The daemon starts again and goes on where it was"));
    if (auto started = start(story_.now(), options_.port); !started) {
      return started;
    }
    if (auto opened = story_.open_case(); !opened) {
      return opened;
    }
    const auto folder = options_.folder.string();
    const auto duties = story_.open_duties();
    if (duties.empty()) {
      return std::unexpected(
          words("Le second parcours n’a rien à faire.", "The second case has nothing to do."));
    }
    const auto& first = duties.front();
    print(words("Un second parcours attend. À vous :\n", "A second case waits. Your turn:\n"));
    print("  build/protoflow tasks --data " + folder + "\n");
    print("  build/protoflow act take --data " + folder + " --case " + story_.case_id() +
          " --step " + plan_->protocol[first.step].name + " --person " +
          story_.person_for(first.role, first.partner) + "\n");
    print("  build/protoflow replay --data " + folder + "\n");
    print("  curl -H \"Authorization: Bearer $(cat " + folder + "/token)\" " + process_.address() +
          "/v1/cases\n");
    print(words("Pour l’arrêter : kill ", "To stop it: kill ") +
          std::to_string(process_.process()) + "\n");
    return {};
  }

  DemoOptions options_;
  PlanRef plan_;
  DaemonOptions daemon_;
  Story story_;
  SpawnedDaemon process_;
  bool running_ = false;
  int chapter_ = 0;
};

}  // namespace

int run_demo(const DemoOptions& options) {
  const auto text = read_text_file(options.protocol);
  if (!text) {
    return complain(text.error(), kEnvironment);
  }
  auto plan = make_plan(*text, folder_shelf(options.protocol));
  if (!plan) {
    const auto& error = plan.error();
    return complain(error.what.empty()
                        ? dsl::render_text(error.compiled, *text, options.protocol.string(), false)
                        : error.what,
                    kFault);
  }
  auto placed = options;
  const auto folder = demo_folder(options);
  if (!folder) {
    return complain(folder.error(), kEnvironment);
  }
  placed.folder = *folder;
  return Demo(std::move(placed), std::move(*plan), *text).run();
}

}  // namespace protoflow::runtime
