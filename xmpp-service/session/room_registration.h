#ifndef CHATWIRE_XMPP_SERVICE_SESSION_ROOM_REGISTRATION_H_
#define CHATWIRE_XMPP_SERVICE_SESSION_ROOM_REGISTRATION_H_

#include <string>

#include "common/completion.h"
#include "xmpp-service/domain/data_form.h"
#include "xmpp-service/session/stream.h"

namespace chatwire::xmpp {

/// Nicks that rooms reserve for the account (XEP-0045, section 7.10).
class RoomRegistration {
 public:
  /// @p stream outlives it.
  explicit RoomRegistration(Stream& stream) : stream_(stream) {}

  /// As RoomAdminPort::RegisterNick.
  void Register(const std::string& room, const std::string& nick, Completion<std::string> done);

 private:
  void Submit(const std::string& room, const std::string& nick, const DataForm& form,
              Completion<std::string> done);
  void Ask(const std::string& room, Completion<QDomElement> done);

  Stream& stream_;
};

}  // namespace chatwire::xmpp

#endif  // CHATWIRE_XMPP_SERVICE_SESSION_ROOM_REGISTRATION_H_
