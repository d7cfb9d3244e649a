#include "xmpp-service/domain/stanza_status.h"

#include <algorithm>
#include <iterator>
#include <string>

#include "absl/strings/ascii.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_replace.h"
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
  absl::StatusCode code;
  const char* meaning;
};

constexpr Condition kConditions[] = {
    {"bad-request", absl::StatusCode::kInvalidArgument, "it did not understand the request"},
    {"conflict", absl::StatusCode::kAlreadyExists, "the name or address is taken"},
    {"feature-not-implemented", absl::StatusCode::kUnimplemented, "it does not offer this"},
    {"forbidden", absl::StatusCode::kPermissionDenied, "this account may not do that there"},
    {"gone", absl::StatusCode::kNotFound, "the address is gone for good"},
    {"internal-server-error", absl::StatusCode::kUnavailable, "it failed inside; try again later"},
    {"item-not-found", absl::StatusCode::kNotFound, "there is no such thing there"},
    {"jid-malformed", absl::StatusCode::kInvalidArgument, "it says that a JID is malformed"},
    {"not-acceptable", absl::StatusCode::kInvalidArgument, "it does not accept the values"},
    {"not-allowed", absl::StatusCode::kPermissionDenied, "nobody may do that there"},
    {"not-authorized", absl::StatusCode::kPermissionDenied, "credentials are missing or wrong"},
    {"policy-violation", absl::StatusCode::kPermissionDenied, "its policy forbids that"},
    {"recipient-unavailable", absl::StatusCode::kUnavailable, "the recipient is not online"},
    {"redirect", absl::StatusCode::kFailedPrecondition, "it is now at another address"},
    {"registration-required", absl::StatusCode::kPermissionDenied, "only members may do that"},
    {"remote-server-not-found", absl::StatusCode::kNotFound, "the server cannot be found"},
    {"remote-server-timeout", absl::StatusCode::kUnavailable, "the server does not answer"},
    {"resource-constraint", absl::StatusCode::kResourceExhausted, "a limit there is reached"},
    {"service-unavailable", absl::StatusCode::kUnimplemented,
     "it does not offer this, or is not online"},
    {"subscription-required", absl::StatusCode::kPermissionDenied, "only contacts may do that"},
    {kUndefined, absl::StatusCode::kUnavailable, "it refused, and gave no known reason"},
    {"unexpected-request", absl::StatusCode::kFailedPrecondition, "this is not the time for that"},
};

const Condition& Find(const std::string& name) {
  const auto* found =
      std::find_if(std::begin(kConditions), std::end(kConditions),
                   [&name](const Condition& condition) { return name == condition.name; });
  return found == std::end(kConditions) ? Find(kUndefined) : *found;
}

std::string XmppReason(absl::string_view condition) {
  return absl::StrCat(
      "XMPP_", absl::AsciiStrToUpper(absl::StrReplaceAll(std::string(condition), {{"-", "_"}})));
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
  return MakeError(condition.code, {"xmpp.chatwire", XmppReason(condition.name).c_str()}, message,
                   metadata);
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
  return HasReason(status, {"xmpp.chatwire", XmppReason(condition).c_str()});
}

}  // namespace chatwire::xmpp
