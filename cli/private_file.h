#ifndef CHATWIRE_CLI_PRIVATE_FILE_H_
#define CHATWIRE_CLI_PRIVATE_FILE_H_

#include <string>

#include "cli/output.h"

namespace chatwire::cli {

/// Whether others than the owner can read or change the file @p path. A group may where the file is
/// somebody else's: then it was given to the group on purpose.
bool IsShared(const std::string& path);

/// Tells on standard error when the secret in @p path is no secret, and what to do. Nothing for ""
/// and `-`.
void WarnIfShared(Output& output, const std::string& path);

}  // namespace chatwire::cli

#endif  // CHATWIRE_CLI_PRIVATE_FILE_H_
