#include "runtime/client/client.hpp"

#include <algorithm>
#include <cctype>

#include <curl/curl.h>

#include "runtime/client/curl_handle.hpp"
#include "runtime/client/event_reader.hpp"

namespace protoflow::runtime {

namespace {

using Headers = std::vector<std::pair<std::string, std::string>>;

// An answer to the command line that is longer is not from our daemon.
constexpr std::size_t kBodyMax = 256 * 1024 * 1024;

std::string lower(std::string_view text) {
  std::string out(text);
  std::ranges::transform(
      out, out.begin(), [](unsigned char c) { return static_cast<char>(std::tolower(c)); });
  return out;
}

CurlList to_list(const Headers& headers) {
  std::vector<std::string> lines = {"Expect:"};
  for (const auto& [name, value] : headers) {
    lines.push_back(value.empty() ? name + ';' : name + ": " + value);
  }
  return make_list(lines);
}

/// `http://host:port`, without what follows.
std::string place_of(const std::string& url) {
  const auto scheme = url.find("://");
  const auto from = scheme == std::string::npos ? 0 : scheme + 3;
  return url.substr(0, url.find_first_of("/?#", from));
}

ClientError explain(CURLcode code, const std::string& url) {
  const std::string place = place_of(url);
  switch (static_cast<int>(code)) {
    case CURLE_COULDNT_CONNECT:
      return {"nothing answers at " + place +
              ": is the daemon running? Start it with `protoflow serve`, or check the address"};
    case CURLE_COULDNT_RESOLVE_HOST:
      return {"the machine of " + place + " is not known: check the address of the daemon"};
    case CURLE_URL_MALFORMAT:
    case CURLE_UNSUPPORTED_PROTOCOL:
      return {"\"" + place + "\" is not a web address: write it as http://127.0.0.1:PORT"};
    case CURLE_OPERATION_TIMEDOUT:
      return {"the daemon at " + place +
              " did not answer in time: it may still carry out the request; look before you "
              "repeat it"};
    case CURLE_GOT_NOTHING:
    case CURLE_RECV_ERROR:
    case CURLE_SEND_ERROR:
    case CURLE_PARTIAL_FILE:
      return {"the connection to " + place +
              " ended before the answer: look whether the request took effect before you repeat "
              "it"};
    default:
      return {"the request to " + place + " failed: " + curl_easy_strerror(code)};
  }
}

std::size_t take_header(const char* bytes, std::size_t size, std::size_t count, void* to) {
  auto& answer = *static_cast<ClientAnswer*>(to);
  const std::string_view line(bytes, size * count);
  const auto colon = line.find(':');
  if (line.starts_with("HTTP/")) {
    answer.headers.clear();  // an interim answer came before
  } else if (colon != line.npos) {
    std::string_view value = line.substr(colon + 1);
    const auto first = value.find_first_not_of(" \t\r\n");
    const auto last = value.find_last_not_of(" \t\r\n");
    answer.headers[lower(line.substr(0, colon))] =
        first == value.npos ? std::string() : std::string(value.substr(first, last - first + 1));
  }
  return line.size();
}

bool keep(ClientAnswer& answer, std::string_view bytes) {
  answer.body += bytes;
  return answer.body.size() <= kBodyMax;
}

std::size_t take_body(const char* bytes, std::size_t size, std::size_t count, void* to) {
  const std::string_view chunk(bytes, size * count);
  return keep(*static_cast<ClientAnswer*>(to), chunk) ? chunk.size() : 0;
}

struct Following {
  CURL* handle;
  const OnEvent& on_event;
  EventReader reader;
  std::chrono::milliseconds silence;
  std::chrono::steady_clock::time_point last_bytes = std::chrono::steady_clock::now();
  ClientAnswer answer{};
  bool ended_by_us = false;
  bool silent = false;
};

int status_of(CURL* handle) {
  long status = 0;
  curl_easy_getinfo(handle, CURLINFO_RESPONSE_CODE, &status);
  return static_cast<int>(status);
}

bool is_stream(const Following& following) {
  const auto type = following.answer.headers.find("content-type");
  return status_of(following.handle) == 200 && type != following.answer.headers.end() &&
         type->second.starts_with("text/event-stream");
}

std::size_t take_events(const char* bytes, std::size_t size, std::size_t count, void* to) {
  auto& following = *static_cast<Following*>(to);
  const std::string_view chunk(bytes, size * count);
  following.last_bytes = std::chrono::steady_clock::now();
  if (!is_stream(following)) {
    return keep(following.answer, chunk) ? chunk.size() : 0;
  }
  bool wanted = true;
  const bool more = following.reader.feed(
      chunk, [&](std::string_view id, std::string_view event, std::string_view text) {
        wanted = following.on_event(id, event, text);
        return wanted;
      });
  following.ended_by_us = !wanted;
  return more ? chunk.size() : 0;
}

int watch_silence(void* of, curl_off_t, curl_off_t, curl_off_t, curl_off_t) {
  auto& following = *static_cast<Following*>(of);
  const auto since = std::chrono::steady_clock::now() - following.last_bytes;
  following.silent = since > following.silence;
  return following.silent ? 1 : 0;
}

}  // namespace

std::expected<ClientAnswer, ClientError> request(const ClientRequest& request) {
  const CurlEasy easy = make_request(request.url);
  Headers all = request.headers;
  const bool says_type = std::ranges::any_of(
      all, [](const auto& header) { return lower(header.first) == "content-type"; });
  if (!request.body.empty() && !says_type) {
    all.emplace_back("Content-Type", "application/json");
  }
  const CurlList headers = to_list(all);
  CURL* handle = easy.get();
  ClientAnswer answer;
  curl_easy_setopt(handle, CURLOPT_HTTPHEADER, headers.get());
  curl_easy_setopt(handle, CURLOPT_TIMEOUT_MS, static_cast<long>(request.timeout.count()));
  curl_easy_setopt(handle, CURLOPT_HEADERFUNCTION, take_header);
  curl_easy_setopt(handle, CURLOPT_HEADERDATA, &answer);
  curl_easy_setopt(handle, CURLOPT_WRITEFUNCTION, take_body);
  curl_easy_setopt(handle, CURLOPT_WRITEDATA, &answer);
  if (request.method == "HEAD") {
    curl_easy_setopt(handle, CURLOPT_NOBODY, 1L);
  } else if (!request.body.empty() || request.method == "POST") {
    curl_easy_setopt(
        handle, CURLOPT_POSTFIELDSIZE_LARGE, static_cast<curl_off_t>(request.body.size()));
    curl_easy_setopt(handle, CURLOPT_POSTFIELDS, request.body.data());
  }
  curl_easy_setopt(handle, CURLOPT_CUSTOMREQUEST, request.method.c_str());
  if (const CURLcode code = curl_easy_perform(handle); code != CURLE_OK) {
    return std::unexpected(explain(code, request.url));
  }
  answer.status = status_of(handle);
  return answer;
}

std::expected<std::string, ClientError> follow(const FollowRequest& request,
                                               const OnEvent& on_event) {
  const CurlEasy easy = make_request(request.url);
  Headers all = request.headers;
  all.emplace_back("Accept", "text/event-stream");
  if (!request.last_event_id.empty()) {
    all.emplace_back("Last-Event-ID", request.last_event_id);
  }
  const CurlList headers = to_list(all);
  CURL* handle = easy.get();
  Following following{handle, on_event, EventReader(request.last_event_id), request.silence};
  curl_easy_setopt(handle, CURLOPT_HTTPHEADER, headers.get());
  curl_easy_setopt(handle, CURLOPT_HEADERFUNCTION, take_header);
  curl_easy_setopt(handle, CURLOPT_HEADERDATA, &following.answer);
  curl_easy_setopt(handle, CURLOPT_WRITEFUNCTION, take_events);
  curl_easy_setopt(handle, CURLOPT_WRITEDATA, &following);
  curl_easy_setopt(handle, CURLOPT_NOPROGRESS, 0L);
  curl_easy_setopt(handle, CURLOPT_XFERINFOFUNCTION, watch_silence);
  curl_easy_setopt(handle, CURLOPT_XFERINFODATA, &following);
  const CURLcode code = curl_easy_perform(handle);
  if (following.ended_by_us) {
    return following.reader.last_id();
  }
  if (following.silent) {
    return std::unexpected(ClientError{"the stream from " + place_of(request.url) +
                                       " has gone silent; the connection is broken: follow again"});
  }
  const bool refused = code == CURLE_OK && !is_stream(following);
  following.answer.status = status_of(handle);
  if (refused) {
    return std::unexpected(ClientError{"the daemon at " + place_of(request.url) +
                                           " did not open a stream; it answered with status " +
                                           std::to_string(following.answer.status),
                                       following.answer});
  }
  if (code != CURLE_OK && code != CURLE_RECV_ERROR) {
    return std::unexpected(explain(code, request.url));
  }
  return following.reader.last_id();
}

}  // namespace protoflow::runtime
