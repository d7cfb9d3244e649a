#include "cli/format/event_format.h"

#include <nlohmann/json.hpp>
#include <utility>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "cli/format/account_format.h"
#include "cli/format/bookmark_format.h"
#include "cli/format/chat_format.h"
#include "cli/format/contact_format.h"
#include "cli/format/room_admin_event_format.h"
#include "cli/format/room_event_format.h"
#include "cli/format/subscription_format.h"
#include "cli/format/words.h"

namespace chatwire::cli {
namespace {

using Json = nlohmann::ordered_json;
using xmpp::v1::Event;

Json FailedJson(const xmpp::v1::MessageFailed& message) {
  return {{"to", message.to()},
          {"message_id", message.message_id()},
          {"condition", message.condition()},
          {"text", message.text()}};
}

/// The kind's name (that of the payload's field) and its content.
std::pair<std::string, Json> PayloadJson(const Event& event) {
  switch (event.payload_case()) {
    case Event::kMessageReceived:
      return {"message_received", ChatJson(event.message_received())};
    case Event::kMessageSent:
      return {"message_sent", ChatJson(event.message_sent())};
    case Event::kMessageAcknowledged:
      return {"message_acknowledged",
              {{"to", event.message_acknowledged().to()},
               {"message_id", event.message_acknowledged().message_id()}}};
    case Event::kMessageFailed:
      return {"message_failed", FailedJson(event.message_failed())};
    case Event::kChatStateReceived:
      return {"chat_state_received",
              {{"from", event.chat_state_received().from()},
               {"state", WordOf(event.chat_state_received().state())}}};
    case Event::kConnectionChanged:
      return {"connection_changed",
              {{"connection", ConnectionJson(event.connection_changed().connection())}}};
    case Event::kPresenceReceived:
      return {"presence_received",
              {{"from", event.presence_received().from()},
               {"presence", PresenceJson(event.presence_received().presence())}}};
    case Event::kContactChanged:
      return {"contact_changed",
              {{"contact", ContactJson(event.contact_changed().contact())},
               {"removed", event.contact_changed().removed()}}};
    case Event::kMessageCorrected:
      return {"message_corrected", ChatJson(event.message_corrected())};
    case Event::kMessageRetracted:
      return {"message_retracted", ChatJson(event.message_retracted())};
    case Event::kMessageReacted:
      return {"message_reacted", ChatJson(event.message_reacted())};
    case Event::kMessageDelivered:
      return {"message_delivered", ChatJson(event.message_delivered())};
    case Event::kMessageMarked:
      return {"message_marked", ChatJson(event.message_marked())};
    case Event::kSubscriptionRequested:
      return {"subscription_requested",
              {{"request", SubscriptionRequestJson(event.subscription_requested().request())}}};
    case Event::kSubscriptionChanged:
      return {"subscription_changed", SubscriptionChangedJson(event.subscription_changed())};
    case Event::kRoomMessageReceived:
    case Event::kRoomMessageFailed:
    case Event::kRoomSubjectChanged:
    case Event::kRoomJoined:
    case Event::kRoomLeft:
    case Event::kParticipantJoined:
    case Event::kParticipantLeft:
    case Event::kParticipantChanged:
    case Event::kInvitationReceived:
    case Event::kRoomConfigChanged:
    case Event::kRoomPrivateMessageReceived:
    case Event::kRoomMessageCorrected:
    case Event::kRoomMessageRetracted:
    case Event::kRoomMessageReacted:
    case Event::kRoomChatStateReceived:
      return RoomEventJson(event);
    case Event::kAvatarChanged:
      return {"avatar_changed",
              {{"jid", event.avatar_changed().jid()},
               {"hash", event.avatar_changed().hash()},
               {"source", WordOf(event.avatar_changed().source())}}};
    case Event::kVoiceRequested:
    case Event::kMessageModerated:
    case Event::kRoomInvitationDeclined:
      return RoomAdminEventJson(event);
    case Event::kBlockListChanged:
      return {"block_list_changed",
              {{"blocked", event.block_list_changed().blocked()},
               {"unblocked", event.block_list_changed().unblocked()},
               {"all_unblocked", event.block_list_changed().all_unblocked()}}};
    case Event::kBookmarkChanged:
      return {"bookmark_changed", BookmarkJson(event.bookmark_changed())};
    case Event::PAYLOAD_NOT_SET:
      break;
  }
  return {"unknown", Json::object()};
}

std::string ContactText(const xmpp::v1::ContactChanged& changed) {
  const auto& contact = changed.contact();
  if (changed.removed()) return absl::StrCat("contact ", contact.jid(), " removed");
  return absl::StrCat("contact ", contact.jid(), ": subscription ", WordOf(contact.subscription()));
}

std::string MessageFailedText(const xmpp::v1::MessageFailed& message) {
  const std::string text = message.text().empty() ? "" : absl::StrCat(" (", message.text(), ")");
  return absl::StrCat("message ", message.message_id(), " to ", message.to(),
                      " failed: ", message.condition(), text);
}

std::string BlockListText(const xmpp::v1::BlockListChanged& changed) {
  if (changed.all_unblocked()) return "nobody is blocked any more";
  std::string text;
  if (changed.blocked_size() > 0) {
    text = absl::StrCat("blocked: ", absl::StrJoin(changed.blocked(), ", "));
  }
  if (changed.unblocked_size() > 0) {
    absl::StrAppend(&text, text.empty() ? "" : "; ",
                    "unblocked: ", absl::StrJoin(changed.unblocked(), ", "));
  }
  return text;
}

std::string PayloadText(const Event& event) {
  switch (event.payload_case()) {
    case Event::kMessageReceived:
      return ChatText(event.message_received());
    case Event::kMessageSent:
      return ChatText(event.message_sent());
    case Event::kMessageAcknowledged:
      return absl::StrCat("message ", event.message_acknowledged().message_id(), " to ",
                          event.message_acknowledged().to(), " taken by the server");
    case Event::kMessageFailed:
      return MessageFailedText(event.message_failed());
    case Event::kChatStateReceived:
      return absl::StrCat(event.chat_state_received().from(), " is ",
                          WordOf(event.chat_state_received().state()));
    case Event::kConnectionChanged:
      return ConnectionText(event.connection_changed().connection());
    case Event::kPresenceReceived:
      return absl::StrCat(event.presence_received().from(), " is ",
                          PresenceText(event.presence_received().presence()));
    case Event::kContactChanged:
      return ContactText(event.contact_changed());
    case Event::kMessageCorrected:
      return ChatText(event.message_corrected());
    case Event::kMessageRetracted:
      return ChatText(event.message_retracted());
    case Event::kMessageReacted:
      return ChatText(event.message_reacted());
    case Event::kMessageDelivered:
      return ChatText(event.message_delivered());
    case Event::kMessageMarked:
      return ChatText(event.message_marked());
    case Event::kSubscriptionRequested:
      return SubscriptionRequestText(event.subscription_requested().request());
    case Event::kSubscriptionChanged:
      return SubscriptionChangedText(event.subscription_changed());
    case Event::kRoomMessageReceived:
    case Event::kRoomMessageFailed:
    case Event::kRoomSubjectChanged:
    case Event::kRoomJoined:
    case Event::kRoomLeft:
    case Event::kParticipantJoined:
    case Event::kParticipantLeft:
    case Event::kParticipantChanged:
    case Event::kInvitationReceived:
    case Event::kRoomConfigChanged:
    case Event::kRoomPrivateMessageReceived:
    case Event::kRoomMessageCorrected:
    case Event::kRoomMessageRetracted:
    case Event::kRoomMessageReacted:
    case Event::kRoomChatStateReceived:
      return RoomEventText(event);
    case Event::kAvatarChanged:
      return absl::StrCat(event.avatar_changed().jid(), event.avatar_changed().hash().empty()
                                                            ? " has no avatar any more"
                                                            : " has a new avatar");
    case Event::kVoiceRequested:
    case Event::kMessageModerated:
    case Event::kRoomInvitationDeclined:
      return RoomAdminEventText(event);
    case Event::kBlockListChanged:
      return BlockListText(event.block_list_changed());
    case Event::kBookmarkChanged:
      return BookmarkText(event.bookmark_changed());
    case Event::PAYLOAD_NOT_SET:
      break;
  }
  return "an event that this version of chatwire does not know; update it";
}

}  // namespace

Json EventJson(const Event& event) {
  auto [kind, payload] = PayloadJson(event);
  Json json = {{"sequence", event.sequence()},
               {"event_id", event.event_id()},
               {"account", event.account()},
               {"create_time", JsonTime(event.create_time())},
               {"kind", kind}};
  json[kind] = std::move(payload);
  return json;
}

std::string EventText(const Event& event) {
  return absl::StrCat(LocalTime(event.create_time()), "  ", event.account(), "  ",
                      PayloadText(event));
}

}  // namespace chatwire::cli
