#include "xmpp-service/session/roster_lookup.h"

#include <QXmppRosterManager.h>

#include "xmpp-service/domain/jid.h"

namespace chatwire::xmpp {
namespace {

using SubscriptionType = QXmppRosterIq::Item::SubscriptionType;

/// Whether it is the account itself, or a contact with one of the two subscriptions.
bool IsOneOf(const Stream& stream, const QString& from, SubscriptionType one,
             SubscriptionType other) {
  const std::string bare = BareOf(from.toStdString());
  // Who stamps nothing is the own server, in the account's name (RFC 6120, section 8.1.2.1).
  if (bare.empty() || bare == stream.account()) return true;
  auto* roster = stream.client()->findExtension<QXmppRosterManager>();
  const QString jid = QString::fromStdString(bare);
  if (roster == nullptr || !roster->getRosterBareJids().contains(jid)) return false;
  const auto subscription = roster->getRosterEntry(jid).subscriptionType();
  return subscription == one || subscription == other;
}

}  // namespace

bool MaySeePresence(const Stream& stream, const QString& from) {
  return IsOneOf(stream, from, SubscriptionType::From, SubscriptionType::Both);
}

bool ShowsPresence(const Stream& stream, const QString& from) {
  return IsOneOf(stream, from, SubscriptionType::To, SubscriptionType::Both);
}

}  // namespace chatwire::xmpp
