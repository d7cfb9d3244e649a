#ifndef CHATWIRE_XMPP_SERVICE_DOMAIN_ROOM_ADMIN_PORT_H_
#define CHATWIRE_XMPP_SERVICE_DOMAIN_ROOM_ADMIN_PORT_H_

#include <string>
#include <vector>

#include "common/completion.h"
#include "xmpp-service/domain/data_form.h"
#include "xmpp-service/domain/room_roles.h"

namespace chatwire::xmpp {

/// Somebody's standing with a room, as the room lists it. When it is a change: as it is to be.
struct RoomAffiliate {
  /// Bare JID, or a domain.
  std::string jid;
  RoomAffiliation affiliation = RoomAffiliation::kNone;
  std::string nick;
  std::string reason;
};

/// What owners, admins and moderators ask of a room (XEP-0045, sections 8 to 10). Rooms are bare
/// JIDs; whether the account is in them does not matter, but where it says so.
///
/// Errors of each: those of Stream::Request; a room that refuses for want of a role or affiliation
/// is PERMISSION_DENIED/ROOM_PRIVILEGE_NEEDED.
class RoomAdminPort {
 public:
  virtual ~RoomAdminPort() = default;

  /// Completes with true when there is such a room.
  virtual void Exists(const std::string& room, Completion<bool> done) = 0;

  /// A form without fields where nothing can be configured.
  virtual void GetConfiguration(const std::string& room, Completion<DataForm> done) = 0;
  /// Sends @p form as it is: of type submit, or cancel.
  virtual void SetConfiguration(const std::string& room, const DataForm& form,
                                Completion<bool> done) = 0;
  /// @p alternative may be empty.
  virtual void Destroy(const std::string& room, const std::string& alternative,
                       const std::string& reason, Completion<bool> done) = 0;

  /// The role none kicks. Errors, also: NOT_FOUND/OCCUPANT_NOT_FOUND.
  virtual void SetRole(const std::string& room, const std::string& nick, RoomRole role,
                       const std::string& reason, Completion<bool> done) = 0;

  /// In order of JID, each once.
  virtual void ListAffiliates(const std::string& room, RoomAffiliation affiliation,
                              Completion<std::vector<RoomAffiliate>> done) = 0;
  virtual void SetAffiliation(const std::string& room, const RoomAffiliate& affiliate,
                              Completion<bool> done) = 0;

  /// Completes with the nick that is reserved then; empty when somebody has to approve it.
  /// Errors, also: ALREADY_EXISTS/NICK_TAKEN, FAILED_PRECONDITION/REGISTRATION_FORM_UNKNOWN.
  virtual void RegisterNick(const std::string& room, const std::string& nick,
                            Completion<std::string> done) = 0;
};

}  // namespace chatwire::xmpp

#endif  // CHATWIRE_XMPP_SERVICE_DOMAIN_ROOM_ADMIN_PORT_H_
