// The text side of HTTP/1.1, without sockets: a request target taken apart, an answer's head
// written, Beast's complaints said as problems. For the server's own files.
#pragma once

#include <cstddef>
#include <expected>
#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "runtime/http/server.hpp"

namespace protoflow::runtime {

struct Target {
  std::string path;
  std::vector<std::string> segments;
  std::map<std::string, std::string, std::less<>> query;
};

/// RFC 9112, section 3.2: origin form and absolute form. The error is a sentence for the client.
[[nodiscard]] std::expected<Target, std::string> read_target(std::string_view target);

/// `text` fit for a place in a URL's path or query (RFC 3986, section 2.3).
[[nodiscard]] std::string escaped(std::string_view text);

struct HeadOptions {
  bool keep_alive = true;
  bool with_length = true;  // false for a stream, whose end is the end of the connection
};

/// Status line and header fields, with the empty line. Control characters in values are left out.
[[nodiscard]] std::string head_text(const HttpResponse& response, HeadOptions options);

/// Valid UTF-8 (no overlong form, no surrogate) without NUL.
[[nodiscard]] bool is_clean_text(std::string_view text);

}  // namespace protoflow::runtime
