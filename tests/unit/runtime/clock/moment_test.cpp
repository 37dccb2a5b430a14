#include "runtime/clock/moment.hpp"

#include <gtest/gtest.h>

#include "engine/log/record.hpp"
#include "runtime/clock/zone.hpp"

namespace protoflow::runtime {
namespace {

struct Row {
  const char* said;
  const char* utc;  // in Paris; empty: not an instant
};

class AMoment : public testing::TestWithParam<Row> {};

TEST_P(AMoment, IsReadAsPeopleWriteIt) {
  const auto zone = load_zone("Europe/Paris", 2027, 2027).value();
  const auto moment = read_moment(GetParam().said);

  EXPECT_EQ(moment ? engine::to_text(moment->in(zone)) : "", GetParam().utc) << GetParam().said;
}

// clang-format off
INSTANTIATE_TEST_SUITE_P(Table, AMoment, testing::Values(
    Row{"2027-01-04T08:00:00.000Z",   "2027-01-04T08:00:00.000Z"},
    Row{"2027-01-04T08:00:00.5Z",     "2027-01-04T08:00:00.500Z"},
    Row{"2027-01-04T08:00:00Z",       "2027-01-04T08:00:00.000Z"},
    Row{"2027-01-04T08:00Z",          "2027-01-04T08:00:00.000Z"},
    Row{"2027-01-04 08:00Z",          "2027-01-04T08:00:00.000Z"},
    Row{"2027-01-04T09:00+01:00",     "2027-01-04T08:00:00.000Z"},
    Row{"2027-01-04T02:30:00-05:30",  "2027-01-04T08:00:00.000Z"},
    Row{"2027-01-04 09:00",           "2027-01-04T08:00:00.000Z"},
    Row{"2027-07-14T09:00:30",        "2027-07-14T07:00:30.000Z"},
    Row{"2027-03-28 02:30",           "2027-03-28T01:30:00.000Z"},  // skipped: an hour later
    Row{"2027-10-31 02:30",           "2027-10-31T00:30:00.000Z"},  // shown twice: the first
    Row{"",                           ""},
    Row{"2027-01-04",                 ""},
    Row{"09:00",                      ""},
    Row{"2027-02-30 09:00",           ""},
    Row{"2027-01-04 25:00",           ""},
    Row{"2027-01-04 09:00 ",          ""},
    Row{"2027-01-04 09:00 tomorrow",  ""},
    Row{"2027-01-04T08:00:00.000Zz",  ""},
    Row{"2027-01-04T09:00+",          ""},
    Row{"demain à neuf heures",       ""}));
// clang-format on

}  // namespace
}  // namespace protoflow::runtime
