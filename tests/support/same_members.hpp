// Whether two values of the engine are the same in every member, however deep: what describe()
// leaves out counts too.
#pragma once

#include <optional>
#include <string>
#include <type_traits>
#include <vector>

#include <boost/pfr.hpp>

namespace protoflow::tests {

template <class Value>
bool same_members(const Value& a, const Value& b);

template <class Element>
bool same_members(const std::vector<Element>& a, const std::vector<Element>& b) {
  bool same = a.size() == b.size();
  for (std::size_t i = 0; same && i < a.size(); ++i) {
    same = same_members(a[i], b[i]);
  }
  return same;
}

template <class Value>
bool same_members(const Value& a, const Value& b) {
  if constexpr (requires { a == b; }) {
    return a == b;
  } else {
    bool same = true;
    boost::pfr::for_each_field(a, [&](const auto& member, auto place) {
      same = same && same_members(member, boost::pfr::get<place()>(b));
    });
    return same;
  }
}

}  // namespace protoflow::tests
