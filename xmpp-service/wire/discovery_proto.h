#ifndef CHATWIRE_XMPP_SERVICE_WIRE_DISCOVERY_PROTO_H_
#define CHATWIRE_XMPP_SERVICE_WIRE_DISCOVERY_PROTO_H_

#include "chatwire/xmpp/v1/discovery_service.pb.h"
#include "xmpp-service/domain/discovery.h"
#include "xmpp-service/domain/server_features.h"

namespace chatwire::xmpp {

/// What discovery finds, as the API shows it.
v1::EntityInfo ToProto(const EntityInfo& info);
v1::DiscoveryItem ToProto(const DiscoveryItem& item);
v1::GetServerFeaturesResponse ToProto(const ServerFeatures& features);
v1::SoftwareVersion ToProto(const SoftwareVersion& software);
v1::ContactResource ToProto(const DescribedResource& resource);
v1::FoundUser ToProto(const FoundUser& user);

}  // namespace chatwire::xmpp

#endif  // CHATWIRE_XMPP_SERVICE_WIRE_DISCOVERY_PROTO_H_
