#ifndef CHATWIRE_XMPP_SERVICE_RPC_ADDRESS_H_
#define CHATWIRE_XMPP_SERVICE_RPC_ADDRESS_H_

#include <string>

#include "absl/status/statusor.h"
#include "xmpp-service/domain/jid.h"

namespace chatwire::xmpp {

/// @p jid (a domain, a bare or a full JID) as it is sent, or "" where it is empty: ports take that
/// for the account's server, or the account itself. Errors: INVALID_ARGUMENT/BAD_JID.
inline absl::StatusOr<std::string> ParseAddress(const std::string& jid) {
  if (jid.empty()) return std::string();
  const auto parsed = Jid::Parse(jid);
  if (!parsed.ok()) return parsed.status();
  return parsed->Full();
}

/// The domain of a bare JID.
inline std::string ServerOf(const std::string& account) {
  return account.substr(account.find('@') + 1);
}

}  // namespace chatwire::xmpp

#endif  // CHATWIRE_XMPP_SERVICE_RPC_ADDRESS_H_
