#ifndef CHATWIRE_XMPP_SERVICE_RPC_CHAT_REQUEST_H_
#define CHATWIRE_XMPP_SERVICE_RPC_CHAT_REQUEST_H_

#include <string>
#include <utility>

#include "absl/status/status.h"
#include "chatwire/xmpp/v1/chat_service.pb.h"
#include "xmpp-service/domain/errors.h"
#include "xmpp-service/domain/outbox.h"

namespace chatwire::xmpp {

// The requests of ChatService as what the domain sends. What they say is checked there.

/// What every request has.
template <typename Request>
NewMessage BeginMessage(const Request& request) {
  NewMessage message;
  message.to = request.to();
  message.request_id = request.request_id();
  return message;
}

/// A text with all that it may have beside it: SendMessage and CorrectMessage.
/// Errors: INVALID_ARGUMENT/BAD_TYPE.
template <typename Request>
absl::StatusOr<NewMessage> TextOf(const Request& request) {
  NewMessage message = BeginMessage(request);
  if (request.type() < v1::MESSAGE_TYPE_UNSPECIFIED || request.type() > v1::MESSAGE_TYPE_HEADLINE) {
    return Error(absl::StatusCode::kInvalidArgument, "BAD_TYPE", "`type` is unknown");
  }
  message.body = request.body();
  MessageDetails& details = message.details;
  if (request.type() != v1::MESSAGE_TYPE_UNSPECIFIED) {
    details.type = static_cast<MessageType>(request.type());
  }
  details.subject = request.subject();
  details.thread = request.thread();
  details.parent_thread = request.parent_thread();
  details.xhtml = request.xhtml();
  if (request.has_reply()) {
    details.reply =
        Reply{request.reply().message_id(), request.reply().author(), request.reply().quote()};
  }
  details.receipt_requested = request.request_receipt();
  details.markable = request.markable();
  return message;
}

inline absl::StatusOr<NewMessage> MessageOf(const v1::SendMessageRequest& request) {
  return TextOf(request);
}

inline absl::StatusOr<NewMessage> MessageOf(const v1::CorrectMessageRequest& request) {
  auto message = TextOf(request);
  if (message.ok()) message->action = Correction{request.message_id()};
  return message;
}

inline absl::StatusOr<NewMessage> MessageOf(const v1::RetractMessageRequest& request) {
  NewMessage message = BeginMessage(request);
  message.action = Retraction{request.message_id()};
  return message;
}

inline absl::StatusOr<NewMessage> MessageOf(const v1::ReactRequest& request) {
  NewMessage message = BeginMessage(request);
  message.action =
      Reaction{request.message_id(), {request.reactions().begin(), request.reactions().end()}};
  return message;
}

inline absl::StatusOr<NewMessage> MessageOf(const v1::MarkDisplayedRequest& request) {
  NewMessage message = BeginMessage(request);
  message.action = Marking{request.message_id(), Marker::kDisplayed};
  return message;
}

}  // namespace chatwire::xmpp

#endif  // CHATWIRE_XMPP_SERVICE_RPC_CHAT_REQUEST_H_
