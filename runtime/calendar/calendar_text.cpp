#include "runtime/calendar/calendar_text.hpp"

#include <memory>

#include <libical/ical.h>

#include "engine/log/record.hpp"
#include "runtime/words/plain_text.hpp"

namespace protoflow::runtime {

namespace {

struct FreeComponent {
  void operator()(icalcomponent* component) const { icalcomponent_free(component); }
};

using Component = std::unique_ptr<icalcomponent, FreeComponent>;

constexpr const char* kRefresh = "PT1H";
constexpr int kMeetingMinutes = 60;  // no protocol says how long one takes

icaltimetype time_of(model::Instant instant) {
  const auto seconds = std::chrono::floor<std::chrono::seconds>(instant).time_since_epoch().count();
  return icaltime_from_timet_with_zone(
      static_cast<time_t>(seconds), 0, icaltimezone_get_utc_timezone());
}

void add_extension(icalcomponent* to,
                   const char* name,
                   const std::string& value,
                   icalparameter* parameter = nullptr) {
  icalproperty* property = icalproperty_new_x(value.c_str());
  icalproperty_set_x_name(property, name);
  if (parameter != nullptr) {
    icalproperty_add_parameter(property, parameter);
  }
  icalcomponent_add_property(to, property);
}

Component calendar_with(icalproperty_method method) {
  Component calendar(icalcomponent_new(ICAL_VCALENDAR_COMPONENT));
  icalcomponent_add_property(calendar.get(), icalproperty_new_version("2.0"));
  icalcomponent_add_property(calendar.get(),
                             icalproperty_new_prodid("-//protoflow//protoflow//FR"));
  icalcomponent_add_property(calendar.get(), icalproperty_new_method(method));
  return calendar;
}

void add_times(icalcomponent* to, const CalendarEntry& entry) {
  icalcomponent_add_property(to, icalproperty_new_dtstamp(time_of(entry.stamp)));
  if (entry.start == model::kNever) {
    return;
  }
  icalcomponent_add_property(to, icalproperty_new_dtstart(time_of(entry.start)));
  if (!entry.is_deadline) {
    icalcomponent_add_property(
        to, icalproperty_new_dtend(time_of(entry.start + std::chrono::minutes(kMeetingMinutes))));
  }
  icalcomponent_add_property(
      to,
      icalproperty_new_transp(entry.is_deadline ? ICAL_TRANSP_TRANSPARENT : ICAL_TRANSP_OPAQUE));
}

icalcomponent* event_of(const CalendarEntry& entry) {
  icalcomponent* event = icalcomponent_new(ICAL_VEVENT_COMPONENT);
  icalcomponent_add_property(event, icalproperty_new_uid(entry.uid.c_str()));
  add_times(event, entry);
  icalcomponent_add_property(event, icalproperty_new_sequence(static_cast<int>(entry.sequence)));
  icalcomponent_add_property(event, icalproperty_new_summary(as_plain_line(entry.summary).c_str()));
  if (!entry.description.empty()) {
    icalcomponent_add_property(
        event, icalproperty_new_description(as_plain_line(entry.description).c_str()));
  }
  if (!entry.link.empty()) {
    icalcomponent_add_property(event, icalproperty_new_url(as_plain_line(entry.link).c_str()));
  }
  icalcomponent_add_property(
      event,
      icalproperty_new_status(entry.is_cancelled ? ICAL_STATUS_CANCELLED : ICAL_STATUS_CONFIRMED));
  icalcomponent_add_property(event, icalproperty_new_class(ICAL_CLASS_PRIVATE));
  return event;
}

std::string text_of(const Component& calendar) {
  char* const written = icalcomponent_as_ical_string_r(calendar.get());
  std::string text(written == nullptr ? "" : written);
  icalmemory_free_buffer(written);
  return text;
}

}  // namespace

std::string calendar_uid(std::string_view what) {
  constexpr std::size_t kLetters = 32;
  return engine::to_hex(engine::sha256(what)).substr(0, kLetters) + "@protoflow";
}

std::string calendar_text(std::span<const CalendarEntry> entries, std::string_view name) {
  const auto calendar = calendar_with(ICAL_METHOD_PUBLISH);
  add_extension(calendar.get(), "X-WR-CALNAME", as_plain_line(name));
  add_extension(calendar.get(), "X-PUBLISHED-TTL", kRefresh);
  add_extension(
      calendar.get(), "REFRESH-INTERVAL", kRefresh, icalparameter_new_value(ICAL_VALUE_DURATION));
  for (const auto& entry : entries) {
    icalcomponent_add_component(calendar.get(), event_of(entry));
  }
  return text_of(calendar);
}

std::string invitation_text(const CalendarEntry& entry, const Invitation& invitation) {
  const auto calendar =
      calendar_with(entry.is_cancelled ? ICAL_METHOD_CANCEL : ICAL_METHOD_REQUEST);
  icalcomponent* event = event_of(entry);
  icalcomponent_add_property(
      event, icalproperty_new_organizer(("mailto:" + invitation.organizer).c_str()));
  icalproperty* attendee = icalproperty_new_attendee(("mailto:" + invitation.attendee).c_str());
  icalproperty_add_parameter(attendee, icalparameter_new_partstat(ICAL_PARTSTAT_NEEDSACTION));
  icalproperty_add_parameter(attendee, icalparameter_new_rsvp(ICAL_RSVP_FALSE));
  icalcomponent_add_property(event, attendee);
  icalcomponent_add_component(calendar.get(), event);
  return text_of(calendar);
}

}  // namespace protoflow::runtime
