// The end of a brief: what the partner receives and may see, whom it calls, how it leaves, where it
// signs.
#include <algorithm>

#include "dsl/document/brief_sections.hpp"
#include "dsl/print/wording.hpp"

namespace protoflow::dsl::document {
namespace {

using model::RoleId;
using model::Step;

// ---- what it receives --------------------------------------------------------------------------

struct Patterns {
  std::string_view by_title, by_number;
};

/// By title; by number where there are many and room is short.
Text several(const BriefPage& page, const Patterns& patterns, const Lines& titles) {
  constexpr std::size_t kTitlesMax = 6;
  return page.says(Detail::without_guidance) || titles.size() <= kTitlesMax
             ? fill(patterns.by_title, {{"steps", listed(page.edition, titles)}})
             : fill(patterns.by_number, {{"number", text(std::to_string(titles.size()))}});
}

void add_lateness(List& list, const BriefPage& page) {
  const Edition& edition = page.edition;
  const BriefWords& words = edition.words.brief;
  Lines told;
  bool own = false;  // its own steps, told to another of its roles
  List by;
  for (const Step& step : edition.protocol.steps) {
    for (const model::LateRule& rule : step.late) {
      if (rule.action == model::LateAction::settle || !page.part.plays(rule.role)) {
        continue;
      }
      const Text title = quoted_title(edition, step);
      if (rule.action == model::LateAction::tell && !rule.by) {
        own = own || page.part.plays(step.responsible);
        if (!page.part.plays(step.responsible)) {
          told.push_back(title);
        }
        continue;
      }
      const std::string_view pattern = rule.action == model::LateAction::tell ? words.told_by
                                       : rule.by                              ? words.escalated_by
                                                                              : words.escalated;
      by.items.push_back(
          {fill(pattern,
                {{"step", title}, {"duration", rule.by ? duration(edition, *rule.by) : Text{}}})});
    }
  }
  for (const model::Routine& routine : edition.protocol.routines) {
    for (const model::LateRule& rule : routine.late) {
      if (rule.action == model::LateAction::tell && !rule.by && page.part.plays(rule.role)) {
        told.push_back(fill(edition.words.phrase.quoted, {{"text", title_of(edition, routine)}}));
      }
    }
  }
  if (own) {
    told.push_back(text(words.told_own));
  }
  if (!told.empty()) {
    list.items.push_back({several(page, {words.told, words.told_many}, told)});
  }
  list.items.insert(list.items.end(), by.items.begin(), by.items.end());
}

void add_news(List& list, const BriefPage& page) {
  const Edition& edition = page.edition;
  Lines news;
  for (const Step& step : edition.protocol.steps) {
    if (page.part.plays_any(step.informs)) {
      news.push_back(quoted_title(edition, step));
    }
  }
  if (!news.empty()) {
    const BriefWords& words = edition.words.brief;
    list.items.push_back({several(page, {words.informed, words.informed_many}, news)});
  }
}

void add_referrals(List& list, const BriefPage& page) {
  const Edition& edition = page.edition;
  const BriefWords& words = edition.words.brief;
  for (std::size_t i = 0; i < edition.protocol.roles.size(); ++i) {
    const RoleId id{static_cast<std::uint16_t>(i)};
    const model::Role& role = edition.protocol.roles[i];
    if (role.binding != model::Binding::chosen_by) {
      continue;
    }
    if (page.part.plays(id)) {
      list.items.push_back(
          {fill(words.referrals,
                {{"chooser", title_of(edition, role.chooser)}, {"role", title_of(edition, id)}})});
    }
    if (page.part.plays(role.chooser)) {
      list.items.push_back({fill(words.chooser, {{"role", title_of(edition, id)}})});
    }
  }
}

// ---- what it sees ------------------------------------------------------------------------------

struct Seen {
  List own;
  Lines hidden, as_deputy;
  std::size_t hidden_sensitive = 0;
};

Lines information_lines(const Edition& edition, const model::Information& information) {
  const BriefWords& words = edition.words.brief;
  Lines parts;
  if (information.sensitive) {
    parts.push_back(text(words.sensitive));
  }
  if (information.kept_after_closing) {
    parts.push_back(
        fill(words.kept, {{"duration", duration(edition, *information.kept_after_closing)}}));
  }
  Lines lines = {title_of(edition, information)};
  if (!parts.empty()) {
    lines.front() += text(", ", Weight::quiet) + weighted(details(parts), Weight::quiet);
  }
  return lines;
}

Seen sort_informations(const BriefPage& page) {
  Seen seen;
  for (const model::Information& information : page.edition.protocol.informations) {
    const bool as_deputy = std::ranges::any_of(
        information.seen_by, [&](RoleId role) { return page.part.stands_in_for(role); });
    if (sees(page.part, information)) {
      seen.own.items.push_back(information_lines(page.edition, information));
    } else if (as_deputy) {
      seen.as_deputy.push_back(title_of(page.edition, information));
    } else if (information.sensitive) {
      ++seen.hidden_sensitive;
    } else {
      seen.hidden.push_back(title_of(page.edition, information));
    }
  }
  return seen;
}

Lines consent_lines(const BriefPage& page, const model::Consent& consent) {
  const Edition& edition = page.edition;
  const BriefWords& words = edition.words.brief;
  Lines parts;
  if (!consent.purpose.empty()) {
    parts.push_back(fill(words.consent_purpose, {{"purpose", authored(edition, consent.purpose)}}));
  }
  if (consent.lasts) {
    parts.push_back(fill(words.consent_lasts, {{"duration", duration(edition, *consent.lasts)}}));
  }
  Lines lines = {fill(
      words.consent_item,
      {{"consent", text(consent.name, Weight::strong)}, {"title", title_of(edition, consent)}})};
  if (!parts.empty()) {
    lines.push_back(weighted(details(parts), Weight::quiet));
  }
  return lines;
}

void add_consents(Section& section, const BriefPage& page) {
  List list;
  for (const model::Consent& consent : page.edition.protocol.consents) {
    if (page.part.plays_any(consent.with)) {
      list.items.push_back(consent_lines(page, consent));
    }
  }
  if (!list.items.empty()) {
    section.blocks.emplace_back(Paragraph{text(page.edition.words.brief.consents)});
    section.blocks.emplace_back(std::move(list));
  }
}

// ---- whom it calls -----------------------------------------------------------------------------

/// The roles that a step of this partner's brings it to, the coordinating one first.
std::vector<RoleId> called_roles(const BriefPage& page) {
  const model::Protocol& protocol = page.edition.protocol;
  std::vector<RoleId> roles = {protocol.coordinated_by};
  for (const PlayedRole& played : page.part.roles) {
    roles.push_back(protocol[played.role].chooser);
    roles.push_back(protocol[played.role].supervisor);
  }
  for (const Step& step : protocol.steps) {
    if (!page.part.plays(step.responsible)) {
      if (page.part.plays_any(step.with) || (step.review && page.part.plays_any(step.review->by))) {
        roles.push_back(step.responsible);
      }
      continue;
    }
    for (const model::LateRule& rule : step.late) {
      roles.push_back(rule.role);
    }
    if (step.review) {
      roles.insert(roles.end(), step.review->by.begin(), step.review->by.end());
    }
    roles.insert(roles.end(), step.with.begin(), step.with.end());
  }
  return roles;
}

struct Called {
  model::PartnerId partner;
  std::vector<RoleId> roles;
};

/// By partner, in the order in which they come; not the partner itself, nor whoever is chosen.
std::vector<Called> called_partners(const BriefPage& page) {
  const model::Protocol& protocol = page.edition.protocol;
  std::vector<Called> called;
  for (const RoleId role : called_roles(page)) {
    if (!role.known() || protocol[role].partners.empty() ||
        protocol[role].binding == model::Binding::chosen_by ||
        protocol[role].partners.front() == page.part.partner) {
      continue;
    }
    const model::PartnerId partner = protocol[role].partners.front();
    auto found = std::ranges::find(called, partner, &Called::partner);
    if (found == called.end()) {
      found = called.insert(called.end(), {partner, {}});
    }
    if (std::ranges::find(found->roles, role) == found->roles.end()) {
      found->roles.push_back(role);
    }
  }
  return called;
}

Text contact_of(const Edition& edition, model::PartnerId partner) {
  const std::string& contact = edition.protocol[partner].contact;
  return contact.empty() ? text(edition.words.brief.no_contact) : authored(edition, contact);
}

// ---- how it leaves -----------------------------------------------------------------------------

Text leave_line(const BriefPage& page, const PlayedRole& played) {
  const Edition& edition = page.edition;
  const BriefWords& words = edition.words.brief;
  const Successor next = successor(edition.protocol, played.role, page.part.partner);
  const std::string_view pattern = !next.partner.known()              ? words.leave_nobody
                                   : next.role == played.role         ? words.leave_deputy
                                   : played.how == Playing::if_chosen ? words.leave_chosen
                                                                      : words.leave_stand_in;
  return fill(pattern,
              {{"role", weighted(title_of(edition, played.role), Weight::strong)},
               {"partner", title_of(edition, next.partner)},
               {"other", title_of(edition, next.role)}});
}

// ---- what is signed ----------------------------------------------------------------------------

Text agreement_text(const Edition& edition, const model::Agreement& agreement) {
  const BriefWords& words = edition.words.brief;
  Text line = agreement.by_all_partners
                  ? text(words.signed_by_all)
                  : fill(words.signed_by, {{"partners", titles_of(edition, agreement.partners)}});
  if (agreement.within) {
    line += fill(words.signed_within, {{"duration", duration(edition, *agreement.within)}});
  }
  if (agreement.renewed_every) {
    line += fill(words.renewed,
                 {{"every", text(every_text(*agreement.renewed_every, edition.language))}});
  }
  return line + text(". ") +
         text(agreement.cases_before_signature ? words.cases_before : words.cases_after);
}

Signature side(const Edition& edition, const Text& partner) {
  Signature side{
      weighted(fill(edition.words.brief.sign_here, {{"partner", partner}}), Weight::strong), {}};
  for (const std::string_view line : edition.words.brief.sign_lines) {
    side.lines.emplace_back(line);
  }
  return side;
}

}  // namespace

Section receives_section(const BriefPage& page) {
  const Edition& edition = page.edition;
  const BriefWords& words = edition.words.brief;
  const auto& steps = edition.protocol.steps;
  List list;
  const bool works = std::ranges::any_of(
      steps, [&](const Step& step) { return page.part.plays(step.responsible); });
  const bool reminded = std::ranges::any_of(steps, [&](const Step& step) {
    return page.part.plays(step.responsible) && !step.remind_before.empty();
  });
  const bool reviews = std::ranges::any_of(
      steps, [&](const Step& step) { return step.review && page.part.plays_any(step.review->by); });
  const bool coordinates = page.part.plays(edition.protocol.coordinated_by);
  const auto add = [&](bool holds, std::string_view line) {
    if (holds) {
      list.items.push_back({text(line)});
    }
  };
  add_referrals(list, page);
  add(works, words.offers);
  add(reminded, words.reminders);
  add(reviews, words.review_requests);
  add_news(list, page);
  add_lateness(list, page);
  add(coordinates, words.declined);
  add(works || coordinates, words.closing);
  Section section{std::string(words.receives), Width::half, {}};
  if (!list.items.empty()) {
    section.blocks.emplace_back(std::move(list));
  }
  return section;
}

Section sees_section(const BriefPage& page) {
  const Edition& edition = page.edition;
  const BriefWords& words = edition.words.brief;
  Section section{std::string(words.sees), Width::half, {}};
  Seen seen = sort_informations(page);
  if (seen.own.items.empty()) {
    section.blocks.emplace_back(Paragraph{text(words.sees_none)});
  } else {
    section.blocks.emplace_back(std::move(seen.own));
  }
  const auto add = [&](std::string_view pattern, const Lines& titles) {
    if (!titles.empty()) {
      section.blocks.emplace_back(
          Paragraph{fill(pattern, {{"informations", parted(edition, titles)}})});
    }
  };
  add_consents(section, page);
  add(words.hidden, seen.hidden);
  add(words.deputy_sees, seen.as_deputy);
  if (seen.hidden_sensitive > 0) {
    section.blocks.emplace_back(Paragraph{
        fill(seen.hidden_sensitive == 1 ? words.hidden_sensitive : words.hidden_sensitive_many,
             {{"number", text(std::to_string(seen.hidden_sensitive))}})});
  }
  return section;
}

Section call_section(const BriefPage& page) {
  const Edition& edition = page.edition;
  const BriefWords& words = edition.words.brief;
  List list;
  for (const Called& called : called_partners(page)) {
    list.items.push_back({weighted(title_of(edition, called.partner), Weight::strong) +
                              text(edition.words.phrase.colon) +
                              contact_of(edition, called.partner),
                          weighted(titles_of(edition, called.roles), Weight::quiet)});
  }
  Section section{std::string(words.call), Width::half, {}};
  if (!list.items.empty()) {
    section.blocks.emplace_back(std::move(list));
  }
  return section;
}

Section leave_section(const BriefPage& page) {
  const Edition& edition = page.edition;
  const BriefWords& words = edition.words.brief;
  const model::RoleId coordination = edition.protocol.coordinated_by;
  Section section{std::string(words.leave), Width::half, {}};
  if (page.part.plays(coordination)) {
    section.blocks.emplace_back(Paragraph{text(words.leave_coordinator)});
  } else if (coordination.known()) {
    section.blocks.emplace_back(
        Paragraph{fill(words.leave_lead, {{"role", role_with_partner(edition, coordination)}})});
  }
  List list;
  for (const PlayedRole& played : page.part.roles) {
    if (played.how != Playing::as_deputy) {
      list.items.push_back({leave_line(page, played)});
    }
  }
  if (!list.items.empty()) {
    section.blocks.emplace_back(std::move(list));
  }
  return section;
}

Section agreement_section(const BriefPage& page) {
  const Edition& edition = page.edition;
  const BriefWords& words = edition.words.brief;
  const model::Protocol& protocol = edition.protocol;
  Section section{std::string(words.agreement), Width::full, {}};
  if (protocol.agreement) {
    section.blocks.emplace_back(Paragraph{agreement_text(edition, *protocol.agreement)});
  }
  if (protocol.replaces > 0) {
    section.blocks.emplace_back(
        Paragraph{fill(words.replaces,
                       {{"version", text(std::to_string(protocol.replaces))},
                        {"reason", authored(edition, protocol.replaces_because)}})});
  }
  const model::PartnerId coordinating = coordinating_partner(protocol);
  const bool other = coordinating.known() && coordinating != page.part.partner;
  section.blocks.emplace_back(Signatures{
      {side(edition, title_of(edition, page.part.partner)),
       side(edition, other ? title_of(edition, coordinating) : text(words.partnership))}});
  return section;
}

}  // namespace protoflow::dsl::document
