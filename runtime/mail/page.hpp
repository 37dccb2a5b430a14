// The HTML of a mail: one column, no picture, no script, nothing loaded from elsewhere, right to
// left where the language is written so. Every text is escaped.
#pragma once

#include <string>
#include <vector>

#include "runtime/people/contact.hpp"

namespace protoflow::runtime {

struct MailItem {
  std::string sentence, date, reference, link;  // the last three may be empty
};

struct MailPage {
  MailLanguage language = MailLanguage::french;
  std::string title, hello, lead, open, foot;  // `lead` may be empty
  std::vector<MailItem> items;
};

[[nodiscard]] std::string html_of(const MailPage& page);

}  // namespace protoflow::runtime
