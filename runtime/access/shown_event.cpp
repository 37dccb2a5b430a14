#include "runtime/access/shown_event.hpp"

#include <algorithm>
#include <array>

#include <nlohmann/json.hpp>

namespace protoflow::runtime {

namespace {

using Json = nlohmann::ordered_json;

// Of every event. `command` would let another send it again, and `previous` confirm a guess at what
// is hidden.
constexpr auto kEnvelope = std::to_array<std::string_view>(
    {"stream", "version", "kind", "kind_version", "happened", "recorded", "protocol"});

// How far the path has come, who answers and until when.
constexpr auto kPath = std::to_array<std::string_view>({"status",
                                                        "work",
                                                        "time",
                                                        "responsibility",
                                                        "review",
                                                        "referral",
                                                        "round",
                                                        "returns",
                                                        "due",
                                                        "offer_due",
                                                        "review_due",
                                                        "next_round",
                                                        "hand_over_due",
                                                        "until",
                                                        "ending",
                                                        "role",
                                                        "partner",
                                                        "review_partner",
                                                        "told",
                                                        "receiver",
                                                        "receiver_role",
                                                        "giver",
                                                        "source",
                                                        "of",
                                                        "session_status",
                                                        "at",
                                                        "capacity",
                                                        "partnership",
                                                        "participation",
                                                        "occurrence",
                                                        "number",
                                                        "planned",
                                                        "counted_from",
                                                        "signed_at",
                                                        "lapses",
                                                        "leaves",
                                                        "meaning",
                                                        "attended",
                                                        "unsigned_by",
                                                        "names",
                                                        "deputy",
                                                        "reminders",
                                                        "late_rules",
                                                        "reopenings",
                                                        "due_rule",
                                                        "due_from",
                                                        "held_since",
                                                        "shift_ms",
                                                        "held_ms"});

// Of a step, for those who have to do with it.
constexpr auto kInside = std::to_array<std::string_view>({"outcome",
                                                          "why",
                                                          "consent",
                                                          "consent_until",
                                                          "forgotten",
                                                          "unasked",
                                                          "seat",
                                                          "attendance",
                                                          "absent_from"});

constexpr auto kPersons = std::to_array<std::string_view>({"person", "away", "reviewer"});

constexpr auto kSealed =
    std::to_array<std::string_view>({"information", "reason", "place", "answers"});

bool is_among(const auto& names, std::string_view name) {
  return std::ranges::find(names, name) != names.end();
}

class Showing {
 public:
  Showing(const Reader& reader, const Reading& reading, const Json& event)
      : reader_(reader), reading_(reading), event_(event) {
    const auto stream = event.value("stream", "");
    const auto found = reading.cases.find(stream);
    file_ = found == reading.cases.end() ? nullptr : &found->second;
    const auto session = reading.sessions.find(stream);
    session_ = session == reading.sessions.end() ? nullptr : &session->second;
    sees_inside_ = file_ == nullptr || may_see(reader, StepOf{*file_, step()});
  }

  Json show() {
    Json shown = Json::object();
    for (const auto name : kEnvelope) {
      const std::string member(name);
      if (event_.contains(member)) {
        shown[member] = event_[member];
      }
    }
    shown["actor"] = show_actor();
    shown["subject"] = show_subject();
    shown["body"] = show_body();
    if (!hidden_.empty()) {
      shown["hidden"] = hidden_;
    }
    return shown;
  }

 private:
  [[nodiscard]] model::StepId step() const {
    const auto subject = event_.value("subject", Json::object());
    return model::find<model::StepId>(file_->plan->protocol.steps, subject.value("step", ""));
  }

  [[nodiscard]] bool sees_person(const Json& person) const {
    const auto id = person.is_string() ? person.get<std::string>() : std::string();
    return id.empty() || may_see(reader_, NameOf{reading_.people, id, file_});
  }

  void hide(const std::string& member) {
    if (std::ranges::find(hidden_, member) == hidden_.end()) {
      hidden_.push_back(member);
    }
  }

  Json show_actor() {
    auto actor = event_.value("actor", Json::object());
    if (actor.contains("person") && !sees_person(actor["person"])) {
      actor.erase("person");
      hide("person");
    }
    return actor;
  }

  Json show_subject() {
    auto subject = event_.value("subject", Json::object());
    if (subject.contains("consent") && !sees_inside_) {
      subject.erase("consent");
      hide("consent");
    }
    return subject;
  }

  Json show_reviewers(const Json& reviewers) {
    auto list = reviewers;
    for (auto& each : list) {
      if (each.contains("person") && !sees_person(each["person"])) {
        each.erase("person");
        hide("person");
      }
    }
    return list;
  }

  Json show_enrolments(const Json& enrolments) {
    Json list = Json::array();
    for (const auto& each : enrolments) {
      const auto case_id = each.value("case", "");
      if (session_ != nullptr && may_see(reader_, EnrolmentOf{reading_, *session_, case_id})) {
        list.push_back(each);
      } else {
        hide("enrolments");
      }
    }
    return list;
  }

  [[nodiscard]] bool shows(const std::string& member, const Json& value) const {
    if (is_among(kPersons, member)) {
      return sees_person(value);
    }
    return is_among(kPath, member) || (sees_inside_ && is_among(kInside, member));
  }

  Json show_body() {
    Json body = Json::object();
    const auto whole = event_.value("body", Json::object());
    for (const auto& [member, value] : whole.items()) {
      if (member == "enrolments") {
        body[member] = show_enrolments(value);
      } else if (member == "reviewers") {
        body[member] = show_reviewers(value);
      } else if (shows(member, value)) {
        body[member] = value;
      } else {
        hide(member);
      }
    }
    return body;
  }

  const Reader& reader_;
  const Reading& reading_;
  const Json& event_;
  const CaseFile* file_ = nullptr;
  const SessionFile* session_ = nullptr;
  bool sees_inside_ = false;
  std::vector<std::string> hidden_;
};

}  // namespace

Json shown_event(const Reader& reader, const Reading& reading, std::string_view line) {
  auto event = Json::parse(line, nullptr, false);
  return reader.is_operator() || !event.is_object() ? event
                                                    : Showing(reader, reading, event).show();
}

bool is_shown_whole(const Json& shown) {
  const auto hidden = shown.value("hidden", Json::array());
  return std::ranges::all_of(hidden, [](const Json& member) {
    return member == "beneficiary" || is_among(kSealed, member.get<std::string>());
  });
}

}  // namespace protoflow::runtime
