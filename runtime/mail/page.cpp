#include "runtime/mail/page.hpp"

#include <string_view>

#include "dsl/document/render.hpp"

namespace protoflow::runtime {

namespace {

// Mail programs drop style sheets: each element carries its own.
constexpr std::string_view kBody =
    "margin:0;padding:24px 12px;background:#f4f5f7;color:#1d2733;"
    "font:16px/1.5 system-ui,-apple-system,'Segoe UI',Roboto,Arial,sans-serif";
constexpr std::string_view kSheet =
    "max-width:560px;margin:0 auto;padding:28px;background:#ffffff;border-radius:8px";
constexpr std::string_view kItem = "margin:20px 0;padding:16px 0 0;border-top:1px solid #d9dee4";
constexpr std::string_view kSentence = "margin:0 0 6px;font-size:18px;font-weight:600";
constexpr std::string_view kSmall = "margin:0 0 4px;color:#4a5665";
constexpr std::string_view kLink =
    "display:inline-block;margin-top:12px;padding:12px 20px;background:#1f4e79;color:#ffffff;"
    "text-decoration:none;border-radius:6px";
constexpr std::string_view kFoot = "margin:24px 0 0;color:#5d6875;font-size:14px";

std::string element(std::string_view name, std::string_view style, const std::string& inside) {
  return inside.empty() ? ""
                        : "<" + std::string(name) + " style=\"" + std::string(style) + "\">" +
                              inside + "</" + std::string(name) + ">\n";
}

std::string html_item(const MailItem& item, const std::string& open) {
  auto inside = element("p", kSentence, dsl::document::escaped_html(item.sentence)) +
                element("p", kSmall, dsl::document::escaped_html(item.date)) +
                element("p", kSmall, dsl::document::escaped_html(item.reference));
  if (!item.link.empty()) {
    inside += "<a href=\"" + dsl::document::escaped_html(item.link) + "\" style=\"" +
              std::string(kLink) + "\">" + dsl::document::escaped_html(open) + "</a>\n";
  }
  return element("div", kItem, inside);
}

}  // namespace

std::string html_of(const MailPage& page) {
  const bool arabic = page.language == MailLanguage::arabic;
  const std::string head = arabic ? "<html lang=\"ar\" dir=\"rtl\">"
                           : page.language == MailLanguage::french ? "<html lang=\"fr\">"
                                                                   : "<html lang=\"en\">";
  auto inside = element("p", "margin:0", dsl::document::escaped_html(page.hello)) +
                element("p", "margin:12px 0 0", dsl::document::escaped_html(page.lead));
  for (const auto& item : page.items) {
    inside += html_item(item, page.open);
  }
  inside += element("p", kFoot, dsl::document::escaped_html(page.foot));
  return "<!DOCTYPE html>\n" + head + "\n<head><meta charset=\"utf-8\"><title>" +
         dsl::document::escaped_html(page.title) +
         "</title><meta name=\"viewport\" content=\"width=device-width\"></head>\n<body" +
         (arabic ? " dir=\"rtl\"" : "") + " style=\"" + std::string(kBody) + "\">\n" +
         element("div", kSheet, inside) + "</body>\n</html>\n";
}

}  // namespace protoflow::runtime
