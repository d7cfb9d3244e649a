#ifndef CHATWIRE_COMMON_SIGNAL_WAIT_H_
#define CHATWIRE_COMMON_SIGNAL_WAIT_H_

namespace chatwire {

/// Takes SIGINT and SIGTERM away from every thread that starts later, so that only
/// WaitForStopSignal sees them, and ignores SIGPIPE. Call it first in main.
void BlockStopSignals();

/// Waits for SIGINT or SIGTERM and returns which came.
int WaitForStopSignal();

}  // namespace chatwire

#endif  // CHATWIRE_COMMON_SIGNAL_WAIT_H_
