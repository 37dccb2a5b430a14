// No two names of one kind that are easily taken for one another: one letter more, less or
// other. Numbers, and letters that number, are meant to differ.
#include <optional>

#include "dsl/meaning/questions.hpp"
#include "dsl/source/utf8.hpp"

namespace protoflow::dsl {
namespace {

constexpr std::size_t kLettersMin = 5;  // short names are all near to one another
constexpr std::size_t kLettersMax = 40;

// Names as one remembers them: no accents, no capitals.
std::u32string remembered(const std::string& name) {
  std::u32string letters;
  for (std::size_t at = 0; at < name.size() && letters.size() <= kLettersMax;) {
    const CodePoint next = decode(name, at);
    const char32_t plain = without_accent(next.value);
    letters.push_back(plain >= U'A' && plain <= U'Z' ? plain + 32 : plain);
    at += next.length;
  }
  return letters;
}

bool parts(char32_t letter) {
  return letter == U'-' || letter == U'_';
}

// A digit, or a letter that stands alone: `atelier-2`, `groupe-a`.
bool numbers(const std::u32string& name, std::size_t at) {
  const bool digit = name[at] >= U'0' && name[at] <= U'9';
  const bool first = at == 0 || parts(name[at - 1]);
  const bool last = at + 1 == name.size() || parts(name[at + 1]);
  return digit || parts(name[at]) || (first && last);
}

using Known = std::unordered_map<std::u32string, std::size_t>;

struct Seen {
  Known names, with_a_gap, without_one;  // U+0000 stands for any letter
};

std::optional<std::size_t> look_up(const Known& known, const std::u32string& name) {
  const auto found = known.find(name);
  return found == known.end() ? std::nullopt : std::optional(found->second);
}

// An earlier name that one letter turns into this one; remembers this one.
std::optional<std::size_t> alike(Seen& seen, const std::u32string& name, std::size_t id) {
  std::optional<std::size_t> found = look_up(seen.names, name);
  found = found ? found : look_up(seen.without_one, name);
  for (std::size_t i = 0; i < name.size(); ++i) {
    if (numbers(name, i)) {
      continue;
    }
    std::u32string other = name;
    other[i] = U'\0';
    const auto [gap, fresh] = seen.with_a_gap.emplace(other, id);
    found = found || fresh ? found : std::optional(gap->second);
    other.erase(i, 1);
    found = found ? found : look_up(seen.names, other);
    seen.without_one.emplace(std::move(other), id);
  }
  seen.names.emplace(name, id);
  return found;
}

void ask_kind(const Asked& asked, NameKind kind) {
  Seen seen;
  const auto& names = asked.names.of(kind);
  for (std::size_t i = 0; i < names.size(); ++i) {
    const std::u32string name = remembered(names[i].name);
    const bool compared =
        names[i].node != kNoNode && name.size() >= kLettersMin && name.size() <= kLettersMax;
    const auto other = compared ? alike(seen, name, i) : std::nullopt;
    if (other && names[*other].name != names[i].name) {
      tell_two(asked,
               Code::names_alike,
               names[i].span,
               names[*other].span,
               {names[i].name, names[*other].name});
    }
  }
}

}  // namespace

void ask_alike(const Asked& asked) {
  for (std::size_t i = 0; i < kNameKinds && !full(asked); ++i) {
    ask_kind(asked, static_cast<NameKind>(i));
  }
}

}  // namespace protoflow::dsl
