#include <algorithm>
#include <chrono>
#include <cstring>
#include <optional>
#include <type_traits>

#include <boost/pfr.hpp>

#include "engine/packed/packed_case.hpp"
#include "engine/packed/packing.hpp"

namespace protoflow::engine {

namespace {

namespace pfr = boost::pfr;

using model::Instant;
using std::chrono::milliseconds;
using namespace packing;

// -- reading: each `get` reads what `put` of the same type wrote

class Reader final {
 public:
  Reader(std::span<const char> bytes, const InCommon& common, PackingRoom& room)
      : bytes_(bytes), at_(bytes.data()), common_(common), room_(room) {
    room_.read.bytes = bytes;
    room_.read.marks.clear();
  }

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
        instant = instants_.last() + milliseconds(said >> 2U);
        break;
      case Instants::kMinutes:
        instant =
            Instant(std::chrono::minutes(instants_.last().time_since_epoch().count() / 60'000 +
                                         static_cast<std::int64_t>(said >> 2U)));
        break;
      default:
        return get_rare(said >> 2U, instant);
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
      persons[i] = common_.persons[room_.persons[i]];
    }
  }

  template <class T>
  void get(std::optional<T>& value) {
    value.reset();
    if (number() != 0) {
      get(value.emplace());
    }
  }

  void get(std::vector<StepState>& steps) {
    steps.resize(number());
    for (std::size_t place = 0; place < steps.size(); ++place) {
      mark(place);
      const auto said = number();
      if (said == kAllBorn) {
        std::fill(steps.begin() + static_cast<std::ptrdiff_t>(place), steps.end(), StepState{});
        break;
      }
      for (auto skipped = (said & 1U) != 0 ? number() : 0; skipped > 0; --skipped) {
        steps[place++] = StepState{};
      }
      get_step(said >> 1U, steps[place]);
    }
    keep_steps(steps);
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
    id.value = static_cast<std::uint16_t>(number() - kAdded);
  }

  void get(std::uint32_t& version) { version = static_cast<std::uint32_t>(number()) - kAdded; }

  void get(CaseState& state) {
    static const CaseState kBorn;
    const auto members = members_said(number() >> 1U);
    pfr::for_each_field(state, [&](auto& member, auto place) {
      if ((members >> place() & 1U) != 0) {
        get(member);
      } else if constexpr (requires { member.clear(); }) {
        member.clear();
      } else {
        member = pfr::get<place()>(kBorn);
      }
    });
  }

  void get(milliseconds& length) { length = milliseconds(from_zigzag(number())); }

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
    for (std::size_t place = 0; place < elements.size(); ++place) {
      const auto said = number();
      if (said == kAllBorn) {
        std::fill(elements.begin() + static_cast<std::ptrdiff_t>(place), elements.end(), Element{});
        break;
      }
      const auto members = members_said(said >> 1U);
      for (auto skipped = (said & 1U) != 0 ? number() : 0; skipped > 0; --skipped) {
        elements[place++] = Element{};
      }
      Element& element = elements[place];
      pfr::for_each_field(before, [&](auto& member, auto bit) {
        if ((members >> bit() & 1U) != 0) {
          get(member);
        }
      });
      element = before;
    }
  }

  void get_step(std::uint64_t number_said, StepState& step) {
    const auto numbered = static_cast<std::uint32_t>(number_said - kFirstNumber);
    if (numbered == 0) {
      StepShape shape;
      std::memcpy(&shape, at_, sizeof shape);
      at_ += sizeof shape;
      step = step_of(shape);
      get_said(shape.said, step);
    } else {
      const auto& known = common_.shapes[numbered];
      step = known.step;
      get_said(known.said, step);
    }
    put_back_the_same(step);
  }

  void get_said(Members said, StepState& step) {
    pfr::for_each_field(step, [&](auto& member, auto place) {
      if constexpr (!kIsSmall<std::remove_cvref_t<decltype(member)>>) {
        if ((said >> place() & 1U) != 0) {
          get(member);
        }
      }
    });
  }

  Members members_said(std::uint64_t number_said) {
    const auto numbered = static_cast<std::uint32_t>(number_said - kFirstNumber);
    return numbered == 0 ? number() : common_.members[numbered];
  }

  void get_rare(std::uint64_t said, Instant& instant) {
    switch (said) {
      case Instants::kSayNever:
        instant = model::kNever;
        return;
      case Instants::kSaySame:
        instant = kSame;
        return;
      case Instants::kSayBefore:
        instant = instants_.last() - milliseconds(number());
        break;
      default:
        instant = Instant(milliseconds(number()));
    }
    instants_.remember(instant);
  }

  void mark(std::size_t place) {
    room_.read.marks.push_back({.place = place,
                                .at = static_cast<std::size_t>(at_ - bytes_.data()),
                                .said = instants_.said(),
                                .last = instants_.last()});
  }

  // What is forgotten cannot be said again.
  void keep_steps(const std::vector<StepState>& steps) {
    if (instants_.remembers_all()) {
      room_.read.steps = steps;
      room_.read.instants = instants_;
    } else {
      room_.read.marks.clear();
    }
  }

  std::span<const char> bytes_;
  const char* at_;
  const InCommon& common_;
  PackingRoom& room_;
  Instants instants_;
};

}  // namespace

// Flat: a call for each member of each step would be most of the work.
[[gnu::flatten]] void unpack(std::span<const char> bytes,
                             const InCommon& common,
                             PackingRoom& room,
                             CaseState& into) {
  Reader reader(bytes, common, room);
  reader.get(into);
}

}  // namespace protoflow::engine
