#ifndef CHATWIRE_XMPP_SERVICE_SESSION_PROFILE_CLIENT_H_
#define CHATWIRE_XMPP_SERVICE_SESSION_PROFILE_CLIENT_H_

#include <functional>
#include <string>

#include "xmpp-service/domain/profile_port.h"
#include "xmpp-service/session/session_part.h"
#include "xmpp-service/session/stream.h"

namespace chatwire::xmpp {

/// Profiles (vcard-temp, XEP-0054).
class ProfileClient final : public SessionPart, public ProfilePort {
 public:
  explicit ProfileClient(Stream& stream) : stream_(stream) {}

  void GetProfile(const std::string& jid, Completion<Profile> done) override;
  void SetProfile(const Profile& profile, Completion<bool> done) override;

  /// `<vCard/>`; null where there is none. An empty @p jid is the account itself.
  void GetCard(const std::string& jid, Completion<QDomElement> done);
  /// The account's own; null where there is none, also when the server says so with an error.
  void GetOwnCard(Completion<QDomElement> done);
  /// Stores the account's own as @p write writes it.
  void SetCard(std::function<void(QXmlStreamWriter&)> write, Completion<bool> done);

 private:
  Stream& stream_;
};

}  // namespace chatwire::xmpp

#endif  // CHATWIRE_XMPP_SERVICE_SESSION_PROFILE_CLIENT_H_
