#ifndef CHATWIRE_MQTT_SERVICE_DOMAIN_SENDER_POLICY_H_
#define CHATWIRE_MQTT_SERVICE_DOMAIN_SENDER_POLICY_H_

#include <set>
#include <string>
#include <vector>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "mqtt-service/domain/chat_event.h"
#include "mqtt-service/domain/checkbox.h"

namespace chatwire::mqtt {

/// Who may operate checkboxes by chat.
class SenderPolicy {
 public:
  /// @p allow is a comma list: `contacts` (who may see the account's presence), `*` (everybody),
  /// bare JIDs, `@domain` for everybody of a domain, `room:JID` for everybody in a room, and
  /// `room:JID#RANK` for those there with at least this role (visitor, participant, moderator) or
  /// affiliation (member, admin, owner). Contacts are always allowed. Error:
  /// INVALID_ARGUMENT/BAD_CHAT_ALLOW.
  static absl::StatusOr<SenderPolicy> Parse(const std::string& allow);

  /// Who may operate one checkbox: exactly who is in @p allow, whose entries are as above, or
  /// `nobody`. Error: INVALID_ARGUMENT/BAD_CHAT_ALLOW, also for over 32 entries.
  static absl::StatusOr<SenderPolicy> OfCheckbox(const std::vector<std::string>& allow);

  bool Allows(const ChatEvent& event) const;

  /// Whether it allows anybody who is no contact.
  bool AllowsStrangers() const { return everybody_ || !jids_.empty() || !domains_.empty(); }

 private:
  /// Whom a room lets operate checkboxes.
  struct RoomEntry {
    std::string room;
    RoomRole role = RoomRole::kUnknown;
    RoomAffiliation affiliation = RoomAffiliation::kUnknown;
  };

  absl::Status Add(const std::string& entry);
  bool AddRoom(const std::string& entry);
  bool AllowsInRoom(const ChatEvent& event) const;

  bool contacts_ = true;
  bool everybody_ = false;
  std::set<std::string> jids_;
  /// With the `@`.
  std::set<std::string> domains_;
  std::vector<RoomEntry> rooms_;
};

/// Whether the sender of @p event may operate @p checkbox: by its own policy, else by @p usual.
bool MayTouch(const SenderPolicy& usual, const Checkbox& checkbox, const ChatEvent& event);

}  // namespace chatwire::mqtt

#endif  // CHATWIRE_MQTT_SERVICE_DOMAIN_SENDER_POLICY_H_
