// The middle of a brief: the steps, reviews, sessions and routines of one partner.
#include <algorithm>

#include "dsl/document/brief_sections.hpp"
#include "dsl/print/wording.hpp"

namespace protoflow::dsl::document {
namespace {

using model::Step;

Lines quiet(Lines lines) {
  for (Text& line : lines) {
    line = weighted(std::move(line), Weight::quiet);
  }
  return lines;
}

/// Several roles, one of them only if chosen: each step says which it belongs to.
bool names_its_role(const Part& part, model::RoleId role) {
  return part.roles.size() > 1 || std::ranges::any_of(part.roles, [role](const PlayedRole& own) {
           return own.role == role && own.how == Playing::if_chosen;
         });
}

Text own_role(const BriefPage& page, model::RoleId role) {
  const auto own = std::ranges::find(page.part.roles, role, &PlayedRole::role);
  const Text title = title_of(page.edition, role);
  return own->how == Playing::if_chosen
             ? fill(page.edition.words.brief.if_chosen, {{"role", title}})
             : title;
}

Text review_text(const BriefPage& page, const model::Review& review) {
  const BriefWords& words = page.edition.words.brief;
  Text line;
  if (review.within) {
    line += fill(words.within, {{"duration", duration(page.edition, *review.within)}});
  }
  if (review.returns_max > 0) {
    line += fill(review.returns_max == 1 ? words.returns_once : words.returns,
                 {{"number", text(std::to_string(review.returns_max))}});
  }
  return line;
}

Text reviewers(const Edition& edition, const model::Review& review) {
  const Text titles = titles_of(edition, review.by);
  return review.approvals < review.by.size()
             ? fill(edition.words.brief.some_of,
                    {{"number", text(std::to_string(review.approvals))}, {"roles", titles}})
             : titles;
}

/// What a reviewer knows beside its own part: that others review too, and how many must approve.
Text quorum_text(const Edition& edition, const model::Review& review) {
  return review.by.size() < 2
             ? Text{}
             : fill(edition.words.brief.quorum, {{"roles", reviewers(edition, review)}});
}

Text consent_names(const Edition& edition, const std::vector<model::ConsentId>& consents) {
  Lines names;
  for (const model::ConsentId consent : consents) {
    names.push_back(
        fill(edition.words.phrase.quoted, {{"text", text(edition.protocol[consent].name)}}));
  }
  return listed(edition, names);
}

Text information_titles(const Edition& edition, const std::vector<model::InformationId>& list) {
  Lines titles;
  for (const model::InformationId information : list) {
    titles.push_back(title_of(edition, edition.protocol[information]));
  }
  return parted(edition, titles);
}

Lines work_lines(const BriefPage& page, const Step& step) {
  const Edition& edition = page.edition;
  const BriefWords& words = edition.words.brief;
  Lines lines;
  if (!step.records.empty()) {
    lines.push_back(
        fill(words.records, {{"informations", information_titles(edition, step.records)}}));
  }
  if (step.asks_consent.known()) {
    lines.push_back(fill(words.asks, {{"consent", consent_names(edition, {step.asks_consent})}}));
  }
  if (!step.requires_consents.empty()) {
    lines.push_back(
        fill(words.needs_consent, {{"consents", consent_names(edition, step.requires_consents)}}));
  }
  if (step.review) {
    lines.push_back(fill(words.reviewed, {{"role", reviewers(edition, *step.review)}}) +
                    review_text(page, *step.review));
  }
  return lines;
}

Lines step_lines(const BriefPage& page, const Step& step) {
  const Edition& edition = page.edition;
  const BriefWords& words = edition.words.brief;
  Lines people;
  Text informed;
  if (names_its_role(page.part, step.responsible)) {
    people.push_back(own_role(page, step.responsible));
  }
  if (!step.with.empty()) {
    people.push_back(fill(words.with, {{"roles", titles_of(edition, step.with)}}));
  }
  if (!step.informs.empty()) {
    informed = fill(words.informs, {{"roles", titles_of(edition, step.informs)}});
  }
  Lines lines = {weighted(title_of(edition, step), Weight::strong)};
  if (!people.empty()) {
    lines.push_back(details(people));
  }
  if (!informed.empty()) {
    lines.push_back(informed);
  }
  const Lines work = work_lines(page, step);
  lines.insert(lines.end(), work.begin(), work.end());
  if (page.says(Detail::without_guidance) && step.outcomes.size() > 1) {
    Lines outcomes;
    for (const model::Outcome& outcome : step.outcomes) {
      outcomes.push_back(title_of(edition, outcome));
    }
    lines.push_back(fill(words.outcomes, {{"outcomes", parted(edition, outcomes)}}));
  }
  if (page.says(Detail::full) && !step.guidance.empty()) {
    lines.push_back(text(words.guidance) + authored(edition, step.guidance));
  }
  for (std::size_t i = 1; i < lines.size(); ++i) {
    lines[i] = weighted(std::move(lines[i]), Weight::quiet);
  }
  return lines;
}

/// Title, then details; the beginning of each meeting.
Lines meeting_lines(const Text& title, const Lines& parts) {
  return {weighted(title, Weight::strong), details(parts)};
}

Text rhythm(const Edition& edition, const model::Session& session) {
  const BriefWords& words = edition.words.brief;
  if (session.every) {
    return text(every_text(*session.every, edition.language));
  }
  return text(session.on_request ? words.session_on_request : words.session_once);
}

Text rhythm(const Edition& edition, const model::Routine& routine) {
  Text line = text(every_text(routine.every, edition.language));
  if (routine.for_first && routine.then_every) {
    line += fill(edition.words.brief.routine_first,
                 {{"duration", duration(edition, *routine.for_first)},
                  {"every", text(every_text(*routine.then_every, edition.language))}});
  }
  return line;
}

Lines own_preparations(const BriefPage& page, const model::Session& session) {
  const Edition& edition = page.edition;
  const BriefWords& words = edition.words.brief;
  Lines lines;
  for (const model::Preparation& each : session.preparations) {
    if (page.part.plays(each.responsible) || page.part.plays_any(each.with)) {
      lines.push_back(
          fill(words.prepares,
               {{"duration", duration(edition, each.before)}, {"title", title_of(edition, each)}}));
    }
  }
  for (const model::FollowUp& each : session.follow_ups) {
    if (page.part.plays(each.responsible)) {
      lines.push_back(
          fill(words.follow_up,
               {{"duration", duration(edition, each.within)}, {"title", title_of(edition, each)}}));
    }
  }
  return quiet(std::move(lines));
}

void add_session(List& list, const BriefPage& page, const model::Session& session) {
  const Edition& edition = page.edition;
  const BriefWords& words = edition.words.brief;
  const Lines own = own_preparations(page, session);
  const bool hosts = page.part.plays(session.hosted_by);
  if (!hosts && !page.part.plays_any(session.with) && own.empty()) {
    return;
  }
  Lines parts = {rhythm(edition, session)};
  if (session.beneficiaries_max) {
    parts.push_back(
        fill(words.session_for, {{"number", text(std::to_string(*session.beneficiaries_max))}}));
  }
  parts.push_back(
      hosts ? text(words.session_host)
            : fill(words.session_with, {{"role", role_with_partner(edition, session.hosted_by)}}));
  Lines lines = meeting_lines(title_of(edition, session), parts);
  lines.insert(lines.end(), own.begin(), own.end());
  list.items.push_back(std::move(lines));
}

void add_routine(List& list, const BriefPage& page, const model::Routine& routine) {
  const Edition& edition = page.edition;
  const BriefWords& words = edition.words.brief;
  const bool leads = page.part.plays(routine.responsible);
  if (!leads && !routine.with_all_partners && !page.part.plays_any(routine.with)) {
    return;
  }
  Lines parts = {text(words.purposes[static_cast<std::size_t>(routine.purpose)]),
                 rhythm(edition, routine)};
  if (routine.for_each_case) {
    parts.push_back(text(words.routine_case));
  }
  parts.push_back(leads ? text(words.routine_leads)
                        : fill(words.routine_joins,
                               {{"role", role_with_partner(edition, routine.responsible)}}));
  if (routine.within) {
    parts.push_back(fill(words.report_within, {{"duration", duration(edition, *routine.within)}}));
  }
  Lines lines = meeting_lines(title_of(edition, routine), parts);
  Lines questions;
  for (const model::Question& question : routine.asks) {
    questions.push_back(authored(edition, question.text));
  }
  if (page.says(Detail::without_guidance) && !questions.empty()) {
    lines.push_back(weighted(joined(questions, " ", " "), Weight::quiet));
  }
  list.items.push_back(std::move(lines));
}

/// Where only titles are said, a list keeps its first items and the number of the others.
constexpr std::size_t kItemsMax = 24;

Section listed_section(const BriefPage& page, std::string_view heading, List list) {
  Section section{std::string(heading), Width::half, {}};
  if (!page.says(Detail::essential) && list.items.size() > kItemsMax) {
    const std::size_t more = list.items.size() - kItemsMax;
    list.items.resize(kItemsMax);
    list.items.push_back(
        {fill(page.edition.words.brief.and_more, {{"number", text(std::to_string(more))}})});
  }
  if (!list.items.empty()) {
    section.blocks.emplace_back(std::move(list));
  }
  return section;
}

/// Each step with its deadline, nothing else.
Section step_titles(const BriefPage& page) {
  const BriefWords& words = page.edition.words.brief;
  List list;
  for (const Step& step : page.edition.protocol.steps) {
    if (page.part.plays(step.responsible)) {
      Text line = weighted(title_of(page.edition, step), Weight::strong);
      if (!step.deadlines.empty()) {
        line +=
            text(", ") + fill(page.edition.words.phrase.within,
                              {{"duration", duration(page.edition, step.deadlines.back().within)}});
      }
      list.items.push_back({std::move(line)});
    }
  }
  Section section = listed_section(page, words.steps, std::move(list));
  if (!section.blocks.empty()) {
    section.blocks.emplace_back(Paragraph{text(words.elsewhere)});
  }
  return section;
}

}  // namespace

Section steps_section(const BriefPage& page) {
  const Edition& edition = page.edition;
  const BriefWords& words = edition.words.brief;
  if (!page.says(Detail::essential)) {
    return step_titles(page);
  }
  Table table;
  table.name = "steps";
  table.widths = {38, 25, 18, 19};
  table.caption = fill(words.steps_caption, {{"partner", title_of(edition, page.part.partner)}});
  for (const std::string_view column : {words.step, words.opens, words.deadline, words.late}) {
    table.columns.push_back({text(column)});
  }
  for (const Step& step : edition.protocol.steps) {
    if (page.part.plays(step.responsible)) {
      table.rows.push_back(
          {{},
           {step_lines(page, step),
            opening_lines(edition, page.part, step),
            deadline_lines(edition, page.part, step, page.says(Detail::without_guidance)),
            late_lines(edition, step.late, step.outcomes)}});
    }
  }
  Section section{std::string(words.steps), Width::full, {}};
  if (!table.rows.empty()) {
    section.blocks.emplace_back(std::move(table));
  }
  return section;
}

Section reviews_section(const BriefPage& page) {
  const Edition& edition = page.edition;
  List list;
  for (const Step& step : edition.protocol.steps) {
    if (step.review && page.part.plays_any(step.review->by)) {
      list.items.push_back({fill(edition.words.brief.review_item,
                                 {{"step", weighted(title_of(edition, step), Weight::strong)},
                                  {"role", title_of(edition, step.responsible)}}) +
                            review_text(page, *step.review) + quorum_text(edition, *step.review)});
    }
  }
  return listed_section(page, edition.words.brief.reviews, std::move(list));
}

Section supports_section(const BriefPage& page) {
  const Edition& edition = page.edition;
  List list;
  for (const Step& step : edition.protocol.steps) {
    if (page.part.plays_any(step.with) && !page.part.plays(step.responsible)) {
      list.items.push_back({fill(edition.words.brief.support_item,
                                 {{"step", weighted(title_of(edition, step), Weight::strong)},
                                  {"role", role_with_partner(edition, step.responsible)}})});
    }
  }
  return listed_section(page, edition.words.brief.supports, std::move(list));
}

Section deputies_section(const BriefPage& page) {
  const Edition& edition = page.edition;
  List list;
  for (const PlayedRole& played : page.part.roles) {
    if (played.how != Playing::as_deputy) {
      continue;
    }
    Lines steps;
    for (const Step& step : edition.protocol.steps) {
      if (step.responsible == played.role || (step.review && step.review->is_by(played.role))) {
        steps.push_back(quoted_title(edition, step));
      }
    }
    if (!steps.empty()) {
      const model::Role& role = edition.protocol[played.role];
      list.items.push_back({fill(edition.words.brief.deputy_item,
                                 {{"partner", title_of(edition, role.partners.front())},
                                  {"role", title_of(edition, played.role)},
                                  {"steps", listed(edition, steps)}})});
    }
  }
  return listed_section(page, edition.words.brief.deputies, std::move(list));
}

Section meetings_section(const BriefPage& page) {
  List list;
  for (const model::Session& session : page.edition.protocol.sessions) {
    add_session(list, page, session);
  }
  for (const model::Routine& routine : page.edition.protocol.routines) {
    add_routine(list, page, routine);
  }
  return listed_section(page, page.edition.words.brief.meetings, std::move(list));
}

}  // namespace protoflow::dsl::document
