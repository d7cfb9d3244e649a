// What a room says to an account: presences, messages, refusals, and what follows from them.
#include <algorithm>
#include <utility>

#include "absl/log/log.h"
#include "xmpp-service/domain/room_error.h"
#include "xmpp-service/domain/room_event.h"
#include "xmpp-service/domain/room_membership.h"
#include "xmpp-service/domain/stanza_status.h"

namespace chatwire::xmpp {
namespace {

constexpr absl::Duration kNickTimeout = absl::Seconds(30);
// The room could not be asked: its server may be starting.
constexpr absl::Duration kCheckAgainAfter = absl::Minutes(1);
// XEP-0045, section 15.6.
constexpr int kSelf = 110;
constexpr int kNickChanged = 303;

RoomLeft LeftOf(const std::string& room, const RoomPresence* presence, RoomLeaveReason reason) {
  RoomLeft left;
  left.room = room;
  left.reason = reason;
  left.will_rejoin = !IsTerminal(reason);
  if (presence != nullptr) {
    left.actor = presence->actor;
    left.text = presence->text;
    left.alternative = presence->alternative;
  }
  return left;
}

}  // namespace

void RoomMembership::OnPresence(const RoomPresence& presence) {
  if (presence.type == RoomPresence::Type::kError) {
    OnErrorPresence(presence);
    return;
  }
  if (phase_ != Phase::kEntering && phase_ != Phase::kCatchingUp && phase_ != Phase::kInside) {
    return;
  }
  const bool self = presence.status_codes.count(kSelf) > 0 || presence.participant.nick == nick_;
  if (self && presence.type == RoomPresence::Type::kUnavailable &&
      presence.status_codes.count(kNickChanged) == 0) {
    if (phase_ == Phase::kEntering) return;
    RoomLeaveReason reason = LeaveReasonOf(presence);
    // Nobody asked for it: another client of the account, or its server.
    if (reason == RoomLeaveReason::kUnknown) reason = RoomLeaveReason::kConnection;
    OnRemoved(&presence, reason);
    return;
  }
  stays_.OnPresence(presence, context_.clock.Now());
  Journal(participants_.Apply(presence));
  if (self) OnSelfPresence(presence);
}

void RoomMembership::OnSelfPresence(const RoomPresence& presence) {
  if (presence.type == RoomPresence::Type::kUnavailable) {
    if (!presence.new_nick.empty()) SetNick(presence.new_nick);
  } else if (phase_ == Phase::kEntering) {
    OnEntered(presence);
  } else {
    SetNick(presence.participant.nick);
  }
}

void RoomMembership::SetNick(const std::string& nick) {
  if (nick_ != nick) {
    nick_ = nick;
    wish_.nick = nick;
    Save(/*joined=*/false, Completion<bool>());
  } else if (!nick_waiters_.empty() && wish_.nick != nick) {
    // The old one once more: the room has not decided yet.
    return;
  }
  for (auto& waiter : std::exchange(nick_waiters_, {})) waiter(nick_);
}

void RoomMembership::ChangeNick(const std::string& nick, Completion<std::string> done) {
  if (phase_ != Phase::kInside || port_ == nullptr) {
    done(RoomAway(stored_.room));
    return;
  }
  if (nick == nick_ && nick_waiters_.empty()) {
    done(nick_);
    return;
  }
  nick_waiters_.push_back(std::move(done));
  wish_.nick = nick;
  port_->Show(stored_.room, nick, context_.presence());
  lifeline_.After(kNickTimeout, [this, attempt = attempt_, nick] {
    if (attempt != attempt_ || wish_.nick != nick || nick_ == nick) return;
    wish_.nick = nick_;
    for (auto& waiter : std::exchange(nick_waiters_, {})) waiter(NoAnswer());
  });
}

void RoomMembership::OnErrorPresence(const RoomPresence& presence) {
  if (!presence.error.has_value()) return;
  const absl::Status status = RoomRefusal(*presence.error);
  if (phase_ == Phase::kEntering) {
    Fail(status);
  } else if (phase_ == Phase::kInside && !nick_waiters_.empty()) {
    wish_.nick = nick_;
    for (auto& waiter : std::exchange(nick_waiters_, {})) waiter(status);
  }
}

void RoomMembership::OnMessage(RoomMessage message) {
  if (message.error.has_value()) {
    if (sender_.OnRefused(message.id, *message.error)) {
      OnRemoved(nullptr, RoomLeaveReason::kConnection);
    }
    return;
  }
  if (!message.stamp.has_value()) {
    message.stay = stays_.Of(message.nick);
    message.speaker = Speaker(message.nick);
  }
  if (auto state = ToRoomChatState(ArrivalContext(), message); state.has_value()) {
    if (phase_ == Phase::kInside) context_.journal(*std::move(state));
  } else if (phase_ == Phase::kInside) {
    Record(message, Completion<bool>());
  } else if (phase_ == Phase::kOutside) {
    return;
  } else if (held_.size() < kMaximumHeld) {
    held_.push_back(std::move(message));
  } else {
    held_too_many_ = true;
  }
}

RoomArrivalContext RoomMembership::ArrivalContext() const {
  RoomArrivalContext context;
  context.account = context_.account;
  context.nick = nick_;
  if (const Participant* self = participants_.Find(nick_); self != nullptr) {
    context.occupant_id = self->occupant_id;
  }
  context.subject = stored_.subject;
  context.now = context_.clock.Now();
  context.is_contact = context_.is_contact;
  return context;
}

std::optional<RoomSpeaker> RoomMembership::Speaker(const std::string& nick) const {
  if (phase_ != Phase::kCatchingUp && phase_ != Phase::kInside) return std::nullopt;
  const Participant* participant = participants_.Find(nick);
  if (participant == nullptr) return std::nullopt;
  return RoomSpeaker{participant->role, participant->affiliation, participant->jid,
                     participant->occupant_id};
}

void RoomMembership::Record(const RoomMessage& message, Completion<bool> done) {
  RoomArrival arrival = ToRoomArrival(ArrivalContext(), message);
  if (arrival.subject.has_value()) stored_.subject = *arrival.subject;
  context_.store.Record(
      std::move(arrival),
      lifeline_.Bind<RoomRecorded>([this, id = arrival.own_message_id, message,
                                    done = std::move(done)](const auto& recorded) mutable {
        if (!recorded.ok()) {
          LOG(ERROR) << context_.account << ": a message of " << stored_.room
                     << " cannot be journalled: " << recorded.status();
          // It is in the archive, or in the history: by coming back it is fetched again.
          if (phase_ == Phase::kInside) OnRemoved(nullptr, RoomLeaveReason::kConnection);
          done(recorded.status());
          return;
        }
        if (recorded->mark.has_value()) stored_.mark = recorded->mark;
        if (recorded->confirmed) sender_.OnConfirmed(id);
        done(true);
      }));
}

void RoomMembership::OnRemoved(const RoomPresence* presence, RoomLeaveReason reason) {
  if (phase_ == Phase::kOutside) return;
  OnOutside();
  LOG(INFO) << context_.account << ": not in " << stored_.room
            << " any more: " << FailureOf(reason).message;
  context_.journal(LeftOf(stored_.room, presence, reason));
  told_inside_ = false;
  if (IsTerminal(reason)) {
    GiveUp(FailureOf(reason));
  } else {
    RetryLater(FailureOf(reason));
  }
}

void RoomMembership::Fail(const absl::Status& status) {
  const bool maybe_inside = phase_ == Phase::kEntering || phase_ == Phase::kCatchingUp;
  const bool no_answer = absl::IsDeadlineExceeded(status);
  // What comes late must not find the account in a room that it has given up.
  if (maybe_inside && no_answer && port_ != nullptr) port_->Exit(stored_.room, nick_);
  OnOutside();
  for (auto& waiter : std::exchange(join_waiters_, {})) waiter(status);
  if (!kept_) {
    discard_();
    return;
  }
  wish_ = RoomWish{};
  wish_.nick = stored_.nick;
  LOG(WARNING) << context_.account << ": cannot enter " << stored_.room << ": " << status.message();
  const RoomFailure failure = FailureOf(status);
  if (stored_.failure.has_value()) {
    // Somebody has tried it once more.
    GiveUp(failure);
    return;
  }
  if (!IsTerminal(failure)) {
    RetryLater(failure);
    return;
  }
  RoomLeft left = LeftOf(
      stored_.room, nullptr,
      failure.reason == "ROOM_BANNED" ? RoomLeaveReason::kBanned : RoomLeaveReason::kRefused);
  left.will_rejoin = false;
  left.error_reason = failure.reason;
  context_.journal(std::move(left));
  told_inside_ = false;
  GiveUp(failure);
}

void RoomMembership::GiveUp(RoomFailure failure) {
  failure_ = failure;
  stored_.failure = std::move(failure);
  retry_time_.reset();
  Save(/*joined=*/false, Completion<bool>());
}

void RoomMembership::RetryLater(RoomFailure failure) {
  failure_ = std::move(failure);
  if (port_ == nullptr) return;
  const absl::Duration delay = backoff_.Next();
  retry_time_ = context_.clock.Now() + delay;
  lifeline_.After(delay, [this, attempt = attempt_] {
    if (attempt == attempt_ && port_ != nullptr && phase_ == Phase::kOutside) Begin();
  });
}

bool RoomMembership::Leave() {
  const bool untold = port_ == nullptr && phase_ == Phase::kInside;
  // Also while it is only on its way in.
  if (port_ != nullptr && phase_ != Phase::kOutside) port_->Exit(stored_.room, nick_);
  OnOutside();
  for (auto& waiter : std::exchange(join_waiters_, {})) waiter(LeftRoom(stored_.room));
  RoomLeft left;
  left.room = stored_.room;
  left.reason = RoomLeaveReason::kLeft;
  context_.journal(std::move(left));
  return untold;
}

void RoomMembership::ShowPresence() {
  if (phase_ != Phase::kInside || port_ == nullptr) return;
  const Presence presence = context_.presence();
  // The server tells the room by itself when the account goes.
  if (presence.availability != Availability::kOffline) port_->Show(stored_.room, nick_, presence);
}

absl::Status RoomMembership::SendChatState(ChatState state) {
  if (phase_ != Phase::kInside || port_ == nullptr) return RoomAway(stored_.room);
  port_->SendChatState(stored_.room, state);
  return absl::OkStatus();
}

void RoomMembership::CheckInsideLater(absl::Duration delay) {
  lifeline_.After(delay, [this, attempt = attempt_, check = ++check_] {
    if (attempt == attempt_ && check == check_ && port_ != nullptr) CheckInside();
  });
}

void RoomMembership::CheckInside() {
  port_->CheckInside(stored_.room, nick_,
                     lifeline_.Bind<bool>([this, attempt = attempt_](const auto& inside) {
                       if (attempt != attempt_ || port_ == nullptr) return;
                       if (!inside.ok()) {
                         CheckInsideLater(kCheckAgainAfter);
                       } else if (*inside) {
                         CheckInsideLater(kCheckInterval);
                       } else {
                         OnRemoved(nullptr, RoomLeaveReason::kConnection);
                       }
                     }));
}

void RoomMembership::Journal(std::vector<EventPayload> events) {
  for (EventPayload& event : events) context_.journal(std::move(event));
}

void RoomMembership::Save(bool joined, Completion<bool> done) {
  if (joined) {
    stored_.failure.reset();
    stored_.sealed_password =
        wish_.password.empty() ? "" : context_.vault.Seal(context_.account, wish_.password);
  } else if (!kept_) {
    done(true);
    return;
  }
  stored_.nick = wish_.nick;
  context_.store.SaveRoom(context_.account, stored_, joined, std::move(done));
}

void RoomMembership::OnConfigured(const std::optional<std::string>& password,
                                  Completion<bool> done) {
  created_ = false;
  if (password.has_value()) {
    wish_.password = *password;
    stored_.sealed_password =
        password->empty() ? "" : context_.vault.Seal(context_.account, *password);
  }
  if (password.has_value() && kept_) {
    context_.store.SaveRoom(context_.account, stored_, /*joined=*/false, std::move(done));
  } else {
    done(true);
  }
}

std::string RoomMembership::Password() const {
  if (stored_.sealed_password.empty()) return {};
  auto password = context_.vault.Open(context_.account, stored_.sealed_password);
  return password.ok() ? *std::move(password) : std::string();
}

}  // namespace chatwire::xmpp
