#ifndef CHATWIRE_XMPP_SERVICE_DOMAIN_ROOM_MEMBERSHIP_H_
#define CHATWIRE_XMPP_SERVICE_DOMAIN_ROOM_MEMBERSHIP_H_

#include <cstddef>
#include <deque>
#include <functional>
#include <optional>
#include <string>
#include <vector>

#include "common/backoff.h"
#include "common/clock.h"
#include "common/completion.h"
#include "xmpp-service/domain/event.h"
#include "xmpp-service/domain/invitation_store.h"
#include "xmpp-service/domain/lifeline.h"
#include "xmpp-service/domain/occupant_stays.h"
#include "xmpp-service/domain/password_vault.h"
#include "xmpp-service/domain/room_arrival.h"
#include "xmpp-service/domain/room_catch_up.h"
#include "xmpp-service/domain/room_participants.h"
#include "xmpp-service/domain/room_port.h"
#include "xmpp-service/domain/room_sender.h"
#include "xmpp-service/domain/room_store.h"

namespace chatwire::xmpp {

/// What the rooms of one account work with. All of it outlives them.
struct RoomContext {
  std::string account;
  RoomStore& store;
  InvitationStore& invitations;
  const PasswordVault& vault;
  const Clock& clock;
  Executor& executor;
  std::function<void(EventPayload)> journal;
  /// What the account shows.
  std::function<Presence()> presence;
  RoomSender::OnDelivery on_delivery;
  /// Whether this bare JID may see the account's presence.
  std::function<bool(const std::string&)> is_contact = {};
};

/// How somebody wants to be in a room.
struct RoomWish {
  std::string nick;
  /// Empty: that of the last time.
  std::string password;
  RoomHistory history;
  /// The room may be made by this; it stays locked until it is configured.
  bool create = false;
};

/// One account in one room: gets in, stays in, comes back (XEP-0045, XEP-0410). Lives on the
/// account's executor.
class RoomMembership {
 public:
  /// How often the room is asked whether it still knows the account.
  static constexpr absl::Duration kCheckInterval = absl::Minutes(5);
  /// Most messages that wait while the account is on its way in.
  static constexpr size_t kMaximumHeld = 10'000;

  /// @p kept: the room is stored as joined. Else it is not wanted any more when the first Join
  /// fails; @p discard then says so, not from inside a call.
  RoomMembership(const RoomContext& context, StoredRoom stored, bool kept,
                 std::function<void()> discard);

  /// Goes in; completes when inside. The errors are those of RoomService.JoinRoom.
  void Join(RoomWish wish, Completion<JoinedRoom> done);
  /// The errors are those of RoomService.ChangeNick.
  void ChangeNick(const std::string& nick, Completion<std::string> done);
  /// The room is open. @p password: what it takes to come back from now on; empty: nothing.
  void OnConfigured(const std::optional<std::string>& password, Completion<bool> done);
  /// For good. To be destroyed then. True: the room has not been told, for want of a stream.
  bool Leave();

  void OnUp(RoomPort* port, bool resumed);
  void OnDown();
  void OnPresence(const RoomPresence& presence);
  void OnMessage(RoomMessage message);
  void OnAccepted(const OutgoingRoomMessage& message) { sender_.OnAccepted(message); }
  /// The account shows something else.
  void ShowPresence();
  /// Errors: UNAVAILABLE/ROOM_AWAY.
  absl::Status SendChatState(ChatState state);

  const std::string& nick() const { return nick_; }
  JoinedRoom View() const;
  const RoomParticipants& participants() const { return participants_; }
  /// Who @p nick is at this moment; nothing where that is not certain.
  std::optional<RoomSpeaker> Speaker(const std::string& nick) const;
  /// Nobody wants it: neither stored as joined nor on its way in.
  bool idle() const { return !kept_ && phase_ == Phase::kOutside; }

 private:
  enum class Phase { kOutside, kAsking, kEntering, kCatchingUp, kInside };

  /// From the start: asks, enters, catches up.
  void Begin();
  void OnInfo(const absl::StatusOr<RoomInfo>& info);
  void Enter();
  void OnEntered(const RoomPresence& presence);
  void CatchUp();
  void OnCaughtUp(const absl::StatusOr<bool>& result);
  void GoInside();

  /// This attempt has come to nothing.
  void Fail(const absl::Status& status);
  /// Was in the room, and is not any more.
  void OnRemoved(const RoomPresence* presence, RoomLeaveReason reason);
  void GiveUp(RoomFailure failure);
  void RetryLater(RoomFailure failure);
  void OnOutside();

  void OnSelfPresence(const RoomPresence& presence);
  void OnErrorPresence(const RoomPresence& presence);
  void SetNick(const std::string& nick);
  void CheckInsideLater(absl::Duration delay);
  void CheckInside();

  RoomArrivalContext ArrivalContext() const;
  void Record(const RoomMessage& message, Completion<bool> done);
  void Journal(std::vector<EventPayload> events);
  void Save(bool joined, Completion<bool> done);
  std::string Password() const;
  RoomHistory HistoryToAsk() const;
  void SetPhase(Phase phase);

  const RoomContext& context_;
  StoredRoom stored_;
  bool kept_;
  std::function<void()> discard_;
  RoomWish wish_;
  RoomPort* port_ = nullptr;
  Phase phase_ = Phase::kOutside;
  absl::Time phase_time_;
  /// Counts attempts and stays, so that late timers and answers do no harm.
  int attempt_ = 0;
  /// Counts what CheckInsideLater has set up: only the last one is to run.
  int check_ = 0;
  /// The nick that the room knows.
  std::string nick_;
  bool archived_ = false;
  bool created_ = false;
  bool was_inside_ = false;
  /// RoomJoined is the last of it that was journalled.
  bool told_inside_ = false;
  std::optional<RoomFailure> failure_;
  std::optional<absl::Time> retry_time_;
  Backoff backoff_;
  /// Came before the account was quite inside.
  std::deque<RoomMessage> held_;
  bool held_too_many_ = false;
  std::vector<Completion<JoinedRoom>> join_waiters_;
  std::vector<Completion<std::string>> nick_waiters_;
  RoomParticipants participants_;
  OccupantStays stays_;
  RoomSender sender_;
  RoomCatchUp catch_up_;
  Lifeline lifeline_;
};

}  // namespace chatwire::xmpp

#endif  // CHATWIRE_XMPP_SERVICE_DOMAIN_ROOM_MEMBERSHIP_H_
