// What all documents say of a protocol in the reader's language: titles, roles with their
// partners, conditions by title, deadlines, what follows lateness.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "dsl/document/document.hpp"
#include "dsl/document/part.hpp"
#include "dsl/document/words.hpp"
#include "engine/model/protocol.hpp"

namespace protoflow::dsl::document {

/// One protocol for readers of one language. `meaning_hash` is printed as it is given.
struct Edition {
  const model::Protocol& protocol;
  model::Language language;
  std::string_view meaning_hash;
  const DocumentWords& words = document_words(language);
};

/// An author's text that has no translation.
[[nodiscard]] Text authored(const Edition& edition, std::string_view words);

/// The title in the edition's language where the author translated it; the name without a title.
[[nodiscard]] Text title_text(const Edition& edition,
                              std::string_view title,
                              std::string_view name,
                              const std::vector<model::Translation>& translations);

template <class Declaration>
[[nodiscard]] Text title_of(const Edition& edition, const Declaration& declared) {
  return title_text(edition, declared.title, declared.name, declared.translations);
}

[[nodiscard]] Text title_of(const Edition& edition, const model::Outcome& outcome);
[[nodiscard]] Text title_of(const Edition& edition, const model::FollowUp& follow_up);
[[nodiscard]] Text title_of(const Edition& edition, const model::Preparation& preparation);
[[nodiscard]] Text title_of(const Edition& edition, model::RoleId role);
[[nodiscard]] Text title_of(const Edition& edition, model::PartnerId partner);

[[nodiscard]] Text quoted_title(const Edition& edition, const model::Step& step);

/// "a, b et c".
[[nodiscard]] Text listed(const Edition& edition, const Lines& parts);

/// "a ; b ; c", for parts that are long.
[[nodiscard]] Text parted(const Edition& edition, const Lines& parts);

template <class Ids>
[[nodiscard]] Text titles_of(const Edition& edition, const Ids& ids) {
  Lines parts;
  for (const auto id : ids) {
    parts.push_back(title_of(edition, id));
  }
  return listed(edition, parts);
}

/// "Mission locale, à défaut Foyer", "choisi parmi …"; empty for the beneficiary.
[[nodiscard]] Text holders_of(const Edition& edition, const model::Role& role);

/// "Coordination (Mission locale)".
[[nodiscard]] Text role_with_partner(const Edition& edition, model::RoleId role);

/// A condition by titles. For a partner that may not see what it looks at, only that there is one.
[[nodiscard]] std::string condition_phrase(const Edition& edition,
                                           const model::Condition& condition);

/// When a step opens: after what, if what, unless what, through which session, how often again.
[[nodiscard]] Lines opening_lines(const Edition& edition,
                                  const Part& part,
                                  const model::Step& step);

/// When it is due: answer, deadlines, then holds and reminders.
[[nodiscard]] Lines deadline_lines(const Edition& edition,
                                   const Part& part,
                                   const model::Step& step,
                                   bool with_reminders = true);

[[nodiscard]] Lines late_lines(const Edition& edition,
                               const std::vector<model::LateRule>& rules,
                               const std::vector<model::Outcome>& outcomes);

[[nodiscard]] Text duration(const Edition& edition, model::Duration duration);

/// "Version 1 · empreinte du sens 0a1b…".
[[nodiscard]] Text imprint(const Edition& edition);

}  // namespace protoflow::dsl::document
