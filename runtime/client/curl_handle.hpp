// Owners for libcurl's handles and the settings that every request of ours shares. For the .cpp
// files of runtime/ that speak to other machines.
#pragma once

#include <memory>
#include <string>
#include <vector>

#include <curl/curl.h>

namespace protoflow::runtime {

struct CurlEasyFree {
  void operator()(CURL* handle) const { curl_easy_cleanup(handle); }
};

struct CurlMultiFree {
  void operator()(CURLM* handle) const { (void)curl_multi_cleanup(handle); }
};

struct CurlUrlFree {
  void operator()(CURLU* handle) const { curl_url_cleanup(handle); }
};

struct CurlListFree {
  void operator()(curl_slist* list) const { curl_slist_free_all(list); }
};

using CurlEasy = std::unique_ptr<CURL, CurlEasyFree>;
using CurlMulti = std::unique_ptr<CURLM, CurlMultiFree>;
using CurlUrl = std::unique_ptr<CURLU, CurlUrlFree>;
using CurlList = std::unique_ptr<curl_slist, CurlListFree>;

/// A handle that speaks only http and https, follows no redirect, raises no signal, and asks no
/// proxy for this machine itself. `url` is copied.
[[nodiscard]] CurlEasy make_request(const std::string& url);

[[nodiscard]] CurlMulti make_multi();

/// One line each, "Name: value".
[[nodiscard]] CurlList make_list(const std::vector<std::string>& lines);

}  // namespace protoflow::runtime
