#ifndef CHATWIRE_XMPP_SERVICE_DOMAIN_STANZA_PORT_H_
#define CHATWIRE_XMPP_SERVICE_DOMAIN_STANZA_PORT_H_

#include <string>

#include "absl/time/time.h"
#include "common/completion.h"

namespace chatwire::xmpp {

/// Stanzas as XML. What is refused, and why, stands in stanza_service.proto.
///
/// Errors of all: BAD_STANZA, STANZA_NOT_ALLOWED, BAD_JID and SESSION_OFFLINE when nothing was
/// sent.
class StanzaPort {
 public:
  virtual ~StanzaPort() = default;

  /// Sends a message or a presence; @p id is its id where it has none. Completes with its id once
  /// the server has it. Errors: DEADLINE_EXCEEDED/NO_ACK.
  virtual void Send(const std::string& xml, const std::string& id,
                    Completion<std::string> done) = 0;

  /// Whether @p xml is an IQ of type `set`.
  virtual absl::StatusOr<bool> IsSet(const std::string& xml) = 0;

  /// Sends an IQ; completes with the answer as XML. Errors: those of a request
  /// (domain/stanza_status.h), OUT_OF_RANGE/ANSWER_TOO_LONG.
  virtual void Ask(const std::string& xml, absl::Duration timeout,
                   Completion<std::string> done) = 0;
};

}  // namespace chatwire::xmpp

#endif  // CHATWIRE_XMPP_SERVICE_DOMAIN_STANZA_PORT_H_
