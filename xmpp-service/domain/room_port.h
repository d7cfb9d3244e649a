#ifndef CHATWIRE_XMPP_SERVICE_DOMAIN_ROOM_PORT_H_
#define CHATWIRE_XMPP_SERVICE_DOMAIN_ROOM_PORT_H_

#include <optional>
#include <string>
#include <vector>

#include "common/completion.h"
#include "xmpp-service/domain/presence.h"
#include "xmpp-service/domain/room.h"

namespace chatwire::xmpp {

/// Hears what rooms say that were entered through a RoomPort, and no others. On the session's
/// executor.
class RoomListener {
 public:
  virtual ~RoomListener() = default;

  virtual void OnRoomPresence(RoomPresence presence) = 0;
  virtual void OnRoomMessage(RoomMessage message) = 0;
};

/// How to enter a room (XEP-0045, section 7.2).
struct RoomEntry {
  std::string room;
  std::string nick;
  std::string password;
  /// Not set: the room decides.
  RoomHistory history;
  Presence presence;
};

/// A page of a list of rooms.
struct RoomPage {
  std::vector<ListedRoom> rooms;
  /// For the next page. Empty: this was the last.
  std::string next;
};

/// Which messages of a room's archive are wanted; as ArchiveQuery.
struct RoomArchiveQuery {
  std::string room;
  std::string after;
  std::optional<absl::Time> start;
  bool newest = false;
  int maximum = 100;
};

/// A page of a room's archive, oldest first.
struct RoomArchivePage {
  /// `stanza_id` and `stamp` are set in each.
  std::vector<RoomMessage> messages;
  bool complete = false;
};

/// Rooms, over one session. As Session: on its executor, and every completion runs after the call
/// has returned, within 30 s, with what came or with an error: SESSION_OFFLINE, NO_ANSWER, or that
/// of domain/stanza_status.h.
class RoomPort {
 public:
  virtual ~RoomPort() = default;

  /// Null: nobody listens any more.
  virtual void SetListener(RoomListener* listener) = 0;

  /// Asks a room to let the account in, and listens to it from now on. The answers are presences.
  virtual void Enter(const RoomEntry& entry) = 0;
  /// Shows @p presence under @p nick: in a room, another nick is asked for that way.
  virtual void Show(const std::string& room, const std::string& nick, const Presence& presence) = 0;
  /// Listens no more: the room does not have the account in, and has to be entered again.
  virtual void Forget(const std::string& room) = 0;
  /// Leaves, and listens no more.
  virtual void Exit(const std::string& room, const std::string& nick) = 0;

  /// Whether the room still knows the account under @p nick (XEP-0410). Errors: the room could not
  /// be asked.
  virtual void CheckInside(const std::string& room, const std::string& nick,
                           Completion<bool> done) = 0;

  /// Best effort for a message to everybody: the room's reflection confirms it. One to a
  /// participant completes when the server has it.
  virtual void SendMessage(const OutgoingRoomMessage& message, Completion<bool> done) = 0;

  /// Tells everybody in the room what the account does (XEP-0085). Best effort.
  virtual void SendChatState(const std::string& room, ChatState state) = 0;

  /// Tells @p to, through the room, that the invitation is declined. Best effort.
  virtual void Decline(const std::string& room, const std::string& to,
                       const std::string& reason) = 0;

  virtual void GetInfo(const std::string& room, Completion<RoomInfo> done) = 0;
  /// @p after: RoomPage::next of the page before.
  virtual void ListRooms(const std::string& service, const std::string& after, size_t limit,
                         Completion<RoomPage> done) = 0;
  virtual void QueryArchive(const RoomArchiveQuery& query, Completion<RoomArchivePage> done) = 0;
};

}  // namespace chatwire::xmpp

#endif  // CHATWIRE_XMPP_SERVICE_DOMAIN_ROOM_PORT_H_
