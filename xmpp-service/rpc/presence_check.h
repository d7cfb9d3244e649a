#ifndef CHATWIRE_XMPP_SERVICE_RPC_PRESENCE_CHECK_H_
#define CHATWIRE_XMPP_SERVICE_RPC_PRESENCE_CHECK_H_

#include "absl/status/statusor.h"
#include "chatwire/xmpp/v1/presence_service.pb.h"
#include "xmpp-service/domain/presence.h"

namespace chatwire::xmpp {

/// A presence that a caller wants to be shown. Errors: INVALID_ARGUMENT/BAD_PRESENCE.
absl::StatusOr<Presence> CheckPresence(const v1::Presence& proto);

}  // namespace chatwire::xmpp

#endif  // CHATWIRE_XMPP_SERVICE_RPC_PRESENCE_CHECK_H_
