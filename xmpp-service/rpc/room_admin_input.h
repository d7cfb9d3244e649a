#ifndef CHATWIRE_XMPP_SERVICE_RPC_ROOM_ADMIN_INPUT_H_
#define CHATWIRE_XMPP_SERVICE_RPC_ROOM_ADMIN_INPUT_H_

#include <initializer_list>
#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "chatwire/xmpp/v1/room_admin_service.pb.h"
#include "xmpp-service/domain/room_admin_port.h"
#include "xmpp-service/domain/room_creation.h"
#include "xmpp-service/domain/room_request_port.h"

namespace chatwire::xmpp {

/// What a caller of RoomAdminService gave, checked: as the domain wants it, or the error that
/// room_admin_service.proto names.

absl::StatusOr<std::string> CheckedRoom(const std::string& room);
absl::Status CheckRoomRequestId(const std::string& request_id);
absl::Status CheckRoomNick(const std::string& nick);
absl::Status CheckRoomReason(const std::string& reason);
absl::Status CheckRoomSubject(const std::string& subject);
absl::Status CheckStanzaId(const std::string& stanza_id);

/// The room of a call with an effect, when it, the `request_id`, and all of @p checks are well.
template <typename Request>
absl::StatusOr<std::string> RoomOf(const Request& request,
                                   std::initializer_list<absl::Status> checks = {}) {
  auto room = CheckedRoom(request.room());
  if (!room.ok()) return room;
  if (absl::Status id = CheckRoomRequestId(request.request_id()); !id.ok()) return id;
  for (const absl::Status& check : checks) {
    if (!check.ok()) return check;
  }
  return room;
}

absl::StatusOr<DataForm> ToAnswer(const v1::DataForm& form);
absl::StatusOr<RoomRole> ToAssignableRole(v1::RoomRole role);
/// Of a list that rooms keep: not NONE.
absl::StatusOr<RoomAffiliation> ToListedAffiliation(v1::RoomAffiliation affiliation);
absl::StatusOr<RoomCreation> ToDomain(const v1::CreateRoomRequest& request);
absl::StatusOr<std::vector<OutgoingInvitation>> ToDomain(const v1::InviteToRoomRequest& request);
absl::StatusOr<std::vector<RoomAffiliate>> ToDomain(const v1::SetAffiliationsRequest& request);

}  // namespace chatwire::xmpp

#endif  // CHATWIRE_XMPP_SERVICE_RPC_ROOM_ADMIN_INPUT_H_
