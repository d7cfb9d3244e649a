#ifndef CHATWIRE_XMPP_SERVICE_SESSION_SESSION_PART_H_
#define CHATWIRE_XMPP_SERVICE_SESSION_SESSION_PART_H_

#include <QXmppClient.h>

#include <QDomElement>
#include <QStringList>

namespace chatwire::xmpp {

/// One XEP's part of a session. Lives as long as the session, on its thread; the client under it
/// may be made anew after an attempt that did not end well.
class SessionPart {
 public:
  virtual ~SessionPart() = default;

  /// There is a new client, not connected yet: the moment for further extensions of QXmpp and for
  /// signals. What is connected belongs to the client.
  virtual void Attach(QXmppClient&) {}

  /// What service discovery is to show of it (XEP-0030). Asked once for each client.
  virtual QStringList Features() const { return {}; }

  /// A stanza came in, before QXmpp's own extensions see it; answers to requests do not come here.
  /// True: it is dealt with, and nobody else sees it. Nothing about it has been checked.
  virtual bool OnStanza(const QDomElement&) { return false; }

  /// The stream is up, before the session tells it. @p resumed: as SessionListener::OnConnected.
  virtual void OnUp(bool /*resumed*/) {}

  /// The stream is gone; it may be resumed.
  virtual void OnDown() {}
};

}  // namespace chatwire::xmpp

#endif  // CHATWIRE_XMPP_SERVICE_SESSION_SESSION_PART_H_
