#include "engine/packed/packed_case.hpp"

#include <algorithm>
#include <array>
#include <bit>
#include <chrono>
#include <cstring>
#include <optional>
#include <type_traits>

#include <boost/pfr.hpp>

namespace protoflow::engine {

namespace {

namespace pfr = boost::pfr;

using model::Instant;

// -- what need not be said
// A member that is equal to one of its neighbours says only that. Most steps are then as the one
// before them.

constexpr Instant kSame = model::kNever - std::chrono::milliseconds(1);

template <class Member>
constexpr Member same_as_neighbour() {
  if constexpr (std::is_same_v<Member, Instant>) {
    return kSame;
  } else {
    return Member{Member::kNone - 1};
  }
}

template <class Member>
void leave_out(Member& member, const Member& neighbour) {
  if (member == neighbour) {
    member = same_as_neighbour<Member>();
  }
}

template <class Member>
void put_back(Member& member, const Member& neighbour) {
  if (member == same_as_neighbour<Member>()) {
    member = neighbour;
  }
}

void leave_out_the_same(StepState& step) {
  leave_out(step.since, step.settled);
  leave_out(step.settled, step.completed);
  leave_out(step.armed, step.opened);
  leave_out(step.role, step.entrusted);
  leave_out(step.doer_partner, step.partner);
  leave_out(step.doer, step.person);
}

void put_back_the_same(StepState& step) {
  put_back(step.doer, step.person);
  put_back(step.doer_partner, step.partner);
  put_back(step.role, step.entrusted);
  put_back(step.armed, step.opened);
  put_back(step.settled, step.completed);
  put_back(step.since, step.settled);
}

template <class Any>
void leave_out_the_same(Any&) {}

template <class Any>
void put_back_the_same(Any&) {}

// -- numbers

constexpr std::uint64_t zigzag(std::int64_t number) {
  return (static_cast<std::uint64_t>(number) << 1U) ^ static_cast<std::uint64_t>(number >> 63U);
}

constexpr std::int64_t from_zigzag(std::uint64_t number) {
  return static_cast<std::int64_t>(number >> 1U) ^ -static_cast<std::int64_t>(number & 1U);
}

// Both sides remember the instants that were said, and count from the last new one. The two low
// bits of an instant's number say how to read the rest.
class Instants final {
 public:
  static constexpr std::uint64_t kAgain = 0, kMilliseconds = 1, kMinutes = 2, kRare = 3;
  static constexpr std::uint64_t kSayNever = 0, kSaySame = 1, kSayWhole = 2;

  [[nodiscard]] Instant last() const { return last_; }

  /// How many other instants were said since this one; nullopt if it is not remembered.
  [[nodiscard]] std::optional<std::uint64_t> ago(Instant instant) const {
    for (std::uint64_t ago = 0; ago < std::min<std::uint64_t>(said_, kRemembered); ++ago) {
      if (said_ago(ago) == instant) {
        return ago;
      }
    }
    return std::nullopt;
  }

  [[nodiscard]] Instant said_ago(std::uint64_t ago) const {
    return remembered_[(said_ - 1 - ago) % kRemembered];
  }

  void remember(Instant instant) {
    remembered_[said_++ % kRemembered] = instant;
    last_ = instant;
  }

 private:
  static constexpr std::size_t kRemembered = 32;
  std::array<Instant, kRemembered> remembered_;
  std::uint64_t said_ = 0;
  Instant last_ = std::chrono::sys_days{std::chrono::year{2027} / 1 / 1};
};

constexpr std::int64_t kFarMinutes = std::int64_t{1} << 40U;

// -- writing

class Writer final {
 public:
  Writer(PersonNames& names, PackingRoom& room) : names_(names), room_(room) {
    if (room_.bytes.size() < kAtLeast) {
      room_.bytes.resize(kAtLeast);
    }
  }

  [[nodiscard]] std::span<const char> written() const { return {room_.bytes.data(), at_}; }

  void put(std::uint64_t number) {
    make_room(kNumberMax);
    while (number >= 0x80) {
      room_.bytes[at_++] = static_cast<char>(number | 0x80U);
      number >>= 7U;
    }
    room_.bytes[at_++] = static_cast<char>(number);
  }

  void put(Instant instant) {
    if (instant == model::kNever) {
      return put(Instants::kRare | (Instants::kSayNever << 2U));
    }
    if (instant == kSame) {
      return put(Instants::kRare | (Instants::kSaySame << 2U));
    }
    if (const auto ago = instants_.ago(instant)) {
      return put(Instants::kAgain | (*ago << 2U));
    }
    put_new(instant);
    instants_.remember(instant);
  }

  void put(const std::string& text) {
    put(std::uint64_t{text.size()});
    make_room(text.size());
    std::memcpy(room_.bytes.data() + at_, text.data(), text.size());
    at_ += text.size();
  }

  void put(const std::vector<std::string>& persons) {
    put(std::uint64_t{persons.size()});
    for (std::size_t i = 0; i < persons.size(); ++i) {
      put(std::uint64_t{number_of(persons[i], i)});
    }
  }

  template <class T>
  void put(const std::optional<T>& value) {
    put(std::uint64_t{value.has_value()});
    if (value) {
      put(*value);
    }
  }

  template <class Element>
  void put(const std::vector<Element>& elements) {
    put(std::uint64_t{elements.size()});
    if constexpr (std::is_class_v<Element> && pfr::tuple_size_v<Element> != 1) {
      put_elements(elements);
    } else {
      for (const auto& element : elements) {
        put(element);
      }
    }
  }

  template <class Tag>
  void put(model::Id<Tag> id) {
    put(std::uint64_t{static_cast<std::uint16_t>(id.value + 2)});  // unknown and the same: one byte
  }

  void put(std::chrono::milliseconds length) { put(zigzag(length.count())); }

  template <class Value>
  void put(const Value& value) {
    if constexpr (std::is_enum_v<Value> || std::is_same_v<Value, bool>) {
      put(static_cast<std::uint64_t>(value));
    } else if constexpr (std::is_integral_v<Value>) {
      put(std::is_signed_v<Value> ? zigzag(static_cast<std::int64_t>(value))
                                  : static_cast<std::uint64_t>(value));
    } else {
      pfr::for_each_field(value, [this](const auto& member) { put(member); });
    }
  }

 private:
  static constexpr std::size_t kAtLeast = 4096, kNumberMax = 10;

  void make_room(std::size_t more) {
    if (room_.bytes.size() - at_ < more) {
      room_.bytes.resize(2 * room_.bytes.size() + more);
    }
  }

  void put_new(Instant instant) {
    const auto at = instant.time_since_epoch().count();
    const auto last = instants_.last().time_since_epoch().count();
    constexpr std::int64_t kMinute = 60'000;
    const auto minutes = at / kMinute - last / kMinute;
    if (minutes < -kFarMinutes || minutes > kFarMinutes) {
      put(Instants::kRare | (Instants::kSayWhole << 2U));
      put(static_cast<std::uint64_t>(at));
    } else if (at % kMinute == 0) {
      put(Instants::kMinutes | (zigzag(minutes) << 2U));
    } else {
      put(Instants::kMilliseconds | (zigzag(at - last) << 2U));
    }
  }

  std::uint32_t number_of(const std::string& person, std::size_t place) {
    const bool guessed = place < room_.persons.size() && names_[room_.persons[place]] == person;
    return guessed ? room_.persons[place] : names_.number_of(person);
  }

  // Only those that are not as they are born; of each, only what is not as in the one before.
  template <class Element>
  void put_elements(const std::vector<Element>& elements) {
    static_assert(pfr::tuple_size_v<Element> <= 64, "one bit a member");
    Element before{};
    std::size_t skipped = 0;
    for (const Element& element : elements) {
      if (is_born(element)) {
        ++skipped;
        continue;
      }
      put(std::uint64_t{skipped});
      skipped = 0;
      Element said = element;
      leave_out_the_same(said);
      put_what_differs(said, before);
      before = said;
    }
    put(std::uint64_t{skipped});
  }

  template <class Element>
  void put_what_differs(const Element& said, const Element& before) {
    std::uint64_t mask = 0;
    pfr::for_each_field(said, [&](const auto& member, auto place) {
      mask |= std::uint64_t{!(member == pfr::get<place()>(before))} << place();
    });
    put(mask);
    pfr::for_each_field(said, [&](const auto& member, auto place) {
      if ((mask >> place() & 1U) != 0) {
        put(member);
      }
    });
  }

  template <class Element>
  static bool is_born(const Element& element) {
    static const Element kBorn{};
    if constexpr (std::is_trivially_copyable_v<Element>) {
      if (std::memcmp(&element, &kBorn, sizeof element) == 0) {
        return true;  // equal bytes are equal members; what lies between them may differ
      }
    }
    return pfr::eq_fields(element, kBorn);
  }

  PersonNames& names_;
  PackingRoom& room_;
  std::size_t at_ = 0;
  Instants instants_;
};

// -- reading: each `get` reads what `put` of the same type wrote

class Reader final {
 public:
  Reader(std::span<const char> bytes, const PersonNames& names, PackingRoom& room)
      : at_(bytes.data()), names_(names), room_(room) {}

  std::uint64_t number() {
    std::uint64_t number = 0;
    for (unsigned shift = 0;; shift += 7U) {
      const auto byte = static_cast<unsigned char>(*at_++);
      number |= std::uint64_t{byte & 0x7FU} << shift;
      if (byte < 0x80) {
        return number;
      }
    }
  }

  void get(Instant& instant) {
    const auto said = number();
    switch (said & 3U) {
      case Instants::kAgain:
        instant = instants_.said_ago(said >> 2U);
        return;
      case Instants::kMilliseconds:
        instant = instants_.last() + std::chrono::milliseconds(from_zigzag(said >> 2U));
        break;
      case Instants::kMinutes:
        instant = Instant(std::chrono::minutes(
            instants_.last().time_since_epoch().count() / 60'000 + from_zigzag(said >> 2U)));
        break;
      default:
        if (said >> 2U != Instants::kSayWhole) {
          instant = said >> 2U == Instants::kSayNever ? model::kNever : kSame;
          return;
        }
        instant = Instant(std::chrono::milliseconds(static_cast<std::int64_t>(number())));
    }
    instants_.remember(instant);
  }

  void get(std::string& text) {
    const auto size = number();
    text.assign(at_, size);
    at_ += size;
  }

  void get(std::vector<std::string>& persons) {
    persons.resize(number());
    room_.persons.resize(persons.size());
    for (std::size_t i = 0; i < persons.size(); ++i) {
      room_.persons[i] = static_cast<std::uint32_t>(number());
      persons[i] = names_[room_.persons[i]];
    }
  }

  template <class T>
  void get(std::optional<T>& value) {
    value.reset();
    if (number() != 0) {
      get(value.emplace());
    }
  }

  template <class Element>
  void get(std::vector<Element>& elements) {
    elements.resize(number());
    if constexpr (std::is_class_v<Element> && pfr::tuple_size_v<Element> != 1) {
      get_elements(elements);
    } else {
      for (auto& element : elements) {
        get(element);
      }
    }
  }

  template <class Tag>
  void get(model::Id<Tag>& id) {
    id.value = static_cast<std::uint16_t>(number() - 2);
  }

  void get(std::chrono::milliseconds& length) {
    length = std::chrono::milliseconds(from_zigzag(number()));
  }

  template <class Value>
  void get(Value& value) {
    if constexpr (std::is_enum_v<Value> || std::is_same_v<Value, bool>) {
      value = static_cast<Value>(number());
    } else if constexpr (std::is_integral_v<Value>) {
      value = static_cast<Value>(std::is_signed_v<Value> ? from_zigzag(number())
                                                         : static_cast<std::int64_t>(number()));
    } else {
      pfr::for_each_field(value, [this](auto& member) { get(member); });
    }
  }

 private:
  template <class Element>
  void get_elements(std::vector<Element>& elements) {
    Element before{};
    for (std::size_t place = 0;; ++place) {
      for (auto skipped = number(); skipped > 0; --skipped) {
        elements[place++] = Element{};
      }
      if (place == elements.size()) {
        return;
      }
      Element& element = elements[place];
      const auto mask = number();
      pfr::for_each_field(before, [&](auto& member, auto bit) {
        if ((mask >> bit() & 1U) != 0) {
          get(member);
        }
      });
      element = before;
      put_back_the_same(element);
    }
  }

  const char* at_;
  const PersonNames& names_;
  PackingRoom& room_;
  Instants instants_;
};

}  // namespace

std::span<const char> pack(const CaseState& state, PersonNames& names, PackingRoom& room) {
  Writer writer(names, room);
  writer.put(state);
  return writer.written();
}

void unpack(std::span<const char> bytes,
            const PersonNames& names,
            PackingRoom& room,
            CaseState& into) {
  Reader reader(bytes, names, room);
  reader.get(into);
}

}  // namespace protoflow::engine
