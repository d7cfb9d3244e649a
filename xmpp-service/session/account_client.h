#ifndef CHATWIRE_XMPP_SERVICE_SESSION_ACCOUNT_CLIENT_H_
#define CHATWIRE_XMPP_SERVICE_SESSION_ACCOUNT_CLIENT_H_

#include <string>

#include "xmpp-service/domain/account_port.h"
#include "xmpp-service/session/session_part.h"
#include "xmpp-service/session/stream.h"

namespace chatwire::xmpp {

/// In-band registration (XEP-0077) for an account that is signed in. Not by QXmpp's manager: that
/// takes any lost connection for a deleted account.
class AccountClient final : public SessionPart, public AccountPort {
 public:
  explicit AccountClient(Stream& stream) : stream_(stream) {}

  void ChangePassword(const std::string& password, Completion<bool> done) override;
  void Delete(Completion<bool> done) override;

 private:
  Stream& stream_;
};

}  // namespace chatwire::xmpp

#endif  // CHATWIRE_XMPP_SERVICE_SESSION_ACCOUNT_CLIENT_H_
