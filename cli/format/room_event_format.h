#ifndef CHATWIRE_CLI_FORMAT_ROOM_EVENT_FORMAT_H_
#define CHATWIRE_CLI_FORMAT_ROOM_EVENT_FORMAT_H_

#include <nlohmann/json_fwd.hpp>
#include <string>
#include <utility>

#include "chatwire/xmpp/v1/event_service.pb.h"

namespace chatwire::cli {

/// What happened in a room: the kind's name (that of the payload's field) and its content, and the
/// same in a line for people. For every kind that is no room's: as an event that is not known.
std::pair<std::string, nlohmann::ordered_json> RoomEventJson(const xmpp::v1::Event& event);
std::string RoomEventText(const xmpp::v1::Event& event);

}  // namespace chatwire::cli

#endif  // CHATWIRE_CLI_FORMAT_ROOM_EVENT_FORMAT_H_
