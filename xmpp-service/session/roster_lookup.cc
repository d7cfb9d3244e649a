#include "xmpp-service/session/roster_lookup.h"

#include <QXmppRosterManager.h>

#include "xmpp-service/domain/jid.h"

namespace chatwire::xmpp {

bool MaySeePresence(const Stream& stream, const QString& from) {
  const std::string bare = BareOf(from.toStdString());
  // Who stamps nothing is the own server, in the account's name (RFC 6120, section 8.1.2.1).
  if (bare.empty() || bare == stream.account()) return true;
  auto* roster = stream.client()->findExtension<QXmppRosterManager>();
  const QString jid = QString::fromStdString(bare);
  if (roster == nullptr || !roster->getRosterBareJids().contains(jid)) return false;
  const auto subscription = roster->getRosterEntry(jid).subscriptionType();
  return subscription == QXmppRosterIq::Item::From || subscription == QXmppRosterIq::Item::Both;
}

}  // namespace chatwire::xmpp
