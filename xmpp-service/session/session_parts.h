#ifndef CHATWIRE_XMPP_SERVICE_SESSION_SESSION_PARTS_H_
#define CHATWIRE_XMPP_SERVICE_SESSION_SESSION_PARTS_H_

#include <memory>
#include <vector>

#include "xmpp-service/domain/session_ports.h"
#include "xmpp-service/session/session_options.h"
#include "xmpp-service/session/session_part.h"
#include "xmpp-service/session/stream.h"

namespace chatwire::xmpp {

/// Every part of a session on @p stream, which outlives them; fills @p ports with those that are
/// ports. The part that comes last sees a stanza first.
std::vector<std::unique_ptr<SessionPart>> MakeSessionParts(Stream& stream,
                                                           const SessionSettings& settings,
                                                           SessionPorts& ports);

}  // namespace chatwire::xmpp

#endif  // CHATWIRE_XMPP_SERVICE_SESSION_SESSION_PARTS_H_
