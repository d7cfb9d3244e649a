#include "xmpp-service/wire/discovery_proto.h"

#include <string>

#include "common/error.h"
#include "xmpp-service/wire/data_form_proto.h"
#include "xmpp-service/wire/mapping.h"

namespace chatwire::xmpp {
namespace {

/// Never empty for an error: an empty one would look like success.
std::string ErrorReasonOf(const absl::Status& status) {
  if (status.ok()) return "";
  const std::string reason = ReasonOf(status);
  return reason.empty() ? "SESSION_OFFLINE" : reason;
}

}  // namespace

v1::EntityInfo ToProto(const EntityInfo& info) {
  v1::EntityInfo proto;
  for (const Identity& identity : info.identities) {
    auto* shown = proto.add_identities();
    shown->set_category(identity.category);
    shown->set_type(identity.type);
    shown->set_name(identity.name);
    shown->set_language(identity.language);
  }
  for (const std::string& feature : info.features) proto.add_features(feature);
  for (const DataForm& form : info.forms) *proto.add_forms() = ToProto(form);
  return proto;
}

v1::DiscoveryItem ToProto(const DiscoveryItem& item) {
  v1::DiscoveryItem proto;
  proto.set_jid(item.jid);
  proto.set_node(item.node);
  proto.set_name(item.name);
  return proto;
}

v1::GetServerFeaturesResponse ToProto(const ServerFeatures& features) {
  v1::GetServerFeaturesResponse proto;
  proto.set_domain(features.domain);
  *proto.mutable_server() = ToProto(features.server);
  *proto.mutable_account() = ToProto(features.account);
  for (const ServerComponent& component : features.components) {
    auto* shown = proto.add_components();
    shown->set_jid(component.jid);
    shown->set_name(component.name);
    if (component.info.ok()) *shown->mutable_info() = ToProto(*component.info);
    shown->set_error_reason(ErrorReasonOf(component.info.status()));
  }
  const auto anywhere = [&features](const std::string& feature) {
    return features.account.HasFeature(feature) || features.server.HasFeature(feature);
  };
  proto.set_has_archive(anywhere("urn:xmpp:mam:2"));
  proto.set_has_personal_eventing(features.account.IsA("pubsub", "pep") ||
                                  features.server.IsA("pubsub", "pep"));
  proto.set_has_carbons(anywhere("urn:xmpp:carbons:2"));
  proto.set_has_blocking(anywhere("urn:xmpp:blocking"));
  const auto uploads = WhereIs(features, "urn:xmpp:http:upload:0");
  if (!uploads.empty()) {
    proto.set_upload_service(uploads.front());
    proto.set_maximum_upload_bytes(MaximumUploadBytes(features, uploads.front()));
  }
  const auto fill = [&features](const char* feature, auto* places) {
    for (const std::string& place : WhereIs(features, feature)) *places->Add() = place;
  };
  fill("http://jabber.org/protocol/muc", proto.mutable_room_services());
  fill("jabber:iq:search", proto.mutable_search_services());
  fill("http://jabber.org/protocol/bytestreams", proto.mutable_proxy_services());
  for (const ServerComponent& component : features.components) {
    if (component.info.ok() && component.info->IsA("pubsub", "service")) {
      proto.add_publish_subscribe_services(component.jid);
    }
  }
  return proto;
}

v1::SoftwareVersion ToProto(const SoftwareVersion& software) {
  v1::SoftwareVersion proto;
  proto.set_name(software.name);
  proto.set_version(software.version);
  proto.set_operating_system(software.operating_system);
  return proto;
}

v1::ContactResource ToProto(const DescribedResource& resource) {
  v1::ContactResource proto;
  proto.set_resource(resource.online.resource);
  *proto.mutable_presence() = ToProto(resource.online.presence);
  proto.set_software_uri(resource.online.capabilities.node);
  if (resource.info.ok()) *proto.mutable_info() = ToProto(*resource.info);
  proto.set_error_reason(ErrorReasonOf(resource.info.status()));
  return proto;
}

v1::FoundUser ToProto(const FoundUser& user) {
  v1::FoundUser proto;
  proto.set_jid(user.jid);
  for (const auto& [name, value] : user.fields) (*proto.mutable_fields())[name] = value;
  return proto;
}

}  // namespace chatwire::xmpp
