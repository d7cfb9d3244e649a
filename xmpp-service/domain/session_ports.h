#ifndef CHATWIRE_XMPP_SERVICE_DOMAIN_SESSION_PORTS_H_
#define CHATWIRE_XMPP_SERVICE_DOMAIN_SESSION_PORTS_H_

namespace chatwire::xmpp {

class ArchivePort;
class AvatarPort;
class CommandPort;
class DiscoveryPort;
class EntityPort;
class ProfilePort;
class BlockingPort;
class BookmarkPort;
class StanzaPort;
class UserSearchPort;
class RoomAdminPort;
class RoomModerationPort;
class RoomRequestPort;
class UploadPort;
class AccountPort;
class RosterPort;
class RoomPort;

/// What a session can do beyond connecting and chatting: one port a feature, each an interface of
/// its own in this folder.
///
/// Owned by the session and as old as it; to be used as Session itself is: on its executor, with a
/// stream. Null where a session does not have the feature, as in tests.
struct SessionPorts {
  ArchivePort* archive = nullptr;
  AvatarPort* avatars = nullptr;
  CommandPort* commands = nullptr;
  DiscoveryPort* discovery = nullptr;
  EntityPort* entities = nullptr;
  ProfilePort* profiles = nullptr;
  BlockingPort* blocking = nullptr;
  BookmarkPort* bookmarks = nullptr;
  StanzaPort* stanzas = nullptr;
  UserSearchPort* user_search = nullptr;
  RoomAdminPort* room_admin = nullptr;
  RoomModerationPort* room_moderation = nullptr;
  RoomRequestPort* room_requests = nullptr;
  UploadPort* upload = nullptr;
  AccountPort* account = nullptr;
  RosterPort* roster = nullptr;
  RoomPort* rooms = nullptr;
};

}  // namespace chatwire::xmpp

#endif  // CHATWIRE_XMPP_SERVICE_DOMAIN_SESSION_PORTS_H_
