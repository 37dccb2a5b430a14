// What stands in the calendar of a person or of a partner: what they owe and by when, the sessions
// and routines they come to. A pure function of the live streams; as neutral as a mail.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "runtime/calendar/calendar_text.hpp"
#include "runtime/casebook/reading.hpp"
#include "runtime/people/contact.hpp"

namespace protoflow::runtime {

/// Whose calendar it is: one of the two.
struct FeedOwner {
  std::string person;
  std::string partner;
};

inline constexpr std::size_t kFeedEntriesMax = 2'000;

/// In the order of their dates; at most kFeedEntriesMax, the nearest. `link`: as in MailSite.
[[nodiscard]] std::vector<CalendarEntry> feed_of(const FeedOwner& owner,
                                                 const Reading& reading,
                                                 MailLanguage language,
                                                 const std::string& link);

/// What each is called in every calendar, feed or invitation.
[[nodiscard]] std::string session_uid(std::string_view stream);
[[nodiscard]] std::string routine_uid(std::string_view stream,
                                      std::string_view routine,
                                      std::uint32_t number);
[[nodiscard]] std::string review_uid(std::string_view stream, std::string_view step);

}  // namespace protoflow::runtime
