#ifndef CHATWIRE_XMPP_SERVICE_SESSION_AVATAR_XML_H_
#define CHATWIRE_XMPP_SERVICE_SESSION_AVATAR_XML_H_

#include <QByteArray>
#include <QDomElement>
#include <QLatin1StringView>
#include <QString>
#include <functional>
#include <string>

class QXmlStreamWriter;

namespace chatwire::xmpp {

inline constexpr QLatin1StringView kAvatarData("urn:xmpp:avatar:data");
inline constexpr QLatin1StringView kAvatarMetadata("urn:xmpp:avatar:metadata");

/// Asks for one item of a node (XEP-0060, section 6.5): that of the id @p item, or the last.
void WriteItemsRequest(QXmlStreamWriter& writer, QLatin1StringView node, const std::string& item);

/// `<items/>` of @p node in an answer; null where there are none.
QDomElement ItemsOf(const QDomElement& iq, QLatin1StringView node);

/// The same in a notification (XEP-0060, section 7.1.2.1).
QDomElement ItemsOfEvent(const QDomElement& message, QLatin1StringView node);

/// The hash that metadata announces; "" where it announces no avatar.
std::string HashOfItems(const QDomElement& items);

/// What data there is, in base64.
QString DataOfItems(const QDomElement& items);

/// Publishes one item at a node of the account (XEP-0060, section 7.1). An empty id is left to the
/// server.
void WritePublication(QXmlStreamWriter& writer, QLatin1StringView node, const std::string& item,
                      const std::function<void(QXmlStreamWriter&)>& write);

void WriteAvatarData(QXmlStreamWriter& writer, const QByteArray& content);
/// Without a hash: that there is no avatar.
void WriteMetadata(QXmlStreamWriter& writer, const std::string& hash, const std::string& mime_type,
                   size_t bytes);

}  // namespace chatwire::xmpp

#endif  // CHATWIRE_XMPP_SERVICE_SESSION_AVATAR_XML_H_
