#include "tests/replay/frozen_log.hpp"

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <sstream>

#include "engine/log/meaning_hash.hpp"
#include "tests/support/places.hpp"
#include "tests/support/play.hpp"

namespace protoflow::tests {

namespace {

using engine::SealedText;

constexpr std::string_view kStory =
    "h0 coordinator open; h2 adviser take welcome; h3 adviser release welcome because ill;"
    "h4 adviser#2 decline welcome because full; h5 adviser@foyer take welcome; h97 tick;"
    "h98 adviser@foyer complete welcome as engaged with minor=no,french=A1 on h70;"
    "h99 volunteer decline housing; h100 teacher take housing;"
    "h101 teacher hold housing because commission; h110 adviser complete sharing-talk with "
    "sharing=yes; h112 adviser take project; h113 coordinator pause because closed;"
    "h120 coordinator resume_case; h121 teacher resume housing;"
    "h122 adviser complete project; h123 coordinator begin_review project;"
    "h124 coordinator give_back project because hours; h130 adviser complete project;"
    "h131 coordinator recuse project; h180 tick; h181 coordinator approve project reserving "
    "because dates;"
    "h182 adviser record with french=B1; h183 adviser complete search as found;"
    "h184 adviser refer tutor to bakery; h185 tutor@bakery decline_referral tutor because full;"
    "h186 adviser refer tutor to cafe; h235 tick; h236 adviser refer tutor to bakery;"
    "h237 adviser revoke_referral tutor; h238 adviser refer tutor to cafe;"
    "h239 tutor@cafe accept_referral tutor; h240 tutor@cafe take immersion;"
    "h250 tutor@cafe complete immersion as bad; h251 teacher approve immersion;"
    "h252 beneficiary record with sharing=no; h253 beneficiary record with sharing=yes;"
    "h260 teacher complete housing as found; h800 tick";

constexpr std::string_view kStoryOfTwoVersions =
    "h0 coordinator open; h2 adviser take welcome;"
    "h70 adviser complete welcome as engaged with minor=no,french=A1;"
    "h99 volunteer decline housing; h100 teacher take housing; h101 teacher hold housing because "
    "commission; h110 adviser complete sharing-talk with sharing=yes; h112 adviser take project";

std::expected<SealedText, std::string> seal(std::string_view plaintext) {
  const auto commitment = engine::to_hex(engine::sha256("salt " + std::string(plaintext)));
  return SealedText{commitment, "sealed:" + std::string(plaintext)};
}

// As the vault does: what does not fit its commitment is not opened.
std::expected<std::optional<std::string>, std::string> open(const std::string&,
                                                            const SealedText& sealed) {
  const auto plain = sealed.sealed.substr(std::min<std::size_t>(7, sealed.sealed.size()));
  const auto again = seal(plain);
  if (again->sealed != sealed.sealed || again->commitment != sealed.commitment) {
    return std::unexpected("does not open");
  }
  return plain;
}

std::filesystem::path path_of(std::string_view file) {
  return std::filesystem::path(in_sources("/tests/replay")) / file;
}

// One stream's records, each with the hash of the one before it.
class Chain final {
 public:
  explicit Chain(std::string stream) : stream_(std::move(stream)) {}

  std::string next(engine::Record record) {
    record.stream = stream_;
    record.version = ++version_;
    record.recorded = record.happened + std::chrono::milliseconds(40);
    record.previous = previous_;
    auto line = engine::write(record);
    previous_ = engine::to_hex(engine::sha256(line));
    return line;
  }

 private:
  std::string stream_;
  std::uint64_t version_ = 0;
  std::string previous_{engine::kNoPrevious};
};

engine::Record record_of(const engine::Event& event, const engine::Plan& plan, std::size_t line) {
  const auto encoded = engine::encode(event, plan.protocol, seal).value();
  const auto kind = static_cast<std::size_t>(event.kind);
  return {.kind = std::string(engine::kEventKindNames[kind]),
          .kind_version = engine::kEventKindVersions[kind],
          .happened = event.happened,
          .actor = encoded.actor,
          .subject = encoded.subject,
          .body = encoded.body,
          .protocol = plan.meaning_hash,
          .command = "c-" + std::to_string(line)};
}

}  // namespace

std::vector<std::string> write_log(model::Canonical way) {
  const auto text = runtime::read_text_file(path_of("small-path.proto-flow"));
  const auto plan = runtime::plan_of_deployed({.text = text.value()}).value();
  const auto meaning = engine::meaning_hash(plan->protocol, way);
  Chain protocol("protocol/small-path");
  std::vector<std::string> lines = {
      protocol.next({.kind = std::string(runtime::kProtocolDeployed),
                     .happened = hour(0),
                     .body = runtime::protocol_json(*plan, {*text, {}, {}}),
                     .protocol = meaning,
                     .command = "deploy"})};
  Play play(*plan);
  play.rehearse(kStory);
  Chain chain("case/c-1");
  for (const auto& event : play.events()) {
    auto record = record_of(event, *plan, lines.size());
    record.protocol = meaning;
    lines.push_back(chain.next(std::move(record)));
  }
  return lines;
}

std::vector<std::string> write_migrated_log() {
  const auto text = runtime::read_text_file(path_of("small-path.proto-flow")).value();
  const auto later_text = runtime::read_text_file(path_of("small-path-later.proto-flow")).value();
  const auto plan = runtime::plan_of_deployed({.text = text}).value();
  const auto later = runtime::plan_of_deployed({.text = later_text}).value();
  Chain protocol("protocol/small-path");
  std::vector<std::string> lines;
  for (const auto& [of, with] : {std::pair(plan, text), std::pair(later, later_text)}) {
    lines.push_back(protocol.next({.kind = std::string(runtime::kProtocolDeployed),
                                   .happened = hour(0),
                                   .body = runtime::protocol_json(*of, {with, {}, {}}),
                                   .protocol = of->meaning_hash,
                                   .command = "deploy"}));
  }
  Play play(*plan);
  play.rehearse(kStoryOfTwoVersions);
  engine::Command migrate{.kind = engine::CommandKind::migrate};
  migrate.actor = actor_of("coordinator", plan->protocol);
  migrate.reason = "partners";
  migrate.to = later.get();
  auto events = play.events();
  std::ranges::move(*engine::decide(*plan, play.state(), migrate, hour(120)),
                    std::back_inserter(events));
  Chain chain("case/c-1");
  auto now = plan;
  for (const auto& event : events) {
    now = event.kind == engine::EventKind::case_migrated ? later : now;
    lines.push_back(chain.next(record_of(event, *now, lines.size())));
  }
  return lines;
}

std::vector<std::string> frozen_lines(std::string_view file) {
  std::ifstream in(path_of(file));
  std::vector<std::string> lines;
  for (std::string line; std::getline(in, line);) {
    lines.push_back(line);
  }
  return lines;
}

void freeze(std::string_view file, const std::vector<std::string>& lines) {
  std::ofstream out(path_of(file));
  for (const auto& line : lines) {
    out << line << "\n";
  }
}

std::expected<std::string, runtime::Fault> read_log(const std::vector<std::string>& lines) {
  runtime::Reading reading(open);
  std::map<std::string, std::uint64_t> versions;
  for (std::size_t i = 0; i < lines.size(); ++i) {
    const bool deploys = lines[i].starts_with("{\"stream\":\"protocol/");
    const std::string stream = deploys ? "protocol/small-path" : "case/c-1";
    const auto read = reading.read(
        {.position = i + 1, .stream = stream, .version = ++versions[stream], .line = lines[i]});
    if (!read) {
      return std::unexpected(read.error());
    }
  }
  const auto& file = reading.cases.begin()->second;
  return engine::describe(file.state, file.plan->protocol);
}

}  // namespace protoflow::tests
