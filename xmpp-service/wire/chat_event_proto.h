#ifndef CHATWIRE_XMPP_SERVICE_WIRE_CHAT_EVENT_PROTO_H_
#define CHATWIRE_XMPP_SERVICE_WIRE_CHAT_EVENT_PROTO_H_

#include <string>

#include "absl/status/statusor.h"
#include "chatwire/xmpp/v1/event_service.pb.h"
#include "xmpp-service/domain/chat_event.h"

namespace chatwire::xmpp {

/// Puts what happened in a chat into its field of the event.
void Fill(const MessageReceived& in, v1::Event& event);
void Fill(const MessageSent& in, v1::Event& event);
void Fill(const MessageAcknowledged& in, v1::Event& event);
void Fill(const MessageFailed& in, v1::Event& event);
void Fill(const ChatStateReceived& in, v1::Event& event);
void Fill(const MessageCorrected& in, v1::Event& event);
void Fill(const MessageRetracted& in, v1::Event& event);
void Fill(const MessageReacted& in, v1::Event& event);
void Fill(const MessageDelivered& in, v1::Event& event);
void Fill(const MessageMarked& in, v1::Event& event);

v1::Attachment ToProto(const Attachment& attachment);

/// What a message to be sent says and does, for the outbox; without its row, id and recipient.
std::string EncodeContent(const OutgoingMessage& message);
/// Adds it to @p message. Errors: DATA_LOSS.
absl::Status DecodeContent(const std::string& encoded, OutgoingMessage& message);

}  // namespace chatwire::xmpp

#endif  // CHATWIRE_XMPP_SERVICE_WIRE_CHAT_EVENT_PROTO_H_
