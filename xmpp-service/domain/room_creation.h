#ifndef CHATWIRE_XMPP_SERVICE_DOMAIN_ROOM_CREATION_H_
#define CHATWIRE_XMPP_SERVICE_DOMAIN_ROOM_CREATION_H_

#include <functional>
#include <optional>
#include <string>

#include "common/completion.h"
#include "xmpp-service/domain/data_form.h"
#include "xmpp-service/domain/room.h"
#include "xmpp-service/domain/room_admin_port.h"

namespace chatwire::xmpp {

/// The place where a room is to be, as one account sees it. Each function answers on the account's
/// executor, then or later.
struct RoomSite {
  std::function<void(Completion<RoomInfo>)> look;
  /// For use at once: a session may end.
  std::function<void(Completion<RoomAdminPort*>)> admin;
  /// Enters, also a room that comes into being by it; what is entered stays entered until it is
  /// left.
  std::function<void(const std::string& password, Completion<JoinedRoom>)> enter;
  /// The room is configured.
  std::function<void()> opened;
  std::function<void()> leave;
};

/// A room to create.
struct RoomCreation {
  std::string room;
  /// Not set: what the server has by default.
  std::optional<DataForm> configuration;
  /// Leave it closed to others, for somebody to configure.
  bool reserve = false;
};

struct CreatedRoom {
  std::string nick;
  /// What there is to configure, where it is reserved.
  DataForm form;
};

/// Creates a room (XEP-0045, section 10.1), and configures it; where that fails, the room is given
/// up.
/// Errors: ALREADY_EXISTS/ROOM_EXISTS, FAILED_PRECONDITION/NOT_A_ROOM,
/// PERMISSION_DENIED/ROOM_PRIVILEGE_NEEDED, and those of ConfigureRoom and of @p site.
void CreateRoom(RoomSite site, RoomCreation creation, Completion<CreatedRoom> done);

}  // namespace chatwire::xmpp

#endif  // CHATWIRE_XMPP_SERVICE_DOMAIN_ROOM_CREATION_H_
