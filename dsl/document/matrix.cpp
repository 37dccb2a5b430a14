#include "dsl/document/matrix.hpp"

#include <algorithm>

#include "dsl/source/utf8.hpp"

namespace protoflow::dsl::document {
namespace {

using model::RoleId;

/// Marks by RoleId, while the roles that matter are not known yet.
struct Marks {
  std::vector<std::array<bool, kMatrixMarks>> of_role;

  explicit Marks(const model::Protocol& protocol) : of_role(protocol.roles.size()) {}

  void set(RoleId role, MatrixMark mark) {
    if (role.known() && role.value < of_role.size()) {
      of_role[role.value][static_cast<std::size_t>(mark)] = true;
    }
  }

  void set(const std::vector<RoleId>& roles, MatrixMark mark) {
    for (const RoleId role : roles) {
      set(role, mark);
    }
  }

  [[nodiscard]] bool is(RoleId role, MatrixMark mark) const {
    return of_role[role.value][static_cast<std::size_t>(mark)];
  }
};

/// Who takes over: the role that stands in, the chooser of a role not yet given, and the roles that
/// a late step passes to.
void mark_deputies(Marks& marks, const model::Protocol& protocol, const model::Step& step) {
  const auto set = [&](RoleId role) {
    if (role.known() && !marks.is(role, MatrixMark::responsible)) {
      marks.set(role, MatrixMark::deputy);
    }
  };
  const model::Role& role = protocol[step.responsible];
  set(role.binding == model::Binding::chosen_by ? role.chooser : stand_in(protocol, role));
  for (const model::LateRule& rule : step.late) {
    if (rule.action == model::LateAction::escalate) {
      set(rule.role);
    }
  }
}

MatrixRow row_of(const Text& group, const Text& title, Marks marks) {
  return {group, title, std::move(marks.of_role)};
}

MatrixRow step_row(const Edition& edition, const model::Step& step, const Text& group) {
  Marks marks(edition.protocol);
  marks.set(step.responsible, MatrixMark::responsible);
  if (step.review) {
    marks.set(step.review->by, MatrixMark::reviewer);
  }
  marks.set(step.with, MatrixMark::with);
  marks.set(step.informs, MatrixMark::informed);
  if (step.responsible.known()) {
    mark_deputies(marks, edition.protocol, step);
  }
  return row_of(group, title_of(edition, step), std::move(marks));
}

void add_stage(Matrix& matrix, const Edition& edition, model::StageId stage) {
  const model::Protocol& protocol = edition.protocol;
  Text group = stage.known() ? title_of(edition, protocol.stages[stage.value])
                             : text(protocol.stages.empty() ? std::string_view()
                                                            : edition.words.matrix.no_stage);
  for (const model::Step& step : protocol.steps) {
    if (step.stage == stage) {
      matrix.rows.push_back(step_row(edition, step, group));
      group.clear();
    }
  }
}

void add_session(Matrix& matrix,
                 const Edition& edition,
                 const model::Session& session,
                 Text group) {
  const MatrixWords& words = edition.words.matrix;
  const Text title = title_of(edition, session);
  Marks marks(edition.protocol);
  marks.set(session.hosted_by, MatrixMark::responsible);
  marks.set(session.with, MatrixMark::with);
  matrix.rows.push_back(row_of(group, title, std::move(marks)));
  for (const model::Preparation& each : session.preparations) {
    Marks own(edition.protocol);
    own.set(each.responsible, MatrixMark::responsible);
    own.set(each.with, MatrixMark::with);
    matrix.rows.push_back(
        row_of({},
               fill(words.preparation, {{"session", title}, {"title", title_of(edition, each)}}),
               std::move(own)));
  }
  for (const model::FollowUp& each : session.follow_ups) {
    Marks own(edition.protocol);
    own.set(each.responsible, MatrixMark::responsible);
    matrix.rows.push_back(
        row_of({},
               fill(words.follow_up, {{"session", title}, {"title", title_of(edition, each)}}),
               std::move(own)));
  }
}

void add_routine(Matrix& matrix,
                 const Edition& edition,
                 const model::Routine& routine,
                 Text group) {
  Marks marks(edition.protocol);
  marks.set(routine.responsible, MatrixMark::responsible);
  marks.set(routine.with, MatrixMark::with);
  if (routine.with_all_partners) {
    for (std::size_t i = 1; i < edition.protocol.roles.size(); ++i) {
      const RoleId role{static_cast<std::uint16_t>(i)};
      if (role != routine.responsible) {
        marks.set(role, MatrixMark::with);
      }
    }
  }
  matrix.rows.push_back(row_of(group, title_of(edition, routine), std::move(marks)));
}

/// Leaves out the columns of roles that do nothing.
void keep_active_roles(Matrix& matrix, const model::Protocol& protocol) {
  for (std::size_t i = 0; i < protocol.roles.size(); ++i) {
    const bool active = std::ranges::any_of(matrix.rows, [i](const MatrixRow& row) {
      return std::ranges::find(row.marks[i], true) != row.marks[i].end();
    });
    if (active) {
      matrix.roles.push_back(RoleId{static_cast<std::uint16_t>(i)});
    }
  }
  for (MatrixRow& row : matrix.rows) {
    std::vector<std::array<bool, kMatrixMarks>> kept;
    for (const RoleId role : matrix.roles) {
      kept.push_back(row.marks[role.value]);
    }
    row.marks = std::move(kept);
  }
}

/// Whoever answers for the step or reviews it stands out.
Text letter(const MatrixWords& words, std::size_t mark) {
  return text(words.letters[mark], mark < 2 ? Weight::strong : Weight::plain);
}

Lines cell_lines(const Edition& edition, const std::array<bool, kMatrixMarks>& marks) {
  Text letters;
  for (std::size_t i = 0; i < kMatrixMarks; ++i) {
    if (marks[i]) {
      letters += letters.empty() ? Text{} : text(" ");
      letters += letter(edition.words.matrix, i);
    }
  }
  return {letters};
}

List legend(const MatrixWords& words) {
  List list;
  for (std::size_t i = 0; i < kMatrixMarks; ++i) {
    list.items.push_back({letter(words, i) + text(" ") + text(words.names[i]) + text(", ") +
                          text(words.meanings[i], Weight::quiet)});
  }
  return list;
}

std::string field(std::string_view text) {
  std::string escaped = "\"";
  constexpr std::string_view kFormula = "=+-@\t\r";
  const std::size_t start = std::min(text.find_first_not_of(" \u00a0"), text.size());
  if (start < text.size() && kFormula.find(text[start]) != std::string_view::npos) {
    escaped += '\'';
  }
  for (const char c : text) {
    escaped += c == '"' ? "\"\"" : std::string(1, c);
  }
  return escaped + "\"";
}

std::string record(const std::vector<std::string>& fields) {
  std::string line;
  for (const std::string& each : fields) {
    line += (line.empty() ? "" : ",") + field(each);
  }
  return line + "\r\n";
}

std::string mark_names(const MatrixWords& words, const std::array<bool, kMatrixMarks>& marks) {
  std::string names;
  for (std::size_t i = 0; i < kMatrixMarks; ++i) {
    if (marks[i]) {
      names += (names.empty() ? std::string() : std::string(words.separator)) +
               std::string(words.names[i]);
    }
  }
  return names;
}

}  // namespace

Matrix role_matrix(const Edition& edition) {
  const model::Protocol& protocol = edition.protocol;
  Matrix matrix;
  for (std::size_t i = 0; i < protocol.stages.size(); ++i) {
    add_stage(matrix, edition, model::StageId{static_cast<std::uint16_t>(i)});
  }
  add_stage(matrix, edition, model::StageId{});
  Text group = text(edition.words.matrix.sessions);
  for (const model::Session& session : protocol.sessions) {
    add_session(matrix, edition, session, group);
    group.clear();
  }
  group = text(edition.words.matrix.routines);
  for (const model::Routine& routine : protocol.routines) {
    add_routine(matrix, edition, routine, group);
    group.clear();
  }
  keep_active_roles(matrix, protocol);
  return matrix;
}

Document matrix_document(const Edition& edition) {
  const MatrixWords& words = edition.words.matrix;
  const Matrix matrix = role_matrix(edition);
  Table table;
  table.name = matrix.roles.size() > 11 ? "matrix many" : "matrix";
  table.caption = text(words.caption);
  table.columns.push_back({text(words.step)});
  for (const RoleId role : matrix.roles) {
    Lines column = {title_of(edition, role)};
    if (Text holders = holders_of(edition, edition.protocol[role]); !holders.empty()) {
      column.push_back(weighted(std::move(holders), Weight::quiet));
    }
    table.columns.push_back(std::move(column));
  }
  for (const MatrixRow& row : matrix.rows) {
    if (!row.group.empty()) {
      table.rows.push_back({row.group, {}});
    }
    std::vector<Lines> cells = {{row.title}};
    for (const auto& marks : row.marks) {
      cells.push_back(cell_lines(edition, marks));
    }
    table.rows.push_back({{}, std::move(cells)});
  }
  Document document;
  document.kind = "matrix";
  document.language = edition.language;
  document.landscape = true;
  document.setting = matrix.rows.size() > 24 ? Setting::close : Setting::normal;
  document.title = text(words.title);
  document.subtitle = title_text(
      edition, edition.protocol.title, edition.protocol.name, edition.protocol.translations);
  document.sections.push_back({"", Width::full, {legend(words), std::move(table)}});
  document.footer = imprint(edition);
  return document;
}

std::string matrix_csv(const Edition& edition) {
  const MatrixWords& words = edition.words.matrix;
  const Matrix matrix = role_matrix(edition);
  std::vector<std::string> head = {std::string(words.stage), std::string(words.step)};
  std::vector<std::string> holders = {"", std::string(words.partner)};
  for (const RoleId role : matrix.roles) {
    head.push_back(plain(title_of(edition, role)));
    holders.push_back(plain(holders_of(edition, edition.protocol[role])));
  }
  std::string csv = "\uFEFF" + record(head) + record(holders);
  std::string group;
  for (const MatrixRow& row : matrix.rows) {
    group = row.group.empty() ? group : plain(row.group);
    std::vector<std::string> fields = {group, plain(row.title)};
    for (const auto& marks : row.marks) {
      fields.push_back(mark_names(words, marks));
    }
    csv += record(fields);
  }
  return csv;
}

}  // namespace protoflow::dsl::document
