#include "xmpp-service/domain/connection.h"

namespace chatwire::xmpp {

const char* ToString(FailureReason reason) {
  switch (reason) {
    case FailureReason::kWrongPassword:
      return "WRONG_PASSWORD";
    case FailureReason::kServerUnreachable:
      return "SERVER_UNREACHABLE";
    case FailureReason::kTlsFailed:
      return "TLS_FAILED";
    case FailureReason::kNoSafeLogin:
      return "NO_SAFE_LOGIN";
    case FailureReason::kSaslDowngrade:
      return "SASL_DOWNGRADE";
    case FailureReason::kLoginTimeout:
      return "LOGIN_TIMEOUT";
    case FailureReason::kConflict:
      return "CONFLICT";
    case FailureReason::kStreamError:
      return "STREAM_ERROR";
  }
  return "STREAM_ERROR";
}

}  // namespace chatwire::xmpp
