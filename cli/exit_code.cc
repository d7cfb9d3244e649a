#include "cli/exit_code.h"

#include "cli/errors.h"

namespace chatwire::cli {

ExitCode ExitCodeOf(const absl::Status& status) {
  if (HasReason(status, kInterruptedReason)) return ExitCode::kInterrupted;
  switch (status.code()) {
    case absl::StatusCode::kOk:
      return ExitCode::kOk;
    case absl::StatusCode::kInvalidArgument:
      return ExitCode::kUsage;
    case absl::StatusCode::kUnauthenticated:
    case absl::StatusCode::kPermissionDenied:
      return ExitCode::kPermission;
    case absl::StatusCode::kNotFound:
      return ExitCode::kNotFound;
    case absl::StatusCode::kAlreadyExists:
    case absl::StatusCode::kAborted:
    case absl::StatusCode::kFailedPrecondition:
      return ExitCode::kConflict;
    case absl::StatusCode::kUnavailable:
      return ExitCode::kUnavailable;
    case absl::StatusCode::kDeadlineExceeded:
      return ExitCode::kNotConfirmed;
    default:
      return ExitCode::kOther;
  }
}

}  // namespace chatwire::cli
