#include "xmpp-service/session/avatar_watcher.h"

#include <utility>

#include "xmpp-service/domain/event.h"
#include "xmpp-service/domain/jid.h"
#include "xmpp-service/session/avatar_xml.h"
#include "xmpp-service/session/roster_lookup.h"
#include "xmpp-service/session/xml.h"

namespace chatwire::xmpp {
namespace {

constexpr QLatin1StringView kUpdate("vcard-temp:x:update");

}  // namespace

QStringList AvatarWatcher::Features() const {
  // With the suffix the account's server sends what contacts publish (XEP-0163, section 4.2).
  return {kAvatarMetadata + QStringLiteral("+notify")};
}

bool AvatarWatcher::OnStanza(const QDomElement& stanza) {
  if (stanza.tagName() == QStringLiteral("presence")) {
    OnPresence(stanza);
    return false;
  }
  if (stanza.tagName() != QStringLiteral("message")) return false;
  const QDomElement items = ItemsOfEvent(stanza, kAvatarMetadata);
  if (items.isNull() || stanza.attribute(QStringLiteral("type")) == QStringLiteral("error")) {
    return false;
  }
  const QString from = stanza.attribute(QStringLiteral("from"));
  // A node is of an account and not of one of its clients.
  if (!from.contains(QLatin1Char('/'))) Tell(from, HashOfItems(items), AvatarSource::kPep);
  return true;
}

void AvatarWatcher::OnPresence(const QDomElement& presence) {
  if (presence.hasAttribute(QStringLiteral("type"))) return;
  const QDomElement photo =
      Child(Child(presence, QStringLiteral("x"), kUpdate), QStringLiteral("photo"), kUpdate);
  // Without `photo` the client only says that it does not know yet (XEP-0153, section 4.1).
  if (photo.isNull()) return;
  const std::string hash = photo.text().trimmed().toLower().toStdString();
  if (!hash.empty() && !IsAvatarHash(hash)) return;
  Tell(presence.attribute(QStringLiteral("from")), hash, AvatarSource::kProfile);
}

void AvatarWatcher::Tell(const QString& from, const std::string& hash, AvatarSource source) {
  // Anybody can send such a stanza; rooms' occupants do. Only contacts are remembered.
  if (!ShowsPresence(stream_, from)) return;
  std::string jid = BareOf(from.toStdString());
  if (jid.empty()) jid = stream_.account();
  if (source == AvatarSource::kProfile) {
    const auto newer = in_pep_.find(jid);
    if (newer != in_pep_.end() && !newer->second.empty()) return;
  }
  auto& known = source == AvatarSource::kPep ? in_pep_ : in_presence_;
  const auto before = known.find(jid);
  const std::string old = before == known.end() ? std::string() : before->second;
  // Who never had one has not lost it.
  if (old == hash) return;
  known[jid] = hash;
  stream_.listener().OnEvent(AvatarChanged{std::move(jid), hash, source});
}

}  // namespace chatwire::xmpp
