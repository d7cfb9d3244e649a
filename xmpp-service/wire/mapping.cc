#include "xmpp-service/wire/mapping.h"

#include "common/rpc/time.h"

namespace chatwire::xmpp {
namespace {

v1::ConnectionState StateToProto(ConnectionState state) {
  switch (state) {
    case ConnectionState::kOffline:
      return v1::CONNECTION_STATE_OFFLINE;
    case ConnectionState::kConnecting:
      return v1::CONNECTION_STATE_CONNECTING;
    case ConnectionState::kOnline:
      return v1::CONNECTION_STATE_ONLINE;
    case ConnectionState::kBackingOff:
      return v1::CONNECTION_STATE_BACKING_OFF;
    case ConnectionState::kFailed:
      return v1::CONNECTION_STATE_FAILED;
  }
  return v1::CONNECTION_STATE_UNSPECIFIED;
}

}  // namespace

v1::Connection ToProto(const Connection& connection) {
  v1::Connection proto;
  proto.set_state(StateToProto(connection.state));
  *proto.mutable_state_time() = chatwire::ToProto(connection.state_time);
  if (connection.failure.has_value()) {
    proto.mutable_failure()->set_reason(ToString(connection.failure->reason));
    proto.mutable_failure()->set_message(connection.failure->message);
  }
  if (connection.next_attempt_time.has_value()) {
    *proto.mutable_next_attempt_time() = chatwire::ToProto(*connection.next_attempt_time);
  }
  proto.set_resumed(connection.resumed);
  return proto;
}

v1::Presence ToProto(const Presence& presence) {
  v1::Presence proto;
  proto.set_availability(static_cast<v1::Availability>(presence.availability));
  proto.set_status(presence.status);
  proto.set_priority(presence.priority);
  if (presence.idle_since.has_value()) {
    *proto.mutable_idle_since() = chatwire::ToProto(*presence.idle_since);
  }
  return proto;
}

v1::Contact ToProto(const Contact& contact) {
  v1::Contact proto;
  proto.set_jid(contact.jid);
  proto.set_name(contact.name);
  for (const std::string& group : contact.groups) proto.add_groups(group);
  proto.set_subscription(static_cast<v1::Subscription>(contact.subscription));
  proto.set_subscription_requested(contact.subscription_requested);
  for (const ResourcePresence& resource : contact.resources) {
    auto* shown = proto.add_resources();
    shown->set_resource(resource.resource);
    *shown->mutable_presence() = ToProto(resource.presence);
  }
  return proto;
}

v1::SubscriptionRequest ToProto(const SubscriptionRequest& request) {
  v1::SubscriptionRequest proto;
  proto.set_jid(request.jid);
  proto.set_message(request.message);
  proto.set_nickname(request.nickname);
  *proto.mutable_request_time() = chatwire::ToProto(request.request_time);
  return proto;
}

v1::SubscriptionChanged ToProto(const SubscriptionChanged& changed) {
  v1::SubscriptionChanged proto;
  proto.set_jid(changed.jid);
  proto.set_change(static_cast<v1::SubscriptionChange>(changed.change));
  proto.set_message(changed.message);
  return proto;
}

v1::ChatState ToProto(ChatState state) {
  switch (state) {
    case ChatState::kActive:
      return v1::CHAT_STATE_ACTIVE;
    case ChatState::kComposing:
      return v1::CHAT_STATE_COMPOSING;
    case ChatState::kPaused:
      return v1::CHAT_STATE_PAUSED;
    case ChatState::kInactive:
      return v1::CHAT_STATE_INACTIVE;
    case ChatState::kGone:
      return v1::CHAT_STATE_GONE;
  }
  return v1::CHAT_STATE_UNSPECIFIED;
}

v1::DeliveryStage ToProto(DeliveryStage stage) { return static_cast<v1::DeliveryStage>(stage); }

std::optional<ChatState> FromProto(v1::ChatState state) {
  switch (state) {
    case v1::CHAT_STATE_ACTIVE:
      return ChatState::kActive;
    case v1::CHAT_STATE_COMPOSING:
      return ChatState::kComposing;
    case v1::CHAT_STATE_PAUSED:
      return ChatState::kPaused;
    case v1::CHAT_STATE_INACTIVE:
      return ChatState::kInactive;
    case v1::CHAT_STATE_GONE:
      return ChatState::kGone;
    default:
      return std::nullopt;
  }
}

std::optional<Availability> FromProto(v1::Availability availability) {
  if (availability < v1::AVAILABILITY_ONLINE || availability > v1::AVAILABILITY_OFFLINE) {
    return std::nullopt;
  }
  return static_cast<Availability>(availability);
}

// The domain's numbers are those of the API.
static_assert(static_cast<int>(Availability::kOnline) == v1::AVAILABILITY_ONLINE);
static_assert(static_cast<int>(Availability::kOffline) == v1::AVAILABILITY_OFFLINE);
static_assert(static_cast<int>(Subscription::kNone) == v1::SUBSCRIPTION_NONE);
static_assert(static_cast<int>(Subscription::kBoth) == v1::SUBSCRIPTION_BOTH);
static_assert(static_cast<int>(SubscriptionChange::kAccepted) == v1::SUBSCRIPTION_CHANGE_ACCEPTED);
static_assert(static_cast<int>(SubscriptionChange::kGivenUp) == v1::SUBSCRIPTION_CHANGE_GIVEN_UP);
static_assert(static_cast<int>(DeliveryStage::kAccepted) == v1::DELIVERY_STAGE_ACCEPTED);
static_assert(static_cast<int>(DeliveryStage::kFailed) == v1::DELIVERY_STAGE_FAILED);

}  // namespace chatwire::xmpp
