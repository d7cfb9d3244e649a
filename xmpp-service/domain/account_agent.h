#ifndef CHATWIRE_XMPP_SERVICE_DOMAIN_ACCOUNT_AGENT_H_
#define CHATWIRE_XMPP_SERVICE_DOMAIN_ACCOUNT_AGENT_H_

#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "common/clock.h"
#include "common/completion.h"
#include "common/mutex.h"
#include "xmpp-service/domain/account_store.h"
#include "xmpp-service/domain/archive_catch_up.h"
#include "xmpp-service/domain/bookmark_keeper.h"
#include "xmpp-service/domain/bookmark_store.h"
#include "xmpp-service/domain/connection_policy.h"
#include "xmpp-service/domain/contact_list.h"
#include "xmpp-service/domain/delivery_waiters.h"
#include "xmpp-service/domain/directed_presence_store.h"
#include "xmpp-service/domain/event_log.h"
#include "xmpp-service/domain/incoming_pipeline.h"
#include "xmpp-service/domain/invitation_store.h"
#include "xmpp-service/domain/login_pin.h"
#include "xmpp-service/domain/outbox.h"
#include "xmpp-service/domain/outbox_sender.h"
#include "xmpp-service/domain/password_vault.h"
#include "xmpp-service/domain/room_keeper.h"
#include "xmpp-service/domain/session.h"
#include "xmpp-service/domain/subscription_inbox.h"
#include "xmpp-service/domain/subscription_store.h"

namespace chatwire::xmpp {

/// What every account's agent works with. All of it outlives the agents.
struct AgentContext {
  SessionFactory& sessions;
  EventLog& log;
  Outbox& outbox;
  AccountStore& store;
  SubscriptionStore& subscriptions;
  DirectedPresenceStore& directed;
  RoomStore& rooms;
  InvitationStore& invitations;
  BookmarkStore& bookmarks;
  const PasswordVault& vault;
  DeliveryWaiters& waiters;
  const Clock& clock;
  absl::Duration login_timeout;
};

/// Keeps one account online: connects, catches up, brings messages in and out, and starts again.
///
/// The functions under "Any thread" are thread-safe and do not block; everything else lives on the
/// account's executor, on which the agent is also destroyed.
class AccountAgent final : public SessionListener,
                           public std::enable_shared_from_this<AccountAgent> {
 public:
  enum class Purpose {
    /// Keep the account online.
    kHost,
    /// Only find out whether the password is right: nothing is journalled or fetched.
    kProbe,
  };

  /// @p first_login: journals nothing about itself until Confirm.
  static std::shared_ptr<AccountAgent> Make(const AgentContext& context, Jid jid,
                                            const StoredAccount& account, std::string password,
                                            Purpose purpose, bool first_login);

  ~AccountAgent() override;

  // Any thread.

  const std::string& account() const { return account_; }
  const std::string& resource() const { return resource_; }
  absl::Time create_time() const { return create_time_; }
  Connection connection() const;
  const ContactList& contacts() const { return contacts_; }
  Presence presence() const;

  /// Connects after @p delay.
  void Start(absl::Duration delay);
  /// Connects now where it waits or has given up, with @p password.
  void Restart(std::string password);
  /// The server is being asked to change the password to @p next. From now on a login that the
  /// server refuses is tried once more with the other one, and @p settled completes with the one
  /// that it takes.
  void ExpectPassword(std::string next, Completion<std::string> settled);
  /// The server has @p password now: nothing is expected any more.
  void TakePassword(std::string password);
  /// Ends the session for good; completes when it is closed.
  void Stop(Completion<bool> done);
  /// Completes when the state next is, or already is, neither OFFLINE nor CONNECTING, or at Stop.
  void WaitSettled(Completion<Connection> done);
  /// The first login is stored: from now on the account's state is journalled.
  void Confirm();

  void OnAccepted(OutgoingMessage message);
  /// Errors: UNAVAILABLE/SESSION_OFFLINE.
  absl::Status SendChatState(const std::string& to, ChatState state);
  void SetPresence(const Presence& presence);
  /// Shows a presence to one address, if there is a stream.
  void ShowDirected(DirectedPresence directed);

  /// Runs @p use on the executor with the session, while it has a stream; else @p use gets
  /// UNAVAILABLE/SESSION_OFFLINE. The session is not to be kept.
  void UseSession(absl::AnyInvocable<void(absl::StatusOr<Session*>)> use);

  /// Runs @p function on the executor after @p delay.
  void After(absl::Duration delay, absl::AnyInvocable<void()> function);
  /// Runs @p use on the executor with the account's rooms; those work without a session, too.
  void UseRooms(absl::AnyInvocable<void(RoomKeeper&)> use);
  /// The same for what it does about its bookmarks.
  void UseBookmarks(absl::AnyInvocable<void(BookmarkKeeper&)> use);

  // SessionListener, on the executor.

  void OnConnected(bool resumed) override;
  void OnDisconnected(ConnectionFailure failure) override;
  void OnMessage(IncomingMessage message) override;
  void OnRoster(std::vector<Contact> contacts) override;
  void OnContactChanged(Contact contact) override;
  void OnContactRemoved(const std::string& jid) override;
  void OnPresence(const std::string& from, Presence presence) override;
  void OnSubscription(IncomingSubscription subscription) override;
  void OnEvent(EventPayload payload) override;

 private:
  AccountAgent(const AgentContext& context, Executor& executor, Jid jid,
               const StoredAccount& account, std::string password, Purpose purpose,
               bool first_login);

  IncomingPipeline::Host PipelineHost();
  RoomContext MakeRoomContext();
  /// Runs @p function on the executor; keeps the agent alive until then.
  void Post(absl::AnyInvocable<void()> function);

  void LoadRooms();
  void LoadBookmarks();
  void Begin();
  void Connect();
  void CheckLogin(int attempt);
  /// Whether there is another password to try now.
  bool SwitchPassword(const ConnectionFailure& failure);
  void CheckRetry(int attempt);
  void OnCaughtUp(bool resumed, const absl::StatusOr<bool>& archive);
  void GoOnline(bool resumed);
  /// Drops the connection for our own reason.
  void Break(ConnectionFailure failure);
  void PingLater(int attempt);
  void Ping(int attempt);
  /// Publishes the policy's new state: to readers, waiters and the journal.
  void Publish();
  void Journal(EventPayload payload);
  void StoreContacts(ContactList::Difference difference);
  /// Shows again what is shown to single addresses.
  void ShowAllDirected();
  void SendDirected(const DirectedPresence& directed);

  const std::string account_;
  const std::string resource_;
  const absl::Time create_time_;
  const Jid jid_;
  const Purpose purpose_;
  AgentContext context_;
  Executor& executor_;

  mutable Mutex mutex_;
  Connection connection_ ABSL_GUARDED_BY(mutex_);
  Presence presence_ ABSL_GUARDED_BY(mutex_);
  ContactList contacts_;

  // Below: the executor only.
  std::string password_;
  /// See ExpectPassword. Empty: none.
  std::string next_password_;
  Completion<std::string> password_settled_;
  bool tried_both_ = false;
  bool confirmed_;
  bool stopped_ = false;
  bool stream_up_ = false;
  bool caught_up_ = false;
  /// The outbox has not been sent on this stream yet.
  bool fresh_stream_ = false;
  bool has_archive_ = false;
  /// The presence has changed while there was no stream.
  bool presence_pending_ = false;
  /// The same, of what is shown to single addresses.
  bool directed_pending_ = false;
  std::vector<DirectedPresence> taken_back_;
  /// Counts connections, so that late timers and answers do no harm.
  int attempt_ = 0;
  std::optional<ConnectionFailure> own_failure_;
  std::string journalled_state_;
  std::vector<Completion<Connection>> settled_waiters_;
  Completion<bool> stop_done_;
  ConnectionPolicy policy_;
  IncomingPipeline pipeline_;
  OutboxSender sender_;
  SubscriptionInbox subscriptions_;
  ArchiveCatchUp catch_up_;
  LoginPin pin_;
  RoomKeeper rooms_;
  BookmarkKeeper bookmarks_;
  std::unique_ptr<Session> session_;
  Lifeline lifeline_;
};

}  // namespace chatwire::xmpp

#endif  // CHATWIRE_XMPP_SERVICE_DOMAIN_ACCOUNT_AGENT_H_
