#ifndef CHATWIRE_XMPP_SERVICE_SESSION_ROOM_STANZA_H_
#define CHATWIRE_XMPP_SERVICE_SESSION_ROOM_STANZA_H_

#include <QXmppMessage.h>

#include <QDomElement>
#include <QLatin1StringView>
#include <optional>
#include <string>

#include "xmpp-service/domain/room.h"
#include "xmpp-service/domain/room_port.h"

namespace chatwire::xmpp {

inline constexpr QLatin1StringView kMuc("http://jabber.org/protocol/muc");
inline constexpr QLatin1StringView kMucUser("http://jabber.org/protocol/muc#user");

/// Stanzas of rooms (XEP-0045) as the domain's types, with every text cut to its limit.

RoomPresence ToRoomPresence(const QDomElement& stanza);
/// A message of type `groupchat` or `error`, live or out of an archive.
RoomMessage ToRoomMessage(const QDomElement& stanza);
/// The `query` of an answer to disco#info (XEP-0045, section 6.4; XEP-0128).
RoomInfo ToRoomInfo(const QDomElement& query);

/// The invitation in a message: direct (XEP-0249) or through the room (section 7.8.2).
std::optional<RoomInvitation> InvitationOf(const QXmppMessage& message);

/// XEP-0082. Nothing for what is no time.
std::optional<absl::Time> ParseStamp(const QString& text);

}  // namespace chatwire::xmpp

#endif  // CHATWIRE_XMPP_SERVICE_SESSION_ROOM_STANZA_H_
