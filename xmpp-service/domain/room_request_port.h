#ifndef CHATWIRE_XMPP_SERVICE_DOMAIN_ROOM_REQUEST_PORT_H_
#define CHATWIRE_XMPP_SERVICE_DOMAIN_ROOM_REQUEST_PORT_H_

#include <string>

#include "common/completion.h"

namespace chatwire::xmpp {

/// An invitation into a room, from this account to somebody.
struct OutgoingInvitation {
  std::string room;
  std::string invitee;
  /// From the account itself (XEP-0249); else through the room (XEP-0045, section 7.8.2).
  bool direct = false;
  std::string reason;
  /// Only direct.
  std::string password;
  /// The room goes on with a one-to-one chat, whose thread this was.
  bool continuation = false;
  std::string thread;
};

/// What is asked of a room with a message, which has no answer when all is well. Each completes
/// when the room has certainly handled it.
///
/// Errors of each: SESSION_OFFLINE, NO_ANSWER, NOT_FOUND/NOT_IN_ROOM,
/// PERMISSION_DENIED/ROOM_PRIVILEGE_NEEDED, and other stanza errors of the room.
class RoomRequestPort {
 public:
  virtual ~RoomRequestPort() = default;

  /// Completes when the room shows the subject to this account, or would have refused it.
  virtual void SetSubject(const std::string& room, const std::string& subject,
                          Completion<bool> done) = 0;
  virtual void Invite(const OutgoingInvitation& invitation, Completion<bool> done) = 0;
  virtual void RequestVoice(const std::string& room, Completion<bool> done) = 0;
  /// @p jid and @p nick are those of the request.
  virtual void AnswerVoiceRequest(const std::string& room, const std::string& jid,
                                  const std::string& nick, bool grant, Completion<bool> done) = 0;
};

}  // namespace chatwire::xmpp

#endif  // CHATWIRE_XMPP_SERVICE_DOMAIN_ROOM_REQUEST_PORT_H_
