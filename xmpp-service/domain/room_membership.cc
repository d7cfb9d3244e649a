#include "xmpp-service/domain/room_membership.h"

#include <utility>

#include "absl/log/log.h"
#include "xmpp-service/domain/errors.h"
#include "xmpp-service/domain/room_error.h"
#include "xmpp-service/domain/room_event.h"
#include "xmpp-service/domain/stanza_status.h"

namespace chatwire::xmpp {
namespace {

// Of the whole way into a room.
constexpr absl::Duration kJoinTimeout = absl::Seconds(30);
// Clocks differ; what comes twice is recognised.
constexpr absl::Duration kHistorySlack = absl::Seconds(10);
constexpr int kDefaultHistory = 100;

}  // namespace

RoomMembership::RoomMembership(const RoomContext& context, StoredRoom stored, bool kept,
                               std::function<void()> discard)
    : context_(context),
      stored_(std::move(stored)),
      kept_(kept),
      discard_(std::move(discard)),
      phase_time_(context.clock.Now()),
      nick_(stored_.nick),
      failure_(stored_.failure),
      backoff_(Backoff::Limits{}),
      participants_(stored_.room),
      sender_(context.account, stored_.room, context.store, context.executor, context.on_delivery),
      catch_up_(
          stored_.room,
          [this](const RoomMessage& message, Completion<bool> done) {
            Record(message, std::move(done));
          },
          [this](ArchiveMark mark, Completion<bool> done) {
            stored_.mark = mark;
            context_.store.SetMark(context_.account, stored_.room, std::move(mark),
                                   std::move(done));
          },
          context.clock, context.executor),
      lifeline_(context.executor) {
  wish_.nick = stored_.nick;
}

void RoomMembership::Join(RoomWish wish, Completion<JoinedRoom> done) {
  if (phase_ == Phase::kInside && port_ != nullptr) {
    if (wish.nick == nick_) {
      done(View());
      return;
    }
    ChangeNick(
        wish.nick,
        lifeline_.Bind<std::string>([this, done = std::move(done)](const auto& nick) mutable {
          done(nick.ok() ? absl::StatusOr<JoinedRoom>(View()) : nick.status());
        }));
    return;
  }
  wish_ = std::move(wish);
  join_waiters_.push_back(std::move(done));
  if (port_ == nullptr) {
    Fail(SessionOffline(context_.account));
    return;
  }
  Begin();
}

void RoomMembership::OnUp(RoomPort* port, bool resumed) {
  port_ = port;
  if (resumed && phase_ == Phase::kInside) {
    sender_.OnResumed(port);
    // The room's server may have been away meanwhile.
    CheckInside();
    return;
  }
  if (phase_ != Phase::kOutside) OnOutside();
  told_inside_ = false;
  if (kept_ && !stored_.failure.has_value()) Begin();
}

void RoomMembership::OnDown() {
  port_ = nullptr;
  sender_.OnStreamDown();
  catch_up_.Cancel();
  for (auto& waiter : std::exchange(nick_waiters_, {})) waiter(SessionOffline(context_.account));
  // The stream may be resumed, and the account be in the room as if nothing had happened.
  if (phase_ == Phase::kInside) return;
  OnOutside();
  if (!join_waiters_.empty()) Fail(SessionOffline(context_.account));
}

void RoomMembership::OnOutside() {
  ++attempt_;
  catch_up_.Cancel();
  held_.clear();
  held_too_many_ = false;
  created_ = false;
  participants_.Forget();
  stays_.Forget();
  sender_.OnOutside();
  // Whoever has that address must not be taken for a room for ever.
  if (port_ != nullptr) port_->Forget(stored_.room);
  SetPhase(Phase::kOutside);
  for (auto& waiter : std::exchange(nick_waiters_, {})) waiter(RoomAway(stored_.room));
}

void RoomMembership::Begin() {
  if (phase_ != Phase::kOutside) OnOutside();
  failure_.reset();
  retry_time_.reset();
  if (wish_.password.empty()) wish_.password = Password();
  const int attempt = ++attempt_;
  SetPhase(Phase::kAsking);
  lifeline_.After(kJoinTimeout, [this, attempt] {
    const bool waiting = phase_ == Phase::kAsking || phase_ == Phase::kEntering;
    if (attempt == attempt_ && waiting) Fail(NoAnswer());
  });
  // Who asks first does not make a room by a slip, does not show up at somebody who is no room,
  // and knows where the missed messages are to be had.
  port_->GetInfo(stored_.room, lifeline_.Bind<RoomInfo>([this, attempt](const auto& info) {
    if (attempt == attempt_) OnInfo(info);
  }));
}

void RoomMembership::OnInfo(const absl::StatusOr<RoomInfo>& info) {
  archived_ = info.ok() && info->archived;
  if (info.ok() && !info->is_room) {
    Fail(NotARoom(stored_.room));
  } else if (IsStanzaError(info.status(), "item-not-found") && !wish_.create) {
    Fail(RoomNotFound(stored_.room));
  } else if (info.ok() || IsStanzaError(info.status(), "item-not-found") ||
             IsStanzaError(info.status(), "forbidden")) {
    // Also where the room only says that it bans the account: entering tells it better.
    Enter();
  } else {
    Fail(info.status());
  }
}

void RoomMembership::Enter() {
  SetPhase(Phase::kEntering);
  nick_ = wish_.nick;
  RoomEntry entry;
  entry.room = stored_.room;
  entry.nick = nick_;
  entry.password = wish_.password;
  entry.history = HistoryToAsk();
  entry.presence = context_.presence();
  port_->Enter(entry);
}

RoomHistory RoomMembership::HistoryToAsk() const {
  RoomHistory history;
  if (!stored_.mark.has_value()) {
    history = wish_.history;
    if (!history.maximum_messages.has_value()) {
      history.maximum_messages = history.since.has_value() ? kDefaultHistory : 0;
    }
  } else if (archived_) {
    history.maximum_messages = 0;
  } else {
    history.since = stored_.mark->time - kHistorySlack;
  }
  return history;
}

void RoomMembership::OnEntered(const RoomPresence& presence) {
  // XEP-0045, "Creating a Room": a room that did not exist, and is locked now.
  created_ = presence.status_codes.count(201) > 0;
  if (created_ && !wish_.create) {
    port_->Exit(stored_.room, nick_);
    Fail(RoomNotFound(stored_.room));
    return;
  }
  nick_ = presence.participant.nick;
  std::vector<EventPayload> gone = participants_.Enter();
  if (!told_inside_) {
    told_inside_ = true;
    context_.journal(RoomJoined{stored_.room, nick_, was_inside_ || stored_.mark.has_value(),
                                participants_.count(), presence.participant.role,
                                presence.participant.affiliation});
  }
  was_inside_ = true;
  Journal(std::move(gone));
  CatchUp();
}

void RoomMembership::CatchUp() {
  SetPhase(Phase::kCatchingUp);
  const auto caught_up = [this, attempt = attempt_](const absl::StatusOr<bool>& result) {
    if (attempt == attempt_) OnCaughtUp(result);
  };
  if (archived_) {
    catch_up_.Run(port_, stored_.mark, lifeline_.Bind<bool>(caught_up));
  } else if (!stored_.mark.has_value()) {
    stored_.mark = ArchiveMark{"", context_.clock.Now()};
    context_.store.SetMark(context_.account, stored_.room, *stored_.mark,
                           lifeline_.Bind<bool>(caught_up));
  } else {
    lifeline_.Bind<bool>(caught_up)(true);
  }
}

void RoomMembership::OnCaughtUp(const absl::StatusOr<bool>& result) {
  if (absl::IsPermissionDenied(result.status()) || absl::IsUnimplemented(result.status()) ||
      absl::IsNotFound(result.status())) {
    LOG(WARNING) << context_.account << ": " << stored_.room
                 << " does not show its archive: " << result.status();
    archived_ = false;
    if (!stored_.mark.has_value()) stored_.mark = ArchiveMark{"", context_.clock.Now()};
  } else if (!result.ok()) {
    Fail(result.status());
    return;
  } else if (std::exchange(held_too_many_, false) && archived_) {
    // What was dropped is in the archive by now.
    CatchUp();
    return;
  }
  Save(/*joined=*/true, lifeline_.Bind<bool>([this, attempt = attempt_](const auto& saved) {
    if (attempt != attempt_) return;
    if (saved.ok()) {
      GoInside();
    } else {
      Fail(saved.status());
    }
  }));
}

void RoomMembership::GoInside() {
  SetPhase(Phase::kInside);
  kept_ = true;
  wish_.history = RoomHistory{};
  wish_.create = false;
  backoff_.Reset();
  for (const RoomMessage& message : std::exchange(held_, {})) Record(message, Completion<bool>());
  sender_.OnInside(port_);
  for (auto& waiter : std::exchange(join_waiters_, {})) waiter(View());
  CheckInsideLater(kCheckInterval);
}

JoinedRoom RoomMembership::View() const {
  JoinedRoom view;
  view.room = stored_.room;
  view.nick = nick_;
  view.state_time = phase_time_;
  view.subject = stored_.subject;
  if (phase_ == Phase::kInside && port_ != nullptr) {
    view.state = RoomState::kJoined;
    view.archived = archived_;
    view.created = created_;
    view.participant_count = participants_.count();
    if (const Participant* self = participants_.Find(nick_); self != nullptr) {
      view.role = self->role;
      view.affiliation = self->affiliation;
    }
  } else if (failure_.has_value()) {
    view.state = stored_.failure.has_value() ? RoomState::kFailed : RoomState::kRetrying;
    view.failure = failure_;
    view.next_attempt_time = retry_time_;
  }
  return view;
}

void RoomMembership::SetPhase(Phase phase) {
  phase_ = phase;
  phase_time_ = context_.clock.Now();
}

}  // namespace chatwire::xmpp
