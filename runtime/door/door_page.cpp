#include "runtime/door/door_page.hpp"

#include <array>

#include "dsl/document/render.hpp"

namespace protoflow::runtime {

namespace {

using dsl::document::escaped_html;

constexpr std::string_view kStyle =
    "*{box-sizing:border-box}"
    "body{margin:0;padding:24px 12px;background:#f4f5f7;color:#1d2733;"
    "font:18px/1.5 system-ui,-apple-system,'Segoe UI',Roboto,Arial,sans-serif}"
    "main{max-width:560px;margin:0 auto;padding:28px;background:#fff;border-radius:8px;"
    "overflow-wrap:anywhere}"
    "h1{margin:0 0 12px;font-size:26px;line-height:1.25}"
    "p{margin:0 0 12px}"
    "form{margin:24px 0}"
    "label{display:block;margin:0 0 6px;font-weight:600}"
    "textarea{width:100%;min-height:96px;margin:0 0 12px;padding:10px;font:inherit;color:inherit;"
    "border:1px solid #5d6875;border-radius:6px}"
    "button,.go{display:inline-block;min-height:48px;padding:10px 22px;font:inherit;"
    "font-weight:600;border:2px solid #1f4e79;border-radius:6px;background:#1f4e79;color:#fff;"
    "text-decoration:none;cursor:pointer}"
    ".second{background:#fff;color:#1f4e79}"
    ":focus-visible{outline:3px solid #d97706;outline-offset:2px}";

constexpr std::array<std::string_view, 3> kTags = {"fr", "en", "ar"};

std::string form_html(const DoorForm& form) {
  std::string html = "<form method=\"post\" action=\"" + escaped_html(form.action) + "\">\n";
  for (const auto& [name, value] : form.hidden) {
    html += "<input type=\"hidden\" name=\"" + escaped_html(name) + "\" value=\"" +
            escaped_html(value) + "\">\n";
  }
  if (!form.asks_for.empty()) {
    html += "<label for=\"reason\">" + escaped_html(form.asks_for) +
            "</label>\n<textarea id=\"reason\" name=\"reason\" maxlength=\"1000\" "
            "required></textarea>\n";
  }
  return html + "<button" + (form.is_main ? "" : " class=\"second\"") + ">" +
         escaped_html(form.button) + "</button>\n</form>\n";
}

}  // namespace

std::string html_of(const DoorPage& page) {
  const auto tag = kTags[static_cast<std::size_t>(page.language)];
  std::string html = "<!DOCTYPE html>\n<html lang=\"" + std::string(tag) + "\"" +
                     (page.language == MailLanguage::arabic ? " dir=\"rtl\"" : "") +
                     ">\n<head><meta charset=\"utf-8\"><title>" + escaped_html(page.title) +
                     "</title><meta name=\"viewport\" content=\"width=device-width\">"
                     "<meta name=\"robots\" content=\"noindex\"><style>" +
                     std::string(kStyle) + "</style></head>\n<body>\n<main>\n<h1>" +
                     escaped_html(page.title) + "</h1>\n";
  for (const auto& line : page.lines) {
    html += "<p>" + escaped_html(line) + "</p>\n";
  }
  for (const auto& form : page.forms) {
    html += form_html(form);
  }
  if (!page.link.empty()) {
    html += "<p><a class=\"go\" href=\"" + escaped_html(page.link) + "\">" +
            escaped_html(page.link_label) + "</a></p>\n";
  }
  return html + "</main>\n</body>\n</html>\n";
}

HttpResponse respond_page(const DoorPage& page) {
  HttpResponse response{
      .status = page.status, .content_type = "text/html; charset=utf-8", .body = html_of(page)};
  response.headers = {{"Cache-Control", "no-store"},
                      {"Referrer-Policy", "no-referrer"},
                      {"X-Robots-Tag", "noindex"},
                      {"Content-Security-Policy",
                       "default-src 'none'; style-src 'unsafe-inline'; form-action 'self'; "
                       "frame-ancestors 'none'; base-uri 'none'"}};
  return response;
}

MailLanguage preferred_language(std::string_view accept_language) {
  auto rest = accept_language;
  while (!rest.empty()) {
    rest.remove_prefix(std::min(rest.find_first_not_of(" ,"), rest.size()));
    for (std::size_t i = 0; i < kTags.size(); ++i) {
      if (rest.starts_with(kTags[i])) {
        return static_cast<MailLanguage>(i);
      }
    }
    rest.remove_prefix(std::min(rest.find(','), rest.size()));
  }
  return MailLanguage::french;
}

}  // namespace protoflow::runtime
