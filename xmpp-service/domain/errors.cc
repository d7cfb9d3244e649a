#include "xmpp-service/domain/errors.h"

#include "absl/strings/escaping.h"
#include "absl/strings/str_cat.h"
#include "common/error.h"

namespace chatwire::xmpp {
namespace {

// Enough to recognise what was typed; the rest would only fill logs.
constexpr size_t kMaximumQuotedBytes = 100;

std::string Quoted(absl::string_view text) {
  return absl::StrCat("\"", absl::CHexEscape(text.substr(0, kMaximumQuotedBytes)), "\"");
}

absl::StatusCode CodeOf(FailureReason reason) {
  switch (reason) {
    case FailureReason::kWrongPassword:
      return absl::StatusCode::kUnauthenticated;
    case FailureReason::kTlsFailed:
    case FailureReason::kNoSafeLogin:
    case FailureReason::kSaslDowngrade:
    case FailureReason::kConflict:
      return absl::StatusCode::kFailedPrecondition;
    case FailureReason::kLoginTimeout:
      return absl::StatusCode::kDeadlineExceeded;
    case FailureReason::kServerUnreachable:
    case FailureReason::kStreamError:
      return absl::StatusCode::kUnavailable;
  }
  return absl::StatusCode::kUnavailable;
}

}  // namespace

absl::Status Error(absl::StatusCode code, const char* reason, absl::string_view message) {
  return MakeError(code, {"xmpp.chatwire", reason}, message);
}

absl::Status BadJid(absl::string_view text) {
  return Error(absl::StatusCode::kInvalidArgument, "BAD_JID",
               absl::StrCat(Quoted(text), " is not a JID such as alice@example.org"));
}

absl::Status AccountNotFound(absl::string_view account) {
  return Error(
      absl::StatusCode::kNotFound, "ACCOUNT_NOT_FOUND",
      absl::StrCat("the account ", Quoted(account), " is not logged in here; call Login first"));
}

absl::Status ContactNotFound(absl::string_view jid) {
  return Error(absl::StatusCode::kNotFound, "CONTACT_NOT_FOUND",
               absl::StrCat(Quoted(jid), " is no contact of the account; use AddContact"));
}

absl::Status BadRequestId() {
  return Error(absl::StatusCode::kInvalidArgument, "BAD_REQUEST_ID",
               "`request_id` is neither empty nor a UUID");
}

absl::Status SessionOffline(absl::string_view account) {
  return Error(
      absl::StatusCode::kUnavailable, "SESSION_OFFLINE",
      absl::StrCat("the account ", Quoted(account), " has no session at the moment; try again"));
}

absl::Status ShuttingDown() {
  return Error(absl::StatusCode::kUnavailable, "SHUTTING_DOWN",
               "the service is stopping; try again");
}

absl::Status LoginError(const ConnectionFailure& failure) {
  // A login only knows that the session broke before it was up.
  const FailureReason reason = failure.reason == FailureReason::kStreamError
                                   ? FailureReason::kServerUnreachable
                                   : failure.reason;
  return Error(CodeOf(reason), ToString(reason), failure.message);
}

}  // namespace chatwire::xmpp
