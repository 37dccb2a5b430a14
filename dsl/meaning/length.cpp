#include "dsl/meaning/length.hpp"

namespace protoflow::dsl {

using model::DurationUnit;

Length length_of(model::Duration duration) {
  const std::int64_t amount = duration.amount;
  const std::int64_t days = amount * kMinutesOfDay;
  switch (duration.unit) {
    case DurationUnit::minutes:
      return {amount, amount, amount};
    case DurationUnit::hours:
      return {amount * 60, amount * 60, amount * 60};
    case DurationUnit::days:
      return {days, days, days};
    case DurationUnit::working_days:
      return {days, days * 7 / 5, days * 2 + 4 * kMinutesOfDay};
    case DurationUnit::weeks:
      return {days * 7, days * 7, days * 7};
    case DurationUnit::months:
      return {days * 28, days * 30, days * 31};
    case DurationUnit::years:
      return {days * 365, days * 365, days * 366};
  }
  return {};
}

bool surely_as_long(model::Duration left, model::Duration right) {
  return left.unit == right.unit ? left.amount >= right.amount
                                 : length_of(left).least >= length_of(right).most;
}

}  // namespace protoflow::dsl
