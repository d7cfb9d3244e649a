#ifndef CHATWIRE_XMPP_SERVICE_RPC_ACCOUNT_CHECK_H_
#define CHATWIRE_XMPP_SERVICE_RPC_ACCOUNT_CHECK_H_

#include <string>

#include "absl/status/statusor.h"
#include "chatwire/xmpp/v1/account_service.pb.h"
#include "xmpp-service/domain/login_attempt.h"
#include "xmpp-service/domain/registration.h"

namespace chatwire::xmpp {

/// Input of AccountService. Errors: the INVALID_ARGUMENT ones of each call.

absl::StatusOr<LoginRequest> CheckLogin(const v1::LoginRequest& request);

/// A password that is to be set.
absl::Status CheckNewPassword(const std::string& password);
absl::Status CheckRequestId(const std::string& request_id);
/// The domain, in lower case.
absl::StatusOr<std::string> CheckServer(const std::string& server);
absl::StatusOr<Registration> CheckRegistration(const v1::RegisterRequest& request);
/// @p resource as part of an address at @p domain; empty is fine.
absl::Status CheckResource(const std::string& domain, const std::string& resource);

}  // namespace chatwire::xmpp

#endif  // CHATWIRE_XMPP_SERVICE_RPC_ACCOUNT_CHECK_H_
