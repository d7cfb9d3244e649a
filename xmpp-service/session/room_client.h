#ifndef CHATWIRE_XMPP_SERVICE_SESSION_ROOM_CLIENT_H_
#define CHATWIRE_XMPP_SERVICE_SESSION_ROOM_CLIENT_H_

#include <set>
#include <string>

#include "xmpp-service/domain/room_port.h"
#include "xmpp-service/session/room_archive.h"
#include "xmpp-service/session/session_part.h"
#include "xmpp-service/session/stream.h"

namespace chatwire::xmpp {

/// Multi-User Chat (XEP-0045) on a session, with XEP-0249, XEP-0410 and rooms' archives. QXmpp's
/// own manager is of no use here: it does not notice refusals, resumption, or that a room is gone.
class RoomClient final : public SessionPart, public RoomPort {
 public:
  explicit RoomClient(Stream& stream) : stream_(stream), archive_(stream) {}

  // SessionPart.
  QStringList Features() const override;
  bool OnStanza(const QDomElement& stanza) override;

  // RoomPort.
  void SetListener(RoomListener* listener) override { listener_ = listener; }
  void Enter(const RoomEntry& entry) override;
  void Show(const std::string& room, const std::string& nick, const Presence& presence) override;
  void Forget(const std::string& room) override { rooms_.erase(room); }
  void Exit(const std::string& room, const std::string& nick) override;
  void CheckInside(const std::string& room, const std::string& nick,
                   Completion<bool> done) override;
  void SendMessage(const OutgoingRoomMessage& message, Completion<bool> done) override;
  void SendChatState(const std::string& room, ChatState state) override;
  void Decline(const std::string& room, const std::string& to, const std::string& reason) override;
  void GetInfo(const std::string& room, Completion<RoomInfo> done) override;
  void ListRooms(const std::string& service, const std::string& after, size_t limit,
                 Completion<RoomPage> done) override;
  void QueryArchive(const RoomArchiveQuery& query, Completion<RoomArchivePage> done) override {
    archive_.Query(query, std::move(done));
  }

 private:
  bool OnMessage(const QDomElement& stanza, const std::string& room);

  Stream& stream_;
  RoomArchive archive_;
  RoomListener* listener_ = nullptr;
  /// Those that were entered and not left.
  std::set<std::string> rooms_;
};

}  // namespace chatwire::xmpp

#endif  // CHATWIRE_XMPP_SERVICE_SESSION_ROOM_CLIENT_H_
