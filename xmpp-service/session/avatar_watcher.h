#ifndef CHATWIRE_XMPP_SERVICE_SESSION_AVATAR_WATCHER_H_
#define CHATWIRE_XMPP_SERVICE_SESSION_AVATAR_WATCHER_H_

#include <map>
#include <string>

#include "xmpp-service/domain/avatar.h"
#include "xmpp-service/session/session_part.h"
#include "xmpp-service/session/stream.h"

namespace chatwire::xmpp {

/// Tells when the avatar of a contact, or the account's own, changes: by PEP (XEP-0084), or by
/// presence (XEP-0153) where there is nothing in PEP. Servers repeat themselves after every login;
/// what is not new is not told.
class AvatarWatcher final : public SessionPart {
 public:
  explicit AvatarWatcher(Stream& stream) : stream_(stream) {}

  QStringList Features() const override;
  bool OnStanza(const QDomElement& stanza) override;

 private:
  void OnPresence(const QDomElement& presence);
  void Tell(const QString& from, const std::string& hash, AvatarSource source);

  Stream& stream_;
  /// Hashes by bare JID; "" for none.
  std::map<std::string, std::string> in_pep_;
  std::map<std::string, std::string> in_presence_;
};

}  // namespace chatwire::xmpp

#endif  // CHATWIRE_XMPP_SERVICE_SESSION_AVATAR_WATCHER_H_
