#include "mqtt-service/domain/chat_rules.h"

#include <algorithm>
#include <utility>
#include <vector>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "mqtt-service/domain/command_end.h"
#include "mqtt-service/domain/name_match.h"
#include "mqtt-service/domain/reply_refusal.h"
#include "mqtt-service/domain/reply_room.h"

namespace chatwire::mqtt {
namespace {

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
  origin.place = event.place;
  origin.person = PersonOf(event);
  origin.account_nick = event.speaker.account_nick;
  return origin;
}

/// What may be said into a room without a word to whom: nobody wants help that was not asked for.
bool IsPlainCommand(const CheckboxCommand& command) {
  return Changes(command) || command.intent == Intent::kQuery;
}

/// Of several accounts in a room that were all spoken to only the first is to act.
std::string SharedKey(const ChatEvent& event) {
  if (event.addressing == Addressing::kByName || event.speaker.stanza_id.empty()) return "";
  return absl::StrCat("room ", BareJid(event.from), " ", event.speaker.stanza_id);
}

}  // namespace

ChatRules::ChatRules(const CheckboxRules& checkbox_rules, const Announcer& announcer,
                     const Clock& clock, ChatSettings settings)
    : actions_(checkbox_rules),
      announcer_(announcer),
      clock_(clock),
      settings_(std::move(settings)),
      commands_(settings_.commands_per_minute) {}

void ChatRules::Handle(Transaction& transaction, const ChatEvent& event) {
  if (event.place != ChatPlace::kDirect) {
    HandleInRoom(transaction, event);
    return;
  }
  if (!transaction.chat().MarkHandled(event.event_id, clock_.Now())) return;
  transaction.chat().RememberAccount(event.account);
  if (settings_.mirror_exclude.count(event.account) == 0 && !event.body.empty()) {
    announcer_.Chat(transaction, event);
  }
  if (!MayOperate(transaction, event)) return;
  OweReply(transaction, OriginOf(event), ReplyPhase::kAnswer, Answer(transaction, event));
}

/// Most of what is said in rooms is said to others, and leaves no trace here.
void ChatRules::HandleInRoom(Transaction& transaction, const ChatEvent& event) {
  const auto heard = HeardInRoom(event, settings_.rooms);
  // Whether it is one of our own accounts is asked of what the room says, believed or not.
  if (!heard.has_value() || heard->body.empty() || !MayOperate(transaction, event)) return;
  const absl::Time now = clock_.Now();
  if (!transaction.chat().MarkHandled(event.event_id, now)) return;
  const std::string shared = SharedKey(*heard);
  if (!shared.empty() && !transaction.chat().MarkHandled(shared, now)) return;
  transaction.chat().RememberAccount(event.account);
  OweReply(transaction, OriginOf(*heard), ReplyPhase::kAnswer, Answer(transaction, *heard));
}

/// Answering one of our own accounts, or a copy of a message, would make a conversation without
/// people.
bool ChatRules::MayOperate(Transaction& transaction, const ChatEvent& event) const {
  if (event.sent || event.only_to_read || event.body.empty() ||
      event.source == ChatSource::kCarbon) {
    return false;
  }
  if (!settings_.accounts.empty() && settings_.accounts.count(event.account) == 0) return false;
  const std::string sender = PersonOf(event);
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

std::vector<std::string> ChatRules::TakeOutForbidden(const ChatEvent& event, ChatStep& step) const {
  std::vector<std::string> names;
  std::erase_if(step.meant.checkboxes, [&](const Checkbox& checkbox) {
    if (MayTouch(settings_.policy, checkbox, event)) return false;
    names.push_back(checkbox.name);
    return true;
  });
  return names;
}

std::vector<CheckboxCommand> ChatRules::NameByName(
    Transaction& transaction, const std::vector<CheckboxCommand>& commands) const {
  std::vector<CheckboxCommand> each;
  const auto known = [&](const CheckboxCommand& command) {
    return !MeantBy(transaction, command).checkboxes.empty();
  };
  for (const CheckboxCommand& command : commands) {
    std::vector<CheckboxCommand> parts;
    if (!command.target.empty() && !known(command)) {
      for (const std::string& name : NamesIn(command.target, settings_.words)) {
        parts.push_back(command);
        parts.back().target = name;
      }
    }
    // Where one of them is known, the others are names, too.
    if (std::none_of(parts.begin(), parts.end(), known)) parts = {command};
    each.insert(each.end(), parts.begin(), parts.end());
  }
  return each.size() <= kMostCommands ? each : commands;
}

Language ChatRules::LanguageFor(const ChatEvent& event, const CheckboxCommand& command) {
  const std::pair<std::string, std::string> person(event.account, PersonKey(event));
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
  if (!too_long) {
    commands = NameByName(transaction, ParseCheckboxCommands(event.body, settings_.words));
  }
  const bool spoken_to = event.addressing != Addressing::kNone;
  if (!spoken_to && !std::all_of(commands.begin(), commands.end(), IsPlainCommand)) return "";
  const Language language = LanguageFor(event, commands.front());
  if (!settings_.policy.Allows(event) && !IsGuest(transaction, event, commands)) {
    return Refusal(transaction, event, language);
  }
  if (too_long) {
    return Hint(event, reply_text::TooLong(event.body.size(), kMaximumCommandBytes, language));
  }
  for (CheckboxCommand& command : commands) {
    command.language = language;
    if (command.help.empty()) command.help = settings_.words.HelpIn(language);
    if (now - event.sent_time <= settings_.command_max_age) continue;
    // A late question is still worth an answer; late small talk is not.
    if (Changes(command)) {
      return spoken_to ? reply_text::TooLate(event.sent_time, language) : "";
    }
    if (command.intent == Intent::kNotUnderstood) return "";
  }
  return AnswerTo(transaction, event, commands);
}

std::string ChatRules::Refusal(Transaction& transaction, const ChatEvent& event,
                               Language language) {
  const bool direct = event.place == ChatPlace::kDirect;
  if (!direct && (!event.room_believed || event.addressing == Addressing::kNone)) return "";
  if (!transaction.chat().MarkRefused(event.account, PersonKey(event), clock_.Now())) return "";
  return direct ? reply_text::Stranger(event.account, language)
                : Hint(event, reply_text::StrangerInRoom(language));
}

std::string ChatRules::AnswerTo(Transaction& transaction, const ChatEvent& event,
                                const std::vector<CheckboxCommand>& commands) {
  std::vector<ChatStep> steps;
  int changes = 0;
  for (const CheckboxCommand& command : commands) {
    ChatStep step{command, MeantBy(transaction, command), {}};
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
  const auto verdict = commands_.Take(event.account, PersonKey(event), changes, clock_.Now());
  if (!verdict.allowed) {
    return verdict.first_refusal && event.addressing != Addressing::kNone
               ? reply_text::TooManyCommands(settings_.commands_per_minute, verdict.wait,
                                             commands.front().language)
               : "";
  }
  std::vector<std::string> answers;
  ChatOrigin origin = OriginOf(event);
  origin.language = commands.front().language;
  for (const ChatStep& step : steps) {
    // The answer to the one thing that was asked for has the number 0, as has the immediate answer
    // to several.
    if (steps.size() > 1) origin.part += kPartStep;
    std::string answer = actions_.Perform(transaction, origin, step);
    if (!answer.empty()) answers.push_back(std::move(answer));
  }
  return absl::StrJoin(answers, "\n");
}

std::string ChatRules::WhatIsWrong(Transaction& transaction, const ChatStep& step) {
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

std::string ChatRules::Hint(const ChatEvent& event, std::string text) {
  if (event.addressing == Addressing::kNone) return "";
  // Before everybody it is the room that must not be flooded, whoever it is that writes.
  const std::string to = event.place == ChatPlace::kRoom ? BareJid(event.from) : PersonKey(event);
  return hints_.Take(event.account, to, clock_.Now()) ? std::move(text) : "";
}

}  // namespace chatwire::mqtt
