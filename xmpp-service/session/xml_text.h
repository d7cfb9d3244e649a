#ifndef CHATWIRE_XMPP_SERVICE_SESSION_XML_TEXT_H_
#define CHATWIRE_XMPP_SERVICE_SESSION_XML_TEXT_H_

#include <QDomElement>
#include <QXmlStreamWriter>
#include <cstddef>
#include <optional>
#include <string>

namespace chatwire::xmpp {

/// Deeper elements are written by nobody, and reading them would cost a stranger nothing and us the
/// stack.
inline constexpr int kMaximumXmlDepth = 32;

/// Whether no element inside @p element is deeper than kMaximumXmlDepth, itself counted.
bool IsShallow(const QDomElement& element);

/// Writes @p element as it is; namespaces are declared where they change, prefixes are the
/// writer's.
/// @p around: the namespace in force. @p element is shallow.
void WriteElement(QXmlStreamWriter& writer, const QDomElement& element, const QString& around);

/// @p element as text, or nothing when it is too deep or the text has more than @p maximum_bytes.
std::optional<std::string> ToXmlText(const QDomElement& element, size_t maximum_bytes);

}  // namespace chatwire::xmpp

#endif  // CHATWIRE_XMPP_SERVICE_SESSION_XML_TEXT_H_
