#include "dsl/start/start.hpp"

#include <algorithm>
#include <array>

#include "dsl/format/format.hpp"
#include "dsl/print/filling.hpp"
#include "dsl/start/forms.hpp"
#include "dsl/start/names.hpp"

namespace protoflow::dsl {
namespace {

constexpr std::size_t kTitleLettersMax = 100;
constexpr std::size_t kTextLettersMax = 400;

/// What the places of a form are filled with.
struct Partner {
  std::string name, title;
};

std::string settled(std::string_view answer,
                    const std::string& otherwise,
                    std::size_t letters_max) {
  std::string safe = safe_text(answer, letters_max);
  return safe.empty() ? otherwise : safe;
}

std::vector<Partner> named_partners(const StartAnswers& answers, const StartForms& forms) {
  std::vector<Partner> partners;
  std::vector<std::string> taken;
  for (const std::string& title : answers.partners) {
    taken.push_back(name_from(title, forms.partner_fallback, answers.language, taken));
    partners.push_back({taken.back(), title});
  }
  return partners;
}

std::string joined(std::string_view prefix, const std::vector<Partner>& partners) {
  std::string list;
  for (const Partner& partner : partners) {
    list += (list.empty() ? "" : ", ") + std::string(prefix) + partner.name;
  }
  return list;
}

/// Fills forms with what is the same everywhere, and with one partner where a form speaks of one.
class Page {
 public:
  Page(const StartAnswers& answers, const StartForms& forms)
      : answers_(answers), forms_(forms), partners_(named_partners(answers, forms)) {
    const std::vector<Partner> others(partners_.begin() + 1, partners_.end());
    supports_ = joined(forms.support, others);
    supported_ = (others.size() > 1 ? std::string(forms.all_of) : std::string()) +
                 joined(forms.action, others);
  }

  void add(std::string_view form) { add(form, {}); }

  void add(std::string_view form, const Partner& partner) {
    const std::array<Filling, 12> fillings = {
        {{"{name}", first_protocol_name(answers_)},
         {"{title}", answers_.title},
         {"{objective}", answers_.objective},
         {"{audience}", answers_.audience},
         {"{need}", answers_.need},
         {"{coordinating}", partners_[0].name},
         {"{second}", partners_[1].name},
         {"{supports}", supports_},
         {"{first-support}", std::string(forms_.support) + partners_[1].name},
         {"{supported}", supported_},
         {"{partner}", partner.name},
         {"{partner-title}", partner.title}}};
    text_ += filled(form, fillings);
  }

  /// `second` for the second partner, `other` for those after it.
  void add_others(std::string_view second, std::string_view other) {
    for (std::size_t i = 1; i < partners_.size(); ++i) {
      add(i == 1 ? second : other, partners_[i]);
    }
  }

  void add_coordinating(std::string_view form) { add(form, partners_[0]); }

  [[nodiscard]] const std::string& text() const { return text_; }

 private:
  const StartAnswers& answers_;
  const StartForms& forms_;
  std::vector<Partner> partners_;
  std::string supports_, supported_, text_;
};

}  // namespace

const StartForms& forms(model::Language language) {
  return language == model::Language::french ? french_forms() : english_forms();
}

StartAnswers default_answers(model::Language language) {
  const auto& [title, objective, audience, need, partners] = forms(language).defaults;
  return {.language = language,
          .title = std::string(title),
          .objective = std::string(objective),
          .audience = std::string(audience),
          .need = std::string(need),
          .partners = {partners.begin(), partners.end()}};
}

StartAnswers settled_answers(const StartAnswers& answers) {
  const StartAnswers otherwise = default_answers(answers.language);
  StartAnswers result;
  result.language = answers.language;
  result.name = safe_text(answers.name, kTitleLettersMax);
  result.title = settled(answers.title, otherwise.title, kTitleLettersMax);
  result.objective = settled(answers.objective, otherwise.objective, kTextLettersMax);
  result.audience = settled(answers.audience, otherwise.audience, kTextLettersMax);
  result.need = settled(answers.need, otherwise.need, kTitleLettersMax);
  for (const std::string& partner : answers.partners) {
    std::string title = safe_text(partner, kTitleLettersMax);
    if (!title.empty() && result.partners.size() < kStartPartnersMax) {
      result.partners.push_back(std::move(title));
    }
  }
  for (std::size_t i = result.partners.size(); i < kStartPartnersMin; ++i) {
    result.partners.push_back(otherwise.partners[i]);
  }
  return result;
}

std::string first_protocol_name(const StartAnswers& answers) {
  const StartAnswers settled = settled_answers(answers);
  return name_from(settled.name.empty() ? settled.title : settled.name,
                   forms(settled.language).protocol_fallback,
                   settled.language,
                   {});
}

std::string first_partner_name(const StartAnswers& answers) {
  const StartAnswers settled = settled_answers(answers);
  return named_partners(settled, forms(settled.language)).front().name;
}

std::string first_protocol(const StartAnswers& answers) {
  const StartAnswers settled = settled_answers(answers);
  const StartForms& form = forms(settled.language);
  Page page(settled, form);
  page.add(form.head);
  page.add_coordinating(form.coordinating_partner);
  page.add_others(form.second_partner, form.other_partner);
  page.add(form.roles);
  page.add_others(form.second_support_role, form.other_support_role);
  page.add(form.path);
  page.add_others(form.action_step, form.action_step);
  page.add(form.rest);
  page.add(form.example_head);
  page.add_others(form.example_action, form.example_action);
  page.add_others(form.example_done, form.example_done);
  page.add(form.example_tail);
  page.add(form.refusal_head);
  page.add_others(form.refusal_action, form.refusal_action);
  page.add(form.refusal_tail);
  return format(page.text()).value_or(page.text());
}

}  // namespace protoflow::dsl
