#ifndef CHATWIRE_XMPP_SERVICE_SESSION_ROOM_ARCHIVE_H_
#define CHATWIRE_XMPP_SERVICE_SESSION_ROOM_ARCHIVE_H_

#include <QDomElement>
#include <map>
#include <string>
#include <vector>

#include "xmpp-service/domain/room_port.h"
#include "xmpp-service/session/stream.h"

namespace chatwire::xmpp {

/// Asks the archives of rooms (XEP-0313, urn:xmpp:mam:2). Takes a result only from the room that
/// was asked, and for a query that runs.
class RoomArchive {
 public:
  explicit RoomArchive(Stream& stream) : stream_(stream) {}

  /// As RoomPort::QueryArchive.
  void Query(const RoomArchiveQuery& query, Completion<RoomArchivePage> done);

  /// True: it was a result for a query of ours.
  bool OnStanza(const QDomElement& stanza);

 private:
  struct Running {
    std::string room;
    size_t maximum = 0;
    std::vector<RoomMessage> messages;
  };

  Stream& stream_;
  /// By query id.
  std::map<std::string, Running> running_;
};

}  // namespace chatwire::xmpp

#endif  // CHATWIRE_XMPP_SERVICE_SESSION_ROOM_ARCHIVE_H_
