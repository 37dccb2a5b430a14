// What the operator says of mails: plain values, so that the command line needs no more.
#pragma once

#include <filesystem>
#include <string>

namespace protoflow::runtime {

/// As the operator says them; see docs/operating.md.
struct MailOptions {
  std::string server{};  // smtp://host:587 or smtps://host:465; empty: no mails
  std::string from{}, user{};
  std::filesystem::path password_file{};
  std::string authorities{};  // a file of certificates to trust instead of the system's
  bool insecure = false;      // without TLS, towards this machine itself
  std::string pages{};        // https://example.org: what mails link to; empty: no links
};

}  // namespace protoflow::runtime
