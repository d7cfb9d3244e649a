#ifndef CHATWIRE_XMPP_SERVICE_SESSION_ARCHIVE_ENTRY_H_
#define CHATWIRE_XMPP_SERVICE_SESSION_ARCHIVE_ENTRY_H_

#include <QDomElement>
#include <string>

#include "xmpp-service/domain/archive_port.h"
#include "xmpp-service/domain/message.h"

namespace chatwire::xmpp {

/// What an archive's `<result/>` holds (XEP-0313, section 4.1). @p account: bare JID of our own.

/// For the journal. An entry that is no message for us still has its place in the archive.
IncomingMessage ToIncoming(const QDomElement& result, const std::string& account);

/// For who asked. Bounded.
ArchivedMessage ToArchived(const QDomElement& result, const std::string& account, bool with_xml);

}  // namespace chatwire::xmpp

#endif  // CHATWIRE_XMPP_SERVICE_SESSION_ARCHIVE_ENTRY_H_
