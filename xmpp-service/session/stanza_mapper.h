#ifndef CHATWIRE_XMPP_SERVICE_SESSION_STANZA_MAPPER_H_
#define CHATWIRE_XMPP_SERVICE_SESSION_STANZA_MAPPER_H_

#include <QXmppMessage.h>
#include <QXmppPresence.h>
#include <QXmppRosterIq.h>

#include <optional>
#include <string>

#include "absl/status/status.h"
#include "xmpp-service/domain/message.h"
#include "xmpp-service/domain/presence.h"

namespace chatwire::xmpp {

/// QXmpp's types as the domain's, and back.

/// Nothing for what is no chat of two: messages of rooms. @p account: bare JID of our own.
std::optional<IncomingMessage> ToDomain(const QXmppMessage& message, const std::string& account);

Presence ToDomain(const QXmppPresence& presence);
Contact ToDomain(const QXmppRosterIq::Item& item);
StanzaError ToDomain(const QXmppStanza::Error& error);

/// XEP-0085. Nothing where the message says none.
std::optional<ChatState> ChatStateOf(const QXmppMessage& message);
QXmppMessage MakeChatState(const std::string& to, ChatState state);
QXmppPresence ToQxmpp(const Presence& presence);

}  // namespace chatwire::xmpp

#endif  // CHATWIRE_XMPP_SERVICE_SESSION_STANZA_MAPPER_H_
