// The page of a link by which one person answers one thing that is asked of them, once. Pressing a
// button acts as that person, by the same way as the API.
#include "runtime/door/door.hpp"
#include "runtime/door/door_page.hpp"
#include "runtime/door/door_words.hpp"
#include "runtime/http/door_api.hpp"
#include "runtime/mail/asked.hpp"
#include "runtime/mail/message.hpp"

namespace protoflow::runtime {

namespace {

namespace words = door_words;

MailTheme theme_of(AskKind kind) {
  switch (kind) {
    case AskKind::step:
      return MailTheme::step_waits;
    case AskKind::review:
      return MailTheme::review_waits;
    case AskKind::task:
      return MailTheme::task_waits;
    case AskKind::referral:
    case AskKind::hand_over:
      return MailTheme::answer_awaited;
  }
  return MailTheme::answer_awaited;
}

std::string date_of(model::Instant instant, const CaseFile& file, MailLanguage language) {
  return date_words(engine::to_local(instant, file.plan->work_time.zone), language);
}

// What a link that opens is about; all of it holds as long as the request.
struct Opened {
  std::string secret;
  MailLanguage language = MailLanguage::french;
  Link link;
  Asked asked;
  const CaseFile& file;
  const Person& person;
};

DoorPage plain_page(int status,
                    MailLanguage language,
                    const MailPhrase& title,
                    std::string line = {}) {
  DoorPage page{.status = status, .language = language, .title = std::string(say(title, language))};
  if (!line.empty()) {
    page.lines.push_back(std::move(line));
  }
  return page;
}

// A link without its case or its person opens nothing, as one that there is not.
std::expected<Opened, HttpResponse> open_link(const Call& call, const std::string& secret) {
  if (auto refused = refuse_door(call, secret)) {
    return std::unexpected(std::move(*refused));
  }
  const auto* link = call.parts.door->links().find(secret);
  const auto language = language_of_reader(call, link);
  const auto shut = [&](ShutLink why) {
    return std::unexpected(respond_page(shut_page(why, language)));
  };
  const auto asked = link != nullptr && link->kind == LinkKind::answer ? read_asked(link->asks)
                                                                       : std::optional<Asked>();
  if (!asked) {
    return shut(ShutLink::unknown);
  }
  const auto file = call.reading().cases.find(asked->stream);
  const auto* person = call.reading().people.find(link->person);
  if (file == call.reading().cases.end() || person == nullptr) {
    return shut(ShutLink::unknown);
  }
  if (link->used) {
    return std::unexpected(respond_page(
        plain_page(410, language, words::kUsedLink, std::string(say(words::kAnswered, language)))));
  }
  if (call.parts.clock.now() >= link->expires) {
    return std::unexpected(
        respond_page(plain_page(410,
                                language,
                                words::kOldLink,
                                std::string(say(words::kEndedOn, language)) + " " +
                                    date_of(link->expires, file->second, language) + ".")));
  }
  return Opened{secret, language, *link, *asked, file->second, *person};
}

// Why there is nothing to answer any more. The casebook's own sentence is in the protocol's
// language, and said to those who read it.
DoorPage over_page(const Opened& opened, AskState state, const std::string& sentence) {
  const auto& title = state == AskState::theirs  ? words::kYours
                      : state == AskState::taken ? words::kTaken
                      : state == AskState::open  ? words::kNotPossible
                                                 : words::kOver;
  const auto language = opened.file.plan->protocol.language;
  const bool reads_it =
      (language == model::Language::french && opened.language == MailLanguage::french) ||
      (language == model::Language::english && opened.language == MailLanguage::english);
  return plain_page(409, opened.language, title, reads_it ? sentence : std::string());
}

DoorForm answer_form(const Opened& opened, bool yes) {
  const bool is_request =
      opened.asked.kind == AskKind::referral || opened.asked.kind == AskKind::hand_over;
  const auto& label =
      is_request ? (yes ? words::kAccept : words::kRefuse) : (yes ? words::kTake : words::kDecline);
  return {.action = "/answer",
          .hidden = {{"secret", opened.secret}, {"answer", yes ? "yes" : "no"}},
          .asks_for = yes ? "" : std::string(say(words::kWhy, opened.language)),
          .button = std::string(say(label, opened.language)),
          .is_main = yes};
}

DoorPage question_page(const Opened& opened, const Asking& asking, const std::string& pages) {
  const auto language = opened.language;
  DoorPage page{.language = language,
                .title = title_words(theme_of(opened.asked.kind), language),
                .lines = {title_of(opened.asked, opened.file.plan->protocol)},
                .forms = {answer_form(opened, true), answer_form(opened, false)}};
  if (asking.due != model::kNever) {
    page.lines.push_back(std::string(say(words::kBy, language)) + " " +
                         date_of(asking.due, opened.file, language));
  }
  page.lines.push_back(reference_words(opened.asked.stream, language));
  std::erase(page.lines, "");
  if (!pages.empty()) {
    page.link = link_to(opened.asked.stream, {.from = "", .link = pages});
    page.link_label = say(words::kSeeMore, language);
  }
  return page;
}

Request request_of(const Opened& opened, bool yes, const std::string& reason) {
  return {.command = std::string(command_of(opened.asked.kind, yes)),
          .command_id = opened.link.use,
          .case_id = opened.asked.stream.substr(kCasePrefix.size()),
          .person = opened.person.id,
          .step = opened.asked.step,
          .role = opened.asked.role,
          .reason = reason,
          .task = opened.asked.task};
}

void say_outcome(const Call& call,
                 const std::string& secret,
                 const Outcome& outcome,
                 const Answer& answer) {
  auto opened = open_link(call, secret);
  if (!opened) {
    return answer(std::move(opened.error()));
  }
  if (outcome) {
    call.parts.door->links().set_used(secret, true);
    return answer(respond_page(
        outcome->repeated ? plain_page(410,
                                       opened->language,
                                       words::kUsedLink,
                                       std::string(say(words::kAnswered, opened->language)))
                          : plain_page(200,
                                       opened->language,
                                       words::kNoted,
                                       std::string(say(words::kNotedHow, opened->language)))));
  }
  const auto& failure = outcome.error();
  if (failure.why == Why::unavailable || failure.why == Why::stopping ||
      failure.why == Why::version_conflict) {
    return answer(respond_page(shut_page(ShutLink::not_now, opened->language)));
  }
  const auto asking = asking_of(opened->asked, opened->file, opened->person);
  answer(respond_page(over_page(*opened, asking.state, failure.detail)));
}

}  // namespace

void get_answer_page(const Call& call, const Answer& answer) {
  auto opened = open_link(call, std::string(call.places[0]));
  if (!opened) {
    return answer(std::move(opened.error()));
  }
  const auto asking = asking_of(opened->asked, opened->file, opened->person);
  answer(respond_page(asking.state == AskState::open
                          ? question_page(*opened, asking, call.parts.door->pages())
                          : over_page(*opened, asking.state, {})));
}

void post_answer_page(const Call& call, const Answer& answer) {
  const auto form = read_form(call.request.body);
  const auto value = [&](std::string_view name) {
    const auto found = form.find(name);
    return found == form.end() ? std::string() : found->second;
  };
  const auto secret = value("secret");
  auto opened = open_link(call, secret);
  if (!opened) {
    return answer(std::move(opened.error()));
  }
  const bool yes = value("answer") == "yes";
  const auto reason = yes ? std::string() : value("reason");
  if (!yes && reason.find_first_not_of(" \t\r\n") == reason.npos) {
    auto page = question_page(
        *opened, asking_of(opened->asked, opened->file, opened->person), call.parts.door->pages());
    page.status = 422;
    page.lines.insert(page.lines.begin(), std::string(say(words::kSayWhy, opened->language)));
    return answer(respond_page(page));
  }
  call.parts.casebook.submit(
      request_of(*opened, yes, reason),
      [&parts = call.parts, request = call.request, secret, answer](const Outcome& outcome) {
        say_outcome({parts, request, {}, {}}, secret, outcome, answer);
      });
}

}  // namespace protoflow::runtime
