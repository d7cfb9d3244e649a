#include "cli/chat/typed_line.h"

#include <map>

#include "absl/strings/ascii.h"
#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/substitute.h"
#include "cli/errors.h"
#include "cli/suggestion.h"
#include "cli/translate.h"

namespace chatwire::cli {
namespace {

/// Other words for the same.
const std::map<std::string, std::string>& OtherNames() {
  static const auto* const kNames = new std::map<std::string, std::string>{
      {"?", "help"},          {"part", "leave"},   {"query", "msg"},      {"subject", "topic"},
      {"names", "who"},       {"edit", "correct"}, {"delete", "retract"}, {"upload", "file"},
      {"presence", "status"}, {"exit", "quit"},    {"q", "quit"}};
  return *kNames;
}

std::vector<std::string> AllNames() {
  std::vector<std::string> names = {"me"};
  for (const ChatCommand& command : ChatCommands()) names.emplace_back(command.name);
  for (const auto& [name, meant] : OtherNames()) names.push_back(name);
  return names;
}

bool IsCommand(const std::string& name) {
  for (const ChatCommand& command : ChatCommands()) {
    if (name == command.name) return true;
  }
  return false;
}

}  // namespace

const std::vector<ChatCommand>& ChatCommands() {
  static const auto* const kCommands = new std::vector<ChatCommand>{
      {"help", "[COMMAND]", Marked("what there is to type")},
      {"msg", "JID|NICK [TEXT]", Marked("open a chat, and say something")},
      {"join", "ROOM [NICK] [PASSWORD]", Marked("enter a room")},
      {"leave", "[ROOM]", Marked("leave a room")},
      {"nick", "NAME", Marked("another name in this room")},
      {"topic", "[TEXT]", Marked("what this room is about")},
      {"invite", "JID [REASON]", Marked("invite somebody into this room")},
      {"who", "", Marked("who is in this room")},
      {"me", "TEXT", Marked("what you do, as `* you TEXT`")},
      {"file", "PATH", Marked("send a file")},
      {"correct", "TEXT", Marked("replace what you said last")},
      {"retract", "", Marked("take back what you said last")},
      {"react", "EMOJI...", Marked("react to what they said last; nothing: take it back")},
      {"status", "STATE [TEXT]",
       Marked("online, chat, away, extended-away, do-not-disturb or offline")},
      {"add", "JID [NAME]", Marked("add a contact, and ask to see their presence")},
      {"remove", "JID", Marked("remove a contact")},
      {"accept", "JID", Marked("let somebody see your presence")},
      {"deny", "JID", Marked("do not let somebody see your presence")},
      {"block", "JID", Marked("hear nothing of somebody any more")},
      {"unblock", "JID", Marked("hear of somebody again")},
      {"notify", "on|off", Marked("bell and notifications")},
      {"close", "", Marked("close this chat; a room is left with /leave")},
      {"quit", "", Marked("end; also Ctrl-C")}};
  return *kCommands;
}

std::string TakeWord(std::string& text) {
  const size_t start = text.find_first_not_of(' ');
  if (start == std::string::npos) {
    text.clear();
    return "";
  }
  const size_t end = std::min(text.find(' ', start), text.size());
  std::string word = text.substr(start, end - start);
  text.erase(0, std::min(text.find_first_not_of(' ', end), text.size()));
  return word;
}

absl::StatusOr<TypedLine> ParseTypedLine(const std::string& line) {
  if (!absl::StartsWith(line, "/")) return TypedLine{"", line};
  if (absl::StartsWith(line, "//")) return TypedLine{"", line.substr(1)};
  std::string rest = line.substr(1);
  const std::string typed = TakeWord(rest);
  const std::string name = absl::AsciiStrToLower(typed);
  if (name == "me" && !rest.empty()) return TypedLine{"", "/me " + rest};
  const auto other = OtherNames().find(name);
  const std::string meant = other == OtherNames().end() ? name : other->second;
  if (IsCommand(meant)) return TypedLine{meant, std::string(absl::StripAsciiWhitespace(rest))};
  const std::string nearest = Nearest(name, AllNames());
  return MakeError(
      absl::StatusCode::kInvalidArgument, kUsageReason,
      nearest.empty()
          ? absl::Substitute(Tr("there is no /$0; /help lists the commands, and // sends a slash"),
                             typed)
          : absl::Substitute(Tr("there is no /$0; did you mean /$1?"), typed, nearest));
}

}  // namespace chatwire::cli
