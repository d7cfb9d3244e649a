#ifndef CHATWIRE_XMPP_SERVICE_DOMAIN_ROOM_SETUP_H_
#define CHATWIRE_XMPP_SERVICE_DOMAIN_ROOM_SETUP_H_

#include <optional>
#include <string>

#include "common/completion.h"
#include "xmpp-service/domain/data_form.h"
#include "xmpp-service/domain/room_admin_port.h"

namespace chatwire::xmpp {

/// Sets the fields of a room's configuration that @p answer names and leaves every other one as it
/// is. @p answer of type cancel is sent as it is.
/// Errors: those of RoomAdminPort and of CheckFormAnswer.
void ConfigureRoom(RoomAdminPort& admin, const std::string& room, const DataForm& answer,
                   Completion<bool> done);

/// The password that is needed to enter a room once @p answer is its configuration: empty where it
/// is to have none. Nothing where @p answer does not say.
std::optional<std::string> PasswordSetBy(const DataForm& answer);

}  // namespace chatwire::xmpp

#endif  // CHATWIRE_XMPP_SERVICE_DOMAIN_ROOM_SETUP_H_
