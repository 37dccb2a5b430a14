#include "runtime/mail/mail_words.hpp"

#include "runtime/words/words.hpp"

namespace protoflow::runtime {

namespace {

constexpr auto kWords = std::to_array<MailWords>({
#define PF_MAIL_WORDS(theme, optional, date, french, english, arabic) \
  {optional, MailDate::date, {french, english, arabic}},
#include "runtime/mail/mail_words.def"
#undef PF_MAIL_WORDS
});

struct Themed {
  engine::NoticeKind kind;
  MailTheme theme;
};

constexpr auto kThemes = std::to_array<Themed>({
#define PF_MAIL_THEME(kind, theme) {engine::NoticeKind::kind, MailTheme::theme},
#include "runtime/mail/mail_themes.def"
#undef PF_MAIL_THEME
});

consteval bool in_order() {
  for (std::size_t place = 0; place < kThemes.size(); ++place) {
    if (static_cast<std::size_t>(kThemes[place].kind) != place) {
      return false;
    }
  }
  return kThemes.size() == engine::kNoticeKindNames.size();
}

static_assert(in_order(),
              "runtime/mail/mail_themes.def follows engine/duty/notices.def line by line");

constexpr auto kArabicDays = std::to_array<std::string_view>(
    {"الأحد", "الاثنين", "الثلاثاء", "الأربعاء", "الخميس", "الجمعة", "السبت"});
constexpr auto kArabicMonths = std::to_array<std::string_view>({"يناير",
                                                                "فبراير",
                                                                "مارس",
                                                                "أبريل",
                                                                "مايو",
                                                                "يونيو",
                                                                "يوليو",
                                                                "أغسطس",
                                                                "سبتمبر",
                                                                "أكتوبر",
                                                                "نوفمبر",
                                                                "ديسمبر"});

std::string arabic_date(const engine::LocalTime& local) {
  const std::chrono::year_month_day date{local.date};
  const auto minutes = std::chrono::duration_cast<std::chrono::minutes>(local.time_of_day).count();
  const auto two = [](auto number) { return (number < 10 ? "0" : "") + std::to_string(number); };
  return std::string(kArabicDays[std::chrono::weekday{local.date}.c_encoding()]) + " " +
         std::to_string(static_cast<unsigned>(date.day())) + " " +
         std::string(kArabicMonths[static_cast<unsigned>(date.month()) - 1]) + " " +
         std::to_string(static_cast<int>(date.year())) + "، الساعة " + two(minutes / 60) + ":" +
         two(minutes % 60);
}

}  // namespace

MailTheme theme_of(engine::NoticeKind kind) {
  return kThemes[static_cast<std::size_t>(kind)].theme;
}

const MailWords& words_of(MailTheme theme) {
  return kWords[static_cast<std::size_t>(theme)];
}

std::string title_words(MailTheme theme, MailLanguage language) {
  constexpr MailPhrase kMeeting = {"Rendez-vous", "Meeting", "موعد"};
  const bool is_meeting = theme == MailTheme::meeting_planned ||
                          theme == MailTheme::meeting_moved ||
                          theme == MailTheme::meeting_cancelled;
  const auto words = is_meeting ? say(kMeeting, language) : say(words_of(theme).sentence, language);
  return std::string(words.substr(0, words.size() - (words.ends_with('.') ? 1 : 0)));
}

std::string date_words(const engine::LocalTime& local, MailLanguage language) {
  switch (language) {
    case MailLanguage::french:
      return date_words(local, model::Language::french);
    case MailLanguage::english:
      return date_words(local, model::Language::english);
    case MailLanguage::arabic:
      break;
  }
  return arabic_date(local);
}

}  // namespace protoflow::runtime
