#include "mqtt-service/domain/chat_rules.h"

#include <utility>
#include <vector>

#include "mqtt-service/domain/command_end.h"
#include "mqtt-service/domain/name_match.h"
#include "mqtt-service/domain/reply_text.h"

namespace chatwire::mqtt {
namespace {

ChatOrigin OriginOf(const ChatEvent& event) { return {event.account, event.from, event.event_id}; }

}  // namespace

ChatRules::ChatRules(const CheckboxRules& checkbox_rules, const Announcer& announcer,
                     const Clock& clock, ChatSettings settings)
    : checkbox_rules_(checkbox_rules),
      announcer_(announcer),
      clock_(clock),
      settings_(std::move(settings)) {}

void ChatRules::Handle(Transaction& transaction, const ChatEvent& event) {
  if (!transaction.chat().MarkHandled(event.event_id, clock_.Now())) return;
  transaction.chat().RememberAccount(event.account);
  if (settings_.mirror_exclude.count(event.account) == 0 && !event.body.empty()) {
    announcer_.Chat(transaction, event);
  }
  if (!MayOperate(transaction, event)) return;
  OweReply(transaction, OriginOf(event), ReplyPhase::kAnswer, Answer(transaction, event));
}

/// Answering one of our own accounts, or a copy of a message, would make a conversation without
/// people.
bool ChatRules::MayOperate(Transaction& transaction, const ChatEvent& event) const {
  if (event.sent || event.body.empty() || event.source == ChatSource::kCarbon) return false;
  if (!settings_.accounts.empty() && settings_.accounts.count(event.account) == 0) return false;
  const std::string sender = BareJid(event.from);
  return !sender.empty() && sender != event.account && !transaction.chat().IsOwnAccount(sender);
}

std::string ChatRules::Answer(Transaction& transaction, const ChatEvent& event) {
  const absl::Time now = clock_.Now();
  if (!settings_.policy.Allows(event)) {
    const bool first = transaction.chat().MarkRefused(event.account, BareJid(event.from), now);
    return first ? reply_text::Stranger(event.account) : "";
  }
  if (event.body.size() > kMaximumCommandBytes || event.body_truncated) {
    return Hint(event, reply_text::TooLong(event.body.size(), kMaximumCommandBytes));
  }
  const CheckboxCommand command = ParseCheckboxCommand(event.body);
  if (now - event.sent_time > settings_.command_max_age) {
    // A late question is still worth an answer; late small talk is not.
    if (command.intent == Intent::kSet) return reply_text::TooLate(event.sent_time);
    if (command.intent == Intent::kNotUnderstood) return "";
  }
  return AnswerTo(transaction, event, command);
}

std::string ChatRules::AnswerTo(Transaction& transaction, const ChatEvent& event,
                                const CheckboxCommand& command) {
  if (command.intent == Intent::kHelp) return reply_text::Help();
  if (command.intent == Intent::kNotUnderstood) {
    return Hint(event, reply_text::NotUnderstood());
  }
  const std::vector<Checkbox> all = transaction.checkboxes().List("", kEveryCheckbox);
  if (command.intent == Intent::kList) return reply_text::List(all);
  const std::vector<Checkbox> meant = MatchWords(command.target, all);
  if (meant.empty()) {
    return Hint(event, reply_text::UnknownName(command.target, NearestNames(command.target, all)));
  }
  if (meant.size() > 1) return Hint(event, reply_text::Ambiguous(command.target, meant));
  if (command.intent == Intent::kQuery) return reply_text::HowItIs(meant.front());
  return Operate(transaction, event, meant.front(), command.action);
}

std::string ChatRules::Hint(const ChatEvent& event, std::string text) {
  return hints_.Take(event.account, BareJid(event.from), clock_.Now()) ? std::move(text) : "";
}

std::string ChatRules::Operate(Transaction& transaction, const ChatEvent& event,
                               const Checkbox& checkbox, SwitchAction action) const {
  SetWish wish;
  wish.name = checkbox.name;
  wish.action = action;
  wish.source = ChangeSource::kChat;
  wish.actor = BareJid(event.from);
  wish.origin = OriginOf(event);
  const auto outcome = checkbox_rules_.Set(transaction, wish);
  // Found a line above: only the database can have failed, and then nothing of this is committed.
  if (!outcome.ok()) return "";
  // With a device, its report brings the answer, or the lack of one.
  return outcome->command_id.empty() ? reply_text::Confirmed(outcome->checkbox) : "";
}

}  // namespace chatwire::mqtt
