#ifndef CHATWIRE_XMPP_SERVICE_SESSION_ROOM_NAMESPACES_H_
#define CHATWIRE_XMPP_SERVICE_SESSION_ROOM_NAMESPACES_H_

#include <QLatin1StringView>

namespace chatwire::xmpp {

// XEP-0045, section 15.1.
inline constexpr QLatin1StringView kMucNamespace("http://jabber.org/protocol/muc");
inline constexpr QLatin1StringView kMucUserNamespace("http://jabber.org/protocol/muc#user");
inline constexpr QLatin1StringView kMucAdminNamespace("http://jabber.org/protocol/muc#admin");
inline constexpr QLatin1StringView kMucOwnerNamespace("http://jabber.org/protocol/muc#owner");
// XEP-0249, section 4.
inline constexpr QLatin1StringView kConferenceNamespace("jabber:x:conference");
// XEP-0030.
inline constexpr QLatin1StringView kDiscoInfoNamespace("http://jabber.org/protocol/disco#info");

}  // namespace chatwire::xmpp

#endif  // CHATWIRE_XMPP_SERVICE_SESSION_ROOM_NAMESPACES_H_
