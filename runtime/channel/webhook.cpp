#include "runtime/channel/webhook.hpp"

#include <sys/socket.h>

#include <deque>
#include <mutex>
#include <thread>
#include <unordered_map>
#include <utility>

#include <curl/curl.h>

#include "runtime/channel/public_address.hpp"
#include "runtime/channel/return_path.hpp"
#include "runtime/client/curl_handle.hpp"

namespace protoflow::runtime {

namespace {

// An answer that says the request itself is wrong rarely heals: asked a few times, in case the
// receiver is being mended.
constexpr int kRefusedAttempts = 4;
constexpr int kPollMilliseconds = 1000;

// Kind to a small receiver; the others wait their turn here.
constexpr std::size_t kAtOnce = 8;

struct Waiting {
  OutgoingNotice notice;
  Channel::Done done;
};

struct Post {
  CurlEasy request;
  CurlList headers;
  std::string body;
  Channel::Done done;
  bool to_private_networks = false;
  bool was_private = false;  // an address that its name resolved to
};

// Looks at the address itself, when it is about to be used: a name may resolve to another each
// time.
curl_socket_t open_socket(void* given, curlsocktype, curl_sockaddr* to) {
  auto& post = *static_cast<Post*>(given);
  if (!post.to_private_networks && !is_public(to->addr)) {
    post.was_private = true;
    return CURL_SOCKET_BAD;
  }
  return socket(to->family, to->socktype | SOCK_CLOEXEC, to->protocol);
}

std::size_t ignore_body(const char*, std::size_t size, std::size_t count, void*) {
  return size * count;
}

SendResult result_of(const Post& post, CURLcode code) {
  CURL* request = post.request.get();
  long status = 0;
  curl_easy_getinfo(request, CURLINFO_RESPONSE_CODE, &status);
  if (code != CURLE_OK && post.was_private) {
    return Retry{
        "its name leads to a private network or to this machine; if that is meant, start "
        "with --webhook-private",
        std::nullopt,
        kRefusedAttempts};
  }
  if (code != CURLE_OK) {
    return Retry{std::string("no answer: ") + curl_easy_strerror(code)};
  }
  curl_off_t seconds = 0;
  curl_easy_getinfo(request, CURLINFO_RETRY_AFTER, &seconds);
  return judge_answer(static_cast<int>(status),
                      seconds > 0 ? std::optional(std::chrono::seconds(seconds)) : std::nullopt);
}

class Webhook final : public Channel {
 public:
  Webhook(Loop& loop, const Clock& clock, WebhookSettings settings)
      : path_back_(loop),
        clock_(clock),
        settings_(std::move(settings)),
        multi_(make_multi()),
        thread_([this](const std::stop_token& stop) { post_until(stop); }) {}

  ~Webhook() override {
    thread_.request_stop();
    curl_multi_wakeup(multi_.get());
    thread_.join();
  }

  [[nodiscard]] std::string_view name() const override { return settings_.name; }

  void send(const OutgoingNotice& notice, Done done) override {
    {
      const std::scoped_lock lock(mutex_);
      queue_.push_back({notice, std::move(done)});
    }
    curl_multi_wakeup(multi_.get());
  }

 private:
  void post_until(const std::stop_token& stop) {
    while (!stop.stop_requested()) {
      take_queue();
      int running = 0;
      curl_multi_perform(multi_.get(), &running);
      const bool room = finish_done();
      curl_multi_poll(multi_.get(), nullptr, 0, room ? 0 : kPollMilliseconds, nullptr);
    }
    for (const auto& [handle, post] : under_way_) {
      curl_multi_remove_handle(multi_.get(), handle);
    }
  }

  void take_queue() {
    const std::scoped_lock lock(mutex_);
    while (!queue_.empty() && under_way_.size() < kAtOnce) {
      auto post = prepare(std::move(queue_.front()));
      queue_.pop_front();
      CURL* handle = post->request.get();
      curl_multi_add_handle(multi_.get(), handle);
      under_way_.emplace(handle, std::move(post));
    }
  }

  [[nodiscard]] std::unique_ptr<Post> prepare(Waiting waiting) const {
    auto post = std::make_unique<Post>();
    const auto now = std::chrono::floor<std::chrono::seconds>(clock_.now());
    post->request = make_request(settings_.url);
    const auto seconds = now.time_since_epoch().count();
    const auto& id = waiting.notice.id;
    post->body = cloud_event(waiting.notice, settings_.data);
    post->headers = make_list({std::string("Content-Type: ") + kCloudEventType,
                               "Webhook-Id: " + id,
                               "Webhook-Timestamp: " + std::to_string(seconds),
                               // without keys, a name alone: libcurl then sends no such header
                               "Webhook-Signature:" + signed_with_blank(id, seconds, post->body),
                               "Expect:"});
    post->done = std::move(waiting.done);
    post->to_private_networks = settings_.to_private_networks;
    CURL* handle = post->request.get();
    curl_easy_setopt(handle, CURLOPT_OPENSOCKETFUNCTION, open_socket);
    curl_easy_setopt(handle, CURLOPT_OPENSOCKETDATA, post.get());
    curl_easy_setopt(handle, CURLOPT_HTTPHEADER, post->headers.get());
    curl_easy_setopt(handle, CURLOPT_POSTFIELDSIZE, static_cast<long>(post->body.size()));
    curl_easy_setopt(handle, CURLOPT_POSTFIELDS, post->body.data());
    curl_easy_setopt(handle, CURLOPT_WRITEFUNCTION, ignore_body);
    curl_easy_setopt(handle, CURLOPT_TIMEOUT_MS, static_cast<long>(settings_.timeout.count()));
    return post;
  }

  [[nodiscard]] std::string signed_with_blank(const std::string& id,
                                              std::int64_t seconds,
                                              const std::string& body) const {
    return settings_.keys.empty() ? "" : " " + settings_.keys.signatures(id, seconds, body);
  }

  /// true: something has ended, so that what waits may begin.
  bool finish_done() {
    bool any = false;
    int left = 0;
    while (const CURLMsg* message = curl_multi_info_read(multi_.get(), &left)) {
      if (message->msg != CURLMSG_DONE) {
        continue;
      }
      CURL* handle = message->easy_handle;
      const CURLcode code = message->data.result;
      auto post = under_way_.extract(handle);
      const auto result = result_of(*post.mapped(), code);
      path_back_.give(std::move(post.mapped()->done), result);
      curl_multi_remove_handle(multi_.get(), handle);
      any = true;
    }
    return any;
  }

  ReturnPath path_back_;
  const Clock& clock_;
  WebhookSettings settings_;
  std::mutex mutex_;
  std::deque<Waiting> queue_;
  CurlMulti multi_;
  std::unordered_map<CURL*, std::unique_ptr<Post>> under_way_;  // the thread's own
  std::jthread thread_;
};

std::optional<std::string> what_is_wrong(const std::string& url) {
  const CurlUrl parts(curl_url());
  const CURLUcode code = curl_url_set(parts.get(), CURLUPART_URL, url.c_str(), CURLU_DISALLOW_USER);
  if (code == CURLUE_USER_NOT_ALLOWED) {
    return "it has a name or password in it, which would be written to logs and proxies; leave "
           "them out";
  }
  char* scheme = nullptr;
  if (code != CURLUE_OK || curl_url_get(parts.get(), CURLUPART_SCHEME, &scheme, 0) != CURLUE_OK) {
    return "it is not a web address; write it as https://host/path";
  }
  const std::string spoken(scheme);
  curl_free(scheme);
  if (spoken != "http" && spoken != "https") {
    return "only http and https are spoken; write it as https://host/path";
  }
  return std::nullopt;
}

}  // namespace

SendResult judge_answer(int status, std::optional<std::chrono::seconds> retry_after) {
  const std::string said = "the receiver answered " + std::to_string(status);
  if (status >= 200 && status < 300) {
    return Sent{};
  }
  if (status == 410) {
    return Dead{said + ": it is gone for good"};
  }
  if (status >= 300 && status < 400) {
    return Retry{said + ": redirects are not followed, give the final address",
                 std::nullopt,
                 kRefusedAttempts};
  }
  const bool may_heal = status >= 500 || status == 408 || status == 425 || status == 429;
  if (may_heal) {
    return Retry{said, retry_after};
  }
  return Retry{said + ": it refuses this notice", retry_after, kRefusedAttempts};
}

std::expected<std::unique_ptr<Channel>, ChannelError> make_webhook(Loop& loop,
                                                                   const Clock& clock,
                                                                   WebhookSettings settings) {
  if (const auto wrong = what_is_wrong(settings.url)) {
    return std::unexpected(ChannelError{"the webhook's address cannot be used: " + *wrong});
  }
  return std::make_unique<Webhook>(loop, clock, std::move(settings));
}

}  // namespace protoflow::runtime
