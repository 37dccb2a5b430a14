#include <array>

#include "runtime/words/words.hpp"

namespace protoflow::runtime {

namespace {

struct Words {
  engine::NoticeKind kind;
  std::string_view french, english;
};

constexpr auto kWords = std::to_array<Words>({
#define PF_NOTICE_WORDS(kind, french, english) {engine::NoticeKind::kind, french, english},
#include "runtime/words/notices.def"
#undef PF_NOTICE_WORDS
});

consteval bool in_order() {
  for (std::size_t i = 0; i < kWords.size(); ++i) {
    if (static_cast<std::size_t>(kWords[i].kind) != i) {
      return false;
    }
  }
  return kWords.size() == engine::kNoticeKindNames.size();
}

static_assert(in_order(), "runtime/words/notices.def follows engine/duty/notices.def line by line");

// Without a due date, the sentence ends before it is mentioned.
std::string without_due(std::string text) {
  for (const std::string_view tail : {" ; elle est à faire avant le {due}",
                                      "; it is due by {due}",
                                      " avant le {due}",
                                      " by {due}",
                                      " : {due}",
                                      ": {due}"}) {
    const auto place = text.find(tail);
    if (place != text.npos) {
      text.erase(place, tail.size());
    }
  }
  return text;
}

}  // namespace

std::string sentence(const engine::Notice& notice, const engine::Plan& plan) {
  const auto& protocol = plan.protocol;
  const auto language = protocol.language;
  const auto& words = kWords[static_cast<std::size_t>(notice.kind)];
  std::string text(say(language, words.french, words.english));
  if (notice.due == model::kNever) {
    text = without_due(std::move(text));
  }
  const auto step = notice.step.known() ? quoted(language, title_of(protocol[notice.step])) : "";
  const auto role =
      notice.binding.known() ? quoted(language, title_of(protocol[notice.binding])) : "";
  const auto ending = notice.ending.known() ? title_of(protocol[notice.ending]) : "";
  const auto due = date_words(notice.due, plan);
  const auto consent =
      notice.consent.known() ? quoted(language, title_of(protocol[notice.consent])) : "";
  const auto task = notice.source ? task_words(*notice.source, protocol) : notice.task;
  const auto session =
      notice.session.known() ? quoted(language, title_of(protocol[notice.session])) : "";
  const auto missed = std::to_string(notice.missed);
  const auto routine =
      notice.routine.known() ? quoted(language, title_of(protocol[notice.routine])) : "";
  const auto about = notice.about.known() ? title_of(protocol[notice.about]) : "";
  std::string attended;
  for (const auto partner : notice.attended) {
    attended += (attended.empty() ? "" : ", ") + title_of(protocol[partner]);
  }
  const auto version = std::to_string(protocol.version);
  const std::array<Filling, 12> fillings = {{{"step", step},
                                             {"version", version},
                                             {"role", role},
                                             {"ending", ending},
                                             {"consent", consent},
                                             {"due", due},
                                             {"task", task},
                                             {"session", session},
                                             {"missed", missed},
                                             {"routine", routine},
                                             {"partner", about},
                                             {"attended", attended}}};
  return fill(text, fillings);
}

}  // namespace protoflow::runtime
