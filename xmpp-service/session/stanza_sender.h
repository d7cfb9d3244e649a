#ifndef CHATWIRE_XMPP_SERVICE_SESSION_STANZA_SENDER_H_
#define CHATWIRE_XMPP_SERVICE_SESSION_STANZA_SENDER_H_

#include <string>

#include "xmpp-service/domain/stanza_port.h"
#include "xmpp-service/session/session_part.h"
#include "xmpp-service/session/stream.h"

namespace chatwire::xmpp {

/// Sends what ReadRawStanza lets through.
class StanzaSender final : public SessionPart, public StanzaPort {
 public:
  explicit StanzaSender(Stream& stream) : stream_(stream) {}

  void Send(const std::string& xml, const std::string& id, Completion<std::string> done) override;
  absl::StatusOr<bool> IsSet(const std::string& xml) override;
  void Ask(const std::string& xml, absl::Duration timeout, Completion<std::string> done) override;

 private:
  Stream& stream_;
};

}  // namespace chatwire::xmpp

#endif  // CHATWIRE_XMPP_SERVICE_SESSION_STANZA_SENDER_H_
