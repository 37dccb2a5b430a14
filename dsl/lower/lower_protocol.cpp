#include <algorithm>

#include "dsl/files/gather.hpp"
#include "dsl/lower/lower.hpp"

namespace protoflow::dsl {
namespace {

constexpr std::int64_t kVersionMax = 1'000'000;

std::uint8_t week_day(Keyword word) {
  return static_cast<std::uint8_t>(static_cast<unsigned>(word) -
                                   static_cast<unsigned>(Keyword::monday));
}

void lower_working_days(Context& context, NodeIndex clause) {
  Cursor cursor(context.tree, clause);
  (void)cursor.take_word(Keyword::working_days);
  std::vector<NodeIndex> days;
  bool range = false;
  while (cursor.next() != kNoNode) {
    if (cursor.take_word(Keyword::to)) {
      range = true;
      continue;
    }
    const NodeIndex day = cursor.take(NodeKind::keyword);
    if (day == kNoNode) {
      return;
    }
    days.push_back(day);
  }
  std::uint8_t working = 0;
  if (range && days.size() == 2) {
    const std::uint8_t first = week_day(context.tree[days[0]].word),
                       last = week_day(context.tree[days[1]].word);
    if (first > last) {
      report(context, Code::empty_days, days[0], {});
    }
    for (unsigned day = first; day <= last; ++day) {
      working = static_cast<std::uint8_t>(working | (1U << day));
    }
  } else {
    for (const NodeIndex day : days) {
      working = static_cast<std::uint8_t>(working | (1U << week_day(context.tree[day].word)));
    }
  }
  context.protocol.calendar.working = working;
}

std::optional<std::chrono::minutes> clock_of(std::string_view text) {
  const std::size_t colon = text.find(':');
  int hour = 0;
  for (const char digit : text.substr(0, colon)) {
    hour = hour * 10 + (digit - '0');
  }
  const int minute = (text[colon + 1] - '0') * 10 + (text[colon + 2] - '0');
  if (hour > 24 || minute > 59 || hour * 60 + minute > 24 * 60) {
    return std::nullopt;
  }
  return std::chrono::minutes(hour * 60 + minute);
}

void lower_hours(Context& context, NodeIndex clause) {
  const Tree& tree = context.tree;
  std::vector<NodeIndex> clocks;
  for (const NodeIndex child : tree.children(clause)) {
    if (tree[child].kind == NodeKind::clock) {
      clocks.push_back(child);
    }
  }
  if (clocks.size() != 2) {
    return;
  }
  const auto opens = clock_of(context.text(clocks[0]));
  const auto closes = clock_of(context.text(clocks[1]));
  if (!opens || !closes || *opens >= *closes) {
    const Span both{tree[clocks[0]].begin, tree[clocks[1]].end};
    report_with(context,
                {.code = Code::no_such_hours,
                 .span = both,
                 .second = {},
                 .parameters = {std::string(context.source.text(both))},
                 .suggestion = {}});
    return;
  }
  context.protocol.calendar.opens = *opens;
  context.protocol.calendar.closes = *closes;
}

void sort_closed(std::vector<model::ClosedDay>& closed) {
  std::stable_sort(closed.begin(), closed.end(), [](const auto& left, const auto& right) {
    return left.day < right.day;
  });
  const auto same = [](const auto& left, const auto& right) { return left.day == right.day; };
  closed.erase(std::unique(closed.begin(), closed.end(), same), closed.end());
}

void lower_closed(Context& context, NodeIndex clause, std::vector<model::ClosedDay>& closed) {
  for (const NodeIndex child : context.tree.children(clause)) {
    if (context.tree[child].kind != NodeKind::closed_day) {
      continue;
    }
    Cursor cursor(context.tree, child);
    const auto day = day_of(context, cursor.take(NodeKind::date));
    if (day) {
      closed.push_back({*day, text_of(context, cursor.take(NodeKind::text))});
    }
  }
}

void lower_closed_as_in(Context& context, NodeIndex clause, std::vector<model::ClosedDay>& closed) {
  const NodeIndex leaf = context.tree.child(clause, NodeKind::text);
  if (leaf == kNoNode) {
    return;
  }
  const std::string written = text_of(context, leaf);
  if (!context.calendars.shelf.closed_days) {
    report(context, Code::read_alone, leaf, {written});
    return;
  }
  const SourceFile* file = context.source.file_of(context.tree[leaf].begin);
  const auto answer = closed_days(context.calendars, file == nullptr ? "" : file->path, written);
  if (!answer) {
    report_with(context, message_of(answer.error(), context.tree[leaf].span(), written));
    return;
  }
  if (answer->empty()) {
    report(context,
           Code::calendar_without_days,
           leaf,
           {written, std::to_string(kClosedFromYear), std::to_string(kClosedToYear)});
  }
  closed.insert(closed.end(), answer->begin(), answer->end());
}

void lower_replaces(Context& context, NodeIndex clause) {
  Cursor cursor(context.tree, clause);
  (void)cursor.take_word(Keyword::replaces);
  const auto number = whole_number(context, cursor.take(NodeKind::number), {1, kVersionMax});
  context.protocol.replaces = static_cast<std::uint32_t>(number.value_or(0));
  (void)cursor.take_word(Keyword::because);
  context.protocol.replaces_because = text_of(context, cursor.take(NodeKind::text));
}

void lower_protocol_clause(Context& context, NodeIndex clause) {
  const Tree& tree = context.tree;
  model::Protocol& protocol = context.protocol;
  const NodeIndex name = tree.child(clause, NodeKind::name);
  const NodeIndex text = tree.child(clause, NodeKind::text);
  const Keyword word = tree[clause].word;
  if (word == Keyword::version) {
    const auto number =
        whole_number(context, tree.child(clause, NodeKind::number), {1, kVersionMax});
    protocol.version = static_cast<std::uint32_t>(number.value_or(1));
  } else if (word == Keyword::replaces) {
    lower_replaces(context, clause);
  } else if (word == Keyword::objective) {
    protocol.objective = text_of(context, text);
  } else if (word == Keyword::audience) {
    protocol.audience = text_of(context, text);
  } else if (word == Keyword::value) {
    protocol.value = text_of(context, text);
  } else if (word == Keyword::coordinated_by) {
    protocol.coordinated_by = resolve_as<model::RoleId>(context, NameKind::role, name);
  } else if (word == Keyword::time_zone) {
    const NodeIndex zone = tree.child(clause, NodeKind::zone);
    protocol.time_zone = zone == kNoNode ? protocol.time_zone : std::string(context.text(zone));
  }
}

}  // namespace

void lower_protocol(Context& context, NodeIndex at) {
  Heading heading = heading_of(context, at);
  context.protocol.name = std::move(heading.name);
  context.protocol.title = std::move(heading.title);
  context.protocol.translations = translations_of(context, at);
  for (const NodeIndex clause : clauses_in(context.tree, at)) {
    lower_protocol_clause(context, clause);
  }
}

std::vector<model::ClosedDay> lower_closed_all(Context& context, NodeIndex at) {
  std::vector<model::ClosedDay> closed;
  for (const NodeIndex clause : clauses_in(context.tree, at)) {
    if (context.tree[clause].word == Keyword::closed_on) {
      lower_closed(context, clause, closed);
    } else if (context.tree[clause].word == Keyword::closed_as_in) {
      lower_closed_as_in(context, clause, closed);
    }
  }
  sort_closed(closed);
  return closed;
}

void lower_calendar(Context& context, NodeIndex at) {
  for (const NodeIndex clause : clauses_in(context.tree, at)) {
    const Keyword word = context.tree[clause].word;
    if (word == Keyword::working_days) {
      lower_working_days(context, clause);
    } else if (word == Keyword::hours) {
      lower_hours(context, clause);
    }
  }
  auto& closed = context.protocol.calendar.closed;
  const auto more = lower_closed_all(context, at);
  closed.insert(closed.end(), more.begin(), more.end());
  sort_closed(closed);
}

}  // namespace protoflow::dsl
