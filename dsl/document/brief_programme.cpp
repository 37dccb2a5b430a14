// The first half of a brief: the people, the programme, the partner's place in it.
#include <algorithm>

#include "dsl/document/brief_sections.hpp"

namespace protoflow::dsl::document {
namespace {

Text led(std::string_view lead, const Text& words) {
  return text(lead, Weight::strong) + words;
}

Lines role_lines(const BriefPage& page, const PlayedRole& played) {
  const Edition& edition = page.edition;
  const BriefWords& words = edition.words.brief;
  const model::Role& role = edition.protocol[played.role];
  Lines parts;
  switch (played.how) {
    case Playing::holds:
      break;
    case Playing::volunteers:
      if (role.supervisor.known()) {
        parts.push_back(fill(words.role_volunteer, {{"role", title_of(edition, role.supervisor)}}));
      }
      break;
    case Playing::if_chosen:
      parts.push_back(fill(words.role_chosen, {{"role", title_of(edition, role.chooser)}}));
      if (role.answer_within) {
        parts.push_back(
            fill(words.answer_within, {{"duration", duration(edition, *role.answer_within)}}));
      }
      break;
    case Playing::as_deputy:
      parts.push_back(
          fill(words.role_deputy, {{"partner", title_of(edition, role.partners.front())}}));
      break;
  }
  if (role.cases_max) {
    parts.push_back(fill(words.cases_max, {{"number", text(std::to_string(*role.cases_max))}}));
  }
  Lines lines = {weighted(title_of(edition, played.role), Weight::strong)};
  if (!parts.empty()) {
    lines.push_back(weighted(details(parts), Weight::quiet));
  }
  return lines;
}

}  // namespace

Section people_section(const BriefPage& page) {
  const Edition& edition = page.edition;
  Section section{edition.words.brief.people.data(), Width::half, {}};
  if (const Text audience = authored(edition, edition.protocol.audience); !audience.empty()) {
    section.blocks.emplace_back(Paragraph{audience});
  }
  List needs;
  for (const model::Need& need : edition.protocol.needs) {
    Lines lines = {weighted(title_of(edition, need), Weight::strong)};
    if (page.says(Detail::without_guidance) && !need.guidance.empty()) {
      lines.push_back(authored(edition, need.guidance));
    }
    needs.items.push_back(std::move(lines));
  }
  if (!needs.items.empty()) {
    section.blocks.emplace_back(std::move(needs));
  }
  return section;
}

Section programme_section(const BriefPage& page) {
  const Edition& edition = page.edition;
  const BriefWords& words = edition.words.brief;
  Section section{std::string(words.programme), Width::half, {}};
  const auto add = [&](std::string_view lead, std::string_view said) {
    if (const Text own = authored(edition, said); !own.empty()) {
      section.blocks.emplace_back(Paragraph{led(lead, own)});
    }
  };
  add(words.objective, edition.protocol.objective);
  add(words.value, edition.protocol.value);
  return section;
}

Section place_section(const BriefPage& page) {
  const Edition& edition = page.edition;
  const BriefWords& words = edition.words.brief;
  const model::Partner& partner = edition.protocol[page.part.partner];
  Section section{std::string(words.your_place), Width::half, {}};
  Lines brings;
  for (const model::CompetenceId competence : partner.brings) {
    brings.push_back(title_of(edition, edition.protocol.competences[competence.value]));
  }
  if (!brings.empty()) {
    section.blocks.emplace_back(Paragraph{led(words.brings, parted(edition, brings))});
  }
  if (const Text gains = authored(edition, partner.gains); !gains.empty()) {
    section.blocks.emplace_back(Paragraph{led(words.gains, gains)});
  }
  List roles;
  for (const PlayedRole& played : page.part.roles) {
    roles.items.push_back(role_lines(page, played));
  }
  if (roles.items.empty()) {
    section.blocks.emplace_back(Paragraph{text(words.no_role)});
  } else {
    section.blocks.emplace_back(std::move(roles));
  }
  return section;
}

}  // namespace protoflow::dsl::document
