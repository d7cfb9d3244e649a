#ifndef CHATWIRE_XMPP_SERVICE_SESSION_ROOM_MODERATION_H_
#define CHATWIRE_XMPP_SERVICE_SESSION_ROOM_MODERATION_H_

#include <deque>
#include <functional>
#include <string>

#include "xmpp-service/domain/room_admin_event.h"
#include "xmpp-service/domain/room_moderation_port.h"
#include "xmpp-service/session/room_requests.h"
#include "xmpp-service/session/session_part.h"
#include "xmpp-service/session/stream.h"

namespace chatwire::xmpp {

/// Moderated retraction (XEP-0425), in its version 0.3 and in the one before, which servers still
/// speak.
class RoomModeration final : public SessionPart, public RoomModerationPort {
 public:
  /// @p stream outlives it. Rooms that the account is not in are not listened to.
  RoomModeration(Stream& stream, RoomCheck is_in);

  bool OnStanza(const QDomElement& stanza) override;

  void Moderate(const std::string& room, const std::string& stanza_id, const std::string& reason,
                Completion<bool> done) override;

 private:
  void Ask(const std::string& room, const std::string& stanza_id, const std::string& reason,
           bool as_of_0_3, Completion<bool> done);
  void Tell(MessageModerated moderated);

  Stream& stream_;
  const RoomCheck is_in_;
  /// What has been told lately: a room's history tells it again.
  std::deque<std::pair<std::string, std::string>> told_;
};

}  // namespace chatwire::xmpp

#endif  // CHATWIRE_XMPP_SERVICE_SESSION_ROOM_MODERATION_H_
