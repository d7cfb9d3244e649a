#ifndef CHATWIRE_XMPP_SERVICE_WIRE_MAPPING_H_
#define CHATWIRE_XMPP_SERVICE_WIRE_MAPPING_H_

#include <optional>

#include "chatwire/xmpp/v1/account_service.pb.h"
#include "chatwire/xmpp/v1/chat_service.pb.h"
#include "chatwire/xmpp/v1/presence_service.pb.h"
#include "chatwire/xmpp/v1/roster_service.pb.h"
#include "chatwire/xmpp/v1/subscription_event.pb.h"
#include "xmpp-service/domain/connection.h"
#include "xmpp-service/domain/message.h"
#include "xmpp-service/domain/presence.h"
#include "xmpp-service/domain/subscription.h"

namespace chatwire::xmpp {

/// The domain's types as the API shows them, and back. What is unknown or unspecified has no way
/// back.

v1::Connection ToProto(const Connection& connection);
v1::Presence ToProto(const Presence& presence);
v1::Contact ToProto(const Contact& contact);
v1::SubscriptionRequest ToProto(const SubscriptionRequest& request);
v1::SubscriptionChanged ToProto(const SubscriptionChanged& changed);
v1::ChatState ToProto(ChatState state);
v1::DeliveryStage ToProto(DeliveryStage stage);

std::optional<ChatState> FromProto(v1::ChatState state);
std::optional<Availability> FromProto(v1::Availability availability);

}  // namespace chatwire::xmpp

#endif  // CHATWIRE_XMPP_SERVICE_WIRE_MAPPING_H_
