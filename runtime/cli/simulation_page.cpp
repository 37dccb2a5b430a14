#include "runtime/cli/simulation_page.hpp"

#include <algorithm>
#include <numeric>

#include <nlohmann/json.hpp>

#include "dsl/document/bars.hpp"
#include "runtime/words/words.hpp"

namespace protoflow::runtime {

namespace {

namespace document = dsl::document;
using document::Row;
using document::Section;
using document::Table;
using document::text;
using Json = nlohmann::ordered_json;

constexpr double kMinutesADay = 24 * 60;
constexpr double kMinutesAWeek = 7 * kMinutesADay;
constexpr std::size_t kWaitsShown = 10;

class Words {
 public:
  explicit Words(const SimulationPage& page) : page_(page) {}

  [[nodiscard]] std::string operator()(std::string_view french, std::string_view english) const {
    return std::string(say(page_.language, french, english));
  }

  [[nodiscard]] std::string number(double value) const {
    return document::short_number(value, has_comma());
  }

  [[nodiscard]] bool has_comma() const { return page_.language == model::Language::french; }

  [[nodiscard]] std::string share(double part, double whole) const {
    const auto percent = whole <= 0 ? std::string("–") : number(100 * part / whole);
    return percent + (*this)(" %", "%");
  }

  [[nodiscard]] std::string days(std::uint32_t tenths) const { return number(tenths / 10.0); }

 private:
  const SimulationPage& page_;
};

document::Lines cell(std::string words) {
  return {text(words)};
}

Row row(std::initializer_list<std::string> cells) {
  Row made;
  for (const auto& words : cells) {
    made.cells.push_back(cell(words));
  }
  return made;
}

std::vector<document::Lines> columns(std::initializer_list<std::string> names) {
  std::vector<document::Lines> made;
  for (const auto& name : names) {
    made.push_back(cell(name));
  }
  return made;
}

Section overview(const SimulationPage& page, const Words& words) {
  const auto& found = page.figures;
  std::uint64_t with_deadline = 0;
  std::uint64_t late = 0;
  for (const auto& step : found.steps) {
    with_deadline += step.on_time + step.late;
    late += step.late;
  }
  Table table{.name = "figures",
              .caption = text(words("Sur toute la durée", "Over the whole time")),
              .columns = columns(
                  {words("Ce qui est compté", "What is counted"), words("Résultat", "Result")})};
  const auto add = [&](std::string what, std::string result) {
    table.rows.push_back(row({std::move(what), std::move(result)}));
  };
  add(words("Parcours ouverts", "Cases opened"), std::to_string(found.opened));
  add(words("… clos", "… closed"), std::to_string(found.closed));
  add(words("… encore ouverts à la fin", "… still open at the end"),
      std::to_string(found.still_open));
  add(words("Durée d’un parcours clos, en jours : médiane",
            "Length of a closed case, in days: median"),
      words.days(found.path.median));
  add(words("… le dixième le plus long, au moins", "… the longest tenth, at least"),
      words.days(found.path.worst_tenth));
  add(words("Étapes en retard, parmi celles qui ont une échéance",
            "Steps late, of those with a deadline"),
      words.share(static_cast<double>(late), static_cast<double>(with_deadline)));
  add(words("Parcours où plus personne n’avait rien à faire",
            "Cases in which nobody had anything left to do"),
      std::to_string(found.stalled));
  if (found.refused > 0) {
    add(words("Actes que le protocole a refusés aux personnes imaginées",
              "Acts that the protocol refused the imagined people"),
        std::to_string(found.refused));
  }
  return {.heading = words("Vue d’ensemble", "Overview"), .blocks = {std::move(table)}};
}

Section endings(const SimulationPage& page, const Words& words) {
  const auto& found = page.figures;
  document::Bars bars{
      .caption = text(words("Nombre de parcours par fin", "Number of cases by ending")),
      .comma = words.has_comma()};
  for (std::size_t i = 0; i < found.endings.size(); ++i) {
    bars.labels.push_back(title_of(page.plan.protocol.endings[i]));
    bars.values.push_back(found.endings[i]);
  }
  return {.heading = words("Comment les parcours finissent", "How cases end"),
          .blocks = {std::move(bars)}};
}

Section partners(const SimulationPage& page, const Words& words) {
  Section section{.heading = words("Charge de chaque partenaire", "Load of each partner")};
  Table table{.name = "load",
              .caption = text(words("Ce que chaque partenaire a entre les mains",
                                    "What each partner has in hand")),
              .columns = columns({words("Partenaire", "Partner"),
                                  words("Tâches en cours, en moyenne", "Open tasks, on average"),
                                  words("… la semaine la plus chargée", "… in the busiest week"),
                                  words("Sans personne de nommé", "Nobody’s by name")})};
  std::vector<document::Bars> plots;
  for (std::size_t i = 0; i < page.figures.partners.size(); ++i) {
    const auto& partner = page.figures.partners[i];
    const auto all = static_cast<double>(
        std::accumulate(partner.load.begin(), partner.load.end(), std::uint64_t{0}));
    if (all == 0) {
      continue;
    }
    const auto weeks = static_cast<double>(partner.load.size());
    const auto most = static_cast<double>(*std::ranges::max_element(partner.load));
    const auto& title = title_of(page.plan.protocol.partners[i]);
    table.rows.push_back(row({title,
                              words.number(all / weeks / kMinutesAWeek),
                              words.number(most / kMinutesAWeek),
                              words.share(static_cast<double>(partner.orphan), all)}));
    document::Bars plot{.caption = text(title + words(" : tâches en cours, semaine par semaine",
                                                      ": open tasks, week by week")),
                        .upright = true,
                        .comma = words.has_comma()};
    for (const auto minutes : partner.load) {
      plot.values.push_back(static_cast<double>(minutes) / kMinutesAWeek);
    }
    plots.push_back(std::move(plot));
  }
  section.blocks.emplace_back(std::move(table));
  std::ranges::move(plots, std::back_inserter(section.blocks));
  return section;
}

Section steps(const SimulationPage& page, const Words& words) {
  Table table{.name = "figures",
              .caption = text(words("Étape par étape", "Step by step")),
              .columns = columns({words("Étape", "Step"),
                                  words("Ouvertes", "Opened"),
                                  words("Faites", "Done"),
                                  words("En retard", "Late"),
                                  words("Jours, médiane", "Days, median"),
                                  words("… dixième le plus long", "… longest tenth")})};
  for (std::size_t i = 0; i < page.figures.steps.size(); ++i) {
    const auto& step = page.figures.steps[i];
    table.rows.push_back(row({title_of(page.plan.protocol.steps[i]),
                              std::to_string(step.opened),
                              std::to_string(step.done),
                              words.share(step.late, step.on_time + step.late),
                              words.days(step.open.median),
                              words.days(step.open.worst_tenth)}));
  }
  return {.heading = words("Les étapes", "The steps"), .blocks = {std::move(table)}};
}

std::uint64_t waited(const engine::StepFigures& step) {
  return step.waits_for_person + step.stands_still + step.waits_for_review;
}

Section waits(const SimulationPage& page, const Words& words) {
  const auto& found = page.figures.steps;
  std::vector<std::size_t> order(found.size());
  std::iota(order.begin(), order.end(), std::size_t{0});
  std::ranges::stable_sort(order, std::greater{}, [&](std::size_t i) { return waited(found[i]); });
  document::Bars bars{
      .caption = text(words("Jours d’attente en tout : que quelqu’un prenne l’étape, qu’un tiers "
                            "réponde, que la revue se fasse",
                            "Days of waiting in all: for somebody to take the step, for a third "
                            "party, for the review")),
      .comma = words.has_comma()};
  for (const auto i : order) {
    if (waited(found[i]) > 0 && bars.values.size() < kWaitsShown) {
      bars.labels.push_back(title_of(page.plan.protocol.steps[i]));
      bars.values.push_back(static_cast<double>(waited(found[i])) / kMinutesADay);
    }
  }
  return {.heading = words("Où les parcours attendent", "Where cases wait"),
          .blocks = {std::move(bars)}};
}

Json spread_json(const engine::Spread& spread) {
  return {{"count", spread.count},
          {"median", spread.median / 10.0},
          {"worst_tenth", spread.worst_tenth / 10.0}};
}

Json step_json(const engine::StepFigures& step, const model::Step& declared) {
  return {{"step", declared.name},
          {"opened", step.opened},
          {"done", step.done},
          {"not_needed", step.not_needed},
          {"withdrawn", step.withdrawn},
          {"declined", step.declined},
          {"on_time", step.on_time},
          {"late", step.late},
          {"days_open", spread_json(step.open)},
          {"minutes_nobody_by_name", step.waits_for_person},
          {"minutes_worked", step.works},
          {"minutes_held", step.stands_still},
          {"minutes_in_review", step.waits_for_review}};
}

}  // namespace

document::Document simulation_document(const SimulationPage& page) {
  const Words words(page);
  const auto& scenario = page.scenario;
  return {
      .kind = "simulation",
      .language = page.language,
      .title = text(words("Simulation : ", "Simulation: ") + title_of(page.plan.protocol)),
      .subtitle =
          text(std::to_string(scenario.cases) + words(" parcours en ", " cases over ") +
               std::to_string(scenario.months) + words(" mois, tirage n° ", " months, seed ") +
               std::to_string(scenario.seed)),
      .note = text(words("Des personnes imaginées jouent le protocole sur le moteur même, avec une "
                         "horloge à part. Ce ne sont pas des prévisions : à comparer entre deux "
                         "textes, ou entre deux façons de se comporter.",
                         "Imagined people play the protocol on the engine itself, with a clock of "
                         "its own. These are no forecasts: compare them between two texts, or "
                         "between two ways of behaving.")),
      .sections = {overview(page, words),
                   endings(page, words),
                   waits(page, words),
                   partners(page, words),
                   steps(page, words)},
      .footer = text(words("Version ", "Version ") + std::to_string(page.plan.protocol.version) +
                     " · " + page.plan.meaning_hash.substr(0, 16))};
}

std::string simulation_json(const SimulationPage& page) {
  const auto& found = page.figures;
  const auto& protocol = page.plan.protocol;
  Json json{{"protocol", protocol.name},
            {"version", protocol.version},
            {"meaning", page.plan.meaning_hash},
            {"cases", page.scenario.cases},
            {"months", page.scenario.months},
            {"seed", page.scenario.seed},
            {"opened", found.opened},
            {"closed", found.closed},
            {"still_open", found.still_open},
            {"stalled", found.stalled},
            {"refused", found.refused},
            {"events", found.events},
            {"days_to_close", spread_json(found.path)}};
  json["endings"] = Json::object();
  for (std::size_t i = 0; i < found.endings.size(); ++i) {
    json["endings"][protocol.endings[i].name] = found.endings[i];
  }
  json["steps"] = Json::array();
  for (std::size_t i = 0; i < found.steps.size(); ++i) {
    json["steps"].push_back(step_json(found.steps[i], protocol.steps[i]));
  }
  json["partners"] = Json::array();
  for (std::size_t i = 0; i < found.partners.size(); ++i) {
    json["partners"].push_back({{"partner", protocol.partners[i].name},
                                {"minutes_nobody_by_name", found.partners[i].orphan},
                                {"minutes_by_week", found.partners[i].load}});
  }
  return json.dump(2) + "\n";
}

}  // namespace protoflow::runtime
