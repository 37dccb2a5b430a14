// The entries of dsl/diagnostic/explained/, and how a code is found.
#include <algorithm>
#include <array>
#include <span>
#include <vector>

#include "dsl/diagnostic/explain.hpp"
#include "dsl/diagnostic/nearest.hpp"

namespace protoflow::dsl {
namespace {

#define PF_EXPLAINED(name, title, meaning, wrong, right) \
  Explanation{Code::name, title, meaning, wrong, right},

constexpr Explanation kFrench[] = {
#include "dsl/diagnostic/explained/pf1xx_text_fr.def"
#include "dsl/diagnostic/explained/pf2xx_names_fr.def"
#include "dsl/diagnostic/explained/pf3xx_roles_fr.def"
#include "dsl/diagnostic/explained/pf4xx_conditions_fr.def"
#include "dsl/diagnostic/explained/pf5xx_deadlines_fr.def"
#include "dsl/diagnostic/explained/pf6xx_data_fr.def"
#include "dsl/diagnostic/explained/pf7xx_partnership_fr.def"
#include "dsl/diagnostic/explained/pf8xx_examples_fr.def"
#include "dsl/diagnostic/explained/pf9xx_files_fr.def"
};

constexpr Explanation kEnglish[] = {
#include "dsl/diagnostic/explained/pf1xx_text_en.def"
#include "dsl/diagnostic/explained/pf2xx_names_en.def"
#include "dsl/diagnostic/explained/pf3xx_roles_en.def"
#include "dsl/diagnostic/explained/pf4xx_conditions_en.def"
#include "dsl/diagnostic/explained/pf5xx_deadlines_en.def"
#include "dsl/diagnostic/explained/pf6xx_data_en.def"
#include "dsl/diagnostic/explained/pf7xx_partnership_en.def"
#include "dsl/diagnostic/explained/pf8xx_examples_en.def"
#include "dsl/diagnostic/explained/pf9xx_files_en.def"
};

#undef PF_EXPLAINED

constexpr std::size_t kCodes = static_cast<std::size_t>(Code::count);

std::string capitals(std::string_view written) {
  std::string result(written);
  std::ranges::transform(result, result.begin(), [](char letter) {
    return letter >= 'a' && letter <= 'z' ? static_cast<char>(letter - 'a' + 'A') : letter;
  });
  const bool number = !result.empty() && result.front() >= '0' && result.front() <= '9';
  return number ? "PF" + result : result;
}

}  // namespace

std::optional<Explanation> explanation(Code code, model::Language language) {
  const auto list = language == model::Language::french ? std::span<const Explanation>(kFrench)
                                                        : std::span<const Explanation>(kEnglish);
  const auto found = std::ranges::find(list, code, &Explanation::code);
  return found == list.end() ? std::nullopt : std::optional(*found);
}

std::optional<Code> find_code(std::string_view written) {
  const std::string wanted = capitals(written);
  for (std::size_t i = 0; i < kCodes; ++i) {
    if (entry(static_cast<Code>(i)).code == wanted) {
      return static_cast<Code>(i);
    }
  }
  return std::nullopt;
}

std::string nearest_code(std::string_view written) {
  std::vector<std::string> codes;
  for (std::size_t i = 0; i < kCodes; ++i) {
    codes.emplace_back(entry(static_cast<Code>(i)).code);
  }
  return nearest(capitals(written), codes);
}

}  // namespace protoflow::dsl
