#include "dsl/lower/context.hpp"

#include <algorithm>
#include <charconv>

#include "dsl/diagnostic/nearest.hpp"
#include "dsl/syntax/lexicon.hpp"
#include "dsl/syntax/scan.hpp"

namespace protoflow::dsl {
namespace {

constexpr std::int64_t kDurationMax = 10'000;

struct UnitRow {
  Keyword word;
  model::DurationUnit unit;
};

constexpr UnitRow kUnits[] = {
    {Keyword::unit_minutes, model::DurationUnit::minutes},
    {Keyword::unit_hours, model::DurationUnit::hours},
    {Keyword::unit_days, model::DurationUnit::days},
    {Keyword::unit_working_days, model::DurationUnit::working_days},
    {Keyword::unit_weeks, model::DurationUnit::weeks},
    {Keyword::unit_months, model::DurationUnit::months},
    {Keyword::unit_years, model::DurationUnit::years},
};

int digits(std::string_view text, std::size_t at, std::size_t count) {
  int value = 0;
  (void)std::from_chars(
      text.data() + at, text.data() + at + count, value);  // the grammar saw digits
  return value;
}

bool is_beneficiary(const Context& context, NodeIndex leaf) {
  const WordMatch word =
      context.words_at(leaf).longest(context.source.text(), context.tree[leaf].begin);
  return word.has(Keyword::beneficiary) && word.end == context.tree[leaf].end;
}

// "une information, une étape ou un consentement".
std::string any_of_kinds(const std::vector<NameKind>& kinds, model::Language language) {
  std::string result;
  for (std::size_t i = 0; i < kinds.size(); ++i) {
    const bool last = i + 1 == kinds.size();
    const std::string_view joint = language == model::Language::french ? " ou " : " or ";
    result += i == 0 ? "" : last ? joint : ", ";
    result += kind_phrase(kinds[i], language);
  }
  return result;
}

// Nobody declares the beneficiary: then there is no place.
std::optional<Span> declared_at(const Context& context, NameKind kind, std::uint16_t id) {
  const Declared& declared = context.names.of(kind)[id];
  return declared.node == kNoNode ? std::nullopt : std::optional(declared.span);
}

}  // namespace

Cursor::Cursor(const Tree& tree, NodeIndex parent)
    : tree_(tree), at_(parent + 1), end_(parent + tree[parent].size) {
  skip_punctuation();
}

void Cursor::skip_punctuation() {
  while (at_ < end_ && tree_[at_].kind == NodeKind::punctuation) {
    ++at_;
  }
}

NodeIndex Cursor::next() const {
  return at_ < end_ ? at_ : kNoNode;
}

void Cursor::skip() {
  if (at_ < end_) {
    at_ += tree_[at_].size;
    skip_punctuation();
  }
}

NodeIndex Cursor::take(NodeKind kind) {
  if (at_ >= end_ || tree_[at_].kind != kind) {
    return kNoNode;
  }
  const NodeIndex taken = at_;
  skip();
  return taken;
}

bool Cursor::take_word(Keyword keyword) {
  if (at_ >= end_ || tree_[at_].kind != NodeKind::keyword || tree_[at_].word != keyword) {
    return false;
  }
  skip();
  return true;
}

std::vector<NodeIndex> Cursor::take_all(NodeKind kind) {
  std::vector<NodeIndex> taken;
  for (NodeIndex node = take(kind); node != kNoNode; node = take(kind)) {
    taken.push_back(node);
  }
  return taken;
}

void report(Context& context, Code code, NodeIndex at, std::vector<std::string> parameters) {
  report_with(context,
              {.code = code,
               .span = context.tree[at].span(),
               .second = {},
               .parameters = std::move(parameters),
               .suggestion = {}});
}

void report_with(Context& context, Diagnostic diagnostic) {
  add(context.diagnostics, std::move(diagnostic));
}

// A line that could not be read to its end has had its message.
bool on_a_broken_line(const Context& context, NodeIndex leaf) {
  const std::uint32_t line = context.source.line_of(context.tree[leaf].begin);
  return std::ranges::any_of(context.diagnostics, [&](const Diagnostic& told) {
    return told.code == Code::line_goes_on && context.source.line_of(told.span.begin) == line;
  });
}

void report_unknown_name(Context& context, const std::vector<NameKind>& kinds, NodeIndex leaf) {
  const std::string name = name_of(context.tree, leaf, context.source.text());
  if (context.names.doubtful(name) || on_a_broken_line(context, leaf) ||
      context.diagnostics.size() >= kDiagnosticsMax) {
    return;
  }
  Diagnostic diagnostic{.code = Code::unknown_name,
                        .span = context.tree[leaf].span(),
                        .second = {},
                        .parameters = {name, any_of_kinds(kinds, context.language_at(leaf))},
                        .suggestion = {}};
  for (std::size_t i = 0; i < kNameKinds; ++i) {
    const auto kind = static_cast<NameKind>(i);
    if (const auto found = context.names.find(kind, name)) {
      diagnostic.code = Code::other_kind_of_name;
      diagnostic.parameters.insert(diagnostic.parameters.begin() + 1,
                                   std::string(kind_phrase(kind, context.language_at(leaf))));
      diagnostic.second = declared_at(context, kind, *found);
      report_with(context, std::move(diagnostic));
      return;
    }
  }
  std::vector<std::string> candidates;
  for (const NameKind kind : kinds) {
    for (const Declared& declared : context.names.of(kind)) {
      candidates.push_back(declared.name);
    }
    for (const auto& [spare, declared] : context.names.spare(kind)) {
      candidates.push_back(spare);
    }
  }
  diagnostic.suggestion = nearest(name, candidates);
  const bool may_be_a_double =
      std::ranges::any_of(kinds, [&](NameKind kind) { return context.names.doubled(kind); });
  if (diagnostic.suggestion.empty() && may_be_a_double) {
    return;
  }
  for (const NameKind kind : kinds) {
    if (const auto found = context.names.find(kind, diagnostic.suggestion)) {
      diagnostic.second = declared_at(context, kind, *found);
    }
  }
  report_with(context, std::move(diagnostic));
}

std::optional<std::uint16_t> resolve(Context& context, NameKind kind, NodeIndex leaf) {
  if (kind == NameKind::role && is_beneficiary(context, leaf)) {
    return model::kBeneficiary.value;
  }
  const auto found = context.names.find(kind, name_of(context.tree, leaf, context.source.text()));
  if (!found && !(context.shared && kind == NameKind::role)) {
    report_unknown_name(context, {kind}, leaf);
  }
  return found;
}

std::optional<std::int64_t> whole_number(Context& context, NodeIndex leaf, Range range) {
  if (leaf == kNoNode) {
    return std::nullopt;
  }
  const std::string_view digits_text = context.text(leaf);
  std::int64_t value = 0;
  const auto [end, error] =
      std::from_chars(digits_text.data(), digits_text.data() + digits_text.size(), value);
  const bool whole = error == std::errc{} && end == digits_text.data() + digits_text.size();
  if (!whole || value < range.from || value > range.to) {
    report(context,
           Code::number_out_of_range,
           leaf,
           {std::string(digits_text), std::to_string(range.from), std::to_string(range.to)});
    return std::nullopt;
  }
  return value;
}

std::optional<std::chrono::sys_days> day_of(Context& context, NodeIndex leaf) {
  if (leaf == kNoNode) {
    return std::nullopt;
  }
  const std::string_view text = context.text(leaf);
  const std::chrono::year_month_day day{
      std::chrono::year(digits(text, 0, 4)),
      std::chrono::month(static_cast<unsigned>(digits(text, 5, 2))),
      std::chrono::day(static_cast<unsigned>(digits(text, 8, 2)))};
  if (!day.ok()) {
    report(context, Code::no_such_date, leaf, {std::string(text)});
    return std::nullopt;
  }
  return std::chrono::sys_days(day);
}

std::optional<model::Duration> duration_of(Context& context, NodeIndex node) {
  if (node == kNoNode) {
    return std::nullopt;
  }
  Cursor cursor(context.tree, node);
  const NodeIndex number = cursor.take(NodeKind::number);
  const auto amount = number == kNoNode ? 1 : whole_number(context, number, {1, kDurationMax});
  const NodeIndex unit = cursor.take(NodeKind::keyword);
  if (!amount || unit == kNoNode) {
    return std::nullopt;
  }
  const auto* row =
      std::find_if(std::begin(kUnits), std::end(kUnits), [&](const UnitRow& candidate) {
        return candidate.word == context.tree[unit].word;
      });
  return model::Duration{static_cast<std::int32_t>(*amount), row->unit};
}

std::string text_of(const Context& context, NodeIndex leaf) {
  return leaf == kNoNode ? std::string() : unquoted(context.text(leaf));
}

}  // namespace protoflow::dsl
