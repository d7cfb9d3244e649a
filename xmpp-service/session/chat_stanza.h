#ifndef CHATWIRE_XMPP_SERVICE_SESSION_CHAT_STANZA_H_
#define CHATWIRE_XMPP_SERVICE_SESSION_CHAT_STANZA_H_

#include <QXmppMessage.h>

#include "xmpp-service/domain/message.h"

namespace chatwire::xmpp {

// What messages of two carry beside their addresses and ids. XEPs 0071, 0184, 0308, 0333, 0424,
// 0444, 0461.

/// Reads text, details and action of @p stanza into @p message. Nothing is checked.
void ReadContent(const QXmppMessage& stanza, IncomingMessage& message);

QXmppMessage ToQxmpp(const OutgoingMessage& message);

/// The receipt for @p message (XEP-0184).
QXmppMessage MakeReceipt(const IncomingMessage& message);

}  // namespace chatwire::xmpp

#endif  // CHATWIRE_XMPP_SERVICE_SESSION_CHAT_STANZA_H_
