#include "xmpp-service/domain/account_agent.h"

#include <algorithm>
#include <utility>

#include "absl/log/log.h"
#include "absl/strings/str_cat.h"
#include "xmpp-service/domain/errors.h"

namespace chatwire::xmpp {
namespace {

constexpr absl::Duration kPingInterval = absl::Seconds(30);
constexpr absl::Duration kPingTimeout = absl::Seconds(15);

}  // namespace

std::shared_ptr<AccountAgent> AccountAgent::Make(const AgentContext& context, Jid jid,
                                                 const StoredAccount& account, std::string password,
                                                 Purpose purpose, bool first_login) {
  Executor& executor = context.sessions.NextExecutor();
  // Whoever drops it last, the session goes away on its own thread.
  return {new AccountAgent(context, executor, std::move(jid), account, std::move(password), purpose,
                           first_login),
          [&executor](AccountAgent* agent) {
            executor.Post([owned = std::unique_ptr<AccountAgent>(agent)] {});
          }};
}

AccountAgent::AccountAgent(const AgentContext& context, Executor& executor, Jid jid,
                           const StoredAccount& account, std::string password, Purpose purpose,
                           bool first_login)
    : account_(account.account),
      resource_(account.resource),
      create_time_(account.create_time),
      jid_(std::move(jid)),
      purpose_(purpose),
      context_(context),
      executor_(executor),
      presence_(account.presence),
      password_(std::move(password)),
      confirmed_(!first_login && purpose == Purpose::kHost),
      policy_(context.clock, Backoff(Backoff::Limits{})),
      pipeline_(account_, context.log, context.outbox, context.clock, executor, PipelineHost()),
      sender_(account_, context.outbox, executor,
              [this](const std::string& id, DeliveryStage stage) {
                context_.waiters.Resolve(account_, id, stage);
              }),
      subscriptions_(account_, contacts_, context.subscriptions, context.clock, executor,
                     [this](EventPayload payload) { Journal(std::move(payload)); }),
      catch_up_(account_, context.log, pipeline_, context.clock, executor),
      pin_(account_, context.store, executor),
      rooms_(MakeRoomContext()),
      bookmarks_(account_, context.bookmarks, rooms_, executor,
                 [this](EventPayload payload) { Journal(std::move(payload)); }),
      lifeline_(executor) {
  connection_ = policy_.connection();
}

AccountAgent::~AccountAgent() { stop_done_(true); }

IncomingPipeline::Host AccountAgent::PipelineHost() {
  IncomingPipeline::Host host;
  host.is_contact = [this](const std::string& jid) { return contacts_.MaySeeAccount(jid); };
  host.seal = [this](const std::string& password) {
    return context_.vault.Seal(account_, password);
  };
  host.on_delivery = [this](const std::string& id, DeliveryStage stage) {
    context_.waiters.Resolve(account_, id, stage);
  };
  host.on_receipt_due = [this](const IncomingMessage& message) {
    if (stream_up_ && !stopped_) session_->SendReceipt(message);
  };
  host.on_overflow = [this] {
    caught_up_ = false;
    // Not from inside the session's own call.
    lifeline_.After(absl::ZeroDuration(), [this] {
      Break({FailureReason::kStreamError, "messages came faster than they could be stored"});
    });
  };
  return host;
}

RoomContext AccountAgent::MakeRoomContext() {
  return {account_,
          context_.rooms,
          context_.invitations,
          context_.vault,
          context_.clock,
          executor_,
          [this](EventPayload payload) { Journal(std::move(payload)); },
          [this] { return presence(); },
          [this](const std::string& id, DeliveryStage stage) {
            context_.waiters.Resolve(account_, id, stage);
          },
          [this](const std::string& jid) { return contacts_.MaySeeAccount(jid); }};
}

void AccountAgent::Post(absl::AnyInvocable<void()> function) {
  executor_.Post(
      [self = shared_from_this(), function = std::move(function)]() mutable { function(); });
}

Connection AccountAgent::connection() const {
  MutexLock lock(mutex_);
  return connection_;
}

Presence AccountAgent::presence() const {
  MutexLock lock(mutex_);
  return presence_;
}

void AccountAgent::Start(absl::Duration delay) {
  Post([this, delay] {
    if (purpose_ == Purpose::kProbe) {
      Begin();
      return;
    }
    lifeline_.After(delay, [this] {
      context_.store.ListContacts(account_,
                                  lifeline_.Bind<std::vector<Contact>>([this](auto stored) {
                                    if (stored.ok()) {
                                      contacts_.Load(*std::move(stored));
                                    }
                                    LoadRooms();
                                  }));
    });
  });
}

void AccountAgent::LoadRooms() {
  rooms_.Load(lifeline_.Bind<bool>([this](const auto& loaded) {
    if (!loaded.ok()) {
      LOG(ERROR) << account_ << ": the rooms cannot be read: " << loaded.status();
    }
    LoadBookmarks();
  }));
}

void AccountAgent::LoadBookmarks() {
  bookmarks_.Load(lifeline_.Bind<bool>([this](const auto& loaded) {
    if (!loaded.ok()) {
      LOG(ERROR) << account_ << ": what to do about bookmarks is not known: " << loaded.status();
    }
    pin_.Load([this] { Begin(); });
  }));
}

void AccountAgent::Begin() {
  if (stopped_) return;
  policy_.Start();
  Publish();
  Connect();
}

void AccountAgent::Restart(std::string password) {
  Post([this, password = std::move(password)]() mutable {
    password_ = std::move(password);
    next_password_.clear();
    // Who knows the password says that the server is the right one.
    pin_.Reset();
    const ConnectionState state = policy_.connection().state;
    if (state != ConnectionState::kBackingOff && state != ConnectionState::kFailed) return;
    Begin();
  });
}

void AccountAgent::ExpectPassword(std::string next, Completion<std::string> settled) {
  Post([this, next = std::move(next), settled = std::move(settled)]() mutable {
    next_password_ = std::move(next);
    password_settled_ = std::move(settled);
    tried_both_ = false;
  });
}

void AccountAgent::TakePassword(std::string password) {
  Post([this, password = std::move(password)]() mutable {
    password_ = std::move(password);
    next_password_.clear();
  });
}

bool AccountAgent::SwitchPassword(const ConnectionFailure& failure) {
  if (failure.reason != FailureReason::kWrongPassword || next_password_.empty() || tried_both_) {
    return false;
  }
  tried_both_ = true;
  std::swap(password_, next_password_);
  return true;
}

void AccountAgent::Connect() {
  const int attempt = ++attempt_;
  own_failure_.reset();
  pipeline_.Hold();
  if (session_ == nullptr) {
    session_ = context_.sessions.Make(executor_, {jid_, resource_}, this);
  }
  lifeline_.After(context_.login_timeout, [this, attempt] { CheckLogin(attempt); });
  session_->RequireMechanism(pin_.mechanism());
  session_->Connect(password_, presence());
}

void AccountAgent::CheckLogin(int attempt) {
  if (attempt != attempt_ || stream_up_ ||
      policy_.connection().state != ConnectionState::kConnecting) {
    return;
  }
  Break({FailureReason::kLoginTimeout, "the server did not finish the login in time"});
}

void AccountAgent::CheckRetry(int attempt) {
  if (attempt != attempt_ || stopped_) return;
  if (policy_.Retry()) {
    Publish();
    Connect();
  } else if (policy_.connection().next_attempt_time.has_value()) {
    const absl::Duration left = *policy_.connection().next_attempt_time - context_.clock.Now();
    lifeline_.After(std::max(left, absl::Milliseconds(10)),
                    [this, attempt] { CheckRetry(attempt); });
  }
}

void AccountAgent::Break(ConnectionFailure failure) {
  if (session_ == nullptr || stopped_) return;
  if (!own_failure_.has_value()) own_failure_ = std::move(failure);
  session_->Abort();
}

void AccountAgent::OnConnected(bool resumed) {
  if (stopped_) return;
  stream_up_ = true;
  if (!next_password_.empty()) {
    next_password_.clear();
    password_settled_(password_);
  }
  if (purpose_ == Purpose::kProbe) {
    policy_.Online(resumed);
    Publish();
    return;
  }
  pin_.OnSignedIn(session_->mechanism(), confirmed_);
  // A resumed stream still shows the older one.
  if (std::exchange(presence_pending_, false)) session_->SendPresence(presence());
  if (!resumed) taken_back_.clear();
  if (std::exchange(directed_pending_, false) || !resumed) ShowAllDirected();
  if (resumed && caught_up_) {
    GoOnline(true);
    return;
  }
  caught_up_ = false;
  if (!resumed) {
    fresh_stream_ = true;
    contacts_.ForgetPresences();
  }
  catch_up_.Run(session_.get(),
                lifeline_.Bind<bool>([this, attempt = attempt_, resumed](const auto& archive) {
                  if (attempt == attempt_ && stream_up_) OnCaughtUp(resumed, archive);
                }));
}

void AccountAgent::OnCaughtUp(bool resumed, const absl::StatusOr<bool>& archive) {
  if (!archive.ok()) {
    if (absl::IsCancelled(archive.status())) return;
    LOG(WARNING) << account_ << ": the archive cannot be caught up with: " << archive.status();
    Break({FailureReason::kStreamError, "the account's archive could not be read"});
    return;
  }
  caught_up_ = true;
  has_archive_ = *archive;
  GoOnline(resumed);
}

void AccountAgent::GoOnline(bool resumed) {
  pipeline_.Release(has_archive_);
  policy_.Online(resumed);
  LOG(INFO) << account_ << ": online" << (resumed ? ", stream resumed" : "")
            << (has_archive_ ? "" : "; the server keeps no archive");
  Publish();
  const bool fresh = std::exchange(fresh_stream_, false);
  if (fresh) {
    sender_.OnNewStream(session_.get());
  } else {
    sender_.OnResumed(session_.get());
  }
  rooms_.OnUp(session_->ports().rooms, !fresh);
  bookmarks_.OnUp(session_->ports().bookmarks, !fresh);
  PingLater(attempt_);
}

void AccountAgent::OnDisconnected(ConnectionFailure failure) {
  stream_up_ = false;
  catch_up_.Cancel();
  sender_.OnStreamDown();
  rooms_.OnDown();
  bookmarks_.OnDown();
  pipeline_.Hold();
  if (stopped_) {
    stop_done_(true);
    return;
  }
  if (own_failure_.has_value()) failure = *std::exchange(own_failure_, std::nullopt);
  if (SwitchPassword(failure)) {
    // Not from inside the session's own call.
    lifeline_.After(absl::ZeroDuration(), [this, attempt = attempt_] {
      if (attempt == attempt_ && !stopped_) Connect();
    });
    return;
  }
  policy_.Lost(failure);
  LOG(WARNING) << account_ << ": " << ToString(failure.reason) << ": " << failure.message;
  Publish();
  // A stream that is not wanted any more must not be resumed by a later login.
  if (failure.permanent) {
    lifeline_.After(absl::ZeroDuration(), [this, attempt = attempt_] {
      if (attempt == attempt_) session_.reset();
    });
  } else {
    CheckRetry(attempt_);
  }
}

void AccountAgent::PingLater(int attempt) {
  lifeline_.After(kPingInterval, [this, attempt] {
    if (attempt == attempt_ && stream_up_ && !stopped_) Ping(attempt);
  });
}

void AccountAgent::Ping(int attempt) {
  auto answered = std::make_shared<bool>(false);
  session_->Ping(lifeline_.Bind<bool>([this, attempt, answered](const auto& answer) {
    if (!answer.ok() || *answered) return;
    *answered = true;
    if (attempt == attempt_ && stream_up_) PingLater(attempt);
  }));
  lifeline_.After(kPingTimeout, [this, attempt, answered] {
    if (*answered || attempt != attempt_ || !stream_up_) return;
    Break({FailureReason::kServerUnreachable, "the server gave no sign of life"});
  });
}

}  // namespace chatwire::xmpp
