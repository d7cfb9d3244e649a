#ifndef CHATWIRE_XMPP_SERVICE_SESSION_CHAT_FEATURES_H_
#define CHATWIRE_XMPP_SERVICE_SESSION_CHAT_FEATURES_H_

#include <QLatin1StringView>

#include "xmpp-service/session/session_part.h"

namespace chatwire::xmpp {

inline constexpr QLatin1StringView kReceiptsXmlns("urn:xmpp:receipts");
inline constexpr QLatin1StringView kRetractXmlns("urn:xmpp:message-retract:1");
inline constexpr QLatin1StringView kReplyXmlns("urn:xmpp:reply:0");

/// Tells what chats of two can do here and QXmpp does not tell by itself: it already shows chat
/// states, XHTML-IM, corrections, markers, reactions and fallbacks.
class ChatFeatures final : public SessionPart {
 public:
  QStringList Features() const override { return {kReceiptsXmlns, kRetractXmlns, kReplyXmlns}; }
};

}  // namespace chatwire::xmpp

#endif  // CHATWIRE_XMPP_SERVICE_SESSION_CHAT_FEATURES_H_
