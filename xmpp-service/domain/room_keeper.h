#ifndef CHATWIRE_XMPP_SERVICE_DOMAIN_ROOM_KEEPER_H_
#define CHATWIRE_XMPP_SERVICE_DOMAIN_ROOM_KEEPER_H_

#include <cstddef>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "common/completion.h"
#include "xmpp-service/domain/lifeline.h"
#include "xmpp-service/domain/room_membership.h"
#include "xmpp-service/domain/room_port.h"
#include "xmpp-service/domain/room_store.h"

namespace chatwire::xmpp {

/// A page of a room's participants.
struct ParticipantPage {
  std::vector<Participant> participants;
  /// Not all are kept.
  bool truncated = false;
};

/// The rooms that one account wants to be in. Lives on the account's executor.
class RoomKeeper final : public RoomListener {
 public:
  explicit RoomKeeper(RoomContext context);

  /// Takes over what is stored; before the first OnUp.
  void Load(Completion<bool> done);

  /// The account is online; @p port lives until OnDown and longer. Null: the session has no rooms.
  void OnUp(RoomPort* port, bool resumed);
  void OnDown();
  /// The account shows something else.
  void ShowPresence();

  /// The errors are those of RoomService.JoinRoom.
  void Join(const std::string& room, RoomWish wish, Completion<JoinedRoom> done);
  /// Joins a room that it does not know yet, as if it had been joined before: an attempt that fails
  /// is repeated or shown in the list. An empty nick is that of Join. Errors:
  /// RESOURCE_EXHAUSTED/TOO_MANY_ROOMS.
  absl::Status Follow(const std::string& room, const std::string& nick,
                      const std::string& password);
  /// Errors: NOT_FOUND/NOT_IN_ROOM.
  void Leave(const std::string& room, Completion<bool> done);
  /// The errors are those of RoomService.ChangeNick.
  void ChangeNick(const std::string& room, const std::string& nick, Completion<std::string> done);
  void OnAccepted(const OutgoingRoomMessage& message);
  /// Errors: NOT_FOUND/NOT_IN_ROOM, UNAVAILABLE/ROOM_AWAY.
  absl::Status SendChatState(const std::string& room, ChatState state);
  /// The errors are those of RoomService.DeclineInvitation.
  void Decline(const std::string& room, const std::string& reason, Completion<bool> done);

  /// @p room is configured, and so is open. @p password, where it is given, is needed to come back
  /// from now on; empty: none is.
  void OnConfigured(const std::string& room, const std::optional<std::string>& password,
                    Completion<bool> done);
  /// Whether the account has made @p room and not configured it yet.
  bool IsReserved(const std::string& room) const;

  /// Whether @p room is one of them.
  bool Knows(const std::string& room) const { return rooms_.count(room) > 0; }
  /// Who writes from the full JID @p from, of a participant; nothing where that is not certain.
  std::optional<RoomSpeaker> Speaker(const std::string& from) const;
  /// At most @p limit rooms above @p after, in order.
  std::vector<JoinedRoom> List(const std::string& after, size_t limit) const;
  /// Errors: NOT_FOUND/NOT_IN_ROOM.
  absl::StatusOr<ParticipantPage> ListParticipants(const std::string& room,
                                                   const std::string& after, size_t limit) const;

  void OnRoomPresence(RoomPresence presence) override;
  void OnRoomMessage(RoomMessage message) override;

 private:
  /// The one there, or the local part of the account's JID.
  std::string DefaultNick(const std::string& room) const;
  RoomMembership* Find(const std::string& room);
  void Add(StoredRoom stored, bool kept);
  void TellDeclined(const RoomInvitation& invitation, const std::string& reason,
                    Completion<bool> done);
  void JoinNew(const std::string& room, RoomWish wish, Completion<JoinedRoom> done);
  void Discard(const std::string& room);

  const RoomContext context_;
  RoomPort* port_ = nullptr;
  std::map<std::string, std::unique_ptr<RoomMembership>> rooms_;
  /// Rooms, with the nick there, that were left while there was no stream: should that be resumed,
  /// the account is in them still.
  std::map<std::string, std::string> left_meanwhile_;
  Lifeline lifeline_;
};

}  // namespace chatwire::xmpp

#endif  // CHATWIRE_XMPP_SERVICE_DOMAIN_ROOM_KEEPER_H_
