#ifndef CHATWIRE_CLI_WAIT_H_
#define CHATWIRE_CLI_WAIT_H_

#include "cli/call.h"
#include "google/protobuf/duration.pb.h"

namespace chatwire::cli {

/// The `wait_timeout` of a request that waits for an acknowledgement or a report: the --timeout.
google::protobuf::Duration WaitTimeout(const Session& session);

/// The options of such a call. Its deadline comes a little later than the wait ends, so that the
/// answer is the service's NO_ACK or NOT_CONFIRMED and not just the end of our patience.
CallOptions WaitingCall(const Session& session);

}  // namespace chatwire::cli

#endif  // CHATWIRE_CLI_WAIT_H_
