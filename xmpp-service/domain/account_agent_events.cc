// What an account's agent tells others: the state of the connection, roster, presence, messages.
#include <utility>

#include "absl/log/log.h"
#include "absl/strings/str_cat.h"
#include "xmpp-service/domain/account_agent.h"
#include "xmpp-service/domain/errors.h"
#include "xmpp-service/domain/roster_port.h"
#include "xmpp-service/domain/text.h"

namespace chatwire::xmpp {
namespace {

constexpr absl::Duration kCloseTimeout = absl::Seconds(3);

bool IsSettled(const Connection& connection) {
  return connection.state != ConnectionState::kOffline &&
         connection.state != ConnectionState::kConnecting;
}

/// Attempts that fail again and again for one reason are one event.
std::string NewsOf(const Connection& connection) {
  const std::string reason =
      connection.failure.has_value() ? ToString(connection.failure->reason) : "";
  return absl::StrCat(static_cast<int>(connection.state), " ", reason);
}

}  // namespace

void AccountAgent::Stop(Completion<bool> done) {
  Post([this, done = std::move(done)]() mutable {
    stopped_ = true;
    ++attempt_;
    catch_up_.Cancel();
    sender_.OnStreamDown();
    rooms_.OnDown();
    bookmarks_.OnDown();
    policy_.Stop();
    Publish();
    for (auto& waiter : std::exchange(settled_waiters_, {})) waiter(policy_.connection());
    if (session_ == nullptr || !stream_up_) {
      session_.reset();
      done(true);
      return;
    }
    stop_done_ = std::move(done);
    lifeline_.After(kCloseTimeout, [this] { stop_done_(true); });
    session_->Close();
  });
}

void AccountAgent::WaitSettled(Completion<Connection> done) {
  Post([this, done = std::move(done)]() mutable {
    if (IsSettled(policy_.connection())) {
      done(policy_.connection());
    } else {
      settled_waiters_.push_back(std::move(done));
    }
  });
}

void AccountAgent::Confirm() {
  Post([this] {
    confirmed_ = true;
    pin_.Keep();
    Publish();
  });
}

void AccountAgent::Publish() {
  const Connection connection = policy_.connection();
  {
    MutexLock lock(mutex_);
    connection_ = connection;
  }
  if (IsSettled(connection)) {
    for (auto& waiter : std::exchange(settled_waiters_, {})) waiter(connection);
  }
  // An attempt after a failure is no news either, only its outcome is.
  const bool retrying =
      connection.state == ConnectionState::kConnecting && !journalled_state_.empty();
  const std::string news = NewsOf(connection);
  if (!confirmed_ || retrying || news == journalled_state_) return;
  journalled_state_ = news;
  Journal(ConnectionChanged{connection});
}

void AccountAgent::Journal(EventPayload payload) {
  context_.log.Append(account_, std::move(payload),
                      Completion<int64_t>([account = account_](const auto& appended) {
                        if (appended.ok()) return;
                        LOG(ERROR) << account << ": an event is lost: " << appended.status();
                      }));
}

void AccountAgent::OnAccepted(OutgoingMessage message) {
  Post([this, message = std::move(message)]() mutable {
    if (!stopped_) sender_.OnAccepted(message);
  });
}

absl::Status AccountAgent::SendChatState(const std::string& to, ChatState state) {
  if (connection().state != ConnectionState::kOnline) return SessionOffline(account_);
  Post([this, to, state] {
    if (stream_up_ && !stopped_) session_->SendChatState(to, state);
  });
  return absl::OkStatus();
}

void AccountAgent::SetPresence(const Presence& presence) {
  {
    MutexLock lock(mutex_);
    presence_ = presence;
  }
  Post([this, presence] {
    presence_pending_ = !stream_up_;
    if (!stream_up_ || stopped_) return;
    session_->SendPresence(presence);
    // The server has just told everybody that the account is gone (RFC 6121, section 4.5.2), also
    // those who are shown something else.
    if (presence.availability == Availability::kOffline) ShowAllDirected();
    rooms_.ShowPresence();
  });
}

void AccountAgent::ShowDirected(DirectedPresence directed) {
  Post([this, directed = std::move(directed)] {
    if (stream_up_ && !stopped_) {
      SendDirected(directed);
    } else {
      // A stream that is resumed still shows the older one.
      directed_pending_ = true;
      const bool taken_back = directed.presence.availability == Availability::kOffline;
      if (taken_back && taken_back_.size() < DirectedPresenceStore::kMaximumDirected) {
        taken_back_.push_back(directed);
      }
    }
  });
}

void AccountAgent::SendDirected(const DirectedPresence& directed) {
  if (RosterPort* roster = session_->ports().roster) roster->SendDirected(directed);
}

void AccountAgent::ShowAllDirected() {
  for (const DirectedPresence& directed : std::exchange(taken_back_, {})) SendDirected(directed);
  context_.directed.List(
      account_, "", DirectedPresenceStore::kMaximumDirected,
      lifeline_.Bind<std::vector<DirectedPresence>>([this, attempt = attempt_](const auto& list) {
        if (!list.ok()) {
          LOG(ERROR) << account_ << ": directed presences cannot be read: " << list.status();
          return;
        }
        if (attempt != attempt_ || !stream_up_ || stopped_) return;
        for (const DirectedPresence& directed : *list) SendDirected(directed);
      }));
}

void AccountAgent::UseSession(absl::AnyInvocable<void(absl::StatusOr<Session*>)> use) {
  Post([this, use = std::move(use)]() mutable {
    if (stopped_ || !stream_up_) {
      use(SessionOffline(account_));
    } else {
      use(session_.get());
    }
  });
}

void AccountAgent::After(absl::Duration delay, absl::AnyInvocable<void()> function) {
  executor_.PostAfter(
      delay, [self = shared_from_this(), function = std::move(function)]() mutable { function(); });
}

void AccountAgent::UseRooms(absl::AnyInvocable<void(RoomKeeper&)> use) {
  Post([this, use = std::move(use)]() mutable { use(rooms_); });
}

void AccountAgent::UseBookmarks(absl::AnyInvocable<void(BookmarkKeeper&)> use) {
  Post([this, use = std::move(use)]() mutable { use(bookmarks_); });
}

void AccountAgent::OnMessage(IncomingMessage message) {
  if (purpose_ != Purpose::kHost || stopped_) return;
  if (message.room_private && message.source == MessageSource::kLive &&
      !message.stamp.has_value()) {
    message.speaker = rooms_.Speaker(message.from);
  }
  pipeline_.OnLive(std::move(message));
}

void AccountAgent::OnRoster(std::vector<Contact> contacts) {
  if (purpose_ != Purpose::kHost) return;
  StoreContacts(contacts_.Replace(std::move(contacts)));
}

void AccountAgent::OnContactChanged(Contact contact) {
  if (purpose_ == Purpose::kHost) StoreContacts(contacts_.Put(std::move(contact)));
}

void AccountAgent::OnContactRemoved(const std::string& jid) {
  if (purpose_ == Purpose::kHost) StoreContacts(contacts_.Remove(jid));
}

void AccountAgent::StoreContacts(ContactList::Difference difference) {
  if (difference.changed.empty() && difference.removed.empty()) return;
  subscriptions_.OnContacts(difference.changed);
  context_.store.UpdateContacts(
      account_, std::move(difference.changed), std::move(difference.removed),
      Completion<bool>([account = account_](const auto& stored) {
        if (!stored.ok())
          LOG(ERROR) << account << ": the roster cannot be stored: " << stored.status();
      }));
}

void AccountAgent::OnPresence(const std::string& from, Presence presence) {
  if (purpose_ != Purpose::kHost || stopped_) return;
  presence.status = TruncateUtf8(presence.status, kMaximumStatusBytes);
  if (contacts_.SetPresence(from, presence)) Journal(PresenceReceived{from, std::move(presence)});
}

void AccountAgent::OnSubscription(IncomingSubscription subscription) {
  if (purpose_ == Purpose::kHost && !stopped_) subscriptions_.OnStanza(subscription);
}

void AccountAgent::OnEvent(EventPayload payload) {
  if (purpose_ == Purpose::kHost && !stopped_) Journal(std::move(payload));
}

}  // namespace chatwire::xmpp
