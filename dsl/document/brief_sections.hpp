// The sections of a partner's brief, in the order of the page. For brief.cpp only. A section
// without blocks is not printed.
#pragma once

#include "dsl/document/document.hpp"
#include "dsl/document/phrases.hpp"

namespace protoflow::dsl::document {

/// How much a brief says, so that the most loaded partner's also keeps to two pages.
enum class Detail : std::uint8_t {
  full,
  without_guidance,  // of the steps
  essential,         // nor their outcomes and reminders, nor the guidance of needs
  titles,            // the steps by title and deadline only, long lists cut short
};

struct BriefPage {
  const Edition& edition;
  const Part& part;
  Detail detail = Detail::full;

  [[nodiscard]] bool says(Detail least) const { return detail <= least; }
};

/// The whole brief with that much detail, in the normal setting.
[[nodiscard]] Document brief_page(const BriefPage& page);

[[nodiscard]] Section people_section(const BriefPage& page);
[[nodiscard]] Section programme_section(const BriefPage& page);
[[nodiscard]] Section place_section(const BriefPage& page);
[[nodiscard]] Section steps_section(const BriefPage& page);
[[nodiscard]] Section reviews_section(const BriefPage& page);
[[nodiscard]] Section supports_section(const BriefPage& page);
[[nodiscard]] Section deputies_section(const BriefPage& page);
[[nodiscard]] Section meetings_section(const BriefPage& page);
[[nodiscard]] Section receives_section(const BriefPage& page);
[[nodiscard]] Section sees_section(const BriefPage& page);
[[nodiscard]] Section call_section(const BriefPage& page);
[[nodiscard]] Section leave_section(const BriefPage& page);
[[nodiscard]] Section agreement_section(const BriefPage& page);

/// Details after a title, parted by " · ".
[[nodiscard]] Text details(const Lines& parts);

}  // namespace protoflow::dsl::document
