#ifndef CHATWIRE_CLI_TOKEN_PLACE_H_
#define CHATWIRE_CLI_TOKEN_PLACE_H_

#include <string>

#include "absl/status/status.h"
#include "cli/credentials.h"

namespace chatwire::cli {

/// Whether a token can be kept in the file @p path. To be asked before a service makes the token:
/// one that is made and kept nowhere stays good, and nobody knows it. Leaves nothing behind.
/// Errors: UNKNOWN/FILE.
absl::Status CheckTokenFile(const std::string& path);

/// The same for what Credentials::Save does with these. Directories that it makes stay.
absl::Status CheckTokenPlace(const Credentials& credentials, const std::string& address,
                             const std::string& account);

/// @p why a token of @p account that was made could not be kept, with what to do about it. Only an
/// administrator can revoke the token of a login.
absl::Status TokenLost(const std::string& account, const absl::Status& why);

}  // namespace chatwire::cli

#endif  // CHATWIRE_CLI_TOKEN_PLACE_H_
