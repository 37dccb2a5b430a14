#include "engine/model/canonical.hpp"

#include <algorithm>

#include "engine/model/canonical_words.hpp"

// Structs are taken apart with structured bindings, all members at once: one that is added to the
// model does not compile here until it is written, or left out on purpose.
namespace protoflow::model {
namespace {

using namespace words;
using words::in_words;

/// No author's role can have it: a name has no blanks.
constexpr std::string_view kBeneficiaryInAnyLanguage = "the beneficiary";

/// What is written, how, and of which protocol.
struct Text {
  const Protocol& protocol;
  Canonical way;
  std::string out;
};

std::string in_order(const std::vector<std::string>& words) {
  std::string all = "[";
  for (const std::string& word : words) {
    all += ' ' + word;
  }
  return all + " ]";
}

std::string any_order(const Text& to, std::vector<std::string> words) {
  if (to.way != Canonical::one) {
    std::ranges::sort(words);
  }
  return in_order(words);
}

std::string in_words(const Text& to, const Condition& condition) {
  return to.way == Canonical::one ? words::in_words(to.protocol, condition)
                                  : in_one_order(to.protocol, condition);
}

/// The lines of each, and those of them that begin alike next to each other: by name.
template <class Item, class Write>
void in_any_order(Text& to, const std::vector<Item>& items, Write write) {
  std::vector<std::string> blocks;
  const std::string before = std::move(to.out);
  for (const Item& item : items) {
    to.out.clear();
    write(to, item);
    blocks.push_back(std::move(to.out));
  }
  if (to.way != Canonical::one) {
    std::ranges::sort(blocks);
  }
  to.out = before;
  for (const std::string& block : blocks) {
    to.out += block;
  }
}

/// Only where there are any, as is everything that the first way of writing did not have: a
/// protocol without it keeps its hash.
void write_translations(Text& to, const std::vector<Translation>& translations) {
  in_any_order(to, translations, [](Text& own, const Translation& translation) {
    const auto& [language, text] = translation;
    line(own.out, "translation", {quoted(language), quoted(text)});
  });
}

void write_closed(Text& to, const std::vector<ClosedDay>& closed) {
  in_any_order(to, closed, [](Text& own, const ClosedDay& closed_day) {
    const auto& [day, reason] = closed_day;
    line(own.out, "closed_on", {digits(day.time_since_epoch().count()), quoted(reason)});
  });
}

void write_calendar(Text& to, const Calendar& calendar) {
  const auto& [working, opens, closes, closed] = calendar;
  line(to.out, "working_days", {digits(working)});
  line(to.out, "hours", {digits(opens.count()), digits(closes.count())});
  write_closed(to, closed);
}

void write_partner(Text& to, const Partner& partner) {
  const auto& [name, title, brings, gains, speaks, contact, closed, translations] = partner;
  line(to.out, "partner", {quoted(name), quoted(title)});
  line(to.out, "brings", {any_order(to, names_of(to.protocol.competences, brings))});
  line(to.out, "gains", {quoted(gains)});
  line(to.out, "speaks", {any_order(to, texts_of(speaks))});
  line(to.out, "contact", {quoted(contact)});
  write_closed(to, closed);
  write_translations(to, translations);
}

void write_role(Text& to, const Role& role) {
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
               translations,
               own_line] = role;
  line(to.out, "role", {quoted(name), quoted(title)});
  const auto names = names_of(to.protocol.partners, partners);
  line(to.out,
       kBindings[static_cast<std::size_t>(binding)],
       {binding == Binding::chosen_by ? any_order(to, names) : in_order(names)});
  line(to.out, "chooser", {name_of(to.protocol.roles, chooser), in_words(answer_within)});
  line(
      to.out, "requires", {any_order(to, names_of(to.protocol.competences, requires_competences))});
  line(to.out, "supervised_by", {name_of(to.protocol.roles, supervisor)});
  line(to.out, "cases_max", {cases_max ? digits(*cases_max) : std::string(kNothing)});
  write_translations(to, translations);
}

void write_information(Text& to, const Information& information) {
  constexpr std::string_view kTypes[] = {"yes_or_no", "scale", "one_of", "number", "date", "text"};
  const auto& [name, title, type, levels, seen_by, sensitive, kept_after_closing, translations] =
      information;
  line(to.out, "information", {quoted(name), quoted(title)});
  const auto texts = texts_of(levels);
  line(to.out,
       kTypes[static_cast<std::size_t>(type)],
       {type == InformationType::scale ? in_order(texts) : any_order(to, texts)});
  line(to.out, "seen_by", {any_order(to, names_of(to.protocol.roles, seen_by))});
  line(to.out, "sensitive", {yes_if(sensitive)});
  line(to.out, "kept_after_closing", {in_words(kept_after_closing)});
  write_translations(to, translations);
}

void write_consent(Text& to, const Consent& consent) {
  const auto& [name, title, covers, with, purpose, lasts, translations] = consent;
  line(to.out, "consent", {quoted(name), quoted(title)});
  line(to.out, "covers", {any_order(to, names_of(to.protocol.informations, covers))});
  line(to.out, "with", {any_order(to, names_of(to.protocol.roles, with))});
  line(to.out, "for", {quoted(purpose)});
  line(to.out, "lasts", {in_words(lasts)});
  write_translations(to, translations);
}

void write_late(Text& to,
                const std::vector<LateRule>& rules,
                const std::vector<Outcome>& outcomes) {
  constexpr std::string_view kActions[] = {"tell", "escalate", "settle"};
  for (const auto& [by, action, role, outcome] : rules) {
    line(to.out,
         "if_late",
         {in_words(by),
          std::string(kActions[static_cast<std::size_t>(action)]),
          name_of(to.protocol.roles, role),
          name_of(outcomes, outcome)});
  }
}

void write_outcomes(Text& to, const Step& step) {
  in_any_order(to, step.outcomes, [](Text& own, const Outcome& outcome) {
    const auto& [name, title, reopens, reopens_max, ends_case] = outcome;
    line(own.out,
         "outcome",
         {quoted(name),
          quoted(title),
          name_of(own.protocol.steps, reopens),
          digits(reopens_max),
          name_of(own.protocol.endings, ends_case)});
  });
}

void write_reminders(Text& to, const std::vector<Duration>& remind_before) {
  in_any_order(to, remind_before, [](Text& own, const Duration& before) {
    line(own.out, "remind_before", {in_words(before)});
  });
}

void write_times(Text& to, const Step& step) {
  line(to.out, "accept_within", {in_words(step.accept_within)});
  for (const auto& [within, from, when] : step.deadlines) {
    line(
        to.out, "within", {in_words(within), name_of(to.protocol.steps, from), in_words(to, when)});
  }
  write_reminders(to, step.remind_before);
  write_late(to, step.late, step.outcomes);
  if (step.hold) {
    const auto& [at_most, reason] = *step.hold;
    line(to.out, "may_be_held", {in_words(at_most), quoted(reason)});
  }
}

void write_step(Text& to, const Step& step) {
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
               repeat,
               through,
               guidance,
               translations,
               own_line,
               responsible_line] = step;
  line(to.out, "step", {quoted(name), quoted(title), name_of(to.protocol.stages, stage)});
  line(to.out, "after", {in_words(to, after)});
  line(to.out, "when", {in_words(to, when)});
  line(to.out, "unless", {in_words(to, unless)});
  line(to.out, "responsible", {name_of(to.protocol.roles, responsible)});
  line(to.out, "with", {any_order(to, names_of(to.protocol.roles, with))});
  line(to.out, "informs", {any_order(to, names_of(to.protocol.roles, informs))});
  line(to.out, "addresses", {any_order(to, names_of(to.protocol.needs, addresses))});
  line(to.out,
       "requires_consent",
       {any_order(to, names_of(to.protocol.consents, requires_consents))});
  line(to.out, "asks_consent", {name_of(to.protocol.consents, asks_consent)});
  write_times(to, step);
  line(to.out, "records", {any_order(to, names_of(to.protocol.informations, records))});
  write_outcomes(to, step);
  if (review) {
    to.out += words::in_words(to.protocol, *review, to.way != Canonical::one);
  }
  if (repeat) {
    const auto& [until, times_max, every] = *repeat;
    line(to.out, "repeat", {in_words(to, until), digits(times_max), in_words(every)});
  }
  if (through.known()) {
    line(to.out, "through", {name_of(to.protocol.sessions, through)});
  }
  line(to.out, "guidance", {quoted(guidance)});
  write_translations(to, translations);
}

void write_follow_ups(Text& to, const std::vector<FollowUp>& follow_ups) {
  in_any_order(to, follow_ups, [](Text& own, const FollowUp& follow_up) {
    const auto& [name, title, responsible, within] = follow_up;
    line(own.out,
         "follow_up",
         {quoted(name), quoted(title), name_of(own.protocol.roles, responsible), in_words(within)});
  });
}

void write_preparation(Text& to, const Preparation& preparation) {
  const auto& [name, title, responsible, with, before] = preparation;
  line(to.out,
       "prepare",
       {quoted(name),
        quoted(title),
        name_of(to.protocol.roles, responsible),
        any_order(to, names_of(to.protocol.roles, with)),
        in_words(before)});
}

void write_session(Text& to, const Session& session) {
  const auto& [name,
               title,
               hosted_by,
               with,
               beneficiaries_max,
               every,
               on_request,
               preparations,
               follow_ups,
               translations,
               own_line] = session;
  line(to.out, "session", {quoted(name), quoted(title), name_of(to.protocol.roles, hosted_by)});
  line(to.out, "with", {any_order(to, names_of(to.protocol.roles, with))});
  line(to.out,
       "for_up_to",
       {beneficiaries_max ? digits(*beneficiaries_max) : std::string(kNothing)});
  line(to.out, "every", {in_words(every), yes_if(on_request)});
  in_any_order(to, preparations, write_preparation);
  write_follow_ups(to, follow_ups);
  write_translations(to, translations);
}

void write_agreement(Text& to, const Agreement& agreement) {
  const auto& [by_all_partners, partners, within, renewed_every, cases_before_signature] =
      agreement;
  line(to.out,
       "agreement",
       {yes_if(by_all_partners),
        any_order(to, names_of(to.protocol.partners, partners)),
        in_words(within),
        in_words(renewed_every)});
  if (cases_before_signature) {
    line(to.out, "cases_before_signature", {});
  }
}

void write_promise_line(Text& to, const PromiseLine& promised) {
  constexpr std::string_view kKinds[] = {"never_before",
                                         "then_later",
                                         "never_both",
                                         "exactly_one",
                                         "within_of",
                                         "case_ends_within",
                                         "by_different_partners",
                                         "sees_only_after"};
  const auto& [kind, conditions, within, partner, information, consent, own_line] = promised;
  std::vector<std::string> operands;
  operands.reserve(conditions.size());
  for (const Condition& condition : conditions) {
    operands.push_back(in_words(to, condition));
  }
  if (to.way != Canonical::one && is_in_any_order(kind)) {
    std::ranges::sort(operands);
  }
  std::string said = std::string(kKinds[static_cast<std::size_t>(kind)]);
  for (const std::string& operand : operands) {
    said += ' ' + operand;
  }
  line(to.out,
       "promises",
       {said,
        in_words(within),
        name_of(to.protocol.partners, partner),
        name_of(to.protocol.informations, information),
        name_of(to.protocol.consents, consent)});
}

void write_promise(Text& to, const Promise& promise) {
  const auto& [name, title, lines, translations, own_line] = promise;
  line(to.out, "promise", {quoted(name), quoted(title)});
  in_any_order(to, lines, write_promise_line);
  write_translations(to, translations);
}

void write_routine(Text& to, const Routine& routine) {
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
               remind_before,
               late,
               translations,
               own_line] = routine;
  line(to.out,
       "routine",
       {quoted(name), quoted(title), std::string(kPurposes[static_cast<std::size_t>(purpose)])});
  line(to.out, "every", {in_words(every), in_words(for_first), in_words(then_every)});
  line(to.out, "for_each_case", {yes_if(for_each_case)});
  line(to.out, "responsible", {name_of(to.protocol.roles, responsible)});
  line(to.out,
       "with",
       {yes_if(with_all_partners), any_order(to, names_of(to.protocol.roles, with))});
  for (const auto& [text, type, lowest, highest] : asks) {
    line(to.out,
         "asks",
         {quoted(text),
          std::string(kAnswers[static_cast<std::size_t>(type)]),
          digits(lowest),
          digits(highest)});
  }
  line(to.out, "within", {in_words(within)});
  write_reminders(to, remind_before);
  write_late(to, late, {});
  write_translations(to, translations);
}

void write_ending(Text& to, const Ending& ending) {
  constexpr std::string_view kCounts[] = {"success", "neutral", "setback"};
  const auto& [name,
               title,
               when,
               has_condition,
               immediately,
               at_any_time_by,
               counts_as,
               follow_ups,
               translations] = ending;
  line(to.out, "ending", {quoted(name), quoted(title)});
  line(to.out, "when", {yes_if(has_condition), in_words(to, when)});
  line(to.out, "immediately", {yes_if(immediately)});
  line(to.out, "at_any_time_by", {name_of(to.protocol.roles, at_any_time_by)});
  line(to.out, "counts_as", {std::string(kCounts[static_cast<std::size_t>(counts_as)])});
  write_follow_ups(to, follow_ups);
  write_translations(to, translations);
}

template <class Guided>
void write_guided(Text& to, std::string_view keyword, const std::vector<Guided>& table) {
  in_any_order(to, table, [keyword](Text& own, const Guided& guided) {
    const auto& [name, title, guidance, translations] = guided;
    line(own.out, keyword, {quoted(name), quoted(title), quoted(guidance)});
    write_translations(own, translations);
  });
}

void write_stage(Text& to, const Stage& stage) {
  const auto& [name, title, translations] = stage;
  line(to.out, "stage", {quoted(name), quoted(title)});
  write_translations(to, translations);
}

void write_protocol(Text& to) {
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
               sessions,
               routines,
               agreement,
               endings,
               promises,
               examples,
               translations,
               former_names] = to.protocol;
  line(to.out, "protocol", {quoted(name), quoted(title)});
  line(to.out, "version", {digits(version), digits(replaces), quoted(replaces_because)});
  line(to.out, "objective", {quoted(objective)});
  line(to.out, "audience", {quoted(audience)});
  line(to.out, "value", {quoted(value)});
  line(to.out, "coordinated_by", {name_of(roles, coordinated_by)});
  line(to.out, "time_zone", {quoted(time_zone)});
  write_translations(to, translations);
  write_calendar(to, calendar);
  write_guided(to, "need", needs);
  write_guided(to, "competence", competences);
  in_any_order(to, partners, write_partner);
  in_any_order(to, roles, write_role);
  in_any_order(to, informations, write_information);
  in_any_order(to, consents, write_consent);
  in_any_order(to, stages, write_stage);
  in_any_order(to, steps, write_step);
  in_any_order(to, sessions, write_session);
  in_any_order(to, routines, write_routine);
  if (agreement) {
    write_agreement(to, *agreement);
  }
  for (const Ending& ending : endings) {
    write_ending(to, ending);
  }
  in_any_order(to, promises, write_promise);
  to.out += in_words(to.protocol, former_names);
}

}  // namespace

std::string canonical(const Protocol& protocol, Canonical way) {
  Protocol alike = protocol;
  for (Role& role : alike.roles) {
    if (way != Canonical::one && role.binding == Binding::beneficiary) {
      role.name = kBeneficiaryInAnyLanguage;
    }
  }
  Text to{alike, way, "protoflow canonical " + digits(static_cast<int>(way)) + "\n"};
  write_protocol(to);
  return to.out;
}

}  // namespace protoflow::model
