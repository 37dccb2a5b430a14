#include "dsl/document/card.hpp"

#include <algorithm>
#include <array>

#include "dsl/print/wording.hpp"

namespace protoflow::dsl::document {
namespace {

using model::RoleId;
using model::Step;

/// A way of setting the card, and the bulk that one A4 page holds, measured on printed pages.
struct Attempt {
  bool with_steps;  // otherwise only the stages they belong to
  Setting setting;
  std::size_t bulk_max;
};

// The first that holds is taken: large print before every step.
constexpr std::array<Attempt, 6> kAttempts = {{{true, Setting::wide, 2300},
                                               {true, Setting::normal, 3700},
                                               {true, Setting::close, 4600},
                                               {false, Setting::normal, 3700},
                                               {false, Setting::close, 4600},
                                               {false, Setting::closest, 6300}}};

/// The role that the person meets first, and most: of those that do steps, the one with the most.
RoleId companion(const model::Protocol& protocol) {
  std::vector<std::size_t> counts(protocol.roles.size(), 0);
  for (const Step& step : protocol.steps) {
    if (step.responsible.known() && step.responsible != model::kBeneficiary) {
      ++counts[step.responsible.value];
    }
  }
  const auto most = std::ranges::max_element(counts);
  return most == counts.end() || *most == 0
             ? protocol.coordinated_by
             : RoleId{static_cast<std::uint16_t>(most - counts.begin())};
}

/// Whoever does a step or supports one, the companion first.
std::vector<RoleId> people_around(const model::Protocol& protocol) {
  std::vector<RoleId> around = {companion(protocol)};
  const auto add = [&](RoleId role) {
    if (role.known() && role != model::kBeneficiary &&
        std::ranges::find(around, role) == around.end()) {
      around.push_back(role);
    }
  };
  for (const Step& step : protocol.steps) {
    add(step.responsible);
    std::ranges::for_each(step.with, add);
  }
  return around;
}

/// The organisations of these roles, each once; the role itself where the organisation is chosen.
Text organisations(const Edition& edition, const std::vector<RoleId>& roles) {
  Lines titles;
  for (const RoleId role : roles) {
    const model::Role& own = edition.protocol[role];
    const bool named = own.binding != model::Binding::chosen_by && !own.partners.empty();
    const Text title = named ? title_of(edition, own.partners.front()) : title_of(edition, role);
    if (std::ranges::find(titles, title) == titles.end()) {
      titles.push_back(title);
    }
  }
  return joined(titles, " · ", " · ");
}

struct Organisation {
  Text title;
  std::vector<RoleId> roles;
};

/// Organisations in the order in which the person meets them, each with its roles.
std::vector<Organisation> organisations_around(const Edition& edition) {
  std::vector<Organisation> all;
  for (const RoleId role : people_around(edition.protocol)) {
    if (!role.known()) {
      continue;
    }
    const model::Role& own = edition.protocol[role];
    const bool chosen = own.binding == model::Binding::chosen_by || own.partners.empty();
    const Text title =
        chosen ? text(edition.words.card.chosen) : title_of(edition, own.partners.front());
    auto found = std::ranges::find(all, title, &Organisation::title);
    if (found == all.end()) {
      found = all.insert(all.end(), {title, {}});
    }
    found->roles.push_back(role);
  }
  return all;
}

Section with_you(const Edition& edition) {
  List list;
  for (const Organisation& each : organisations_around(edition)) {
    Lines lines = {weighted(each.title, Weight::strong)};
    for (const RoleId role : each.roles) {
      lines.push_back(title_of(edition, role));
    }
    list.items.push_back(std::move(lines));
  }
  return {std::string(edition.words.card.with_you), Width::half, {std::move(list)}};
}

Lines step_lines(const Edition& edition, const Step& step) {
  Text line = title_of(edition, step);
  if (step.responsible == model::kBeneficiary) {
    line += text(", ") + text(edition.words.card.by_you, Weight::strong);
  }
  return {line};
}

List stages_of(const Edition& edition) {
  List list;
  list.to_tick = true;
  for (const model::Stage& stage : edition.protocol.stages) {
    list.items.push_back({title_of(edition, stage)});
  }
  return list;
}

List steps_of(const Edition& edition, model::StageId stage) {
  List list;
  list.to_tick = true;
  for (const Step& step : edition.protocol.steps) {
    if (step.stage == stage) {
      list.items.push_back(step_lines(edition, step));
    }
  }
  return list;
}

Section next(const Edition& edition, bool with_steps) {
  const model::Protocol& protocol = edition.protocol;
  Section section{std::string(edition.words.card.next), Width::half, {}};
  if (!with_steps && !protocol.stages.empty()) {
    section.blocks.emplace_back(stages_of(edition));
    return section;
  }
  for (std::size_t i = 0; i <= protocol.stages.size(); ++i) {
    const bool known = i < protocol.stages.size();
    List list =
        steps_of(edition, known ? model::StageId{static_cast<std::uint16_t>(i)} : model::StageId{});
    if (!list.items.empty() && known) {
      section.blocks.emplace_back(
          Paragraph{weighted(title_of(edition, protocol.stages[i]), Weight::strong)});
    }
    if (!list.items.empty()) {
      section.blocks.emplace_back(std::move(list));
    }
  }
  return section;
}

Section notes(const Edition& edition) {
  const CardWords& words = edition.words.card;
  Section section{std::string(words.notes), Width::full, {}};
  if (edition.protocol.informations.empty()) {
    section.blocks.emplace_back(Paragraph{text(words.notes_nothing)});
    return section;
  }
  Table table;
  table.name = "notes";
  table.widths = {34, 66};
  table.caption = text(words.notes_caption);
  for (const std::string_view column : {words.information, words.seen_by}) {
    table.columns.push_back({text(column)});
  }
  for (const model::Information& information : edition.protocol.informations) {
    Text title = title_of(edition, information);
    if (information.sensitive) {
      title += text(" (") + text(words.sensitive) + text(")");
    }
    const Text readers = organisations(edition, information.seen_by);
    const auto same = std::ranges::find_if(
        table.rows, [&](const Row& row) { return row.cells[1].front() == readers; });
    if (same != table.rows.end()) {
      same->cells.front().push_back(title);
    } else {
      table.rows.push_back({{}, {{title}, {readers}}});
    }
  }
  section.blocks.emplace_back(std::move(table));
  section.blocks.emplace_back(Paragraph{text(words.notes_else) + text(" ") + text(words.rights)});
  return section;
}

/// More steps than these are not read one by one: the first are named, the others counted.
constexpr std::size_t kStepsMax = 7;
constexpr std::size_t kStepsNamed = 5;

/// The steps that do not take place without this consent.
Lines steps_that_need(const Edition& edition, model::ConsentId consent) {
  Lines steps;
  for (const Step& step : edition.protocol.steps) {
    if (std::ranges::find(step.requires_consents, consent) != step.requires_consents.end()) {
      steps.push_back(quoted_title(edition, step));
    }
  }
  if (steps.size() > kStepsMax) {
    const Text others = text(std::to_string(steps.size() - kStepsNamed));
    steps.resize(kStepsNamed);
    steps.push_back(fill(edition.words.card.others, {{"number", others}}));
  }
  return steps;
}

Section refuse(const Edition& edition) {
  const CardWords& words = edition.words.card;
  Section section{std::string(words.refuse), Width::half, {}};
  List list;
  for (std::size_t i = 0; i < edition.protocol.consents.size(); ++i) {
    const model::Consent& consent = edition.protocol.consents[i];
    Lines lines = {weighted(title_of(edition, consent), Weight::strong)};
    Text more;
    if (!consent.purpose.empty()) {
      more += fill(words.purpose, {{"purpose", authored(edition, consent.purpose)}});
    }
    if (consent.lasts) {
      more += text(" ") + fill(words.lasts, {{"duration", duration(edition, *consent.lasts)}});
    }
    if (!more.empty()) {
      lines.push_back(more);
    }
    const Lines steps = steps_that_need(edition, model::ConsentId{static_cast<std::uint16_t>(i)});
    if (!steps.empty()) {
      lines.push_back(fill(words.without, {{"steps", listed(edition, steps)}}));
    }
    list.items.push_back(std::move(lines));
  }
  if (!list.items.empty()) {
    section.blocks.emplace_back(Paragraph{text(words.refuse_lead)});
    section.blocks.emplace_back(std::move(list));
  }
  return section;
}

Section stop(const Edition& edition) {
  const CardWords& words = edition.words.card;
  const model::Protocol& protocol = edition.protocol;
  const bool at_any_time = std::ranges::any_of(protocol.endings, [](const model::Ending& ending) {
    return ending.at_any_time_by == model::kBeneficiary;
  });
  const Text who = title_of(edition, companion(protocol));
  return {std::string(words.stop),
          Width::half,
          {Paragraph{fill(at_any_time ? words.stop_at_any_time : words.stop_ask, {{"role", who}})},
           Paragraph{fill(words.disagree,
                          {{"role", role_with_partner(edition, protocol.coordinated_by)}})}}};
}

Section call(const Edition& edition) {
  const CardWords& words = edition.words.card;
  const model::Protocol& protocol = edition.protocol;
  List list;
  for (const RoleId role : {companion(protocol), protocol.coordinated_by}) {
    if (!role.known() || protocol[role].partners.empty()) {
      continue;
    }
    const Text contact = authored(edition, protocol[protocol[role].partners.front()].contact);
    if (contact.empty()) {
      continue;
    }
    Lines lines = {fill(words.call_item,
                        {{"role", weighted(role_with_partner(edition, role), Weight::strong)},
                         {"contact", contact}})};
    if (std::ranges::find(list.items, lines) == list.items.end()) {
      list.items.push_back(std::move(lines));
    }
  }
  Section section{std::string(words.call), Width::half, {}};
  if (!list.items.empty()) {
    section.blocks.emplace_back(std::move(list));
  }
  section.blocks.emplace_back(
      Signatures{{{weighted(title_of(edition, companion(protocol)), Weight::strong),
                   {std::string(words.name_line), std::string(words.telephone_line)}}}});
  return section;
}

Document card(const Edition& edition, bool with_steps) {
  Document document;
  document.kind = "card";
  document.language = edition.language;
  document.title = text(edition.words.card.title);
  document.subtitle = title_text(
      edition, edition.protocol.title, edition.protocol.name, edition.protocol.translations);
  for (Section section : {with_you(edition),
                          next(edition, with_steps),
                          refuse(edition),
                          stop(edition),
                          notes(edition),
                          call(edition)}) {
    if (!section.blocks.empty()) {
      document.sections.push_back(std::move(section));
    }
  }
  document.footer = fill(edition.words.phrase.version,
                         {{"version", text(std::to_string(edition.protocol.version))}});
  return document;
}

}  // namespace

Document beneficiary_card(const Edition& edition) {
  Document document;
  for (const Attempt& attempt : kAttempts) {
    document = card(edition, attempt.with_steps);
    document.setting = attempt.setting;
    if (bulk(document) <= attempt.bulk_max) {
      break;
    }
  }
  return document;
}

}  // namespace protoflow::dsl::document
