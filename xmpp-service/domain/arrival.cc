#include "xmpp-service/domain/arrival.h"

#include <algorithm>
#include <utility>
#include <variant>

#include "absl/strings/str_cat.h"
#include "common/uuid.h"
#include "xmpp-service/domain/action_key.h"
#include "xmpp-service/domain/jid.h"
#include "xmpp-service/domain/message_bounds.h"
#include "xmpp-service/domain/text.h"

namespace chatwire::xmpp {
namespace {

bool IsOwn(const ArrivalContext& context, const IncomingMessage& message) {
  return BareOf(message.from) == context.account;
}

bool IsToSelf(const ArrivalContext& context, const IncomingMessage& message) {
  return BareOf(message.to) == context.account;
}

/// Another client of the account sent it. A live stanza with our own address is a note to self:
/// received.
bool SentElsewhere(const ArrivalContext& context, const IncomingMessage& message) {
  return message.source != MessageSource::kLive && IsOwn(context, message) &&
         !IsToSelf(context, message);
}

/// The text is part of it: some clients start to count their ids anew with every session.
std::string CopyKey(const IncomingMessage& message) {
  const std::string& id = message.origin_id.empty() ? message.id : message.origin_id;
  if (id.empty()) return {};
  std::string key = absl::StrCat(message.from, "\n", id, "\n", message.body);
  const std::string action = ActionKey(message.action);
  if (!action.empty()) absl::StrAppend(&key, "\n", action);
  return DerivedUuid("copy", key);
}

EventPayload Sent(const IncomingMessage& message, absl::Time time) {
  return MessageSent{message.to, TruncateUtf8(message.body, kMaximumBodyBytes),
                     message.id, message.source,
                     time,       message.details};
}

/// Makes the events of one stanza.
class EventMaker {
 public:
  EventMaker(const ArrivalContext& context, const IncomingMessage& message,
             const std::string& archive_id)
      : context_(context),
        message_(message),
        archive_id_(archive_id),
        own_(IsOwn(context, message)),
        // Of its sender's making, so never believed when it is in the future.
        sent_time_(std::min(message.stamp.value_or(context.now), context.now)) {}

  EventPayload Text() const {
    if (SentElsewhere(context_, message_)) return Sent(message_, sent_time_);
    MessageReceived received;
    received.from = message_.from;
    received.to = message_.to;
    received.body = TruncateUtf8(message_.body, kMaximumBodyBytes);
    received.body_truncated = received.body.size() < message_.body.size();
    received.message_id = message_.id;
    received.archive_id = archive_id_;
    received.sent_time = sent_time_;
    received.from_contact = context_.is_contact(BareOf(message_.from));
    received.source = message_.source;
    received.details = message_.details;
    received.origin_id = message_.origin_id;
    received.delayed = message_.source == MessageSource::kLive && message_.stamp.has_value();
    return received;
  }

  EventPayload operator()(std::monostate) const { return Text(); }

  EventPayload operator()(const Correction& action) const {
    MessageCorrected corrected;
    corrected.from = message_.from;
    corrected.to = message_.to;
    corrected.corrected_id = action.message_id;
    corrected.body = TruncateUtf8(message_.body, kMaximumBodyBytes);
    corrected.body_truncated = corrected.body.size() < message_.body.size();
    corrected.message_id = message_.id;
    corrected.archive_id = archive_id_;
    corrected.sent_time = sent_time_;
    corrected.own = own_;
    corrected.from_contact = context_.is_contact(BareOf(message_.from));
    corrected.source = message_.source;
    corrected.details = message_.details;
    return corrected;
  }

  EventPayload operator()(const Retraction& action) const {
    return MessageRetracted{message_.from, message_.to, action.message_id, message_.id,
                            sent_time_,    own_,        message_.source};
  }

  EventPayload operator()(const Reaction& action) const {
    return MessageReacted{message_.from, message_.to, action.message_id, action.reactions,
                          sent_time_,    own_,        message_.source};
  }

  EventPayload operator()(const Marking& action) const {
    return MessageMarked{message_.from, message_.to, action.message_id, action.marker,
                         sent_time_,    own_,        message_.source};
  }

  EventPayload operator()(const Receipt& action) const {
    return MessageDelivered{message_.from, action.message_id, sent_time_, message_.source};
  }

 private:
  const ArrivalContext& context_;
  const IncomingMessage& message_;
  const std::string& archive_id_;
  const bool own_;
  const absl::Time sent_time_;
};

/// The chat that the stanza is part of, and who wrote it. In rooms a nick is a person, elsewhere a
/// resource is only a device.
ChatReference PlaceOf(const ArrivalContext& context, const IncomingMessage& message) {
  ChatReference place;
  place.own = IsOwn(context, message);
  const std::string& other = place.own ? message.to : message.from;
  place.chat = message.room_private ? other : BareOf(other);
  return place;
}

/// The message that the action is about must be one of this chat: of the same author, or of the
/// other one. Reactions may be about any, also about one that was here before the service.
std::optional<ChatReference> Target(const ArrivalContext& context, const IncomingMessage& message) {
  ChatReference target = PlaceOf(context, message);
  if (const auto* correction = std::get_if<Correction>(&message.action)) {
    target.message_id = correction->message_id;
    return target;
  }
  if (const auto* retraction = std::get_if<Retraction>(&message.action)) {
    target.message_id = retraction->message_id;
    return target;
  }
  // In a chat with oneself there is no other one.
  if (target.chat != context.account) target.own = !target.own;
  if (const auto* marking = std::get_if<Marking>(&message.action)) {
    target.message_id = marking->message_id;
    return target;
  }
  if (const auto* receipt = std::get_if<Receipt>(&message.action)) {
    target.message_id = receipt->message_id;
    return target;
  }
  return std::nullopt;
}

bool IsText(const IncomingMessage& message) {
  return !message.body.empty() || !message.details.subject.empty() ||
         !message.details.xhtml.empty() || !message.details.attachments.empty();
}

bool IsAction(const IncomingMessage& message) {
  return !std::holds_alternative<std::monostate>(message.action);
}

std::vector<ChatReference> KnownAs(const ArrivalContext& context, const IncomingMessage& message) {
  std::vector<ChatReference> known;
  ChatReference place = PlaceOf(context, message);
  for (const std::string& id : {message.id, message.origin_id}) {
    if (id.empty() || (!known.empty() && known.front().message_id == id)) continue;
    place.message_id = id;
    known.push_back(place);
  }
  return known;
}

void AddEvents(const ArrivalContext& context, const IncomingMessage& message, Arrival& arrival) {
  const EventMaker events(context, message, arrival.archive_id);
  arrival.payload = std::visit(events, message.action);
  arrival.refers_to = Target(context, message);
  const bool has_text = std::holds_alternative<std::monostate>(message.action) ||
                        std::holds_alternative<Correction>(message.action);
  if (!has_text) return;
  // XEP-0308: who does not know the original shows the correction as a message.
  if (arrival.refers_to.has_value()) arrival.otherwise = events.Text();
  arrival.known_as = KnownAs(context, message);
}

EventPayload Invited(const ArrivalContext& context, RoomInvitation invitation, absl::Time time) {
  invitation.time = time;
  if (!invitation.password.empty()) invitation.password = context.seal(invitation.password);
  return InvitationReceived{std::move(invitation)};
}

EventPayload ReceivedPrivately(const ArrivalContext& context, const IncomingMessage& message,
                               absl::Time time) {
  RoomPrivateMessageReceived received;
  received.room = BareOf(message.from);
  if (received.room.size() < message.from.size()) {
    received.nick = TruncateUtf8(message.from.substr(received.room.size() + 1), kMaximumNickBytes);
  }
  received.body = TruncateUtf8(message.body, kMaximumBodyBytes);
  received.body_truncated = received.body.size() < message.body.size();
  received.message_id = message.id;
  received.sent_time = time;
  received.speaker = message.speaker;
  received.from_contact = message.speaker.has_value() && !message.speaker->jid.empty() &&
                          context.is_contact(BareOf(message.speaker->jid));
  return received;
}

/// What rooms and invitations do: nothing about it is the word of a contact. @p sent: by another
/// client of the account, which is no news here.
void SetRoomPayload(const ArrivalContext& context, const IncomingMessage& message, bool sent,
                    Arrival& arrival) {
  arrival.copy_key = CopyKey(message);
  if (sent) return;
  // Kept by the server while the account was away: when it was sent, not when it came.
  const absl::Time sent_time = std::min(message.stamp.value_or(context.now), context.now);
  if (message.invitation.has_value()) {
    arrival.payload = Invited(context, *message.invitation, sent_time);
  } else if (!message.body.empty() && message.from.find('/') != std::string::npos) {
    // Without a nick it is the room itself that writes, such as that somebody has declined.
    arrival.payload = ReceivedPrivately(context, message, sent_time);
  }
}

}  // namespace

Arrival ToArrival(const ArrivalContext& context, IncomingMessage message) {
  Bound(message);
  // A correction without a text corrects nothing.
  if (std::holds_alternative<Correction>(message.action) && !IsText(message)) {
    message.action = std::monostate();
  }
  Arrival arrival;
  arrival.account = context.account;
  arrival.from_archive = message.source == MessageSource::kArchive;
  if (arrival.from_archive || context.trust_archive_ids) arrival.archive_id = message.archive_id;
  // The stamp of a live stanza is its sender's, and must not move the archive mark.
  arrival.time = arrival.from_archive ? message.stamp.value_or(context.now) : context.now;
  if (message.invitation.has_value() || message.room_private) {
    SetRoomPayload(context, message, SentElsewhere(context, message), arrival);
  } else if (IsText(message) || IsAction(message)) {
    arrival.copy_key = CopyKey(message);
    arrival.to_self = IsOwn(context, message) && IsToSelf(context, message);
    // Receipts that another client of ours has sent are no news.
    const bool own_receipt = std::holds_alternative<Receipt>(message.action) &&
                             IsOwn(context, message) && !IsToSelf(context, message);
    if (!own_receipt) AddEvents(context, message, arrival);
    // What this service sent to itself comes back as a text only.
    const bool own =
        SentElsewhere(context, message) || (IsOwn(context, message) && IsAction(message));
    if (own) arrival.own_message_ids = {message.id, message.origin_id};
  } else if (message.chat_state.has_value() && message.source == MessageSource::kLive) {
    arrival.payload = ChatStateReceived{message.from, *message.chat_state};
  }
  return arrival;
}

bool WantsReceipt(const ArrivalContext& context, const IncomingMessage& message) {
  const bool has_text = std::holds_alternative<std::monostate>(message.action) ||
                        std::holds_alternative<Correction>(message.action);
  return message.details.receipt_requested && has_text && IsText(message) && !message.id.empty() &&
         message.id.size() <= kMaximumMessageIdBytes && message.source != MessageSource::kCarbon &&
         !IsOwn(context, message) && context.is_contact(BareOf(message.from));
}

}  // namespace chatwire::xmpp
