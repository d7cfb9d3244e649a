#ifndef CHATWIRE_XMPP_SERVICE_DOMAIN_ROOM_MODERATION_PORT_H_
#define CHATWIRE_XMPP_SERVICE_DOMAIN_ROOM_MODERATION_PORT_H_

#include <string>

#include "common/completion.h"

namespace chatwire::xmpp {

/// Moderated retraction (XEP-0425).
class RoomModerationPort {
 public:
  virtual ~RoomModerationPort() = default;

  /// Retracts the message with the id @p stanza_id of @p room for everybody.
  /// Errors: those of Stream::Request, UNIMPLEMENTED/MODERATION_NOT_SUPPORTED,
  /// PERMISSION_DENIED/ROOM_PRIVILEGE_NEEDED.
  virtual void Moderate(const std::string& room, const std::string& stanza_id,
                        const std::string& reason, Completion<bool> done) = 0;
};

}  // namespace chatwire::xmpp

#endif  // CHATWIRE_XMPP_SERVICE_DOMAIN_ROOM_MODERATION_PORT_H_
