#ifndef CHATWIRE_XMPP_SERVICE_WIRE_EVENT_CODEC_H_
#define CHATWIRE_XMPP_SERVICE_WIRE_EVENT_CODEC_H_

#include <string>

#include "absl/status/statusor.h"
#include "chatwire/xmpp/v1/event_service.pb.h"
#include "xmpp-service/domain/event.h"
#include "xmpp-service/domain/event_log.h"

namespace chatwire::xmpp {

/// The event as the API shows it, without its sequence, which the log gives.
v1::Event ToProto(const Event& event);

/// What the event is about.
v1::EventKind KindOf(const EventPayload& payload);

/// The form in which the log stores an event, and back.
std::string EncodeEvent(const Event& event);

/// With its sequence. Errors: DATA_LOSS when the bytes are not an event.
absl::StatusOr<v1::Event> DecodeEvent(const StoredEvent& stored);

}  // namespace chatwire::xmpp

#endif  // CHATWIRE_XMPP_SERVICE_WIRE_EVENT_CODEC_H_
