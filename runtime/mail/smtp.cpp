#include "runtime/mail/smtp.hpp"

#include <algorithm>
#include <condition_variable>
#include <deque>
#include <mutex>
#include <stop_token>
#include <string_view>
#include <thread>
#include <utility>

#include <curl/curl.h>

#include "runtime/client/curl_handle.hpp"

namespace protoflow::runtime {

namespace {

struct MimeFree {
  void operator()(curl_mime* mime) const { curl_mime_free(mime); }
};

using Mime = std::unique_ptr<curl_mime, MimeFree>;

// One attempt, as libcurl's callbacks see it.
struct Attempt {
  const std::stop_token* stop = nullptr;
  SmtpStage stage = SmtpStage::hello;
};

// Follows the commands that go out; what they hold is not kept.
int follow(CURL*, curl_infotype type, char* text, std::size_t size, void* given) {
  auto& attempt = *static_cast<Attempt*>(given);
  const std::string_view line(text, size);
  if (type == CURLINFO_HEADER_OUT) {
    attempt.stage = line.starts_with("MAIL ")   ? SmtpStage::sender
                    : line.starts_with("RCPT ") ? SmtpStage::recipient
                    : line.starts_with("DATA")  ? SmtpStage::message
                                                : attempt.stage;
  }
  return 0;
}

int ended(void* given, curl_off_t, curl_off_t, curl_off_t, curl_off_t) {
  return static_cast<Attempt*>(given)->stop->stop_requested() ? 1 : 0;
}

std::size_t ignore_reply(const char*, std::size_t size, std::size_t count, void*) {
  return size * count;
}

std::vector<std::string> headers_of(const Envelope& envelope) {
  const auto& message = envelope.message;
  const auto sender = address_in(envelope.from);
  const auto open = envelope.from.find('<');
  const auto name =
      open == envelope.from.npos || open == 0
          ? std::string()
          : envelope.from.substr(0, envelope.from.find_last_not_of(' ', open - 1) + 1);
  std::vector<std::string> headers = {
      "Date: " + envelope.date,
      "From: " + (name.empty() ? sender : header_text(name) + " <" + sender + ">"),
      "To: " + envelope.to,
      "Subject: " + header_text(message.subject),
      "Message-ID: " + message.message_id,
      "Auto-Submitted: auto-generated",
      "X-Auto-Response-Suppress: All"};
  if (!message.thread.empty()) {
    headers.push_back("In-Reply-To: " + message.thread);
    headers.push_back("References: " + message.thread);
  }
  if (message.is_optional) {
    headers.push_back("List-Unsubscribe: <mailto:" + sender + "?subject=unsubscribe>");
  }
  return headers;
}

struct Encoded {
  const char *type, *encoder;
};

void add_part(curl_mime* to, const std::string& text, Encoded as) {
  curl_mimepart* part = curl_mime_addpart(to);
  curl_mime_data(part, text.data(), text.size());
  curl_mime_type(part, as.type);
  curl_mime_encoder(part, as.encoder);
}

// A mail's lines end in CRLF, which the encoder would otherwise write as signs of the text.
std::string with_crlf(std::string_view text) {
  std::string lines;
  for (const char c : text) {
    lines += c == '\n' ? std::string("\r\n") : std::string(1, c);
  }
  return lines;
}

Mime mime_of(CURL* handle, const MailMessage& message) {
  Mime mime(curl_mime_init(handle));
  curl_mime* both = curl_mime_init(handle);
  add_part(both, with_crlf(message.text), {"text/plain; charset=utf-8", "quoted-printable"});
  add_part(both, with_crlf(message.html), {"text/html; charset=utf-8", "quoted-printable"});
  if (!message.calendar.empty()) {
    const char* type = message.is_cancelled ? "text/calendar; charset=utf-8; method=CANCEL"
                                            : "text/calendar; charset=utf-8; method=REQUEST";
    add_part(both, message.calendar, {type, "base64"});
  }
  curl_mimepart* part = curl_mime_addpart(mime.get());
  curl_mime_subparts(part, both);  // owned by `part` from here
  curl_mime_type(part, "multipart/alternative");
  return mime;
}

// The name in EHLO is that of our own address, not of the machine.
std::string url_of(const SmtpSettings& settings, const std::string& sender) {
  const bool has_path = settings.url.ends_with('/');
  return settings.url + (has_path ? "" : "/") + sender.substr(sender.find('@') + 1);
}

void set_server(CURL* handle, const SmtpSettings& settings) {
  curl_easy_setopt(handle, CURLOPT_PROTOCOLS_STR, "smtp,smtps");
  curl_easy_setopt(handle, CURLOPT_PROXY, "");
  curl_easy_setopt(handle, CURLOPT_USE_SSL, settings.insecure ? CURLUSESSL_NONE : CURLUSESSL_ALL);
  if (!settings.authorities.empty()) {
    curl_easy_setopt(handle, CURLOPT_CAINFO, settings.authorities.c_str());
  }
  if (!settings.user.empty()) {
    curl_easy_setopt(handle, CURLOPT_USERNAME, settings.user.c_str());
    curl_easy_setopt(handle, CURLOPT_PASSWORD, settings.password.c_str());
  }
  curl_easy_setopt(handle, CURLOPT_TIMEOUT_MS, static_cast<long>(settings.timeout.count()));
}

void follow_attempt(CURL* handle, Attempt& attempt) {
  curl_easy_setopt(handle, CURLOPT_VERBOSE, 1L);  // for `follow`, which prints nothing
  curl_easy_setopt(handle, CURLOPT_DEBUGFUNCTION, follow);
  curl_easy_setopt(handle, CURLOPT_DEBUGDATA, &attempt);
  curl_easy_setopt(handle, CURLOPT_NOPROGRESS, 0L);
  curl_easy_setopt(handle, CURLOPT_XFERINFOFUNCTION, ended);
  curl_easy_setopt(handle, CURLOPT_XFERINFODATA, &attempt);
  curl_easy_setopt(handle, CURLOPT_WRITEFUNCTION, ignore_reply);
}

SendResult result_of(CURL* handle, CURLcode code, SmtpStage stage) {
  if (code == CURLE_OK) {
    return Sent{};
  }
  long reply = 0;
  curl_easy_getinfo(handle, CURLINFO_RESPONSE_CODE, &reply);
  const bool is_refusal = reply >= 400 && code != CURLE_OPERATION_TIMEDOUT;
  if (is_refusal) {
    return judge_reply(stage, reply);
  }
  return Retry{std::string("the mail server: ") + curl_easy_strerror(code)};
}

SendResult send_one(const SmtpSettings& settings,
                    const Envelope& envelope,
                    const std::stop_token& stop) {
  const auto sender = address_in(envelope.from);
  const auto request = make_request(url_of(settings, sender));
  CURL* handle = request.get();
  Attempt attempt{.stop = &stop};
  set_server(handle, settings);
  follow_attempt(handle, attempt);
  const auto headers = make_list(headers_of(envelope));
  const auto readers = make_list({envelope.to});
  const auto mime = mime_of(handle, envelope.message);
  curl_easy_setopt(handle, CURLOPT_MAIL_FROM, sender.c_str());
  curl_easy_setopt(handle, CURLOPT_MAIL_RCPT, readers.get());
  curl_easy_setopt(handle, CURLOPT_HTTPHEADER, headers.get());
  curl_easy_setopt(handle, CURLOPT_MIMEPOST, mime.get());
  const CURLcode code = curl_easy_perform(handle);
  return result_of(handle, code, attempt.stage);
}

bool is_this_machine(const CurlUrl& parts) {
  char* host = nullptr;
  if (curl_url_get(parts.get(), CURLUPART_HOST, &host, 0) != CURLUE_OK) {
    return false;
  }
  const std::string name(host);
  curl_free(host);
  return name == "localhost" || name == "127.0.0.1" || name == "[::1]";
}

}  // namespace

std::optional<ChannelError> what_is_wrong(const SmtpSettings& settings) {
  const CurlUrl parts(curl_url());
  if (!settings.url.starts_with("smtp://") && !settings.url.starts_with("smtps://")) {
    return ChannelError{"the mail server: write it as smtp://host:587 or smtps://host:465"};
  }
  if (curl_url_set(parts.get(), CURLUPART_URL, settings.url.c_str(), CURLU_DISALLOW_USER) !=
      CURLUE_OK) {
    return ChannelError{
        "the mail server: its address cannot be read; a name and a password are given with "
        "--mail-user and --mail-password-file"};
  }
  if (settings.user.empty() != settings.password.empty()) {
    return ChannelError{
        "the mail server: --mail-user and --mail-password-file go together, and the file must not "
        "be empty"};
  }
  if (settings.insecure && !is_this_machine(parts)) {
    return ChannelError{
        "the mail server: --mail-insecure sends in the clear, which is only accepted towards this "
        "machine itself; leave it out, and let the server speak STARTTLS"};
  }
  return std::nullopt;
}

SendResult judge_reply(SmtpStage stage, long code) {
  const auto said = " (" + std::to_string(code) + ")";
  const bool for_good = code >= 500;
  switch (stage) {
    case SmtpStage::hello:
      return Retry{"the mail server refuses us, or the name and password" + said};
    case SmtpStage::sender:
      return Retry{"the mail server refuses the sender; see --mail-from" + said};
    case SmtpStage::recipient:
      return for_good ? SendResult(Dead{"the address of the person is refused for good" + said})
                      : Retry{"the address of the person is refused this time" + said};
    case SmtpStage::message:
      break;
  }
  return for_good ? SendResult(Dead{"the message is refused for good" + said})
                  : Retry{"the message is refused this time" + said};
}

struct Smtp::Parts {
  struct Waiting {
    Envelope envelope;
    Done done;
  };

  explicit Parts(SmtpSettings given)
      : settings(std::move(given)),
        thread([this](const std::stop_token& stop) { send_until(stop); }) {}

  void send_until(const std::stop_token& stop) {
    while (true) {
      std::unique_lock lock(mutex);
      if (!arrived.wait(lock, stop, [this] { return !queue.empty(); }) || stop.stop_requested()) {
        return;
      }
      const auto waiting = std::move(queue.front());
      queue.pop_front();
      lock.unlock();
      auto result = send_one(settings, waiting.envelope, stop);
      if (!stop.stop_requested()) {
        waiting.done(std::move(result));
      }
    }
  }

  SmtpSettings settings;
  std::mutex mutex;
  std::condition_variable_any arrived;
  std::deque<Waiting> queue;
  std::jthread thread;
};

Smtp::Smtp(SmtpSettings settings) : parts_(std::make_unique<Parts>(std::move(settings))) {}

Smtp::~Smtp() = default;

void Smtp::send(Envelope envelope, Done done) {
  const std::scoped_lock lock(parts_->mutex);
  parts_->queue.push_back({std::move(envelope), std::move(done)});
  parts_->arrived.notify_one();
}

}  // namespace protoflow::runtime
