#include "cli/chat/event_applier.h"

#include <vector>

#include "absl/strings/str_cat.h"
#include "absl/strings/substitute.h"
#include "cli/chat/history_message.h"
#include "cli/chat/message_layout.h"
#include "cli/translate.h"
#include "common/rpc/time.h"

namespace chatwire::cli {
namespace {

using xmpp::v1::Event;

template <typename Payload>
ChatMessage TextOf(const Event& event, const Payload& payload) {
  ChatMessage message;
  message.sequence = event.sequence();
  message.id = payload.message_id();
  message.text = payload.body();
  message.time = FromProto(payload.sent_time());
  return message;
}

template <typename Strings>
std::vector<std::string> ListOf(const Strings& strings) {
  return {strings.begin(), strings.end()};
}

std::string Behind(const std::string& text) { return text.empty() ? "" : absl::StrCat(": ", text); }

ContactState StateOf(xmpp::v1::Availability availability) {
  switch (availability) {
    case xmpp::v1::AVAILABILITY_CHAT:
      return ContactState::kChat;
    case xmpp::v1::AVAILABILITY_ONLINE:
      return ContactState::kOnline;
    case xmpp::v1::AVAILABILITY_AWAY:
      return ContactState::kAway;
    case xmpp::v1::AVAILABILITY_EXTENDED_AWAY:
      return ContactState::kExtendedAway;
    case xmpp::v1::AVAILABILITY_DO_NOT_DISTURB:
      return ContactState::kBusy;
    default:
      return ContactState::kOffline;
  }
}

void SetPresence(Conversation& contact, const std::string& resource,
                 const xmpp::v1::Presence& presence) {
  const ContactState state = StateOf(presence.availability());
  if (state == ContactState::kOffline) {
    contact.resources.erase(resource);
  } else {
    contact.resources[resource] = state;
  }
  contact.status = presence.status();
}

}  // namespace

std::string SessionTrouble(const xmpp::v1::Connection& connection) {
  switch (connection.state()) {
    case xmpp::v1::CONNECTION_STATE_ONLINE:
      return "";
    case xmpp::v1::CONNECTION_STATE_CONNECTING:
      return Tr("connecting to the XMPP server");
    case xmpp::v1::CONNECTION_STATE_BACKING_OFF:
      return absl::Substitute(Tr("the XMPP server cannot be reached ($0), trying again"),
                              connection.failure().message());
    case xmpp::v1::CONNECTION_STATE_FAILED:
      return absl::Substitute(Tr("signed out: $0; sign in again with `chatwire login`"),
                              connection.failure().message());
    default:
      return Tr("signed out; sign in again with `chatwire login`");
  }
}

Conversation& EventApplier::With(const std::string& jid) {
  const Conversation* const known = model_.Find(BareJid(jid));
  const bool private_one =
      known != nullptr && known->kind() == ChatKind::kRoom && !ResourceOf(jid).empty();
  return model_.Open(private_one ? ChatKind::kPrivate : ChatKind::kContact, jid);
}

std::optional<IncomingMessage> EventApplier::Count(Conversation& conversation, ChatMessage message,
                                                   bool live, absl::Time now) {
  conversation.SetTyping(message.author, false, now);
  IncomingMessage added{&conversation, message.author, message.text, false};
  added.mentions = Mentions(message.text, conversation.own_nick);
  const bool own = message.own;
  conversation.open = true;
  if (!conversation.Add(std::move(message)) || own || !live) return std::nullopt;
  model_.CountUnread(conversation, added.mentions);
  return added;
}

std::optional<IncomingMessage> EventApplier::Apply(const Event& event, absl::Time now) {
  ApplyChange(event, now);
  ApplyRoomChange(event, now);
  ApplyPeople(event, now);
  ApplyAccount(event, now);
  ApplySubscription(event, now);
  auto added = ApplyChat(event, now);
  return added.has_value() ? added : ApplyRoom(event, now);
}

std::optional<IncomingMessage> EventApplier::ApplyChat(const Event& event, absl::Time now) {
  if (event.has_message_received()) {
    const auto& received = event.message_received();
    Conversation& conversation = With(received.from());
    ChatMessage message = TextOf(event, received);
    AddFiles(received, message);
    message.author = conversation.name;
    // Reactions and replies name it by this one.
    if (!received.origin_id().empty()) message.stanza_id = received.origin_id();
    message.wants_marker = received.markable() && received.from_contact();
    return Count(conversation, std::move(message), true, now);
  }
  if (event.has_message_sent()) {
    Conversation& conversation = With(event.message_sent().to());
    ChatMessage message = TextOf(event, event.message_sent());
    AddFiles(event.message_sent(), message);
    message.own = true;
    message.author = ShortName(model_.account);
    message.delivery = event.message_sent().source() == xmpp::v1::MESSAGE_SOURCE_API
                           ? Delivery::kAccepted
                           : Delivery::kServer;
    // Read elsewhere, or who would have answered.
    conversation.unread = 0;
    return Count(conversation, std::move(message), true, now);
  }
  if (event.has_room_private_message_received()) {
    const auto& received = event.room_private_message_received();
    Conversation& conversation =
        model_.Open(ChatKind::kPrivate, absl::StrCat(received.room(), "/", received.nick()));
    ChatMessage message = TextOf(event, received);
    message.author = received.nick();
    return Count(conversation, std::move(message), true, now);
  }
  return std::nullopt;
}

void EventApplier::ApplyChange(const Event& event, absl::Time now) {
  if (event.has_message_corrected()) {
    const auto& changed = event.message_corrected();
    auto* const message =
        With(changed.own() ? changed.to() : changed.from()).Find(changed.corrected_message_id());
    if (message == nullptr) return;
    message->text = changed.body();
    message->edited = true;
  } else if (event.has_message_retracted()) {
    const auto& changed = event.message_retracted();
    auto* const message =
        With(changed.own() ? changed.to() : changed.from()).Find(changed.retracted_message_id());
    if (message != nullptr) message->retracted = true;
  } else if (event.has_message_reacted()) {
    const auto& changed = event.message_reacted();
    auto* const message =
        With(changed.own() ? changed.to() : changed.from()).Find(changed.target_message_id());
    if (message == nullptr) return;
    message->reactions[changed.own() ? "you" : ShortName(changed.from())] =
        ListOf(changed.reactions());
  } else if (event.has_message_acknowledged()) {
    With(event.message_acknowledged().to())
        .SetDelivery(event.message_acknowledged().message_id(), Delivery::kServer);
  } else if (event.has_message_delivered()) {
    With(event.message_delivered().from())
        .SetDelivery(event.message_delivered().message_id(), Delivery::kReceived);
  } else if (event.has_message_marked()) {
    const auto& marked = event.message_marked();
    // One's own marker, also of another client: somebody has read it there.
    if (marked.own()) With(marked.to()).unread = 0;
    if (!marked.own()) {
      With(marked.from())
          .SetDelivery(marked.marked_message_id(), marked.marker() == xmpp::v1::MARKER_RECEIVED
                                                       ? Delivery::kReceived
                                                       : Delivery::kDisplayed);
    }
  } else if (event.has_message_failed()) {
    const auto& failed = event.message_failed();
    With(failed.to())
        .SetDelivery(
            failed.message_id(), Delivery::kFailed,
            absl::StrCat(failed.condition(), failed.text().empty() ? "" : ": ", failed.text()));
  } else if (event.has_chat_state_received()) {
    const auto& state = event.chat_state_received();
    Conversation& conversation = With(state.from());
    conversation.SetTyping(conversation.name, state.state() == xmpp::v1::CHAT_STATE_COMPOSING, now);
  }
}

void EventApplier::ApplyAccount(const Event& event, absl::Time /*now*/) {
  if (event.has_connection_changed()) {
    model_.session_trouble = SessionTrouble(event.connection_changed().connection());
    model_.online = model_.session_trouble.empty();
  } else if (event.has_presence_received()) {
    const auto& shown = event.presence_received();
    // Nobody's presence makes a conversation; people in rooms are told of otherwise.
    Conversation* const contact = model_.Find(BareJid(shown.from()));
    if (contact != nullptr && contact->kind() == ChatKind::kContact) {
      SetPresence(*contact, ResourceOf(shown.from()), shown.presence());
    }
  } else if (event.has_contact_changed()) {
    ApplyContact(event.contact_changed().contact(), false);
    if (event.contact_changed().removed()) {
      Conversation& contact =
          model_.Open(ChatKind::kContact, event.contact_changed().contact().jid());
      contact.in_roster = false;
      contact.resources.clear();
    }
  }
}

void EventApplier::ApplyContact(const xmpp::v1::Contact& contact, bool with_presence) {
  Conversation& conversation = model_.Open(ChatKind::kContact, contact.jid());
  conversation.in_roster = true;
  if (!contact.name().empty()) conversation.name = contact.name();
  if (!with_presence) return;
  conversation.resources.clear();
  for (const auto& resource : contact.resources()) {
    SetPresence(conversation, resource.resource(), resource.presence());
  }
}

void EventApplier::ApplySubscription(const Event& event, absl::Time now) {
  Conversation* const shown = model_.current();
  if (event.has_subscription_requested()) {
    const auto& request = event.subscription_requested().request();
    Conversation& conversation = model_.Open(ChatKind::kContact, request.jid());
    conversation.open = true;
    conversation.Say(ChatMessage::Kind::kNotice,
                     absl::Substitute(Tr("$0 wants to see your presence$1; /accept $0 or /deny $0"),
                                      request.jid(), Behind(request.message())),
                     now);
    model_.CountUnread(conversation, true);
  } else if (event.has_invitation_received() && shown != nullptr) {
    const auto& invitation = event.invitation_received().invitation();
    shown->Say(ChatMessage::Kind::kNotice,
               absl::Substitute(Tr("$0 invites you into $1$2; /join $1"), invitation.from(),
                                invitation.room(), Behind(invitation.text())),
               now);
  }
}

std::pair<Conversation*, bool> EventApplier::ApplyHistory(const xmpp::v1::HistoryMessage& past) {
  const bool groupchat = past.type() == xmpp::v1::HISTORY_MESSAGE_TYPE_GROUPCHAT;
  const bool from_here = past.outgoing() && BareJid(past.from()) == model_.account;
  const std::string peer = from_here ? past.to() : past.from();
  Conversation& conversation = groupchat ? model_.Open(ChatKind::kRoom, peer) : With(peer);
  conversation.open = true;
  const bool added = conversation.Add(MessageOf(past, conversation, model_.account));
  return {&conversation, added};
}

}  // namespace chatwire::cli
