#include "dsl/document/brief.hpp"

#include <algorithm>
#include <array>

#include "dsl/document/brief_sections.hpp"

namespace protoflow::dsl::document {
namespace {

using SectionOf = Section (*)(const BriefPage&);

constexpr std::array<SectionOf, 13> kSections = {people_section,
                                                 programme_section,
                                                 place_section,
                                                 steps_section,
                                                 reviews_section,
                                                 supports_section,
                                                 deputies_section,
                                                 meetings_section,
                                                 receives_section,
                                                 sees_section,
                                                 call_section,
                                                 leave_section,
                                                 agreement_section};

/// A way of setting a brief, and the bulk that its two A4 pages hold, measured on printed pages.
struct Attempt {
  Detail detail;
  Setting setting;
  std::size_t bulk_max;
};

// The first that holds is taken: readable before complete, once the steps are many.
constexpr std::array<Attempt, 9> kAttempts = {{{Detail::full, Setting::wide, 9600},
                                               {Detail::full, Setting::normal, 12000},
                                               {Detail::full, Setting::close, 15400},
                                               {Detail::without_guidance, Setting::close, 15400},
                                               {Detail::essential, Setting::close, 16700},
                                               {Detail::essential, Setting::closest, 21000},
                                               {Detail::titles, Setting::normal, 11500},
                                               {Detail::titles, Setting::close, 14500},
                                               {Detail::titles, Setting::closest, 18000}}};

}  // namespace

Document brief_page(const BriefPage& page) {
  const Edition& edition = page.edition;
  Document document;
  document.kind = "brief";
  document.language = edition.language;
  document.title = title_of(edition, page.part.partner);
  document.subtitle = fill(
      edition.words.brief.subtitle,
      {{"protocol",
        title_text(
            edition, edition.protocol.title, edition.protocol.name, edition.protocol.translations)},
       {"version", text(std::to_string(edition.protocol.version))}});
  document.footer = imprint(edition);
  for (const SectionOf section_of : kSections) {
    Section section = section_of(page);
    if (!section.blocks.empty()) {
      document.sections.push_back(std::move(section));
    }
  }
  return document;
}

Text details(const Lines& parts) {
  return joined(parts, " · ", " · ");
}

Document partner_brief(const Edition& edition, model::PartnerId partner) {
  const Part part = part_of(edition.protocol, partner);
  Document document;
  for (const Attempt& attempt : kAttempts) {
    document = brief_page({edition, part, attempt.detail});
    document.setting = attempt.setting;
    if (bulk(document) <= attempt.bulk_max) {
      break;
    }
  }
  return document;
}

}  // namespace protoflow::dsl::document
