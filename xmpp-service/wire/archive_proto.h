#ifndef CHATWIRE_XMPP_SERVICE_WIRE_ARCHIVE_PROTO_H_
#define CHATWIRE_XMPP_SERVICE_WIRE_ARCHIVE_PROTO_H_

#include <optional>

#include "chatwire/xmpp/v1/chat_history.pb.h"
#include "xmpp-service/domain/archive_port.h"

namespace chatwire::xmpp {

v1::HistoryMessage ToProto(const ArchivedMessage& message);
v1::ArchivePreferences ToProto(const ArchivePreferences& preferences);

/// Nothing for what is unknown or unspecified.
std::optional<ArchivePreferences::Default> FromProto(v1::ArchiveDefault fallback);

}  // namespace chatwire::xmpp

#endif  // CHATWIRE_XMPP_SERVICE_WIRE_ARCHIVE_PROTO_H_
