#ifndef CHATWIRE_XMPP_SERVICE_SESSION_ROOM_REQUESTS_H_
#define CHATWIRE_XMPP_SERVICE_SESSION_ROOM_REQUESTS_H_

#include <functional>
#include <map>
#include <memory>
#include <optional>
#include <string>

#include "xmpp-service/domain/room_request_port.h"
#include "xmpp-service/session/payload_message.h"
#include "xmpp-service/session/session_part.h"
#include "xmpp-service/session/stream.h"

namespace chatwire::xmpp {

/// Tells whether the account is in the room with this bare JID.
using RoomCheck = std::function<bool(const std::string&)>;

/// What is asked of a room with a message: the subject, invitations (also XEP-0249), voice
/// (XEP-0045, sections 7.8, 7.13, 8.1 and 8.6); and what rooms tell about those.
///
/// A room answers such a message only when it refuses. So behind each goes a question that is
/// always answered: stanzas are handled in order (RFC 6120, section 10.1), so when that answer is
/// here and no refusal was, there is none.
class RoomRequests final : public SessionPart, public RoomRequestPort {
 public:
  /// @p stream outlives it. Rooms that the account is not in are not listened to.
  RoomRequests(Stream& stream, RoomCheck is_in);

  bool OnStanza(const QDomElement& stanza) override;

  void SetSubject(const std::string& room, const std::string& subject,
                  Completion<bool> done) override;
  void Invite(const OutgoingInvitation& invitation, Completion<bool> done) override;
  void RequestVoice(const std::string& room, Completion<bool> done) override;
  void AnswerVoiceRequest(const std::string& room, const std::string& jid, const std::string& nick,
                          bool grant, Completion<bool> done) override;

 private:
  struct Sent {
    /// Bare JID of who would refuse.
    std::string recipient;
    /// What it would take.
    const char* needs = "";
    /// What is to become the room's subject. It is done when the room shows that.
    std::optional<std::string> subject;
    std::shared_ptr<Completion<bool>> done;
  };

  std::string Send(const std::string& to, const char* needs, QXmppMessage::Type type,
                   PayloadMessage::Payload payload, Completion<bool> done);
  /// Asks @p whom something that is always answered. Empty: the account's own server.
  void AskBehind(const std::string& id, const std::string& whom);
  void Finish(const std::string& id, absl::StatusOr<bool> result);

  void InviteThroughRoom(const OutgoingInvitation& invitation, Completion<bool> done);
  void InviteDirectly(const OutgoingInvitation& invitation, Completion<bool> done);

  bool OnRefusal(const QDomElement& message);
  void OnSubject(const QDomElement& message);
  bool OnRoomMessage(const std::string& room, const QDomElement& message);

  Stream& stream_;
  const RoomCheck is_in_;
  /// By the id of the message.
  std::map<std::string, Sent> sent_;
};

}  // namespace chatwire::xmpp

#endif  // CHATWIRE_XMPP_SERVICE_SESSION_ROOM_REQUESTS_H_
