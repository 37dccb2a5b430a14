#include "dsl/document/phrases.hpp"

#include "dsl/document/translated.hpp"
#include "dsl/print/wording.hpp"

namespace protoflow::dsl::document {
namespace {

using model::ConditionNode;
using model::Op;
using model::Step;

std::string phrase(std::string_view pattern, Fillings fillings) {
  return plain(fill(pattern, fillings));
}

std::string compared(const Edition& edition, const ConditionNode& node, bool negated) {
  using model::Compare;
  const PhraseWords& words = edition.words.phrase;
  const model::Information& information = edition.protocol.informations[node.subject];
  const Text title = title_of(edition, information);
  if (information.type == model::InformationType::yes_or_no) {
    const bool yes = ((node.number != 0) == (node.compare == Compare::equal)) != negated;
    return phrase(yes ? words.yes : words.no, {{"information", title}});
  }
  constexpr std::array<Compare, 6> kContrary = {Compare::not_equal,
                                                Compare::equal,
                                                Compare::greater_equal,
                                                Compare::greater,
                                                Compare::less_equal,
                                                Compare::less};
  const auto compare = static_cast<std::size_t>(node.compare);
  const auto place = negated ? static_cast<std::size_t>(kContrary[compare]) : compare;
  const bool date = information.type == model::InformationType::date;
  return phrase((date ? words.dated : words.compared)[place],
                {{"information", title}, {"value", text(value_text(information, node.number))}});
}

std::string atom_phrase(const Edition& edition, const ConditionNode& node, bool negated) {
  const PhraseWords& words = edition.words.phrase;
  const model::Protocol& protocol = edition.protocol;
  switch (node.op) {
    case Op::step_settled:
      return plain(quoted_title(edition, protocol.steps[node.subject]));
    case Op::step_outcome: {
      const Step& step = protocol.steps[node.subject];
      const model::Outcome& outcome = step.outcomes[static_cast<std::size_t>(node.number)];
      const Text title = quoted_title(edition, step);
      if (step.outcomes.size() == 1 && !negated) {
        return plain(title);
      }
      return phrase(negated ? words.step_other_outcome : words.step_outcome,
                    {{"step", title}, {"outcome", title_of(edition, outcome)}});
    }
    case Op::step_not_needed:
      return phrase(negated ? words.step_needed : words.step_not_needed,
                    {{"step", quoted_title(edition, protocol.steps[node.subject])}});
    case Op::information_known:
      return phrase(negated ? words.unknown : words.known,
                    {{"information", title_of(edition, protocol.informations[node.subject])}});
    case Op::information:
      return compared(edition, node, negated);
    case Op::consent_given:
      return phrase(negated ? words.consent_refused : words.consent_given,
                    {{"consent", text(protocol.consents[node.subject].name)}});
    case Op::all_of:
    case Op::any_of:
    case Op::at_least:
    case Op::negate:
      break;
  }
  return {};
}

/// The condition, or only that there is one for whoever may not see what it looks at.
Text condition_for(const Edition& edition,
                   const Part& part,
                   std::string_view pattern,
                   const model::Condition& condition) {
  if (!sees_all_of(edition.protocol, part, condition)) {
    return text(edition.words.phrase.reserved_condition);
  }
  return fill(pattern, {{"condition", text(condition_phrase(edition, condition))}});
}

Text repeat_line(const Edition& edition, const Part& part, const model::Repeat& repeat) {
  const PhraseWords& words = edition.words.phrase;
  const Text until = sees_all_of(edition.protocol, part, repeat.until)
                         ? text(condition_phrase(edition, repeat.until))
                         : text(words.reserved_condition);
  Text line = fill(words.repeated,
                   {{"condition", until}, {"times", text(std::to_string(repeat.times_max))}});
  if (repeat.every) {
    line +=
        fill(words.repeated_every, {{"every", text(every_text(*repeat.every, edition.language))}});
  }
  return line;
}

}  // namespace

Text authored(const Edition& edition, std::string_view words) {
  const std::string line = one_line(words);
  if (line.empty()) {
    return {};
  }
  const bool foreign = edition.language != edition.protocol.language;
  return {{line,
           Weight::plain,
           foreign ? std::string(language_tag(edition.protocol.language)) : std::string()}};
}

Text title_text(const Edition& edition,
                std::string_view title,
                std::string_view name,
                const std::vector<model::Translation>& translations) {
  if (edition.language != edition.protocol.language) {
    if (const auto* translation = translation_in(edition.language, translations)) {
      return text(one_line(*translation));
    }
  }
  return authored(edition, title.empty() ? name : title);
}

Text title_of(const Edition& edition, const model::Outcome& outcome) {
  return authored(edition, outcome.title.empty() ? outcome.name : outcome.title);
}

Text title_of(const Edition& edition, const model::FollowUp& follow_up) {
  return authored(edition, follow_up.title.empty() ? follow_up.name : follow_up.title);
}

Text title_of(const Edition& edition, const model::Preparation& preparation) {
  return authored(edition, preparation.title.empty() ? preparation.name : preparation.title);
}

Text title_of(const Edition& edition, model::RoleId role) {
  if (!role.known()) {
    return {};
  }
  const model::Role& own = edition.protocol[role];
  return role == model::kBeneficiary ? text(edition.words.phrase.beneficiary)
                                     : title_of(edition, own);
}

Text title_of(const Edition& edition, model::PartnerId partner) {
  return partner.known() ? title_of(edition, edition.protocol[partner]) : Text{};
}

Text quoted_title(const Edition& edition, const Step& step) {
  return fill(edition.words.phrase.quoted, {{"text", title_of(edition, step)}});
}

Text listed(const Edition& edition, const Lines& parts) {
  return joined(parts, edition.words.phrase.comma, edition.words.phrase.and_last);
}

Text parted(const Edition& edition, const Lines& parts) {
  return joined(parts, edition.words.phrase.semicolon, edition.words.phrase.semicolon);
}

Text holders_of(const Edition& edition, const model::Role& role) {
  const PhraseWords& words = edition.words.phrase;
  if (role.binding == model::Binding::beneficiary) {
    return {};
  }
  if (role.binding == model::Binding::chosen_by) {
    return role.partners.empty()
               ? text(words.partner_chosen)
               : fill(words.chosen_among, {{"partners", titles_of(edition, role.partners)}});
  }
  if (role.partners.empty()) {
    return {};
  }
  const std::vector<model::PartnerId> deputies(role.partners.begin() + 1, role.partners.end());
  const Text first = title_of(edition, role.partners.front());
  return deputies.empty() || role.binding == model::Binding::volunteer_of
             ? first
             : fill(words.deputies,
                    {{"partner", first}, {"deputies", titles_of(edition, deputies)}});
}

Text role_with_partner(const Edition& edition, model::RoleId role) {
  if (!role.known()) {
    return {};
  }
  const model::Role& own = edition.protocol[role];
  const bool named =
      own.binding == model::Binding::held_by || own.binding == model::Binding::volunteer_of;
  if (!named || own.partners.empty()) {
    return title_of(edition, role);
  }
  return fill(
      edition.words.phrase.role_of_partner,
      {{"role", title_of(edition, role)}, {"partner", title_of(edition, own.partners.front())}});
}

std::string condition_phrase(const Edition& edition, const model::Condition& condition) {
  return condition_text(condition, edition.language, [&](const ConditionNode& node, bool negated) {
    return atom_phrase(edition, node, negated);
  });
}

Lines opening_lines(const Edition& edition, const Part& part, const Step& step) {
  const PhraseWords& words = edition.words.phrase;
  Lines lines;
  lines.push_back(
      step.after.empty()
          ? text(words.from_opening)
          : fill(words.after, {{"condition", text(condition_phrase(edition, step.after))}}));
  if (!step.when.empty()) {
    lines.push_back(condition_for(edition, part, words.when, step.when));
  }
  if (!step.unless.empty()) {
    lines.push_back(condition_for(edition, part, words.unless, step.unless));
  }
  if (step.through.known()) {
    lines.push_back(
        fill(words.through, {{"session", title_of(edition, edition.protocol[step.through])}}));
  }
  if (step.repeat) {
    lines.push_back(repeat_line(edition, part, *step.repeat));
  }
  return lines;
}

Lines deadline_lines(const Edition& edition,
                     const Part& part,
                     const Step& step,
                     bool with_reminders) {
  const PhraseWords& words = edition.words.phrase;
  Lines lines;
  if (step.accept_within) {
    lines.push_back(fill(words.accept, {{"duration", duration(edition, *step.accept_within)}}));
  }
  for (std::size_t i = 0; i < step.deadlines.size(); ++i) {
    const model::Deadline& deadline = step.deadlines[i];
    const Text from =
        deadline.from.known() ? quoted_title(edition, edition.protocol[deadline.from]) : Text{};
    Text line = fill(deadline.from.known() ? words.within_of : words.within,
                     {{"duration", weighted(duration(edition, deadline.within), Weight::strong)},
                      {"step", from}});
    if (!deadline.when.empty()) {
      line += text(" ") + condition_for(edition, part, words.within_when, deadline.when);
    }
    lines.push_back(i == 0 ? line : fill(words.otherwise, {{"within", line}}));
  }
  if (step.deadlines.empty()) {
    lines.push_back(text(words.no_deadline));
  }
  if (step.hold) {
    lines.push_back(fill(words.hold,
                         {{"duration", duration(edition, step.hold->at_most)},
                          {"reason", authored(edition, step.hold->reason)}}));
  }
  if (!with_reminders) {
    return lines;
  }
  for (const model::Duration before : step.remind_before) {
    lines.push_back(fill(words.remind, {{"duration", duration(edition, before)}}));
  }
  return lines;
}

Lines late_lines(const Edition& edition,
                 const std::vector<model::LateRule>& rules,
                 const std::vector<model::Outcome>& outcomes) {
  const PhraseWords& words = edition.words.phrase;
  Lines lines;
  for (const model::LateRule& rule : rules) {
    std::string_view pattern;
    switch (rule.action) {
      case model::LateAction::tell:
        pattern = rule.by ? words.late_told_by : words.late_told;
        break;
      case model::LateAction::escalate:
        pattern = rule.by ? words.late_escalated_by : words.late_escalated;
        break;
      case model::LateAction::settle:
        pattern = rule.by ? words.late_settled_by : words.late_settled;
        break;
    }
    const bool settles = rule.outcome.known() && rule.outcome.value < outcomes.size();
    lines.push_back(
        fill(pattern,
             {{"role", title_of(edition, rule.role)},
              {"duration", rule.by ? duration(edition, *rule.by) : Text{}},
              {"outcome", settles ? title_of(edition, outcomes[rule.outcome.value]) : Text{}}}));
  }
  return lines;
}

Text duration(const Edition& edition, model::Duration duration) {
  return text(duration_text(duration, edition.language));
}

Text imprint(const Edition& edition) {
  const PhraseWords& words = edition.words.phrase;
  Text all = fill(words.version, {{"version", text(std::to_string(edition.protocol.version))}});
  if (!edition.meaning_hash.empty()) {
    all += fill(words.meaning_hash, {{"hash", text(edition.meaning_hash, Weight::code)}});
  }
  return all + text(words.made_from);
}

}  // namespace protoflow::dsl::document
