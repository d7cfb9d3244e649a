#ifndef CHATWIRE_MQTT_SERVICE_DOMAIN_COMMAND_H_
#define CHATWIRE_MQTT_SERVICE_DOMAIN_COMMAND_H_

#include <cstdint>
#include <string>

#include "absl/time/time.h"
#include "mqtt-service/domain/chat_event.h"
#include "mqtt-service/domain/checkbox.h"
#include "mqtt-service/domain/language.h"

namespace chatwire::mqtt {

/// The chat message that asked for something, and so where the answer goes.
struct ChatOrigin {
  /// Bare JID of the account that was written to. Empty: no chat message is behind it.
  std::string account;
  /// Full JID of who wrote, in rooms room/nick.
  std::string from;
  /// Id of the event in xmpp-service's journal; the answers' request ids derive from it.
  std::string event_id;
  /// In which the answer is due.
  Language language = Language::kEnglish;
  /// Tells apart what one message asked for. 0: it asked for one thing.
  int part = 0;
  /// One of many: only what goes wrong is told.
  bool quiet = false;
  ChatPlace place = ChatPlace::kDirect;
  /// Who wrote, see PersonOf. Only while the message is handled.
  std::string person = {};
  /// The account's nick in the room. Only while the message is handled.
  std::string account_nick = {};
};

/// How a command ended. The numbers are stored.
enum class CommandStatus {
  kPending = 0,
  /// The device reported what was asked for.
  kConfirmed = 1,
  /// A newer command was answered first.
  kOvertaken = 2,
  /// The device did not answer in time.
  kExpired = 3,
  /// The device answered this command with the other state.
  kNotFollowed = 4,
  /// The broker refused the publish (an ACL, most likely).
  kRefused = 5,
};

/// How far the command's publish has come. The numbers are stored.
enum class PublishStage { kInOutbox = 0, kAcknowledged = 1 };

/// One request to one device, from the moment it was wanted until the device's answer.
struct Command {
  /// UUID; the correlation data of the MQTT message.
  std::string id;
  std::string checkbox;
  /// Version of the checkbox that it made. Commands of one checkbox are ordered by it.
  int64_t version = 0;
  SwitchState desired = SwitchState::kUnknown;
  CommandStatus status = CommandStatus::kPending;
  PublishStage publish_stage = PublishStage::kInOutbox;
  absl::Time create_time;
  /// When who asked is told that the device has not confirmed yet.
  absl::Time confirm_deadline;
  /// When it is given up.
  absl::Time expire_time;
  ChatOrigin origin;
  /// Whether who asked has been told that the device has not confirmed yet.
  bool told_unconfirmed = false;
};

}  // namespace chatwire::mqtt

#endif  // CHATWIRE_MQTT_SERVICE_DOMAIN_COMMAND_H_
