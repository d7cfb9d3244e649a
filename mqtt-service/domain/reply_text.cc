#include "mqtt-service/domain/reply_text.h"

#include <algorithm>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"

namespace chatwire::mqtt::reply_text {
namespace {

constexpr size_t kMostLines = 50;
constexpr size_t kMostQuotedBytes = 64;

std::string Reported(const Checkbox& checkbox) {
  if (checkbox.reported == SwitchState::kUnknown) return "its state is not known";
  return absl::StrCat("it is ", StateWord(checkbox.reported));
}

int64_t SecondsLeft(const Command& command, absl::Time now) {
  return std::max<int64_t>(
      1, absl::ToInt64Seconds(absl::Ceil(command.expire_time - now, absl::Seconds(1))));
}

/// State and wish, without the name.
std::string Words(const Checkbox& checkbox) {
  std::string words = StateWord(checkbox.reported);
  if (!checkbox.pending_command.empty()) {
    absl::StrAppend(&words, " (wanted: ", StateWord(checkbox.desired), ", not confirmed)");
  }
  if (checkbox.availability == Availability::kOffline) absl::StrAppend(&words, " (device away)");
  return words;
}

}  // namespace

std::string Confirmed(const Checkbox& checkbox) {
  return absl::StrCat(checkbox.name, " is ", StateWord(checkbox.reported));
}

std::string Unconfirmed(const Checkbox& checkbox, const Command& command, absl::Time now) {
  const int64_t seconds = SecondsLeft(command, now);
  if (command.publish_stage == PublishStage::kInOutbox) {
    return absl::StrCat(checkbox.name,
                        ": not sent yet, the MQTT broker is away; it will be sent when it is back "
                        "within ",
                        seconds, " s");
  }
  std::string text = absl::StrCat(checkbox.name, ": sent, not confirmed yet");
  if (checkbox.availability == Availability::kOffline) absl::StrAppend(&text, " (device away)");
  if (checkbox.reported != SwitchState::kUnknown) {
    absl::StrAppend(&text, "; it was last ", StateWord(checkbox.reported));
  }
  return absl::StrCat(text, "; I give up in ", seconds, " s, and tell you if it answers before");
}

std::string GivenUp(const Checkbox& checkbox) {
  return absl::StrCat(checkbox.name, ": not confirmed, the device did not answer; ",
                      Reported(checkbox));
}

std::string Overtaken(const Checkbox& checkbox) {
  return absl::StrCat(checkbox.name, ": overtaken by a newer command, ", Reported(checkbox));
}

std::string NotFollowed(const Checkbox& checkbox) {
  return absl::StrCat(checkbox.name, ": the device did not follow, ", Reported(checkbox));
}

std::string Refused(const Checkbox& checkbox) {
  return absl::StrCat(checkbox.name,
                      ": not sent, the MQTT broker refused it (its access rules, most likely); ",
                      Reported(checkbox));
}

std::string Deleted(const std::string& name) {
  return absl::StrCat(name, ": deleted before the device answered");
}

std::string HowItIs(const Checkbox& checkbox) {
  if (checkbox.reported == SwitchState::kUnknown && checkbox.pending_command.empty()) {
    return absl::StrCat(checkbox.name, ": unknown, the device has not reported yet");
  }
  return absl::StrCat(checkbox.name, " is ", Words(checkbox));
}

std::string List(const std::vector<Checkbox>& checkboxes) {
  if (checkboxes.empty()) return "There are no checkboxes yet.";
  std::vector<std::string> lines;
  for (const Checkbox& checkbox : checkboxes) {
    if (lines.size() == kMostLines) {
      lines.push_back(absl::StrCat("and ", checkboxes.size() - kMostLines, " more"));
      break;
    }
    const std::string title = checkbox.title.empty() ? "" : absl::StrCat(" (", checkbox.title, ")");
    lines.push_back(absl::StrCat(checkbox.name, title, ": ", Words(checkbox)));
  }
  return absl::StrJoin(lines, "\n");
}

std::string Help() {
  return "I operate checkboxes. Write for example:\n"
         "lamp on, lamp off, lamp toggle: change it (also: turn on the lamp, toggle lamp)\n"
         "lamp?: how it is\n"
         "list: all of them\n"
         "help: this text";
}

std::string NotUnderstood() {
  return "I did not understand that. Write \"help\" to see what I can do.";
}

std::string UnknownName(const std::string& word, const std::vector<std::string>& nearest) {
  const std::string quoted =
      word.size() <= kMostQuotedBytes ? absl::StrCat("\"", word, "\"") : "of that name";
  if (nearest.empty()) {
    return absl::StrCat("I know no checkbox ", quoted, ". Write \"list\" to see them.");
  }
  return absl::StrCat("I know no checkbox ", quoted, ". Did you mean ",
                      absl::StrJoin(nearest, " or "), "?");
}

std::string Ambiguous(const std::string& word, const std::vector<Checkbox>& meant) {
  std::vector<std::string> names;
  for (const Checkbox& checkbox : meant) names.push_back(checkbox.name);
  return absl::StrCat("\"", word, "\" can be ", absl::StrJoin(names, " or "),
                      "; use the name. Nothing was changed.");
}

std::string TooLong(size_t bytes, size_t maximum_bytes) {
  return absl::StrCat("That is too long for me (", bytes, " bytes, I read up to ", maximum_bytes,
                      "); nothing was changed. Write \"help\" to see what I can do.");
}

std::string TooLate(absl::Time sent_time) {
  return absl::StrCat("arrived too late (sent ",
                      absl::FormatTime("%H:%M", sent_time, absl::UTCTimeZone()),
                      " UTC), nothing was changed; send it again");
}

std::string Stranger(const std::string& account) {
  return absl::StrCat("Sorry, I take commands from my contacts only, and you are not one yet. Add ",
                      account, " and ask its owner to accept.");
}

}  // namespace chatwire::mqtt::reply_text
