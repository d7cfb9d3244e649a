#include "mqtt-service/domain/chat_actions.h"

#include "absl/strings/str_cat.h"
#include "mqtt-service/domain/chat_event.h"
#include "mqtt-service/domain/reply_refusal.h"
#include "mqtt-service/domain/reply_room.h"
#include "mqtt-service/domain/reply_text.h"

namespace chatwire::mqtt {
namespace {

constexpr int64_t kHistoryLines = 10;
constexpr int64_t kMostWatches = 100;

std::string Help(const ChatOrigin& origin, const CheckboxCommand& command) {
  const std::string help = command.help.empty() ? reply_text::Help(origin.language) : command.help;
  if (origin.place != ChatPlace::kRoom) return help;
  return absl::StrCat(help, "\n", reply_text::HelpInRoom(origin.account_nick, origin.language));
}

std::string List(Transaction& transaction, const ChatOrigin& origin) {
  return reply_text::List(
      transaction.checkboxes().List("", static_cast<int64_t>(reply_text::kMostLines)),
      static_cast<size_t>(transaction.checkboxes().Count()), origin.language);
}

std::string History(Transaction& transaction, const ChatOrigin& origin, const Checkbox& checkbox) {
  return reply_text::History(
      checkbox, transaction.checkboxes().History(checkbox.name, kNewest, kHistoryLines),
      origin.language);
}

/// What people ask for in a room before everybody, they ask for everybody there.
std::string Watch(Transaction& transaction, const ChatOrigin& origin, const Checkbox& checkbox) {
  if (origin.place == ChatPlace::kRoomPrivate) return reply_text::NoWatchHere(origin.language);
  const std::string jid = BareJid(origin.from);
  if (transaction.watches().CountOf(origin.account, jid) >= kMostWatches) {
    return reply_text::TooManyWatches(static_cast<size_t>(kMostWatches), origin.language);
  }
  transaction.watches().Add({origin.account, jid, checkbox.name, origin.language, origin.place});
  return origin.place == ChatPlace::kRoom ? reply_text::RoomWatches(checkbox, origin.language)
                                          : reply_text::Watching(checkbox, origin.language);
}

std::string Unwatch(Transaction& transaction, const ChatOrigin& origin, const Checkbox& checkbox) {
  if (origin.place == ChatPlace::kRoomPrivate) return reply_text::NoWatchHere(origin.language);
  transaction.watches().Remove(origin.account, BareJid(origin.from), checkbox.name);
  return reply_text::NotWatching(checkbox, origin.language);
}

std::string UnwatchAll(Transaction& transaction, const ChatOrigin& origin) {
  if (origin.place == ChatPlace::kRoomPrivate) return reply_text::NoWatchHere(origin.language);
  transaction.watches().RemoveAll(origin.account, BareJid(origin.from));
  return reply_text::WatchingNothing(origin.language);
}

}  // namespace

std::string ChatActions::Perform(Transaction& transaction, const ChatOrigin& origin,
                                 const ChatStep& step) const {
  const CheckboxCommand& command = step.command;
  const std::vector<Checkbox>& meant = step.meant.checkboxes;
  switch (command.intent) {
    case Intent::kHelp:
      return Help(origin, command);
    case Intent::kList:
      return List(transaction, origin);
    case Intent::kSetAll:
    case Intent::kSetLabel:
      return OperateAll(transaction, origin, step);
    case Intent::kSet:
      return step.meant.group ? OperateAll(transaction, origin, step)
                              : Operate(transaction, origin, meant.front(), command.action);
    case Intent::kQuery:
      return step.meant.group ? reply_text::List(meant, meant.size(), origin.language)
                              : reply_text::HowItIs(meant.front(), origin.language);
    case Intent::kHistory:
      return History(transaction, origin, meant.front());
    case Intent::kWatch:
      return Watch(transaction, origin, meant.front());
    case Intent::kUnwatch:
      return Unwatch(transaction, origin, meant.front());
    case Intent::kUnwatchAll:
      return UnwatchAll(transaction, origin);
    case Intent::kNotUnderstood:
      break;
  }
  return "";
}

std::string ChatActions::Operate(Transaction& transaction, const ChatOrigin& origin,
                                 const Checkbox& checkbox, SwitchAction action) const {
  SetWish wish;
  wish.name = checkbox.name;
  wish.action = action;
  wish.source = ChangeSource::kChat;
  wish.actor = origin.person;
  wish.origin = origin;
  const auto outcome = checkbox_rules_.Set(transaction, wish);
  // Found a line above: only the database can have failed, and then nothing of this is committed.
  if (!outcome.ok()) return "";
  // With a device, its report brings the answer, or the lack of one.
  return outcome->command_id.empty() ? reply_text::Confirmed(outcome->checkbox, origin.language)
                                     : "";
}

std::string ChatActions::OperateAll(Transaction& transaction, const ChatOrigin& origin,
                                    const ChatStep& step) const {
  const SwitchAction action = step.command.action;
  std::vector<std::string> asked;
  std::vector<std::string> already;
  ChatOrigin quiet = origin;
  quiet.quiet = true;
  SwitchState wanted = SwitchState::kUnknown;
  for (const Checkbox& checkbox : step.meant.checkboxes) {
    wanted = ResolveAction(action, checkbox);
    if (checkbox.reported == wanted && checkbox.desired == wanted &&
        checkbox.pending_command.empty()) {
      already.push_back(checkbox.name);
      continue;
    }
    ++quiet.part;
    Operate(transaction, quiet, checkbox, action);
    asked.push_back(checkbox.name);
  }
  const std::string answer = reply_text::AskedAll(wanted, asked, already, origin.language);
  if (step.forbidden.empty()) return answer;
  return absl::StrCat(answer, " ", reply_text::NotAllowed(step.forbidden, origin.language));
}

}  // namespace chatwire::mqtt
