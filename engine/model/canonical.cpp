#include "engine/model/canonical.hpp"

#include <initializer_list>
#include <optional>
#include <string_view>
#include <vector>

// Structs are taken apart with structured bindings, all members at once: one that is added to the
// model does not compile here until it is written, or left out on purpose.
namespace protoflow::model {
namespace {

// ---- words
// ---------------------------------------------------------------------------------------------------------
// A line is a keyword and words. Texts and names are quoted, so no text can pass for another line
// or another word.

constexpr std::string_view kNothing = "-";

std::string quoted(std::string_view text) {
  std::string word = "\"";
  for (const char c : text) {
    if (c == '\n') {
      word += "\\n";
      continue;
    }
    if (c == '"' || c == '\\') {
      word += '\\';
    }
    word += c;
  }
  word += '"';
  return word;
}

std::string digits(std::int64_t number) {
  return std::to_string(number);
}

std::string yes_if(bool holds) {
  return holds ? "yes" : "no";
}

std::string in_words(const Duration& duration) {
  constexpr std::string_view kUnits[] = {
      "minutes", "hours", "days", "working_days", "weeks", "months", "years"};
  const auto& [amount, unit] = duration;
  return digits(amount) + ' ' + std::string(kUnits[static_cast<std::size_t>(unit)]);
}

std::string in_words(const std::optional<Duration>& duration) {
  return duration ? in_words(*duration) : std::string(kNothing);
}

template <class Declaration, class Tag>
std::string name_of(const std::vector<Declaration>& table, Id<Tag> id) {
  return id.value < table.size() ? quoted(table[id.value].name) : std::string(kNothing);
}

template <class Declaration, class Tag>
std::string names_of(const std::vector<Declaration>& table, const std::vector<Id<Tag>>& ids) {
  std::string words = "[";
  for (const Id<Tag> id : ids) {
    words += ' ' + name_of(table, id);
  }
  return words + " ]";
}

std::string texts_of(const std::vector<std::string>& texts) {
  std::string words = "[";
  for (const std::string& text : texts) {
    words += ' ' + quoted(text);
  }
  return words + " ]";
}

void line(std::string& out, std::string_view keyword, std::initializer_list<std::string> words) {
  out += keyword;
  for (const std::string& word : words) {
    out += ' ';
    out += word;
  }
  out += '\n';
}

// ---- conditions
// -----------------------------------------------------------------------------------------------------

std::string value_in_words(const Information& information, std::int64_t number) {
  const bool is_level =
      information.type == InformationType::scale || information.type == InformationType::one_of;
  const auto place = static_cast<std::size_t>(number);
  return is_level && number >= 0 && place < information.levels.size()
             ? quoted(information.levels[place])
             : digits(number);
}

std::string compared(const Protocol& protocol, const ConditionNode& node) {
  constexpr std::string_view kSigns[] = {"=", "!=", "<", "<=", ">", ">="};
  const std::string value = node.subject < protocol.informations.size()
                                ? value_in_words(protocol.informations[node.subject], node.number)
                                : digits(node.number);
  return name_of(protocol.informations, InformationId{node.subject}) + ' ' +
         std::string(kSigns[static_cast<std::size_t>(node.compare)]) + ' ' + value;
}

std::string outcome_of(const Protocol& protocol, const ConditionNode& node) {
  const StepId step{node.subject};
  if (node.subject >= protocol.steps.size() || node.number < 0 || node.number > 0xFFFF) {
    return std::string(kNothing);
  }
  return name_of(protocol.steps, step) + ' ' +
         name_of(protocol[step].outcomes, OutcomeId{static_cast<std::uint16_t>(node.number)});
}

std::string in_words(const Protocol& protocol, const ConditionNode& node) {
  switch (node.op) {
    case Op::all_of:
      return "all_of/" + digits(node.children);
    case Op::any_of:
      return "any_of/" + digits(node.children);
    case Op::at_least:
      return "at_least/" + digits(node.number) + '/' + digits(node.children);
    case Op::negate:
      return "not";
    case Op::step_settled:
      return "settled " + name_of(protocol.steps, StepId{node.subject});
    case Op::step_outcome:
      return "outcome " + outcome_of(protocol, node);
    case Op::step_not_needed:
      return "not_needed " + name_of(protocol.steps, StepId{node.subject});
    case Op::information_known:
      return "known " + name_of(protocol.informations, InformationId{node.subject});
    case Op::information:
      return "information " + compared(protocol, node);
    case Op::consent_given:
      return "given " + name_of(protocol.consents, ConsentId{node.subject});
  }
  return {};
}

/// Preorder with the number of operands: no bracket is needed to read it in one way only.
std::string in_words(const Protocol& protocol, const Condition& condition) {
  const auto& [nodes] = condition;
  std::string words = "(";
  for (const ConditionNode& node : nodes) {
    words += ' ' + in_words(protocol, node);
  }
  return words + " )";
}

// ---- who takes part
// -------------------------------------------------------------------------------------------------

void write_calendar(std::string& out, const Calendar& calendar) {
  const auto& [working, opens, closes, closed] = calendar;
  line(out, "working_days", {digits(working)});
  line(out, "hours", {digits(opens.count()), digits(closes.count())});
  for (const auto& [day, reason] : closed) {
    line(out, "closed_on", {digits(day.time_since_epoch().count()), quoted(reason)});
  }
}

void write_partner(std::string& out, const Protocol& protocol, const Partner& partner) {
  const auto& [name, title, brings, gains, speaks, contact] = partner;
  line(out, "partner", {quoted(name), quoted(title)});
  line(out, "brings", {names_of(protocol.competences, brings)});
  line(out, "gains", {quoted(gains)});
  line(out, "speaks", {texts_of(speaks)});
  line(out, "contact", {quoted(contact)});
}

void write_role(std::string& out, const Protocol& protocol, const Role& role) {
  constexpr std::string_view kBindings[] = {"beneficiary", "held_by", "chosen_by", "volunteer_of"};
  const auto& [name,
               title,
               binding,
               partners,
               chooser,
               answer_within,
               requires_competences,
               supervisor,
               cases_max,
               own_line] = role;
  line(out, "role", {quoted(name), quoted(title)});
  line(out, kBindings[static_cast<std::size_t>(binding)], {names_of(protocol.partners, partners)});
  line(out, "chooser", {name_of(protocol.roles, chooser), in_words(answer_within)});
  line(out, "requires", {names_of(protocol.competences, requires_competences)});
  line(out, "supervised_by", {name_of(protocol.roles, supervisor)});
  line(out, "cases_max", {cases_max ? digits(*cases_max) : std::string(kNothing)});
}

void write_information(std::string& out, const Protocol& protocol, const Information& information) {
  constexpr std::string_view kTypes[] = {"yes_or_no", "scale", "one_of", "number", "date", "text"};
  const auto& [name, title, type, levels, seen_by, sensitive, kept_after_closing] = information;
  line(out, "information", {quoted(name), quoted(title)});
  line(out, kTypes[static_cast<std::size_t>(type)], {texts_of(levels)});
  line(out, "seen_by", {names_of(protocol.roles, seen_by)});
  line(out, "sensitive", {yes_if(sensitive)});
  line(out, "kept_after_closing", {in_words(kept_after_closing)});
}

void write_consent(std::string& out, const Protocol& protocol, const Consent& consent) {
  const auto& [name, title, covers, with, purpose, lasts] = consent;
  line(out, "consent", {quoted(name), quoted(title)});
  line(out, "covers", {names_of(protocol.informations, covers)});
  line(out, "with", {names_of(protocol.roles, with)});
  line(out, "for", {quoted(purpose)});
  line(out, "lasts", {in_words(lasts)});
}

// ---- what happens
// -----------------------------------------------------------------------------------------------

void write_late(std::string& out,
                const Protocol& protocol,
                const std::vector<LateRule>& rules,
                const std::vector<Outcome>& outcomes) {
  constexpr std::string_view kActions[] = {"tell", "escalate", "settle"};
  for (const auto& [by, action, role, outcome] : rules) {
    line(out,
         "if_late",
         {in_words(by),
          std::string(kActions[static_cast<std::size_t>(action)]),
          name_of(protocol.roles, role),
          name_of(outcomes, outcome)});
  }
}

void write_outcomes(std::string& out, const Protocol& protocol, const Step& step) {
  for (const auto& [name, title, reopens, reopens_max, ends_case] : step.outcomes) {
    line(out,
         "outcome",
         {quoted(name),
          quoted(title),
          name_of(protocol.steps, reopens),
          digits(reopens_max),
          name_of(protocol.endings, ends_case)});
  }
}

void write_times(std::string& out, const Protocol& protocol, const Step& step) {
  line(out, "accept_within", {in_words(step.accept_within)});
  for (const auto& [within, from, when] : step.deadlines) {
    line(
        out, "within", {in_words(within), name_of(protocol.steps, from), in_words(protocol, when)});
  }
  for (const Duration& before : step.remind_before) {
    line(out, "remind_before", {in_words(before)});
  }
  write_late(out, protocol, step.late, step.outcomes);
  if (step.hold) {
    const auto& [at_most, reason] = *step.hold;
    line(out, "may_be_held", {in_words(at_most), quoted(reason)});
  }
}

void write_step(std::string& out, const Protocol& protocol, const Step& step) {
  const auto& [name,
               title,
               stage,
               after,
               when,
               unless,
               responsible,
               with,
               informs,
               addresses,
               requires_consents,
               asks_consent,
               accept_within,
               deadlines,
               remind_before,
               late,
               hold,
               records,
               outcomes,
               review,
               guidance,
               own_line,
               responsible_line] = step;
  line(out, "step", {quoted(name), quoted(title), name_of(protocol.stages, stage)});
  line(out, "after", {in_words(protocol, after)});
  line(out, "when", {in_words(protocol, when)});
  line(out, "unless", {in_words(protocol, unless)});
  line(out, "responsible", {name_of(protocol.roles, responsible)});
  line(out, "with", {names_of(protocol.roles, with)});
  line(out, "informs", {names_of(protocol.roles, informs)});
  line(out, "addresses", {names_of(protocol.needs, addresses)});
  line(out, "requires_consent", {names_of(protocol.consents, requires_consents)});
  line(out, "asks_consent", {name_of(protocol.consents, asks_consent)});
  write_times(out, protocol, step);
  line(out, "records", {names_of(protocol.informations, records)});
  write_outcomes(out, protocol, step);
  if (review) {
    const auto& [by, within, returns_max, review_line] = *review;
    line(out, "review", {name_of(protocol.roles, by), in_words(within), digits(returns_max)});
  }
  line(out, "guidance", {quoted(guidance)});
}

void write_routine(std::string& out, const Protocol& protocol, const Routine& routine) {
  constexpr std::string_view kPurposes[] = {"exchange", "feedback", "evaluation"};
  constexpr std::string_view kAnswers[] = {"scale", "yes_or_no", "text"};
  const auto& [name,
               title,
               purpose,
               every,
               for_first,
               then_every,
               for_each_case,
               responsible,
               with_all_partners,
               with,
               asks,
               within,
               late] = routine;
  line(out,
       "routine",
       {quoted(name), quoted(title), std::string(kPurposes[static_cast<std::size_t>(purpose)])});
  line(out, "every", {in_words(every), in_words(for_first), in_words(then_every)});
  line(out, "for_each_case", {yes_if(for_each_case)});
  line(out, "responsible", {name_of(protocol.roles, responsible)});
  line(out, "with", {yes_if(with_all_partners), names_of(protocol.roles, with)});
  for (const auto& [text, type, from, to] : asks) {
    line(out,
         "asks",
         {quoted(text),
          std::string(kAnswers[static_cast<std::size_t>(type)]),
          digits(from),
          digits(to)});
  }
  line(out, "within", {in_words(within)});
  write_late(out, protocol, late, {});
}

void write_ending(std::string& out, const Protocol& protocol, const Ending& ending) {
  constexpr std::string_view kCounts[] = {"success", "neutral", "setback"};
  const auto& [name,
               title,
               when,
               has_condition,
               immediately,
               at_any_time_by,
               counts_as,
               follow_ups] = ending;
  line(out, "ending", {quoted(name), quoted(title)});
  line(out, "when", {yes_if(has_condition), in_words(protocol, when)});
  line(out, "immediately", {yes_if(immediately)});
  line(out, "at_any_time_by", {name_of(protocol.roles, at_any_time_by)});
  line(out, "counts_as", {std::string(kCounts[static_cast<std::size_t>(counts_as)])});
  for (const auto& [own_name, own_title, responsible, within] : follow_ups) {
    line(out,
         "follow_up",
         {quoted(own_name),
          quoted(own_title),
          name_of(protocol.roles, responsible),
          in_words(within)});
  }
}

template <class Declaration, class Write>
void write_each(std::string& out,
                const Protocol& protocol,
                const std::vector<Declaration>& table,
                Write write) {
  for (const Declaration& declaration : table) {
    write(out, protocol, declaration);
  }
}

}  // namespace

std::string canonical(const Protocol& protocol) {
  const auto& [language,
               name,
               title,
               version,
               replaces,
               replaces_because,
               objective,
               audience,
               value,
               coordinated_by,
               time_zone,
               calendar,
               needs,
               competences,
               partners,
               roles,
               informations,
               consents,
               stages,
               steps,
               routines,
               endings,
               examples] = protocol;
  std::string out = "protoflow canonical 1\n";  // another way of writing is another number
  line(out, "protocol", {quoted(name), quoted(title)});
  line(out, "version", {digits(version), digits(replaces), quoted(replaces_because)});
  line(out, "objective", {quoted(objective)});
  line(out, "audience", {quoted(audience)});
  line(out, "value", {quoted(value)});
  line(out, "coordinated_by", {name_of(roles, coordinated_by)});
  line(out, "time_zone", {quoted(time_zone)});
  write_calendar(out, calendar);
  for (const auto& [own_name, own_title, guidance] : needs) {
    line(out, "need", {quoted(own_name), quoted(own_title), quoted(guidance)});
  }
  for (const auto& [own_name, own_title, guidance] : competences) {
    line(out, "competence", {quoted(own_name), quoted(own_title), quoted(guidance)});
  }
  write_each(out, protocol, partners, write_partner);
  write_each(out, protocol, roles, write_role);
  write_each(out, protocol, informations, write_information);
  write_each(out, protocol, consents, write_consent);
  for (const auto& [own_name, own_title] : stages) {
    line(out, "stage", {quoted(own_name), quoted(own_title)});
  }
  write_each(out, protocol, steps, write_step);
  write_each(out, protocol, routines, write_routine);
  write_each(out, protocol, endings, write_ending);
  return out;
}

}  // namespace protoflow::model
