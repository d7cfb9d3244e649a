#ifndef CHATWIRE_MQTT_SERVICE_DOMAIN_CHAT_RULES_H_
#define CHATWIRE_MQTT_SERVICE_DOMAIN_CHAT_RULES_H_

#include <map>
#include <set>
#include <string>
#include <utility>
#include <vector>

#include "absl/time/time.h"
#include "common/clock.h"
#include "mqtt-service/domain/announcer.h"
#include "mqtt-service/domain/answer_limit.h"
#include "mqtt-service/domain/chat_actions.h"
#include "mqtt-service/domain/chat_event.h"
#include "mqtt-service/domain/checkbox_command.h"
#include "mqtt-service/domain/checkbox_rules.h"
#include "mqtt-service/domain/command_limit.h"
#include "mqtt-service/domain/phrasebook.h"
#include "mqtt-service/domain/room_talk.h"
#include "mqtt-service/domain/sender_policy.h"
#include "mqtt-service/domain/store.h"

namespace chatwire::mqtt {

/// What the operator decided about chat.
struct ChatSettings {
  /// Accounts whose messages operate checkboxes. Empty: all.
  std::set<std::string> accounts;
  /// Accounts whose messages are not copied to MQTT.
  std::set<std::string> mirror_exclude;
  /// Who may operate the checkboxes that do not say it themselves.
  SenderPolicy policy;
  /// How many commands of one person are carried out in a minute. 0: any number.
  int commands_per_minute = 1200;
  /// A command that was sent longer ago is refused: nobody expects it to take effect now.
  absl::Duration command_max_age = absl::Minutes(5);
  RoomSettings rooms;
  /// How commands are said.
  Phrasebook words;
};

/// What a chat message leads to: a copy on MQTT, a change of a checkbox, an answer, or nothing. In
/// a room an account acts on what is said to it, and everybody reads the answer there.
///
/// Not thread-safe: one thread handles events.
class ChatRules {
 public:
  /// @p checkbox_rules, @p announcer and @p clock must outlive the rules.
  ChatRules(const CheckboxRules& checkbox_rules, const Announcer& announcer, const Clock& clock,
            ChatSettings settings);

  /// Handles @p event once: a repetition does nothing.
  void Handle(Transaction& transaction, const ChatEvent& event);

 private:
  void HandleInRoom(Transaction& transaction, const ChatEvent& event);
  bool MayOperate(Transaction& transaction, const ChatEvent& event) const;
  /// Whether all that a person asks for, whom the service does not allow, concerns checkboxes that
  /// do.
  bool IsGuest(Transaction& transaction, const ChatEvent& event,
               const std::vector<CheckboxCommand>& commands) const;
  /// Takes out of @p step what the person may not operate; its names.
  std::vector<std::string> TakeOutForbidden(const ChatEvent& event, ChatStep& step) const;
  /// "turn on the lamp and the fan" asks for two things, where nothing is called so.
  std::vector<CheckboxCommand> NameByName(Transaction& transaction,
                                          const std::vector<CheckboxCommand>& commands) const;
  /// In which language to answer @p command.
  Language LanguageFor(const ChatEvent& event, const CheckboxCommand& command);
  /// The answer, empty where none is due (now).
  std::string Answer(Transaction& transaction, const ChatEvent& event);
  /// What somebody is told who may operate nothing; once a day.
  std::string Refusal(Transaction& transaction, const ChatEvent& event, Language language);
  /// All that was asked for, or nothing of it where something is not clear.
  std::string AnswerTo(Transaction& transaction, const ChatEvent& event,
                       const std::vector<CheckboxCommand>& commands);
  /// Why @p step cannot be done; empty: it can.
  static std::string WhatIsWrong(Transaction& transaction, const ChatStep& step);
  /// @p text, unless this person, or this room, was told such things too often already.
  std::string Hint(const ChatEvent& event, std::string text);

  const ChatActions actions_;
  const Announcer& announcer_;
  const Clock& clock_;
  ChatSettings settings_;
  AnswerLimit hints_;
  CommandLimit commands_;
  /// In which language each person last said something that tells it, by account and PersonKey.
  std::map<std::pair<std::string, std::string>, Language> languages_;
};

/// Longest chat text that is read as a command.
inline constexpr size_t kMaximumCommandBytes = 256;

}  // namespace chatwire::mqtt

#endif  // CHATWIRE_MQTT_SERVICE_DOMAIN_CHAT_RULES_H_
