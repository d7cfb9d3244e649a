#ifndef CHATWIRE_XMPP_SERVICE_SESSION_STREAM_H_
#define CHATWIRE_XMPP_SERVICE_SESSION_STREAM_H_

#include <QXmppClient.h>
#include <QXmppIq.h>
#include <QXmppPresence.h>

#include <QDomElement>
#include <QObject>
#include <chrono>
#include <map>
#include <memory>
#include <optional>
#include <string>

#include "common/completion.h"
#include "xmpp-service/domain/session.h"

namespace chatwire::xmpp {

/// The stream under a session, as the session's parts see it. The client under it may be made anew;
/// the stream lives as long as the session, on its thread.
class Stream {
 public:
  /// @p account: bare JID. @p listener outlives the stream.
  Stream(std::string account, std::chrono::milliseconds request_timeout, SessionListener* listener)
      : account_(std::move(account)), request_timeout_(request_timeout), listener_(listener) {}

  ~Stream() { EndRequests(); }
  Stream(const Stream&) = delete;
  Stream& operator=(const Stream&) = delete;

  const std::string& account() const { return account_; }
  /// Full JID. Empty without a client.
  std::string full_jid() const;
  /// Of the account: its server.
  std::string domain() const { return account_.substr(account_.find('@') + 1); }
  bool up() const { return up_; }
  /// For how long the account has not been used: no message, no presence of its own.
  std::chrono::steady_clock::duration idle() const {
    return std::chrono::steady_clock::now() - last_use_;
  }
  void NoteUse() { last_use_ = std::chrono::steady_clock::now(); }
  /// Shows this hash of the account's avatar in its presence from now on (XEP-0153); an empty one
  /// says that it has none.
  void ShowPhoto(const std::string& hash);
  /// Puts what has been shown last into a presence of the account.
  void AddPhoto(QXmppPresence& presence) const;
  /// How long anybody has to answer.
  std::chrono::milliseconds request_timeout() const { return request_timeout_; }
  /// Null while there is none.
  QXmppClient* client() const { return client_; }
  SessionListener& listener() const { return *listener_; }
  /// Lives as long as the stream; functions for later belong to it.
  QObject* context() { return &context_; }

  /// Writes a stanza. Best effort; false when there is no stream.
  bool Send(const QXmppStanza& stanza);

  /// Asks, and answers once, never from inside this call or a continuation of QXmpp: with the `iq`
  /// element of type `result`, or with an error: SESSION_OFFLINE, NO_ANSWER, or `XMPP_...`
  /// (domain/stanza_status.h). An empty `to` is the own account. The id is set here.
  void Request(QXmppIq&& iq, Completion<QDomElement> done);

  // For the session alone.

  /// Ends every request that is still open, with SESSION_OFFLINE, and each that comes later at
  /// once: while the parts that asked are still there. Left to whoever drops it last, an answer
  /// could reach a part that is gone.
  void EndRequests();
  void SetClient(QXmppClient* client) { client_ = client; }
  void SetUp(bool up) { up_ = up; }

 private:
  const std::string account_;
  const std::chrono::milliseconds request_timeout_;
  SessionListener* const listener_;
  QXmppClient* client_ = nullptr;
  bool up_ = false;
  bool ended_ = false;
  int last_request_ = 0;
  /// Not answered yet.
  std::map<int, std::shared_ptr<Completion<QDomElement>>> requests_;
  std::chrono::steady_clock::time_point last_use_ = std::chrono::steady_clock::now();
  /// Not set: nothing is known, and nothing is said.
  std::optional<std::string> photo_hash_;
  QObject context_;
};

}  // namespace chatwire::xmpp

#endif  // CHATWIRE_XMPP_SERVICE_SESSION_STREAM_H_
