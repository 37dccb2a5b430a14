#include "dsl/compare/sentences.hpp"

#include <array>

#include "dsl/compare/phrases.hpp"
#include "dsl/print/filling.hpp"

namespace protoflow::dsl {
namespace {

constexpr ReportWords kFrench = {
    .title = "Ce qui change dans « {protocol} »",
    .meaning = "Empreinte du sens : {was} → {is}",
    .same_meaning = "Empreinte du sens : {is}",
    .no_change = "Rien ne change.",
    .everyone = "Pour tout le monde",
    .beneficiary = "Pour la personne accompagnée",
    .role = "Pour le rôle « {role} »",
    .partner = "Pour le partenaire « {partner} »",
    .nothing = "Rien ne change pour : {partners}.",
    .nothing_else = "Rien d’autre ne change pour : {partners}.",
};
constexpr ReportWords kEnglish = {
    .title = "What changes in “{protocol}”",
    .meaning = "Meaning hash: {was} → {is}",
    .same_meaning = "Meaning hash: {is}",
    .no_change = "Nothing changes.",
    .everyone = "For everyone",
    .beneficiary = "For the beneficiary",
    .role = "For the role “{role}”",
    .partner = "For the partner “{partner}”",
    .nothing = "Nothing changes for: {partners}.",
    .nothing_else = "Nothing else changes for: {partners}.",
};

// "10 working days" beside "15 working days" is said as "15".
std::string shortened(const Change& change) {
  const auto number_end = [](const std::string& phrase) {
    return phrase.find_first_not_of("0123456789");
  };
  const std::size_t was = number_end(change.was);
  const std::size_t is = number_end(change.is);
  const bool same_unit = was != 0 && is != 0 && was != std::string::npos &&
                         is != std::string::npos && change.was[was] == ' ' &&
                         change.was.substr(was) == change.is.substr(is);
  return same_unit ? change.was.substr(0, was) : change.was;
}

// A text that runs over several lines stands on one.
std::string on_one_line(const std::string& text) {
  std::string line;
  for (const char c : text) {
    const bool blank = c == ' ' || c == '\n' || c == '\r' || c == '\t';
    if (!blank || (!line.empty() && line.back() != ' ')) {
      line += blank ? ' ' : c;
    }
  }
  return line;
}

std::string_view form_of(const Sentences& sentences, ChangeKind kind) {
  switch (kind) {
    case ChangeKind::added:
      return sentences.added;
    case ChangeKind::removed:
      return sentences.removed;
    case ChangeKind::changed:
      break;
  }
  return sentences.changed;
}

}  // namespace

const ReportWords& report_words(model::Language language) {
  return language == model::Language::french ? kFrench : kEnglish;
}

std::string sentence(const Change& change, model::Language language) {
  const auto table = language == model::Language::french ? french_sentences() : english_sentences();
  const std::string was = change.kind == ChangeKind::changed ? shortened(change) : change.was;
  const std::array<Filling, 3> fillings = {{{"{name}", on_one_line(change.called)},
                                            {"{was}", on_one_line(was)},
                                            {"{is}", on_one_line(change.is)}}};
  return filled(form_of(table[static_cast<std::size_t>(change.member)], change.kind), fillings);
}

}  // namespace protoflow::dsl
