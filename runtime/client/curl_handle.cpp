#include "runtime/client/curl_handle.hpp"

#include <utility>

#include <curl/curl.h>

namespace protoflow::runtime {

namespace {

/// libcurl is set up once, before its first use, and needs no tearing down.
void set_up() {
  static const CURLcode done = curl_global_init(CURL_GLOBAL_DEFAULT);
  (void)done;  // a failure shows again at the first request
}

bool is_this_machine(const std::string& url) {
  const CurlUrl parts(curl_url());
  char* host = nullptr;
  if (curl_url_set(parts.get(), CURLUPART_URL, url.c_str(), 0) != CURLUE_OK ||
      curl_url_get(parts.get(), CURLUPART_HOST, &host, 0) != CURLUE_OK) {
    return false;
  }
  const std::string name(host);
  curl_free(host);
  return name == "localhost" || name.starts_with("127.") || name == "[::1]";
}

}  // namespace

void CurlEasyFree::operator()(void* handle) const {
  curl_easy_cleanup(handle);
}

void CurlMultiFree::operator()(void* handle) const {
  (void)curl_multi_cleanup(handle);
}

void CurlUrlFree::operator()(Curl_URL* handle) const {
  curl_url_cleanup(handle);
}

void CurlListFree::operator()(curl_slist* list) const {
  curl_slist_free_all(list);
}

CurlEasy make_request(const std::string& url) {
  set_up();
  CurlEasy request(curl_easy_init());
  CURL* handle = request.get();
  curl_easy_setopt(handle, CURLOPT_URL, url.c_str());
  curl_easy_setopt(handle, CURLOPT_PROTOCOLS_STR, "http,https");
  curl_easy_setopt(handle, CURLOPT_FOLLOWLOCATION, 0L);
  curl_easy_setopt(handle, CURLOPT_NOSIGNAL, 1L);
  curl_easy_setopt(
      handle, CURLOPT_QUICK_EXIT, 1L);  // do not wait for a name that is being looked up
  curl_easy_setopt(handle, CURLOPT_USERAGENT, "protoflow/" PROTOFLOW_VERSION);
  if (is_this_machine(url)) {
    curl_easy_setopt(handle, CURLOPT_PROXY, "");
  }
  return request;
}

CurlMulti make_multi() {
  set_up();
  return CurlMulti(curl_multi_init());
}

CurlList make_list(const std::vector<std::string>& lines) {
  CurlList list;
  for (const std::string& line : lines) {
    curl_slist* longer = curl_slist_append(list.get(), line.c_str());
    (void)list.release();
    list.reset(longer);
  }
  return list;
}

}  // namespace protoflow::runtime
