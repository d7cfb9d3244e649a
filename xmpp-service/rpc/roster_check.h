#ifndef CHATWIRE_XMPP_SERVICE_RPC_ROSTER_CHECK_H_
#define CHATWIRE_XMPP_SERVICE_RPC_ROSTER_CHECK_H_

#include <string>

#include "absl/status/statusor.h"
#include "chatwire/xmpp/v1/roster_service.pb.h"
#include "xmpp-service/domain/roster_editor.h"

namespace chatwire::xmpp {

/// What callers want to put on a roster. Errors: INVALID_ARGUMENT/BAD_CONTACT and
/// INVALID_ARGUMENT/BAD_UPDATE_MASK. @p jid is checked already.

absl::StatusOr<NewContact> CheckNewContact(const v1::AddContactRequest& request, std::string jid);
absl::StatusOr<ContactUpdate> CheckUpdate(const v1::UpdateContactRequest& request, std::string jid);
absl::Status CheckSubscriptionMessage(const std::string& message);

}  // namespace chatwire::xmpp

#endif  // CHATWIRE_XMPP_SERVICE_RPC_ROSTER_CHECK_H_
