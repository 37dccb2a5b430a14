#include "dsl/compare/report.hpp"

#include <algorithm>
#include <array>

#include "dsl/compare/phrases.hpp"
#include "dsl/compare/report_json.hpp"
#include "dsl/compare/sentences.hpp"
#include "dsl/print/filling.hpp"

namespace protoflow::dsl {
namespace {

template <class Declaration>
const Declaration* declared(const std::vector<Declaration>& table, std::string_view name) {
  const auto found = std::ranges::find(table, name, &Declaration::name);
  return found == table.end() ? nullptr : &*found;
}

bool names(const std::vector<std::string>& list, std::string_view name) {
  return std::ranges::find(list, name) != list.end();
}

std::string with_one(std::string_view form, std::string_view place, const std::string& text) {
  const Filling filling{place, text};
  return filled(form, {&filling, 1});
}

/// Someone whom changes are told to, and under which heading.
struct Reader {
  std::string name, heading;
  std::vector<std::string> partners;  // of a role
};

std::vector<std::string> partners_of(const model::Protocol& protocol, const model::Role& role) {
  std::vector<std::string> found;
  found.reserve(role.partners.size());
  for (const auto partner : role.partners) {
    found.push_back(protocol[partner].name);
  }
  const bool anyone = role.binding == model::Binding::chosen_by && role.partners.empty();
  for (std::size_t i = 0; anyone && i < protocol.partners.size(); ++i) {
    found.push_back(protocol.partners[i].name);
  }
  return found;
}

Reader reader_of(const Comparison& comparison,
                 const model::Protocol& protocol,
                 const model::Role& role) {
  const auto& words = report_words(comparison.reader);
  if (role.binding == model::Binding::beneficiary) {
    return {std::string(phrase_words(comparison.reader).beneficiary),
            std::string(words.beneficiary),
            {}};
  }
  std::vector<std::string> titles;
  titles.reserve(role.partners.size());
  for (const auto partner : role.partners) {
    titles.push_back(called(protocol[partner]));
  }
  std::string heading = with_one(words.role, "{role}", called(role));
  heading += titles.empty() ? "" : " (" + listed(titles) + ")";
  return {role.name, std::move(heading), partners_of(protocol, role)};
}

// In the order of the new version; what was removed comes last.
std::vector<Reader> role_readers(const Comparison& comparison) {
  std::vector<Reader> readers;
  readers.reserve(comparison.now.roles.size());
  for (const auto& role : comparison.now.roles) {
    readers.push_back(reader_of(comparison, comparison.now, role));
  }
  for (const auto& role : comparison.was.roles) {
    const bool left = role.binding != model::Binding::beneficiary &&
                      declared(comparison.now.roles, role.name) == nullptr;
    if (left) {
      readers.push_back(reader_of(comparison, comparison.was, role));
    }
  }
  return readers;
}

std::vector<Reader> partner_readers(const Comparison& comparison) {
  const auto& words = report_words(comparison.reader);
  std::vector<Reader> readers;
  const auto add = [&](const model::Partner& partner) {
    readers.push_back({partner.name, with_one(words.partner, "{partner}", called(partner)), {}});
  };
  std::ranges::for_each(comparison.now.partners, add);
  for (const auto& partner : comparison.was.partners) {
    if (declared(comparison.now.partners, partner.name) == nullptr) {
      add(partner);
    }
  }
  return readers;
}

bool wants_role(const Audience& audience, const Reader& reader) {
  return (audience.role.empty() && audience.partner.empty()) || reader.name == audience.role ||
         names(reader.partners, audience.partner);
}

bool wants_partner(const Audience& audience, const Reader& reader) {
  return audience.role.empty() && (audience.partner.empty() || reader.name == audience.partner);
}

struct Section {
  std::string heading;
  std::vector<std::string> sentences;
};

void add_section(std::vector<Section>& sections, Section section) {
  if (!section.sentences.empty()) {
    sections.push_back(std::move(section));
  }
}

template <class Concerns>
std::vector<std::string> sentences_of(const Comparison& comparison,
                                      const std::vector<Change>& changes,
                                      Concerns concerns) {
  std::vector<std::string> sentences;
  for (const Change& change : changes) {
    if (concerns(change)) {
      sentences.push_back(sentence(change, comparison.reader));
    }
  }
  return sentences;
}

// A partner is told by its roles what concerns them, and by itself the rest.
std::vector<std::string> roles_of(const Comparison& comparison, std::string_view partner) {
  std::vector<std::string> roles;
  for (const Reader& reader : role_readers(comparison)) {
    if (names(reader.partners, partner)) {
      roles.push_back(reader.name);
    }
  }
  return roles;
}

std::vector<Section> sections_of(const Comparison& comparison,
                                 const std::vector<Change>& changes,
                                 const Audience& audience) {
  std::vector<Section> sections;
  add_section(
      sections,
      {std::string(report_words(comparison.reader).everyone),
       sentences_of(comparison, changes, [](const Change& change) { return change.everyone; })});
  for (const Reader& reader : role_readers(comparison)) {
    if (wants_role(audience, reader)) {
      add_section(sections,
                  {reader.heading, sentences_of(comparison, changes, [&](const Change& change) {
                     return names(change.roles, reader.name);
                   })});
    }
  }
  for (const Reader& reader : partner_readers(comparison)) {
    if (wants_partner(audience, reader)) {
      const auto told = roles_of(comparison, reader.name);
      add_section(sections,
                  {reader.heading, sentences_of(comparison, changes, [&](const Change& change) {
                     return names(change.partners, reader.name) &&
                            std::ranges::none_of(change.roles, [&](const std::string& role) {
                              return names(told, role);
                            });
                   })});
    }
  }
  return sections;
}

std::vector<std::string> touched_by(const Comparison& comparison,
                                    const std::vector<Change>& changes) {
  std::vector<std::string> touched;
  for (const Change& change : changes) {
    touched.insert(touched.end(), change.partners.begin(), change.partners.end());
  }
  for (const Reader& reader : role_readers(comparison)) {
    const bool concerned = std::ranges::any_of(
        changes, [&](const Change& change) { return names(change.roles, reader.name); });
    if (concerned) {
      touched.insert(touched.end(), reader.partners.begin(), reader.partners.end());
    }
  }
  return touched;
}

std::string untouched(const Comparison& comparison, const std::vector<Change>& changes) {
  const auto touched = touched_by(comparison, changes);
  std::vector<std::string> titles;
  for (const auto& partner : comparison.now.partners) {
    if (!names(touched, partner.name)) {
      titles.push_back(called(partner));
    }
  }
  return listed(titles);
}

std::string meaning_line(const Comparison& comparison) {
  const auto& words = report_words(comparison.reader);
  const bool same = comparison.meaning_was == comparison.meaning_now;
  const std::array<Filling, 2> fillings = {
      {{"{was}", comparison.meaning_was}, {"{is}", comparison.meaning_now}}};
  return filled(same ? words.same_meaning : words.meaning, fillings);
}

std::string capitalised(std::string sentence) {
  if (!sentence.empty() && sentence.front() >= 'a' && sentence.front() <= 'z') {
    sentence.front() = static_cast<char>(sentence.front() - 'a' + 'A');
  }
  return sentence;
}

std::string closing_line(const Comparison& comparison,
                         const std::vector<Change>& changes,
                         const Audience& audience) {
  const auto& words = report_words(comparison.reader);
  if (changes.empty()) {
    return std::string(words.no_change);
  }
  const std::string partners = untouched(comparison, changes);
  if (partners.empty() || !audience.role.empty() || !audience.partner.empty()) {
    return {};
  }
  const bool all_told = std::ranges::any_of(changes, &Change::everyone);
  return with_one(all_told ? words.nothing_else : words.nothing, "{partners}", partners);
}

/// How a format marks a title, a heading and an item, and which letters it would read as marks.
struct Marks {
  std::string_view title, heading, item, read_as_marks;
};

std::string plain(const std::string& text, const Marks& marks) {
  std::string escaped;
  for (const char c : text) {
    escaped += marks.read_as_marks.find(c) != std::string_view::npos ? "\\" : "";
    escaped += c;
  }
  return escaped;
}

std::string drawn(const Comparison& comparison,
                  const std::vector<Change>& changes,
                  const Audience& audience,
                  const Marks& marks) {
  const auto& words = report_words(comparison.reader);
  std::string text = std::string(marks.title) +
                     plain(with_one(words.title, "{protocol}", called(comparison.now)), marks) +
                     "\n";
  if (!comparison.meaning_now.empty()) {
    text += (marks.title.empty() ? "" : "\n") + meaning_line(comparison) + "\n";
  }
  for (const auto& [heading, sentences] : sections_of(comparison, changes, audience)) {
    text += "\n" + std::string(marks.heading) + plain(heading, marks) + "\n" +
            (marks.heading.empty() ? "" : "\n");
    for (const std::string& sentence : sentences) {
      text += std::string(marks.item) + plain(capitalised(sentence), marks) + ".\n";
    }
  }
  const std::string closing = closing_line(comparison, changes, audience);
  return closing.empty() ? text : text + "\n" + plain(closing, marks) + "\n";
}

}  // namespace

std::vector<std::string> unconcerned_partners(const Comparison& comparison,
                                              const std::vector<Change>& changes) {
  const auto touched = touched_by(comparison, changes);
  std::vector<std::string> partners;
  for (const auto& partner : comparison.now.partners) {
    if (!names(touched, partner.name)) {
      partners.push_back(partner.name);
    }
  }
  return partners;
}

Audience audience_named(const Comparison& comparison, std::string_view name) {
  for (const Reader& reader : role_readers(comparison)) {
    if (reader.name == name) {
      return {reader.name, {}};
    }
  }
  for (const Reader& reader : partner_readers(comparison)) {
    if (reader.name == name) {
      return {{}, reader.name};
    }
  }
  return {};
}

std::string report(const Comparison& comparison,
                   const std::vector<Change>& changes,
                   const Audience& audience,
                   ReportFormat format) {
  switch (format) {
    case ReportFormat::text:
      return drawn(comparison, changes, audience, {"", "", "  - ", ""});
    case ReportFormat::markdown:
      return drawn(comparison, changes, audience, {"# ", "## ", "- ", "\\*_`<[#"});
    case ReportFormat::json:
      break;
  }
  return report_json(comparison, changes);
}

}  // namespace protoflow::dsl
