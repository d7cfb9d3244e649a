#ifndef CHATWIRE_XMPP_SERVICE_SESSION_QXMPP_CONFIGURATION_H_
#define CHATWIRE_XMPP_SERVICE_SESSION_QXMPP_CONFIGURATION_H_

#include <QXmppConfiguration.h>

#include <string>

#include "xmpp-service/domain/session.h"
#include "xmpp-service/session/session_options.h"

namespace chatwire::xmpp {

/// How QXmpp is to connect: with TLS or not at all, with SCRAM only, and without anything that it
/// would decide by itself. @p required_mechanism: nothing weaker than this SASL mechanism, if any.
QXmppConfiguration MakeConfiguration(const SessionSettings& settings,
                                     const SessionCredentials& credentials,
                                     const std::string& password,
                                     const std::string& required_mechanism);

}  // namespace chatwire::xmpp

#endif  // CHATWIRE_XMPP_SERVICE_SESSION_QXMPP_CONFIGURATION_H_
