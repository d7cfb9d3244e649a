#ifndef CHATWIRE_COMMON_ERROR_H_
#define CHATWIRE_COMMON_ERROR_H_

#include <map>
#include <string>

#include "absl/status/status.h"
#include "absl/strings/string_view.h"

namespace chatwire {

/// The machine-readable side of an error: one google.rpc.ErrorInfo (AIP-193).
///
/// Pairs of domain and reason are API: they stand in the comments of the RPCs and are never reused.
struct ErrorReason {
  /// Who defines the reason, such as `xmpp.chatwire`.
  const char* domain;
  /// UPPER_SNAKE, at most 63 characters.
  const char* reason;
};

/// Facts that go with an error, for programs. Keys are lowerCamel. Never a secret.
using ErrorMetadata = std::map<std::string, std::string>;

/// Makes an error that carries exactly one ErrorInfo. @p message is for a person: what was wrong
/// and what to do. Never put a secret into it.
absl::Status MakeError(absl::StatusCode code, ErrorReason reason, absl::string_view message,
                       const ErrorMetadata& metadata = {});

/// The reason of @p status, or "" where it carries none.
std::string ReasonOf(const absl::Status& status);

/// The metadata of @p status, empty where it carries none.
ErrorMetadata MetadataOf(const absl::Status& status);

/// Whether @p status carries @p reason.
bool HasReason(const absl::Status& status, ErrorReason reason);

/// The payload type under which an absl::Status carries its serialised ErrorInfo.
inline constexpr char kErrorInfoTypeUrl[] = "type.googleapis.com/google.rpc.ErrorInfo";

}  // namespace chatwire

#endif  // CHATWIRE_COMMON_ERROR_H_
