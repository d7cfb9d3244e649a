#ifndef CHATWIRE_MQTT_SERVICE_DOMAIN_ROOM_TALK_H_
#define CHATWIRE_MQTT_SERVICE_DOMAIN_ROOM_TALK_H_

#include <optional>
#include <set>
#include <string>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "mqtt-service/domain/chat_event.h"

namespace chatwire::mqtt {

/// Which rooms are believed when they say whose nick it is. The server of a room can say what it
/// likes; of a room on somebody else's server that may be a lie.
class RoomTrust {
 public:
  /// @p rooms is a comma list: `own` (rooms of the account's own domain and below it), `*` (all),
  /// bare JIDs of rooms, and `@domain` for all rooms of a service. Error: INVALID_ARGUMENT.
  static absl::StatusOr<RoomTrust> Parse(const std::string& rooms);

  /// Whether @p account believes @p room. Both are bare JIDs in lower case.
  bool Believes(const std::string& account, const std::string& room) const;

 private:
  absl::Status Add(const std::string& entry);

  bool own_ = false;
  bool all_ = false;
  std::set<std::string> rooms_;
  /// With the `@`.
  std::set<std::string> services_;
};

/// What the operator decided about rooms.
struct RoomSettings {
  RoomTrust trust;
  /// What stands in front of a text that is for an account, beside its nick. Empty: only the nick.
  std::string prefix;
  /// Whether commands count that are addressed to nobody.
  bool unaddressed = false;
};

/// Whether @p prefix can stand for an account: up to 16 bytes of UTF-8 without blanks and control
/// characters. Error: INVALID_ARGUMENT.
absl::Status CheckRoomPrefix(const std::string& prefix);

/// What @p event, which was said in a room, says to the account: without the name in front
/// (`lampbot: lamp on`, `lampbot, lamp on`, `@lampbot lamp on`), and without what an unbelieved
/// room tells of people. Nothing where it is not for the account.
std::optional<ChatEvent> HeardInRoom(const ChatEvent& event, const RoomSettings& settings);

/// @p text to @p nick before everybody.
std::string ToNick(const std::string& nick, const std::string& text);

}  // namespace chatwire::mqtt

#endif  // CHATWIRE_MQTT_SERVICE_DOMAIN_ROOM_TALK_H_
