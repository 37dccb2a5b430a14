#include <algorithm>
#include <chrono>
#include <cstring>
#include <optional>
#include <span>
#include <type_traits>
#include <utility>

#include <boost/pfr.hpp>

#include "engine/packed/packed_case.hpp"
#include "engine/packed/packing.hpp"

namespace protoflow::engine {

namespace {

namespace pfr = boost::pfr;

using model::Instant;
using namespace packing;

constexpr std::int64_t kFarMinutes = std::int64_t{1} << 40U;

class Writer final {
 public:
  Writer(InCommon& common, PackingRoom& room) : common_(common), room_(room) {
    make_room(kAtLeast);
  }

  [[nodiscard]] std::span<const char> written() const {
    return {room_.bytes.data(), static_cast<const char*>(at_)};
  }

  void put(std::uint64_t number) {
    if (end_ - at_ < kNumberMax) {
      make_room(kAtLeast);
    }
    while (number >= 0x80) {
      *at_++ = static_cast<char>(number | 0x80U);
      number >>= 7U;
    }
    *at_++ = static_cast<char>(number);
  }

  // Only those that are not as they are born; each by its shape and what is said beside it.
  void put(const std::vector<StepState>& steps) {
    put(std::uint64_t{steps.size()});
    std::uint64_t skipped = 0;
    for (const auto& step : std::span(steps).subspan(say_again(steps))) {
      if (is_born(step)) {
        ++skipped;
        continue;
      }
      put_step(step, skipped);
      skipped = 0;
    }
    if (skipped > 0) {
      put(kAllBorn);
    }
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
    at_ = std::ranges::copy(text, at_).out;
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
    put(std::uint64_t{static_cast<std::uint16_t>(id.value + kAdded)});
  }

  void put(std::uint32_t version) { put(std::uint64_t{version + kAdded}); }

  // What is as it is born is left out.
  void put(const CaseState& state) {
    static const CaseState kBorn;
    Members members = 0;
    pfr::for_each_field(state, [&](const auto& member, auto place) {
      if constexpr (requires { member.empty(); }) {
        members |= Members{!member.empty()} << place();
      } else {
        members |= Members{!(member == pfr::get<place()>(kBorn))} << place();
      }
    });
    put_members(members, false);
    put_those(members, state);
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
  static constexpr std::size_t kAtLeast = 4096;
  static constexpr std::ptrdiff_t kNumberMax = 10;

  void make_room(std::size_t more) {
    auto& bytes = room_.bytes;
    const auto written = at_ == nullptr ? 0 : static_cast<std::size_t>(at_ - bytes.data());
    if (bytes.size() - written < more) {
      bytes.resize(2 * bytes.size() + more);
    }
    at_ = bytes.data() + written;
    end_ = bytes.data() + bytes.size();
  }

  void put_new(Instant instant) {
    const auto at = instant.time_since_epoch().count();
    const auto last = instants_.last().time_since_epoch().count();
    constexpr std::int64_t kMinute = 60'000;
    const auto minutes = at / kMinute - last / kMinute;
    if (minutes < -kFarMinutes || minutes > kFarMinutes) {
      put(Instants::kRare | (Instants::kSayWhole << 2U));
      put(static_cast<std::uint64_t>(at));
    } else if (at < last) {
      put(Instants::kRare | (Instants::kSayBefore << 2U));
      put(static_cast<std::uint64_t>(last - at));
    } else if (at % kMinute == 0) {
      put(Instants::kMinutes | (static_cast<std::uint64_t>(minutes) << 2U));
    } else {
      put(Instants::kMilliseconds | (static_cast<std::uint64_t>(at - last) << 2U));
    }
  }

  std::uint32_t number_of(const std::string& person, std::size_t place) {
    const bool guessed =
        place < room_.persons.size() && common_.persons[room_.persons[place]] == person;
    return guessed ? room_.persons[place] : common_.persons.number_of(person);
  }

  // Only those that are not as they are born; of each, only what is not as in the one before.
  template <class Element>
  void put_elements(const std::vector<Element>& elements) {
    static_assert(pfr::tuple_size_v<Element> <= 64, "one bit a member");
    Element before{};
    std::uint64_t skipped = 0;
    for (const Element& element : elements) {
      if (is_born(element)) {
        ++skipped;
        continue;
      }
      const auto members = differing(element, before);
      put_members(members, skipped > 0);
      if (skipped > 0) {
        put(std::exchange(skipped, 0));
      }
      put_those(members, element);
      before = element;
    }
    if (skipped > 0) {
      put(kAllBorn);
    }
  }

  void put_step(const StepState& step, std::uint64_t skipped) {
    auto said = step;
    leave_out_the_same(said);
    const auto shape = shape_of(said);
    const std::uint64_t number = common_.shapes.number_of(shape);
    put((number + kFirstNumber) << 1U | std::uint64_t{skipped > 0});
    if (skipped > 0) {
      put(skipped);
    }
    if (number == 0) {
      put(shape);
    }
    put_those(shape.said, said);
  }

  void put(const StepShape& shape) {
    make_room(sizeof shape + kAtLeast);
    std::memcpy(at_, &shape, sizeof shape);
    at_ += sizeof shape;
  }

  // One of the numbers that are put before an element: its members, and whether some are skipped.
  void put_members(Members members, bool skips) {
    const std::uint64_t number = common_.members.number_of(members);
    put((number + kFirstNumber) << 1U | std::uint64_t{skips});
    if (number == 0) {
      put(members);
    }
  }

  template <class Element>
  void put_those(Members members, const Element& element) {
    pfr::for_each_field(element, [&](const auto& member, auto place) {
      if ((members >> place() & 1U) != 0) {
        put(member);
      }
    });
  }

  // The first steps of the case that was read last stand as they were, more often than not: their
  // bytes are copied. How many steps that were.
  std::size_t say_again(const std::vector<StepState>& steps) {
    const auto& read = room_.read;
    if (read.marks.empty() || steps.size() != read.steps.size() ||
        instants_.said() != read.marks.front().said || !instants_.begins_as(read.instants)) {
      return 0;
    }
    std::size_t same = 0;
    while (same < steps.size() &&
           std::memcmp(&steps[same], &read.steps[same], sizeof(StepState)) == 0) {
      ++same;
    }
    const auto after = std::ranges::upper_bound(read.marks, same, {}, &PackingRoom::Mark::place);
    const auto& mark = *std::prev(after);
    const auto begin = read.marks.front().at;
    make_room(mark.at - begin + kAtLeast);
    at_ = std::copy(read.bytes.begin() + static_cast<std::ptrdiff_t>(begin),
                    read.bytes.begin() + static_cast<std::ptrdiff_t>(mark.at),
                    at_);
    instants_ = read.instants;
    instants_.go_back(mark.said, mark.last);
    return mark.place;
  }

  template <class Element>
  static Members differing(const Element& said, const Element& before) {
    Members members = 0;
    pfr::for_each_field(said, [&](const auto& member, auto place) {
      members |= Members{!(member == pfr::get<place()>(before))} << place();
    });
    return members;
  }

  template <class Element>
  static bool is_born(const Element& element) {
    static const Element kBorn{};
    if constexpr (std::is_trivially_copyable_v<Element> && sizeof(Element) > 8) {
      // Equal bytes are equal members; what lies between members may differ.
      if (std::memcmp(&element, &kBorn, 8) == 0 &&
          std::memcmp(&element, &kBorn, sizeof element) == 0) {
        return true;
      }
    }
    return pfr::eq_fields(element, kBorn);
  }

  InCommon& common_;
  PackingRoom& room_;
  char* at_ = nullptr;
  char* end_ = nullptr;
  Instants instants_;
};

}  // namespace

std::span<const char> pack(const CaseState& state, InCommon& common, PackingRoom& room) {
  Writer writer(common, room);
  writer.put(state);
  return writer.written();
}

}  // namespace protoflow::engine
