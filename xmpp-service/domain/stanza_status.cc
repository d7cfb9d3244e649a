#include "xmpp-service/domain/stanza_status.h"

#include <algorithm>
#include <iterator>
#include <string>

#include "absl/strings/str_cat.h"
#include "common/error.h"
#include "xmpp-service/domain/errors.h"
#include "xmpp-service/domain/text.h"

namespace chatwire::xmpp {
namespace {

constexpr size_t kMaximumTextBytes = 1024;
constexpr char kUndefined[] = "undefined-condition";

/// One condition of RFC 6120, section 8.3.3.
struct Condition {
  const char* name;
  const char* reason;
  absl::StatusCode code;
  const char* meaning;
};

constexpr Condition kConditions[] = {
    {"bad-request", "XMPP_BAD_REQUEST", absl::StatusCode::kInvalidArgument,
     "it did not understand the request"},
    {"conflict", "XMPP_CONFLICT", absl::StatusCode::kAlreadyExists, "the name or address is taken"},
    {"feature-not-implemented", "XMPP_FEATURE_NOT_IMPLEMENTED", absl::StatusCode::kUnimplemented,
     "it does not offer this"},
    {"forbidden", "XMPP_FORBIDDEN", absl::StatusCode::kPermissionDenied,
     "this account may not do that there"},
    {"gone", "XMPP_GONE", absl::StatusCode::kNotFound, "the address is gone for good"},
    {"internal-server-error", "XMPP_INTERNAL_SERVER_ERROR", absl::StatusCode::kUnavailable,
     "it failed inside; try again later"},
    {"item-not-found", "XMPP_ITEM_NOT_FOUND", absl::StatusCode::kNotFound,
     "there is no such thing there"},
    {"jid-malformed", "XMPP_JID_MALFORMED", absl::StatusCode::kInvalidArgument,
     "it says that a JID is malformed"},
    {"not-acceptable", "XMPP_NOT_ACCEPTABLE", absl::StatusCode::kInvalidArgument,
     "it does not accept the values"},
    {"not-allowed", "XMPP_NOT_ALLOWED", absl::StatusCode::kPermissionDenied,
     "nobody may do that there"},
    {"not-authorized", "XMPP_NOT_AUTHORIZED", absl::StatusCode::kPermissionDenied,
     "credentials are missing or wrong"},
    {"policy-violation", "XMPP_POLICY_VIOLATION", absl::StatusCode::kPermissionDenied,
     "its policy forbids that"},
    {"recipient-unavailable", "XMPP_RECIPIENT_UNAVAILABLE", absl::StatusCode::kUnavailable,
     "the recipient is not online"},
    {"redirect", "XMPP_REDIRECT", absl::StatusCode::kFailedPrecondition,
     "it is now at another address"},
    {"registration-required", "XMPP_REGISTRATION_REQUIRED", absl::StatusCode::kPermissionDenied,
     "only members may do that"},
    {"remote-server-not-found", "XMPP_REMOTE_SERVER_NOT_FOUND", absl::StatusCode::kNotFound,
     "the server cannot be found"},
    {"remote-server-timeout", "XMPP_REMOTE_SERVER_TIMEOUT", absl::StatusCode::kUnavailable,
     "the server does not answer"},
    {"resource-constraint", "XMPP_RESOURCE_CONSTRAINT", absl::StatusCode::kResourceExhausted,
     "a limit there is reached"},
    {"service-unavailable", "XMPP_SERVICE_UNAVAILABLE", absl::StatusCode::kUnimplemented,
     "it does not offer this, or is not online"},
    {"subscription-required", "XMPP_SUBSCRIPTION_REQUIRED", absl::StatusCode::kPermissionDenied,
     "only contacts may do that"},
    {kUndefined, "XMPP_UNDEFINED_CONDITION", absl::StatusCode::kUnavailable,
     "it refused, and gave no known reason"},
    {"unexpected-request", "XMPP_UNEXPECTED_REQUEST", absl::StatusCode::kFailedPrecondition,
     "this is not the time for that"},
};

const Condition& Find(absl::string_view name) {
  const auto* found =
      std::find_if(std::begin(kConditions), std::end(kConditions),
                   [&name](const Condition& condition) { return name == condition.name; });
  return found == std::end(kConditions) ? Find(kUndefined) : *found;
}

}  // namespace

absl::Status StanzaErrorStatus(const StanzaError& error) {
  const Condition& condition = Find(error.condition);
  ErrorMetadata metadata{{"condition", condition.name}};
  std::string message =
      absl::StrCat("the XMPP side refused (", condition.name, "): ", condition.meaning);
  if (!error.text.empty()) {
    const std::string text = TruncateUtf8(error.text, kMaximumTextBytes);
    metadata["text"] = text;
    absl::StrAppend(&message, "; it says: ", text);
  }
  return MakeError(condition.code, {"xmpp.chatwire", condition.reason}, message, metadata);
}

absl::Status NoAnswer() {
  return Error(absl::StatusCode::kDeadlineExceeded, "NO_ANSWER",
               "the XMPP side did not answer in time; whether it has done it is not known");
}

absl::Status BadAnswer(absl::string_view what) {
  return Error(absl::StatusCode::kUnavailable, "BAD_ANSWER",
               absl::StrCat("the XMPP side's answer makes no sense: ", what));
}

bool IsStanzaError(const absl::Status& status, absl::string_view condition) {
  return HasReason(status, {"xmpp.chatwire", Find(condition).reason});
}

}  // namespace chatwire::xmpp
