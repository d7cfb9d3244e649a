#ifndef CHATWIRE_XMPP_SERVICE_DOMAIN_ERRORS_H_
#define CHATWIRE_XMPP_SERVICE_DOMAIN_ERRORS_H_

#include "absl/status/status.h"
#include "absl/strings/string_view.h"
#include "xmpp-service/domain/connection.h"

namespace chatwire::xmpp {

/// An error of this service: domain `xmpp.chatwire`. The reasons are those of the comments in
/// proto/chatwire/xmpp/v1.
absl::Status Error(absl::StatusCode code, const char* reason, absl::string_view message);

absl::Status BadJid(absl::string_view text);
absl::Status AccountNotFound(absl::string_view account);
absl::Status ContactNotFound(absl::string_view jid);
absl::Status BadRequestId();
absl::Status ShuttingDown();
absl::Status SessionOffline(absl::string_view account);

/// What Login says of a session that did not come up.
absl::Status LoginError(const ConnectionFailure& failure);

}  // namespace chatwire::xmpp

#endif  // CHATWIRE_XMPP_SERVICE_DOMAIN_ERRORS_H_
