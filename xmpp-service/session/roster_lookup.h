#ifndef CHATWIRE_XMPP_SERVICE_SESSION_ROSTER_LOOKUP_H_
#define CHATWIRE_XMPP_SERVICE_SESSION_ROSTER_LOOKUP_H_

#include <QString>

#include "xmpp-service/session/stream.h"

namespace chatwire::xmpp {

/// Whether @p from, as the server stamped it, may see the account's presence: the account itself,
/// and contacts with the subscription `from` or `both`.
bool MaySeePresence(const Stream& stream, const QString& from);

/// Whether @p from is a contact whose presence the account sees (subscription `to` or `both`), or
/// the account itself.
bool ShowsPresence(const Stream& stream, const QString& from);

}  // namespace chatwire::xmpp

#endif  // CHATWIRE_XMPP_SERVICE_SESSION_ROSTER_LOOKUP_H_
