#include "runtime/cli/measures.hpp"

#include <array>
#include <ranges>

#include <nlohmann/json.hpp>

#include "engine/duty/ledger.hpp"
#include "engine/duty/orphan.hpp"
#include "runtime/cli/print.hpp"
#include "runtime/words/words.hpp"

namespace protoflow::runtime {

namespace {

using Json = nlohmann::ordered_json;
using std::chrono::milliseconds;
using Times = std::array<milliseconds, engine::kOrphanCauseNames.size()>;

constexpr auto kCauses = std::to_array<StateWord>({
    {"not_taken", "proposée, pas encore prise", "offered, not taken yet"},
    {"declined", "déclinée", "declined"},
    {"offer_expired", "restée sans réponse", "left without an answer"},
    {"absent", "la personne est absente", "the person is away"},
    {"removed", "la personne a quitté l’annuaire", "the person has left the directory"},
    {"partner_left", "le partenaire est parti", "the partner has left"},
    {"waits_for_referral",
     "aucun partenaire n’a encore accepté le rôle",
     "no partner has accepted the role yet"},
    {"escalated", "confiée à un autre rôle", "given to another role"},
});

constexpr auto kStops = std::to_array<StateWord>({
    {"held", "suspendue", "held"},
    {"in_review", "en revue", "in review"},
    {"paused", "parcours en pause", "case paused"},
    {"consent", "accord retiré", "consent taken back"},
});

milliseconds sum(const Times& times) {
  milliseconds all{0};
  for (const auto time : times) {
    all += time;
  }
  return all;
}

// `2 j 3 h 10 min`; less than a minute is `0 min`.
std::string length_words(milliseconds time, model::Language language) {
  using std::chrono::days;
  using std::chrono::hours;
  using std::chrono::minutes;
  const auto whole_days = std::chrono::floor<days>(time);
  const auto whole_hours = std::chrono::floor<hours>(time - whole_days);
  const auto rest = std::chrono::floor<minutes>(time - whole_days - whole_hours);
  std::string text;
  const auto add = [&](std::int64_t count, std::string_view unit) {
    if (count != 0) {
      text += (text.empty() ? "" : " ") + std::to_string(count) + " " + std::string(unit);
    }
  };
  add(whole_days.count(), say(language, "j", "d"));
  add(whole_hours.count(), "h");
  add(rest.count(), "min");
  return text.empty() ? "0 min" : text;
}

Json times_json(const Times& times) {
  Json json = Json::object();
  for (std::size_t i = 0; i < times.size(); ++i) {
    if (times[i].count() != 0) {
      json[std::string(engine::kOrphanCauseNames[i])] = times[i].count();
    }
  }
  return json;
}

void print_times(const std::string& heading,
                 const Times& times,
                 model::Language language,
                 const Output& output) {
  print(painted(heading, Paint::strong, output.colours) + "  " +
        length_words(sum(times), language) + "\n");
  for (std::size_t i = 0; i < times.size(); ++i) {
    if (times[i].count() != 0) {
      print("  " + in_words(kCauses, engine::kOrphanCauseNames[i], language) +
            std::string(say(language, " : ", ": ")) + length_words(times[i], language) + "\n");
    }
  }
}

Json stop_json(const engine::Stop& stop, const CaseHistory& history) {
  Json json{{"case", history.case_id},
            {"step", history.plans.back()->protocol[stop.step].name},
            {"why", engine::kStopCauseNames[static_cast<std::size_t>(stop.why)]},
            {"from", engine::to_text(stop.from)}};
  if (stop.to != model::kNever) {
    json["to"] = engine::to_text(stop.to);
  }
  return json;
}

std::string stop_line(const engine::Stop& stop, const engine::Plan& plan) {
  const auto language = plan.protocol.language;
  auto line =
      "  " + quoted(language, title_of(plan.protocol[stop.step])) + "  " +
      in_words(kStops, engine::kStopCauseNames[static_cast<std::size_t>(stop.why)], language);
  line += std::string(say(language, ", du ", ", from ")) + date_words(stop.from, plan);
  if (stop.to == model::kNever) {
    return line + std::string(say(language, ", encore à l’arrêt\n", ", still stopped\n"));
  }
  return line + std::string(say(language, " au ", " to ")) + date_words(stop.to, plan) + " (" +
         length_words(stop.to - stop.from, language) + ")\n";
}

}  // namespace

void print_orphan_time(const std::vector<CaseHistory>& cases,
                       model::Instant until,
                       const Output& output) {
  Times all{};
  Json list = Json::array();
  for (const auto& [case_id, plans, events] : cases) {
    std::vector<const model::Protocol*> later;
    for (const auto& plan : plans | std::views::drop(1)) {
      later.push_back(&plan->protocol);
    }
    const auto times = engine::orphan_time(plans.front()->protocol, events, until, later).by_cause;
    for (std::size_t i = 0; i < all.size(); ++i) {
      all[i] += times[i];
    }
    list.push_back({{"case", case_id}, {"milliseconds", times_json(times)}});
    if (!output.json) {
      print_times(case_id, times, plans.back()->protocol.language, output);
    }
  }
  if (output.json) {
    return print(Json{{"until", engine::to_text(until)},
                      {"cases", std::move(list)},
                      {"milliseconds", times_json(all)}}
                     .dump() +
                 "\n");
  }
  const auto language =
      cases.empty() ? reader_language() : cases.front().plans.back()->protocol.language;
  print_times(
      std::string(say(language, "En tout, sans personne désignée", "In all, with nobody by name")),
      all,
      language,
      output);
}

void print_clocks(const std::vector<CaseHistory>& cases, const Output& output) {
  for (const auto& history : cases) {
    const auto& plan = *history.plans.back();
    const auto stops = engine::stops(history.plans.front()->protocol, history.events);
    if (!output.json) {
      print(painted(history.case_id, Paint::strong, output.colours) + "\n");
    }
    for (const auto& stop : stops) {
      print(output.json ? stop_json(stop, history).dump() + "\n" : stop_line(stop, plan));
    }
    if (stops.empty() && !output.json) {
      print(std::string(say(plan.protocol.language,
                            "  Aucune horloge ne s’est arrêtée.\n",
                            "  No clock has stood still.\n")));
    }
  }
}

}  // namespace protoflow::runtime
