#ifndef CHATWIRE_CLI_FORMAT_ROOM_ADMIN_EVENT_FORMAT_H_
#define CHATWIRE_CLI_FORMAT_ROOM_ADMIN_EVENT_FORMAT_H_

#include <nlohmann/json.hpp>
#include <string>
#include <utility>

#include "chatwire/xmpp/v1/event_service.pb.h"

namespace chatwire::cli {

/// What owners and moderators of rooms hear: VoiceRequested, MessageModerated,
/// RoomInvitationDeclined. The kind's name and its content.
std::pair<std::string, nlohmann::ordered_json> RoomAdminEventJson(const xmpp::v1::Event& event);

/// The same as one line.
std::string RoomAdminEventText(const xmpp::v1::Event& event);

}  // namespace chatwire::cli

#endif  // CHATWIRE_CLI_FORMAT_ROOM_ADMIN_EVENT_FORMAT_H_
