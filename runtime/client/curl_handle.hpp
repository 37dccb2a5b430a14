// Owners for libcurl's handles and the settings that every request of ours shares. For the .cpp
// files of runtime/ that speak to other machines.
#pragma once

#include <memory>
#include <string>
#include <vector>

struct Curl_URL;
struct curl_slist;

namespace protoflow::runtime {

struct CurlEasyFree {
  void operator()(void* handle) const;
};

struct CurlMultiFree {
  void operator()(void* handle) const;
};

struct CurlUrlFree {
  void operator()(Curl_URL* handle) const;
};

struct CurlListFree {
  void operator()(curl_slist* list) const;
};

using CurlEasy = std::unique_ptr<void, CurlEasyFree>;
using CurlMulti = std::unique_ptr<void, CurlMultiFree>;
using CurlUrl = std::unique_ptr<Curl_URL, CurlUrlFree>;
using CurlList = std::unique_ptr<curl_slist, CurlListFree>;

/// A handle that speaks only http and https, follows no redirect, raises no signal, and asks no
/// proxy for this machine itself. `url` is copied.
[[nodiscard]] CurlEasy make_request(const std::string& url);

[[nodiscard]] CurlMulti make_multi();

/// One line each, "Name: value".
[[nodiscard]] CurlList make_list(const std::vector<std::string>& lines);

}  // namespace protoflow::runtime
