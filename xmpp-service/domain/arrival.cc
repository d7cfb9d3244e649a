#include "xmpp-service/domain/arrival.h"

#include "absl/strings/str_cat.h"
#include "common/uuid.h"
#include "xmpp-service/domain/jid.h"
#include "xmpp-service/domain/text.h"

namespace chatwire::xmpp {
namespace {

/// Another client of the account sent it. A live stanza with our own address is a note to self:
/// received.
bool SentElsewhere(const ArrivalContext& context, const IncomingMessage& message) {
  return message.source != MessageSource::kLive && BareOf(message.from) == context.account &&
         BareOf(message.to) != context.account;
}

/// The text is part of it: some clients start to count their ids anew with every session.
std::string CopyKey(const IncomingMessage& message) {
  const std::string& id = message.origin_id.empty() ? message.id : message.origin_id;
  if (id.empty()) return {};
  return DerivedUuid("copy", absl::StrCat(message.from, "\n", id, "\n", message.body));
}

EventPayload Sent(const IncomingMessage& message, absl::Time time) {
  return MessageSent{message.to, TruncateUtf8(message.body, kMaximumBodyBytes), message.id,
                     message.source, time};
}

EventPayload Received(const ArrivalContext& context, const IncomingMessage& message,
                      const std::string& archive_id, absl::Time time) {
  MessageReceived received;
  received.from = message.from;
  received.to = message.to;
  received.body = TruncateUtf8(message.body, kMaximumBodyBytes);
  received.body_truncated = received.body.size() < message.body.size();
  received.message_id = message.id;
  received.archive_id = archive_id;
  received.sent_time = time;
  received.from_contact = context.is_contact(BareOf(message.from));
  received.source = message.source;
  return received;
}

}  // namespace

Arrival ToArrival(const ArrivalContext& context, const IncomingMessage& message) {
  Arrival arrival;
  arrival.account = context.account;
  arrival.from_archive = message.source == MessageSource::kArchive;
  if (arrival.from_archive || context.trust_archive_ids) arrival.archive_id = message.archive_id;
  arrival.time = message.stamp.value_or(context.now);
  const bool sent_elsewhere = SentElsewhere(context, message);
  if (!message.body.empty()) {
    arrival.copy_key = CopyKey(message);
    if (sent_elsewhere) {
      arrival.own_message_ids = {message.id, message.origin_id};
      arrival.payload = Sent(message, arrival.time);
    } else {
      arrival.payload = Received(context, message, arrival.archive_id, arrival.time);
    }
  } else if (message.chat_state.has_value() && message.source == MessageSource::kLive) {
    arrival.payload = ChatStateReceived{message.from, *message.chat_state};
  }
  return arrival;
}

}  // namespace chatwire::xmpp
