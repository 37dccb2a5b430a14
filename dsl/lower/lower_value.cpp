// Values of an information, and outcomes of a step, as they are written in conditions and examples.
#include <algorithm>
#include <charconv>

#include "dsl/diagnostic/nearest.hpp"
#include "dsl/lower/lower.hpp"

namespace protoflow::dsl {
namespace {

std::string quoted_list(const std::vector<std::string>& names) {
  std::string result;
  for (const std::string& name : names) {
    result += (result.empty() ? "" : ", ") + name;
  }
  return result;
}

struct Wanted {
  std::string_view french, english;
};

Wanted wanted_of(model::InformationType type) {
  switch (type) {
    case model::InformationType::yes_or_no:
      return {"« oui » ou « non »", "“yes” or “no”"};
    case model::InformationType::number:
      return {"un nombre", "a number"};
    case model::InformationType::date:
      return {"une date, par exemple 2027-05-03", "a date, for instance 2027-05-03"};
    case model::InformationType::text:
      return {"un texte entre guillemets", "a text between quotation marks"};
    case model::InformationType::scale:
    case model::InformationType::one_of:
      return {"une de ses valeurs", "one of its values"};
  }
  return {};
}

void report_value(Context& context, model::InformationId id, NodeIndex leaf) {
  const model::Information& information = context.protocol[id];
  if (context.names.doubtful(name_of(context.tree, leaf, context.source.text()))) {
    return;  // it may be a value on the line that could not be read
  }
  const Wanted wanted = wanted_of(information.type);
  const bool french = context.language() == model::Language::french;
  Diagnostic diagnostic{.code = Code::not_this_value,
                        .span = context.tree[leaf].span(),
                        .second = context.names.of(NameKind::information)[id.value].span,
                        .parameters = {std::string(context.text(leaf)),
                                       information.name,
                                       std::string(french ? wanted.french : wanted.english)},
                        .suggestion = {}};
  if (!information.levels.empty()) {
    diagnostic.code = Code::unknown_level;
    diagnostic.parameters[2] = quoted_list(information.levels);
    diagnostic.suggestion = nearest(diagnostic.parameters[0], information.levels);
  }
  report_with(context, std::move(diagnostic));
}

// `12.5` -> 12500.
std::optional<std::int64_t> thousandths(std::string_view text) {
  const std::size_t point = std::min(text.find('.'), text.size());
  std::int64_t whole = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + point, whole);
  if (error != std::errc{} || whole > 1'000'000'000) {
    return std::nullopt;
  }
  std::int64_t part = 0;
  for (std::size_t i = 1; i <= 3; ++i) {
    const bool digit = point + i < text.size();
    part = part * 10 + (digit ? text[point + i] - '0' : 0);
  }
  return whole * 1000 + part;
}

}  // namespace

std::optional<model::Value> lower_value(Context& context, model::InformationId id, NodeIndex leaf) {
  const model::Information& information = context.protocol[id];
  const Node& node = context.tree[leaf];
  using model::InformationType;
  const bool yes = node.kind == NodeKind::keyword && node.word == Keyword::yes;
  const bool no = node.kind == NodeKind::keyword && node.word == Keyword::no;
  if (information.type == InformationType::yes_or_no && (yes || no)) {
    return model::Value{yes ? 1 : 0, {}};
  }
  if (information.type == InformationType::number && node.kind == NodeKind::number) {
    if (const auto number = thousandths(context.text(leaf))) {
      return model::Value{*number, {}};
    }
  }
  if (information.type == InformationType::date && node.kind == NodeKind::date) {
    const auto day = day_of(context, leaf);
    return day ? std::optional(model::Value{day->time_since_epoch().count(), {}}) : std::nullopt;
  }
  if (information.type == InformationType::text && node.kind == NodeKind::text) {
    return model::Value{0, text_of(context, leaf)};
  }
  const auto level = std::find(information.levels.begin(),
                               information.levels.end(),
                               name_of(context.tree, leaf, context.source.text()));
  if (level != information.levels.end()) {
    return model::Value{level - information.levels.begin(), {}};
  }
  report_value(context, id, leaf);
  return std::nullopt;
}

model::OutcomeId resolve_outcome(Context& context, model::StepId step, NodeIndex leaf) {
  const auto& outcomes = context.protocol[step].outcomes;
  const std::string name = name_of(context.tree, leaf, context.source.text());
  std::vector<std::string> known;
  for (std::size_t i = 0; i < outcomes.size(); ++i) {
    if (outcomes[i].name == name) {
      return model::OutcomeId{static_cast<std::uint16_t>(i)};
    }
    known.push_back(outcomes[i].name);
  }
  const NodeIndex declaration = context.names.of(NameKind::step)[step.value].node;
  if (context.names.doubtful(name) || context.diagnostics.size() >= kDiagnosticsMax) {
    return {};
  }
  const bool implicit =
      context.tree.child(declaration, NodeKind::clause, Keyword::outcome) == kNoNode;
  if (implicit) {
    const std::string done(context.words.canonical(Keyword::is_done));
    known = {context.language() == model::Language::french ? "« " + done + " »" : "“" + done + "”"};
  }
  report_with(context,
              {.code = Code::unknown_outcome,
               .span = context.tree[leaf].span(),
               .second = context.names.of(NameKind::step)[step.value].span,
               .parameters = {name, context.protocol[step].name, quoted_list(known)},
               .suggestion = implicit ? std::string() : nearest(name, known)});
  return {};
}

}  // namespace protoflow::dsl
