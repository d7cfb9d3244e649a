#ifndef CHATWIRE_XMPP_SERVICE_DOMAIN_ACCOUNT_PORT_H_
#define CHATWIRE_XMPP_SERVICE_DOMAIN_ACCOUNT_PORT_H_

#include <string>

#include "common/completion.h"

namespace chatwire::xmpp {

/// The account on its own server (XEP-0077, sections 3.2 and 3.3). Used as Session is.
class AccountPort {
 public:
  virtual ~AccountPort() = default;

  /// Errors: those of an XMPP answer (nothing has changed then), and NO_ANSWER, SESSION_OFFLINE
  /// (it may have).
  virtual void ChangePassword(const std::string& password, Completion<bool> done) = 0;

  /// Asks the server to delete the account. What it does then, and whether it says so before it
  /// cuts the connection, differs; only a login tells. Errors: the same.
  virtual void Delete(Completion<bool> done) = 0;
};

}  // namespace chatwire::xmpp

#endif  // CHATWIRE_XMPP_SERVICE_DOMAIN_ACCOUNT_PORT_H_
