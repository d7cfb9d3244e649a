#ifndef CHATWIRE_XMPP_SERVICE_SESSION_COMMAND_XML_H_
#define CHATWIRE_XMPP_SERVICE_SESSION_COMMAND_XML_H_

#include <QDomElement>
#include <QLatin1StringView>
#include <optional>

#include "absl/status/statusor.h"
#include "xmpp-service/domain/command.h"

class QXmlStreamWriter;

namespace chatwire::xmpp {

inline constexpr QLatin1StringView kCommandNamespace("http://jabber.org/protocol/commands");

/// `<command/>` of a request (XEP-0050, section 2.4).
void WriteCommandStep(QXmlStreamWriter& writer, const CommandStep& step);
/// The same, without `jid`. Nothing when it is malformed: an unknown action, or names over the
/// limit.
std::optional<CommandStep> ReadCommandStep(const QDomElement& command);

/// `<command/>` of an answer.
void WriteCommandResult(QXmlStreamWriter& writer, const std::string& node,
                        const CommandResult& result);
/// Errors: UNAVAILABLE/BAD_ANSWER.
absl::StatusOr<CommandResult> ReadCommandResult(const QDomElement& command);

/// `<error/>` of an answer (XEP-0050, section 4.4).
void WriteCommandRefusal(QXmlStreamWriter& writer, const CommandRefusal& refusal);

}  // namespace chatwire::xmpp

#endif  // CHATWIRE_XMPP_SERVICE_SESSION_COMMAND_XML_H_
