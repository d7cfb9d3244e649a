#include "xmpp-service/domain/room_keeper.h"

#include <utility>

#include "absl/log/log.h"
#include "xmpp-service/domain/errors.h"
#include "xmpp-service/domain/jid.h"
#include "xmpp-service/domain/room_error.h"

namespace chatwire::xmpp {

RoomKeeper::RoomKeeper(RoomContext context)
    : context_(std::move(context)), lifeline_(context_.executor) {}

void RoomKeeper::Load(Completion<bool> done) {
  context_.store.ListRooms(
      context_.account,
      lifeline_.Bind<std::vector<StoredRoom>>([this, done = std::move(done)](auto stored) mutable {
        if (!stored.ok()) {
          done(stored.status());
          return;
        }
        for (StoredRoom& room : *stored) Add(std::move(room), /*kept=*/true);
        done(true);
      }));
}

void RoomKeeper::Add(StoredRoom stored, bool kept) {
  const std::string room = stored.room;
  rooms_[room] = std::make_unique<RoomMembership>(context_, std::move(stored), kept, [this, room] {
    lifeline_.After(absl::ZeroDuration(), [this, room] { Discard(room); });
  });
}

void RoomKeeper::Discard(const std::string& room) {
  const auto found = rooms_.find(room);
  // A call that came after the failed one may have had more luck, or be under way.
  if (found == rooms_.end() || !found->second->idle()) return;
  rooms_.erase(found);
  context_.store.RemoveRoom(context_.account, room, Completion<std::vector<std::string>>());
}

void RoomKeeper::OnUp(RoomPort* port, bool resumed) {
  port_ = port;
  if (port == nullptr) return;
  port->SetListener(this);
  for (const auto& [room, nick] : std::exchange(left_meanwhile_, {})) {
    // On another stream the server has told it.
    if (resumed && rooms_.count(room) == 0) port->Exit(room, nick);
  }
  for (const auto& [jid, room] : rooms_) room->OnUp(port, resumed);
}

void RoomKeeper::OnDown() {
  port_ = nullptr;
  for (const auto& [jid, room] : rooms_) room->OnDown();
}

void RoomKeeper::ShowPresence() {
  for (const auto& [jid, room] : rooms_) room->ShowPresence();
}

std::string RoomKeeper::DefaultNick(const std::string& room) const {
  const auto known = rooms_.find(room);
  if (known != rooms_.end()) return known->second->nick();
  return context_.account.substr(0, context_.account.find('@'));
}

RoomMembership* RoomKeeper::Find(const std::string& room) {
  const auto found = rooms_.find(room);
  return found == rooms_.end() ? nullptr : found->second.get();
}

void RoomKeeper::Join(const std::string& room, RoomWish wish, Completion<JoinedRoom> done) {
  if (port_ == nullptr) {
    done(SessionOffline(context_.account));
    return;
  }
  if (wish.nick.empty()) wish.nick = DefaultNick(room);
  if (!wish.password.empty()) {
    JoinNew(room, std::move(wish), std::move(done));
    return;
  }
  context_.invitations.Get(
      context_.account, room,
      lifeline_.Bind<std::optional<RoomInvitation>>(
          [this, room, wish = std::move(wish), done = std::move(done)](auto invitation) mutable {
            if (invitation.ok() && invitation->has_value() && !(*invitation)->password.empty()) {
              auto password = context_.vault.Open(context_.account, (*invitation)->password);
              if (password.ok()) wish.password = *std::move(password);
            }
            JoinNew(room, std::move(wish), std::move(done));
          }));
}

void RoomKeeper::JoinNew(const std::string& room, RoomWish wish, Completion<JoinedRoom> done) {
  RoomMembership* membership = Find(room);
  if (membership == nullptr) {
    if (rooms_.size() >= kMaximumRooms) {
      done(TooManyRooms());
      return;
    }
    StoredRoom stored;
    stored.room = room;
    stored.nick = wish.nick;
    Add(std::move(stored), /*kept=*/false);
    membership = Find(room);
    if (port_ != nullptr) membership->OnUp(port_, /*resumed=*/false);
  }
  membership->Join(std::move(wish), std::move(done));
}

absl::Status RoomKeeper::Follow(const std::string& room, const std::string& nick,
                                const std::string& password) {
  if (rooms_.size() >= kMaximumRooms) return TooManyRooms();
  StoredRoom stored;
  stored.room = room;
  stored.nick = nick.empty() ? DefaultNick(room) : nick;
  if (!password.empty()) stored.sealed_password = context_.vault.Seal(context_.account, password);
  context_.store.SaveRoom(context_.account, stored, /*joined=*/true, Completion<bool>());
  Add(std::move(stored), /*kept=*/true);
  if (port_ != nullptr) rooms_[room]->OnUp(port_, /*resumed=*/false);
  return absl::OkStatus();
}

void RoomKeeper::Leave(const std::string& room, Completion<bool> done) {
  const auto found = rooms_.find(room);
  if (found == rooms_.end()) {
    done(NotInRoom(room));
    return;
  }
  if (found->second->Leave()) left_meanwhile_[room] = found->second->nick();
  rooms_.erase(found);
  context_.store.RemoveRoom(
      context_.account, room,
      lifeline_.Bind<std::vector<std::string>>([this, done = std::move(done)](auto failed) mutable {
        if (!failed.ok()) {
          done(failed.status());
          return;
        }
        for (const std::string& id : *failed) context_.on_delivery(id, DeliveryStage::kFailed);
        done(true);
      }));
}

void RoomKeeper::ChangeNick(const std::string& room, const std::string& nick,
                            Completion<std::string> done) {
  if (RoomMembership* membership = Find(room); membership != nullptr) {
    membership->ChangeNick(nick, std::move(done));
  } else {
    done(NotInRoom(room));
  }
}

void RoomKeeper::OnConfigured(const std::string& room, const std::optional<std::string>& password,
                              Completion<bool> done) {
  if (RoomMembership* membership = Find(room); membership != nullptr) {
    membership->OnConfigured(password, std::move(done));
  } else {
    done(true);
  }
}

bool RoomKeeper::IsReserved(const std::string& room) const {
  const auto found = rooms_.find(room);
  return found != rooms_.end() && found->second->View().created;
}

void RoomKeeper::Decline(const std::string& room, const std::string& reason,
                         Completion<bool> done) {
  context_.invitations.Get(
      context_.account, room,
      lifeline_.Bind<std::optional<RoomInvitation>>(
          [this, room, reason, done = std::move(done)](auto invitation) mutable {
            if (!invitation.ok()) {
              done(invitation.status());
            } else if (!invitation->has_value()) {
              done(InvitationNotFound(room));
            } else {
              TellDeclined(**invitation, reason, std::move(done));
            }
          }));
}

void RoomKeeper::TellDeclined(const RoomInvitation& invitation, const std::string& reason,
                              Completion<bool> done) {
  if (!invitation.direct) {
    if (port_ == nullptr) {
      done(SessionOffline(context_.account));
      return;
    }
    port_->Decline(invitation.room, invitation.from, reason);
  }
  context_.invitations.Remove(context_.account, invitation.room, std::move(done));
}

void RoomKeeper::OnAccepted(const OutgoingRoomMessage& message) {
  if (RoomMembership* membership = Find(message.room); membership != nullptr) {
    membership->OnAccepted(message);
  }
}

absl::Status RoomKeeper::SendChatState(const std::string& room, ChatState state) {
  RoomMembership* membership = Find(room);
  return membership == nullptr ? NotInRoom(room) : membership->SendChatState(state);
}

std::vector<JoinedRoom> RoomKeeper::List(const std::string& after, size_t limit) const {
  std::vector<JoinedRoom> page;
  for (auto it = rooms_.upper_bound(after); it != rooms_.end() && page.size() < limit; ++it) {
    page.push_back(it->second->View());
  }
  return page;
}

std::optional<RoomSpeaker> RoomKeeper::Speaker(const std::string& from) const {
  const std::string room = BareOf(from);
  const auto found = rooms_.find(room);
  if (found == rooms_.end() || room.size() == from.size()) return std::nullopt;
  return found->second->Speaker(from.substr(room.size() + 1));
}

absl::StatusOr<ParticipantPage> RoomKeeper::ListParticipants(const std::string& room,
                                                             const std::string& after,
                                                             size_t limit) const {
  const auto found = rooms_.find(room);
  if (found == rooms_.end()) return NotInRoom(room);
  ParticipantPage page;
  if (found->second->View().state != RoomState::kJoined) return page;
  page.participants = found->second->participants().List(after, limit);
  page.truncated = found->second->participants().truncated();
  return page;
}

void RoomKeeper::OnRoomPresence(RoomPresence presence) {
  if (RoomMembership* membership = Find(presence.room); membership != nullptr) {
    membership->OnPresence(presence);
  }
}

void RoomKeeper::OnRoomMessage(RoomMessage message) {
  if (RoomMembership* membership = Find(message.room); membership != nullptr) {
    membership->OnMessage(std::move(message));
  }
}

}  // namespace chatwire::xmpp
