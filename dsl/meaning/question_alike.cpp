// No two names of one kind that are easily taken for one another: one letter more, less or
// other. Numbers, and letters that number, are meant to differ.
#include <algorithm>
#include <span>

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

// A name, or a name without one letter, as a number: equal texts have equal numbers, and others
// practically never.
enum class Shape : std::uint8_t { whole, without_a_letter, any_letter };

struct Form {
  std::uint64_t number;
  std::uint32_t id;
  Shape shape;
};

// The name itself, and for each letter the name without it and with any other in its place.
void add_forms(const std::u32string& name, std::uint32_t id, std::vector<Form>& forms) {
  constexpr std::uint64_t kBase = 0x9E3779B97F4A7C15;  // odd, and no pattern in its bits
  constexpr std::uint64_t kAnyLetter = 0x110000;       // past the last letter there is
  std::uint64_t whole = 0;
  for (const char32_t letter : name) {
    whole = whole * kBase + letter + 1;
  }
  forms.push_back({whole, id, Shape::whole});
  std::uint64_t before = 0;
  std::uint64_t power = 1;  // kBase to the number of letters after this one
  for (std::size_t i = 1; i < name.size(); ++i) {
    power *= kBase;
  }
  const std::uint64_t inverse = [] {  // of kBase modulo 2^64, by Newton's method
    std::uint64_t found = kBase;
    for (int i = 0; i < 6; ++i) {
      found *= 2 - kBase * found;
    }
    return found;
  }();
  for (std::size_t i = 0; i < name.size(); ++i, power *= inverse) {
    const std::uint64_t with = before * kBase + name[i] + 1;
    const std::uint64_t after = whole - with * power;
    if (!numbers(name, i)) {
      forms.push_back({before * power + after, id, Shape::without_a_letter});
      const std::uint64_t any = before * kBase + kAnyLetter;
      forms.push_back({any * power + after, id, Shape::any_letter});
    }
    before = with;
  }
}

constexpr std::uint32_t kNobody = 0xFFFFFFFF;

// Of names that have a form in common, each later one is taken for the earliest.
void pair_up(std::span<const Form> same, std::vector<std::uint32_t>& earliest) {
  const bool letter = same.front().shape == Shape::any_letter;
  std::uint32_t first = kNobody;
  std::uint32_t first_whole = kNobody;
  for (const Form& form : same) {
    first = std::min(first, form.id);
    first_whole = form.shape == Shape::whole ? std::min(first_whole, form.id) : first_whole;
  }
  for (const Form& form : same) {
    const bool with_any = letter || form.shape == Shape::whole;
    const std::uint32_t other = with_any ? first : first_whole;
    if (other < form.id) {
      earliest[form.id] = std::min(earliest[form.id], other);
    }
  }
}

// For each name, the earliest one that it is easily taken for, or nobody.
std::vector<std::uint32_t> likeness(const std::vector<Declared>& names) {
  std::vector<Form> forms;
  for (std::size_t i = 0; i < names.size(); ++i) {
    const std::u32string name = remembered(names[i].name);
    if (names[i].node != kNoNode && name.size() >= kLettersMin && name.size() <= kLettersMax) {
      add_forms(name, static_cast<std::uint32_t>(i), forms);
    }
  }
  // One bit tells apart what may not be compared; the others are enough.
  const auto comparable = [](const Form& form) {
    return form.number << 1U | std::uint64_t{form.shape == Shape::any_letter};
  };
  std::ranges::sort(forms, {}, comparable);
  std::vector<std::uint32_t> earliest(names.size(), kNobody);
  for (auto from = forms.begin(); from != forms.end();) {
    const auto to = std::find_if(
        from, forms.end(), [&](const Form& form) { return comparable(form) != comparable(*from); });
    pair_up({from, to}, earliest);
    from = to;
  }
  return earliest;
}

void ask_kind(const Asked& asked, NameKind kind) {
  const auto& names = asked.names.of(kind);
  const std::vector<std::uint32_t> earliest = likeness(names);
  for (std::size_t i = 0; i < names.size(); ++i) {
    if (earliest[i] != kNobody && names[earliest[i]].name != names[i].name) {
      const Declared& other = names[earliest[i]];
      tell_two(asked, Code::names_alike, names[i].span, other.span, {names[i].name, other.name});
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
