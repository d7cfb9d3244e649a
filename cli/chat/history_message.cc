#include "cli/chat/history_message.h"

#include "cli/chat/chat_model.h"
#include "common/rpc/time.h"

namespace chatwire::cli {
namespace {

Delivery DeliveryOf(xmpp::v1::HistoryDelivery delivery) {
  switch (delivery) {
    case xmpp::v1::HISTORY_DELIVERY_WAITING:
      return Delivery::kAccepted;
    case xmpp::v1::HISTORY_DELIVERY_SERVER_ACK:
      return Delivery::kServer;
    case xmpp::v1::HISTORY_DELIVERY_RECEIVED:
      return Delivery::kReceived;
    case xmpp::v1::HISTORY_DELIVERY_DISPLAYED:
      return Delivery::kDisplayed;
    case xmpp::v1::HISTORY_DELIVERY_FAILED:
      return Delivery::kFailed;
    default:
      return Delivery::kNone;
  }
}

}  // namespace

ChatMessage MessageOf(const xmpp::v1::HistoryMessage& past, const Conversation& conversation,
                      const std::string& account) {
  const bool groupchat = past.type() == xmpp::v1::HISTORY_MESSAGE_TYPE_GROUPCHAT;
  ChatMessage message;
  message.sequence = past.sequence();
  message.id = past.message_id();
  message.archive_id = past.archive_id();
  if (groupchat) message.stanza_id = past.archive_id();
  message.text = past.body();
  AddFiles(past, message);
  message.time = FromProto(past.sent_time());
  message.author = groupchat         ? ResourceOf(past.from())
                   : past.outgoing() ? ShortName(account)
                                     : conversation.name;
  // The archive of a room tells nicks only.
  const bool own_nick =
      groupchat && !message.author.empty() && message.author == conversation.own_nick;
  message.own = past.outgoing() || own_nick;
  message.delivery = past.outgoing() ? DeliveryOf(past.delivery()) : Delivery::kNone;
  message.failure = past.failure_condition();
  message.wants_marker = !past.outgoing() && !past.read() && !groupchat && conversation.in_roster;
  message.edited = past.edited();
  message.retracted = past.retracted();
  for (const auto& reactions : past.reactions()) {
    message.reactions[reactions.own() ? "you" : ShortName(reactions.from())] = {
        reactions.reactions().begin(), reactions.reactions().end()};
  }
  return message;
}

}  // namespace chatwire::cli
