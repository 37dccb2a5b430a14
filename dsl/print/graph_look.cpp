#include "dsl/print/graph_look.hpp"

#include <algorithm>
#include <array>

namespace protoflow::dsl {
namespace {

using model::Protocol;
using model::Role;

constexpr GraphWords kFrench = {
    .opening = "Ouverture",
    .beneficiary = "Bénéficiaire",
    .within = "sous",
    .when = "quand",
    .review = "revue",
    .approved = "validé",
    .returned_at_most = "renvoyé, au plus",
    .reopens = "rouvre, au plus",
    .once = "fois",
    .times = "fois",
    .not_needed = "sans objet",
    .all = "et",
    .any = "ou",
    .immediately = "immédiatement",
    .at_any_time_by = "à tout moment par",
    .success = "réussite",
    .neutral = "neutre",
    .setback = "revers",
    .one_of = "au choix\u00a0:",
    .unless = "sauf si",
    .through = "séance\u00a0:",
    .repeats = "répétée, au plus",
};
constexpr GraphWords kEnglish = {
    .opening = "Opening",
    .beneficiary = "Beneficiary",
    .within = "within",
    .when = "when",
    .review = "review",
    .approved = "approved",
    .returned_at_most = "returned, at most",
    .reopens = "reopens, at most",
    .once = "time",
    .times = "times",
    .not_needed = "not needed",
    .all = "and",
    .any = "or",
    .immediately = "immediately",
    .at_any_time_by = "at any time by",
    .success = "success",
    .neutral = "neutral",
    .setback = "setback",
    .one_of = "one of:",
    .unless = "unless",
    .through = "session:",
    .repeats = "repeated, at most",
};

constexpr Colour kBeneficiaryColour = {"#fffbe6", "#8a6d00"};
constexpr std::array<Colour, 8> kColours = {{{"#e3edfb", "#1f5fb4"},
                                             {"#e6f4ea", "#1e7d3c"},
                                             {"#fdebdd", "#b85410"},
                                             {"#f1e8fa", "#7336a8"},
                                             {"#fde7ec", "#b3244f"},
                                             {"#ddf3f2", "#0d706c"},
                                             {"#eceff3", "#46515f"},
                                             {"#f3efdf", "#6b5b16"}}};

std::string accountable_title(const Protocol& protocol, model::RoleId id) {
  const Role& role = protocol[id];
  if (role.binding == model::Binding::chosen_by) {
    std::string title = role_title(protocol, id);
    for (std::size_t i = 0; i < role.partners.size(); ++i) {
      title += i == 0 ? " (" + std::string(graph_words(protocol.language).one_of) + " " : " · ";
      title += protocol[role.partners[i]].title;
    }
    return title + (role.partners.empty() ? "" : ")");
  }
  if (role.binding == model::Binding::beneficiary || role.partners.empty()) {
    return role_title(protocol, id);
  }
  const model::Partner& partner = protocol[role.partners.front()];
  return title_or_name(partner.title, partner.name);
}

}  // namespace

const GraphWords& graph_words(model::Language language) {
  return language == model::Language::french ? kFrench : kEnglish;
}

bool answers(const Protocol& protocol, model::PartnerId partner, model::RoleId role) {
  if (!partner.known() || !role.known()) {
    return false;
  }
  const Role& own = protocol[role];
  if (own.binding == model::Binding::chosen_by) {
    return own.partners.empty() || std::ranges::find(own.partners, partner) != own.partners.end();
  }
  return !own.partners.empty() && own.partners.front() == partner;
}

std::string limit_label(std::string_view what, unsigned times, const GraphWords& words) {
  return std::string(what) + " " + std::to_string(times) + " " +
         std::string(times == 1 ? words.once : words.times);
}

std::string review_words(const model::Review& review, const GraphWords& words) {
  const bool some = review.approvals < review.by.size();
  return std::string(words.review) +
         (some ? " " + std::to_string(review.approvals) + "/" + std::to_string(review.by.size())
               : std::string());
}

bool reviews(const Protocol& protocol, model::PartnerId partner, const model::Review& review) {
  return std::ranges::any_of(
      review.by, [&](const model::RoleId role) { return answers(protocol, partner, role); });
}

std::string join_words(const model::ConditionNode& group, const GraphWords& words) {
  if (group.op == model::Op::at_least) {
    return std::to_string(group.number) + "/" + std::to_string(group.children);
  }
  return std::string(group.op == model::Op::all_of ? words.all : words.any);
}

std::string role_title(const Protocol& protocol, model::RoleId role) {
  if (!role.known()) {
    return {};
  }
  const Role& own = protocol[role];
  return own.binding == model::Binding::beneficiary && own.title.empty()
             ? std::string(graph_words(protocol.language).beneficiary)
             : title_or_name(own.title, own.name);
}

std::string title_or_name(std::string_view title, std::string_view name) {
  return std::string(title.empty() ? name : title);
}

Accountables find_accountables(const Protocol& protocol) {
  Accountables found;
  std::size_t colours = 0;
  for (std::size_t i = 0; i < protocol.roles.size(); ++i) {
    const model::RoleId id{static_cast<std::uint16_t>(i)};
    const std::string title = accountable_title(protocol, id);
    std::size_t place = 0;
    while (place < found.all.size() && found.all[place].title != title) {
      ++place;
    }
    if (place == found.all.size()) {
      const bool beneficiary = protocol[id].binding == model::Binding::beneficiary;
      found.all.push_back(
          {title, beneficiary ? kBeneficiaryColour : kColours[colours++ % kColours.size()]});
    }
    found.of_role.push_back(place);
  }
  return found;
}

}  // namespace protoflow::dsl
