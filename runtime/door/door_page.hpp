// The page behind a link: a few lines and buttons. It works without scripts, on a phone, loads
// nothing from elsewhere, and is right to left where the language is written so. Nothing is done
// until a button is pressed: mail scanners follow links. Every text is escaped.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "runtime/http/server.hpp"
#include "runtime/people/contact.hpp"

namespace protoflow::runtime {

/// Sent by POST, as a form; the secret goes in its body.
struct DoorForm {
  std::string action;
  std::vector<std::pair<std::string, std::string>> hidden;
  std::string asks_for;  // the label of a text `reason`; empty: none
  std::string button;
  bool is_main = true;
};

struct DoorPage {
  int status = 200;
  MailLanguage language = MailLanguage::french;
  std::string title;
  std::vector<std::string> lines{};
  std::vector<DoorForm> forms{};
  std::string link{}, link_label{};  // empty: none
};

[[nodiscard]] std::string html_of(const DoorPage& page);

/// With what a page with a secret in its address needs: never kept, framed, or said to other sites.
[[nodiscard]] HttpResponse respond_page(const DoorPage& page);

/// The first of ours that the reader's program names; French where it names none.
[[nodiscard]] MailLanguage preferred_language(std::string_view accept_language);

}  // namespace protoflow::runtime
