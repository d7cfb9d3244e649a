#include "mqtt-service/domain/chat_rules.h"

#include <algorithm>
#include <utility>
#include <vector>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "mqtt-service/domain/command_end.h"
#include "mqtt-service/domain/name_match.h"
#include "mqtt-service/domain/reply_refusal.h"
#include "mqtt-service/domain/reply_text.h"

namespace chatwire::mqtt {
namespace {

constexpr int64_t kHistoryLines = 10;
constexpr size_t kMostWatches = 100;
/// Then the languages are learned again.
constexpr size_t kManyPeople = 10'000;
/// Room for the numbers of the checkboxes that one part means.
constexpr int kPartStep = 1'000'000;

bool Changes(const CheckboxCommand& command) {
  return command.intent == Intent::kSet || command.intent == Intent::kSetAll ||
         command.intent == Intent::kSetLabel;
}

/// What @p command is about.
Meant MeantBy(Transaction& transaction, const CheckboxCommand& command) {
  if (command.intent == Intent::kSetAll) {
    return {transaction.checkboxes().List("", kEveryCheckbox), true};
  }
  if (command.target.empty()) return {};
  return command.intent == Intent::kSetLabel ? MatchLabel(transaction.checkboxes(), command.target)
                                             : MatchWords(transaction.checkboxes(), command.target);
}

ChatOrigin OriginOf(const ChatEvent& event) {
  ChatOrigin origin;
  origin.account = event.account;
  origin.from = event.from;
  origin.event_id = event.event_id;
  return origin;
}

}  // namespace

ChatRules::ChatRules(const CheckboxRules& checkbox_rules, const Announcer& announcer,
                     const Clock& clock, ChatSettings settings)
    : checkbox_rules_(checkbox_rules),
      announcer_(announcer),
      clock_(clock),
      settings_(std::move(settings)),
      commands_(settings_.commands_per_minute) {}

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
  if (event.sent || event.only_to_read || event.body.empty() ||
      event.source == ChatSource::kCarbon) {
    return false;
  }
  if (!settings_.accounts.empty() && settings_.accounts.count(event.account) == 0) return false;
  const std::string sender = BareJid(event.from);
  return !sender.empty() && sender != event.account && !transaction.chat().IsOwnAccount(sender);
}

bool ChatRules::IsGuest(Transaction& transaction, const ChatEvent& event,
                        const std::vector<CheckboxCommand>& commands) const {
  return std::all_of(commands.begin(), commands.end(), [&](const CheckboxCommand& command) {
    if (command.intent != Intent::kSet && command.intent != Intent::kQuery) return false;
    const Meant meant = MeantBy(transaction, command);
    return !meant.checkboxes.empty() &&
           std::all_of(meant.checkboxes.begin(), meant.checkboxes.end(),
                       [&](const Checkbox& checkbox) {
                         return MayTouch(settings_.policy, checkbox, event);
                       });
  });
}

std::vector<std::string> ChatRules::TakeOutForbidden(const ChatEvent& event, Step& step) const {
  std::vector<std::string> names;
  std::erase_if(step.meant.checkboxes, [&](const Checkbox& checkbox) {
    if (MayTouch(settings_.policy, checkbox, event)) return false;
    names.push_back(checkbox.name);
    return true;
  });
  return names;
}

Language ChatRules::LanguageFor(const ChatEvent& event, const CheckboxCommand& command) {
  const std::pair<std::string, std::string> person(event.account, BareJid(event.from));
  if (command.certainty == LanguageCertainty::kSure) {
    if (languages_.size() >= kManyPeople) languages_.clear();
    languages_[person] = command.language;
    return command.language;
  }
  const auto last = languages_.find(person);
  if (command.certainty == LanguageCertainty::kNone) {
    return last == languages_.end() ? Language::kEnglish : last->second;
  }
  const bool spanish = last != languages_.end() && last->second == Language::kSpanish;
  return spanish ? Language::kSpanish : Language::kPortuguese;
}

std::string ChatRules::Answer(Transaction& transaction, const ChatEvent& event) {
  const absl::Time now = clock_.Now();
  const bool too_long = event.body.size() > kMaximumCommandBytes || event.body_truncated;
  std::vector<CheckboxCommand> commands = {CheckboxCommand()};
  if (!too_long) commands = ParseCheckboxCommands(event.body);
  const Language language = LanguageFor(event, commands.front());
  if (!settings_.policy.Allows(event) && !IsGuest(transaction, event, commands)) {
    const bool first = transaction.chat().MarkRefused(event.account, BareJid(event.from), now);
    return first ? reply_text::Stranger(event.account, language) : "";
  }
  if (too_long) {
    return Hint(event, reply_text::TooLong(event.body.size(), kMaximumCommandBytes, language));
  }
  for (CheckboxCommand& command : commands) {
    command.language = language;
    if (now - event.sent_time <= settings_.command_max_age) continue;
    // A late question is still worth an answer; late small talk is not.
    if (Changes(command)) {
      return reply_text::TooLate(event.sent_time, language);
    }
    if (command.intent == Intent::kNotUnderstood) return "";
  }
  return AnswerTo(transaction, event, commands);
}

std::string ChatRules::AnswerTo(Transaction& transaction, const ChatEvent& event,
                                const std::vector<CheckboxCommand>& commands) {
  std::vector<Step> steps;
  int changes = 0;
  for (const CheckboxCommand& command : commands) {
    Step step{command, MeantBy(transaction, command), {}};
    std::string wrong = WhatIsWrong(transaction, step);
    if (wrong.empty() && Changes(command)) {
      step.forbidden = TakeOutForbidden(event, step);
      if (step.meant.checkboxes.empty() && !step.forbidden.empty()) {
        wrong = reply_text::NotAllowed(step.forbidden, command.language);
      }
      ++changes;
    }
    if (!wrong.empty()) return Hint(event, wrong);
    steps.push_back(std::move(step));
  }
  const auto verdict = commands_.Take(event.account, BareJid(event.from), changes, clock_.Now());
  if (!verdict.allowed) {
    return verdict.first_refusal
               ? reply_text::TooManyCommands(settings_.commands_per_minute, verdict.wait,
                                             commands.front().language)
               : "";
  }
  std::vector<std::string> answers;
  ChatOrigin origin = OriginOf(event);
  origin.language = commands.front().language;
  for (const Step& step : steps) {
    // The answer to the one thing that was asked for has the number 0, as has the immediate answer
    // to several.
    if (steps.size() > 1) origin.part += kPartStep;
    std::string answer = Perform(transaction, origin, step);
    if (!answer.empty()) answers.push_back(std::move(answer));
  }
  return absl::StrJoin(answers, "\n");
}

std::string ChatRules::WhatIsWrong(Transaction& transaction, const Step& step) {
  const CheckboxCommand& command = step.command;
  if (command.intent == Intent::kNotUnderstood) {
    return reply_text::NotUnderstood(command.language);
  }
  if (command.target.empty()) return "";
  const std::vector<Checkbox>& meant = step.meant.checkboxes;
  if (meant.empty()) {
    const auto all = transaction.checkboxes().List("", kEveryCheckbox);
    return command.intent == Intent::kSetLabel
               ? reply_text::UnknownGroup(command.target, NearestLabels(command.target, all),
                                          command.language)
               : reply_text::UnknownName(command.target, NearestWords(command.target, all),
                                         command.language);
  }
  // A group of which each is turned to something else is hardly what anybody means.
  const bool many = command.intent == Intent::kQuery || command.intent == Intent::kSetLabel ||
                    (command.intent == Intent::kSet && command.action != SwitchAction::kToggle);
  if (meant.size() > 1 && !(step.meant.group && many)) {
    return reply_text::Ambiguous(command.target, meant, command.language);
  }
  return "";
}

std::string ChatRules::Perform(Transaction& transaction, const ChatOrigin& origin,
                               const Step& step) const {
  const CheckboxCommand& command = step.command;
  const std::vector<Checkbox>& meant = step.meant.checkboxes;
  const std::string jid = BareJid(origin.from);
  switch (command.intent) {
    case Intent::kHelp:
      return reply_text::Help(origin.language);
    case Intent::kList:
      return reply_text::List(
          transaction.checkboxes().List("", static_cast<int64_t>(reply_text::kMostLines)),
          static_cast<size_t>(transaction.checkboxes().Count()), origin.language);
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
      return reply_text::History(
          meant.front(),
          transaction.checkboxes().History(meant.front().name, kNewest, kHistoryLines),
          origin.language);
    case Intent::kWatch:
      return Watch(transaction, origin, meant.front());
    case Intent::kUnwatch:
      transaction.watches().Remove(origin.account, jid, meant.front().name);
      return reply_text::NotWatching(meant.front(), origin.language);
    case Intent::kUnwatchAll:
      transaction.watches().RemoveAll(origin.account, jid);
      return reply_text::WatchingNothing(origin.language);
    case Intent::kNotUnderstood:
      break;
  }
  return reply_text::NotUnderstood(origin.language);
}

std::string ChatRules::Hint(const ChatEvent& event, std::string text) {
  return hints_.Take(event.account, BareJid(event.from), clock_.Now()) ? std::move(text) : "";
}

std::string ChatRules::Operate(Transaction& transaction, const ChatOrigin& origin,
                               const Checkbox& checkbox, SwitchAction action) const {
  SetWish wish;
  wish.name = checkbox.name;
  wish.action = action;
  wish.source = ChangeSource::kChat;
  wish.actor = BareJid(origin.from);
  wish.origin = origin;
  const auto outcome = checkbox_rules_.Set(transaction, wish);
  // Found a line above: only the database can have failed, and then nothing of this is committed.
  if (!outcome.ok()) return "";
  // With a device, its report brings the answer, or the lack of one.
  return outcome->command_id.empty() ? reply_text::Confirmed(outcome->checkbox, origin.language)
                                     : "";
}

std::string ChatRules::OperateAll(Transaction& transaction, const ChatOrigin& origin,
                                  const Step& step) const {
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

std::string ChatRules::Watch(Transaction& transaction, const ChatOrigin& origin,
                             const Checkbox& checkbox) const {
  const std::string jid = BareJid(origin.from);
  if (transaction.watches().CountOf(origin.account, jid) >= static_cast<int64_t>(kMostWatches)) {
    return reply_text::TooManyWatches(kMostWatches, origin.language);
  }
  transaction.watches().Add({origin.account, jid, checkbox.name, origin.language});
  return reply_text::Watching(checkbox, origin.language);
}

}  // namespace chatwire::mqtt
