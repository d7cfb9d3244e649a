#include "xmpp-service/session/session_parts.h"

#include "xmpp-service/session/account_client.h"
#include "xmpp-service/session/archive_client.h"
#include "xmpp-service/session/avatar_client.h"
#include "xmpp-service/session/avatar_watcher.h"
#include "xmpp-service/session/blocking_client.h"
#include "xmpp-service/session/bookmark_client.h"
#include "xmpp-service/session/chat_features.h"
#include "xmpp-service/session/command_client.h"
#include "xmpp-service/session/command_responder.h"
#include "xmpp-service/session/discovery_client.h"
#include "xmpp-service/session/entity_queries.h"
#include "xmpp-service/session/last_activity_responder.h"
#include "xmpp-service/session/occupied_rooms.h"
#include "xmpp-service/session/profile_client.h"
#include "xmpp-service/session/room_admin.h"
#include "xmpp-service/session/room_client.h"
#include "xmpp-service/session/room_moderation.h"
#include "xmpp-service/session/room_requests.h"
#include "xmpp-service/session/roster_client.h"
#include "xmpp-service/session/stanza_sender.h"
#include "xmpp-service/session/upload_client.h"
#include "xmpp-service/session/user_search_client.h"

namespace chatwire::xmpp {

std::vector<std::unique_ptr<SessionPart>> MakeSessionParts(Stream& stream,
                                                           const SessionSettings& settings,
                                                           SessionPorts& ports) {
  std::vector<std::unique_ptr<SessionPart>> parts;
  const auto add = [&parts](auto part) {
    auto* raw = part.get();
    parts.push_back(std::move(part));
    return raw;
  };
  add(std::make_unique<ChatFeatures>());
  ports.account = add(std::make_unique<AccountClient>(stream));
  auto* profiles = add(std::make_unique<ProfileClient>(stream));
  ports.profiles = profiles;
  ports.avatars = add(std::make_unique<AvatarClient>(stream, *profiles));
  add(std::make_unique<AvatarWatcher>(stream));
  ports.commands = add(std::make_unique<CommandClient>(stream));
  if (settings.command_host != nullptr) {
    add(std::make_unique<CommandResponder>(stream, *settings.command_host));
  }
  ports.discovery = add(std::make_unique<DiscoveryClient>(stream));
  ports.entities = add(std::make_unique<EntityQueries>(stream));
  ports.upload = add(std::make_unique<UploadClient>(stream));
  ports.roster = add(std::make_unique<RosterClient>(stream));
  ports.user_search = add(std::make_unique<UserSearchClient>(stream));
  add(std::make_unique<LastActivityResponder>(stream));
  auto occupied = std::make_unique<OccupiedRooms>();
  const RoomCheck is_in = [rooms = occupied.get()](const std::string& room) {
    return rooms->Contains(room);
  };
  ports.room_admin = add(std::make_unique<RoomAdmin>(stream));
  ports.room_moderation = add(std::make_unique<RoomModeration>(stream, is_in));
  ports.room_requests = add(std::make_unique<RoomRequests>(stream, is_in));
  ports.blocking = add(std::make_unique<BlockingClient>(stream));
  ports.bookmarks = add(std::make_unique<BookmarkClient>(stream));
  ports.stanzas = add(std::make_unique<StanzaSender>(stream));
  // Last: its results are messages inside of messages, and nobody else's.
  ports.archive = add(std::make_unique<ArchiveClient>(stream));
  // After that: it asks the archives of rooms by itself.
  ports.rooms = add(std::make_unique<RoomClient>(stream));
  // After that: what rooms say of who is there goes no further.
  add(std::move(occupied));
  return parts;
}

}  // namespace chatwire::xmpp
