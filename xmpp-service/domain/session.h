#ifndef CHATWIRE_XMPP_SERVICE_DOMAIN_SESSION_H_
#define CHATWIRE_XMPP_SERVICE_DOMAIN_SESSION_H_

#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "absl/time/time.h"
#include "common/completion.h"
#include "xmpp-service/domain/connection.h"
#include "xmpp-service/domain/event.h"
#include "xmpp-service/domain/executor.h"
#include "xmpp-service/domain/jid.h"
#include "xmpp-service/domain/message.h"
#include "xmpp-service/domain/presence.h"
#include "xmpp-service/domain/session_ports.h"
#include "xmpp-service/domain/subscription.h"

namespace chatwire::xmpp {

/// Who signs in.
struct SessionCredentials {
  /// Bare.
  Jid jid;
  std::string resource;
};

/// A page of the account's own archive (XEP-0313), oldest first.
struct ArchiveQuery {
  /// Messages after this archive id. Empty: from the start, or from `start`.
  std::string after;
  /// Messages of this time and later.
  std::optional<absl::Time> start;
  /// The newest page instead of the first one.
  bool newest = false;
  int maximum = 100;
};

struct ArchivePage {
  /// `archive_id` and `stamp` are set in each.
  std::vector<IncomingMessage> messages;
  /// There is nothing after this page.
  bool complete = false;
};

/// Hears what happens on a session. All calls on the session's executor.
class SessionListener {
 public:
  virtual ~SessionListener() = default;

  /// The stream is up. @p resumed: it continues the older one and nothing was lost (XEP-0198).
  virtual void OnConnected(bool resumed) = 0;
  /// The stream is gone, or could not be made. Exactly once for each Connect.
  virtual void OnDisconnected(ConnectionFailure failure) = 0;
  virtual void OnMessage(IncomingMessage message) = 0;
  /// The whole roster; once for each stream that is not resumed.
  virtual void OnRoster(std::vector<Contact> contacts) = 0;
  virtual void OnContactChanged(Contact contact) = 0;
  virtual void OnContactRemoved(const std::string& jid) = 0;
  /// @p from is the full JID of somebody else.
  virtual void OnPresence(const std::string& from, Presence presence) = 0;
  /// Somebody else does something to a subscription. The texts are bounded.
  virtual void OnSubscription(IncomingSubscription subscription) = 0;
  /// Something that has to be journalled and nothing else. What a stranger sent is already checked
  /// and bounded.
  virtual void OnEvent(EventPayload payload) = 0;
};

/// One account's connection to its server.
///
/// Lives on one Executor: made, called and destroyed there, and completions run there, after the
/// call has returned. Everything but Connect needs a stream; without one completions fail with
/// UNAVAILABLE. Every completion runs within 30 s.
class Session {
 public:
  virtual ~Session() = default;

  /// From the next Connect on signs in with @p mechanism (SASL) or a stronger one, or not at all.
  /// Empty: with any that is allowed.
  virtual void RequireMechanism(const std::string& mechanism) { (void)mechanism; }
  /// With which the stream signed in. Empty: it is not known.
  virtual std::string mechanism() const { return {}; }

  /// Connects and shows @p presence. A later call tries to resume the stream that broke.
  virtual void Connect(const std::string& password, const Presence& presence) = 0;

  /// Drops the connection at once, so that the next Connect can resume the stream.
  virtual void Abort() = 0;

  /// Ends the stream. OnDisconnected follows where there was one.
  virtual void Close() = 0;

  /// Sends a message; OK once the server has taken it (XEP-0198; without that, once it has answered
  /// a ping that was sent behind the message). No time limit: it ends with the stream at the
  /// latest.
  virtual void Send(const OutgoingMessage& message, Completion<bool> done) = 0;

  /// Best effort.
  virtual void SendChatState(const std::string& to, ChatState state) = 0;
  /// Tells who sent @p message that it has arrived (XEP-0184).
  virtual void SendReceipt(const IncomingMessage& message) = 0;
  virtual void SendPresence(const Presence& presence) = 0;

  /// Asks the server for a sign of life (XEP-0199). Any answer counts.
  virtual void Ping(Completion<bool> done) = 0;

  /// Errors: NOT_FOUND when `after` is not in the archive any more, UNIMPLEMENTED when there is no
  /// archive, UNAVAILABLE and DEADLINE_EXCEEDED otherwise.
  virtual void QueryArchive(const ArchiveQuery& query, Completion<ArchivePage> done) = 0;

  /// The features beyond that.
  virtual SessionPorts ports() { return {}; }
};

/// Makes sessions. Thread-safe.
class SessionFactory {
 public:
  virtual ~SessionFactory() = default;

  /// The thread for one more account. Lives as long as the factory.
  virtual Executor& NextExecutor() = 0;

  /// Call on @p executor. @p listener outlives the session.
  virtual std::unique_ptr<Session> Make(Executor& executor, SessionCredentials credentials,
                                        SessionListener* listener) = 0;
};

}  // namespace chatwire::xmpp

#endif  // CHATWIRE_XMPP_SERVICE_DOMAIN_SESSION_H_
