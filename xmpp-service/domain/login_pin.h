#ifndef CHATWIRE_XMPP_SERVICE_DOMAIN_LOGIN_PIN_H_
#define CHATWIRE_XMPP_SERVICE_DOMAIN_LOGIN_PIN_H_

#include <functional>
#include <string>

#include "xmpp-service/domain/account_store.h"
#include "xmpp-service/domain/lifeline.h"

namespace chatwire::xmpp {

/// Remembers the strongest SASL mechanism with which an account has signed in, so that nobody can
/// talk it into a weaker one: who stands in the way of TLS would get the password by that. Lives on
/// the account's executor.
class LoginPin {
 public:
  LoginPin(std::string account, AccountStore& store, Executor& executor);

  /// Reads what is stored, then calls @p loaded. Without it nothing is known, so it does not give
  /// up.
  void Load(std::function<void()> loaded);

  /// Nothing weaker than this will do. Empty: anything that is allowed.
  const std::string& mechanism() const { return mechanism_; }

  /// The account has signed in. @p keep: over restarts, too.
  void OnSignedIn(const std::string& mechanism, bool keep);

  /// What is known is to be kept over restarts.
  void Keep();

  /// Somebody who knows the password wants it anew.
  void Reset() { mechanism_.clear(); }

 private:
  const std::string account_;
  AccountStore& store_;
  std::string mechanism_;
  Lifeline lifeline_;
};

}  // namespace chatwire::xmpp

#endif  // CHATWIRE_XMPP_SERVICE_DOMAIN_LOGIN_PIN_H_
