#ifndef CHATWIRE_CLI_ERRORS_H_
#define CHATWIRE_CLI_ERRORS_H_

#include "common/error.h"

namespace chatwire::cli {

/// Reasons of errors that the program itself finds, before or instead of an answer of a service.
/// They show as `reason` in the errors of --json.

/// INVALID_ARGUMENT: the command line, the environment or the config file is wrong.
inline constexpr ErrorReason kUsageReason{"cli.chatwire", "USAGE"};
/// UNAUTHENTICATED: no token was given or saved for the service.
inline constexpr ErrorReason kNoTokenReason{"cli.chatwire", "NO_TOKEN"};
/// INVALID_ARGUMENT: several accounts are saved for the service, and none was named.
inline constexpr ErrorReason kAccountAmbiguousReason{"cli.chatwire", "ACCOUNT_AMBIGUOUS"};
/// UNAVAILABLE: nothing answers at the service's address.
inline constexpr ErrorReason kServiceUnreachableReason{"cli.chatwire", "SERVICE_UNREACHABLE"};
/// DEADLINE_EXCEEDED: the service did not answer in time.
inline constexpr ErrorReason kNoAnswerReason{"cli.chatwire", "NO_ANSWER"};
/// UNAVAILABLE: the service answers, and says that it is not ready.
inline constexpr ErrorReason kNotServingReason{"cli.chatwire", "NOT_SERVING"};
/// UNIMPLEMENTED: what answers at the address is not that service, or an older one.
inline constexpr ErrorReason kWrongServiceReason{"cli.chatwire", "WRONG_SERVICE"};
/// ABORTED: the XMPP server gave the message back.
inline constexpr ErrorReason kMessageFailedReason{"cli.chatwire", "MESSAGE_FAILED"};
/// ABORTED: some of what was asked for was done, and some not.
inline constexpr ErrorReason kNotAllDoneReason{"cli.chatwire", "NOT_ALL_DONE"};
/// DEADLINE_EXCEEDED: some of many devices have not reported the wanted state in time.
inline constexpr ErrorReason kNotConfirmedReason{"cli.chatwire", "NOT_CONFIRMED"};
/// INVALID_ARGUMENT: there is no terminal to ask for the password.
inline constexpr ErrorReason kNoTerminalReason{"cli.chatwire", "NO_TERMINAL"};
/// CANCELLED: Ctrl-C.
inline constexpr ErrorReason kInterruptedReason{"cli.chatwire", "INTERRUPTED"};
/// UNKNOWN: a file cannot be read or written.
inline constexpr ErrorReason kFileReason{"cli.chatwire", "FILE"};

}  // namespace chatwire::cli

#endif  // CHATWIRE_CLI_ERRORS_H_
