#ifndef CHATWIRE_COMMON_SECRET_FILE_H_
#define CHATWIRE_COMMON_SECRET_FILE_H_

#include <string>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"

namespace chatwire {

/// Reads a secret from @p path and drops one trailing line break (as `echo` and most secret stores
/// add it). At most 64 KiB. Errors name the path, never the content: NOT_FOUND, PERMISSION_DENIED,
/// INVALID_ARGUMENT for an empty or over-long file.
absl::StatusOr<std::string> ReadSecretFile(const std::string& path);

/// Reads a token that goes into a header: blanks and line breaks around it are dropped, and what is
/// left must be visible ASCII, or it is INVALID_ARGUMENT. Other errors as above.
absl::StatusOr<std::string> ReadTokenFile(const std::string& path);

/// Reads what is no secret, such as a PEM file of authorities: as it is, at most 4 MiB. Errors as
/// above.
absl::StatusOr<std::string> ReadPublicFile(const std::string& path);

/// Writes @p secret to @p path so that the file has mode 0600 from its first moment, is either
/// whole or not there, and survives a crash of the machine. Replaces an existing file.
absl::Status WriteSecretFile(const std::string& path, absl::string_view secret);

/// The same for what is no secret, with mode 0644.
absl::Status WriteFileAtomically(const std::string& path, absl::string_view content);

}  // namespace chatwire

#endif  // CHATWIRE_COMMON_SECRET_FILE_H_
