#include "cli/rpc/contracts.h"

#include <array>

#include "absl/log/check.h"
#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "chatwire/auth/v1/token_service.pb.h"
#include "chatwire/mqtt/v1/broker_service.pb.h"
#include "chatwire/mqtt/v1/checkbox_group_service.pb.h"
#include "chatwire/mqtt/v1/checkbox_service.pb.h"
#include "chatwire/xmpp/v1/account_service.pb.h"
#include "chatwire/xmpp/v1/blocking_service.pb.h"
#include "chatwire/xmpp/v1/bookmark_service.pb.h"
#include "chatwire/xmpp/v1/chat_service.pb.h"
#include "chatwire/xmpp/v1/command_service.pb.h"
#include "chatwire/xmpp/v1/discovery_service.pb.h"
#include "chatwire/xmpp/v1/event_service.pb.h"
#include "chatwire/xmpp/v1/file_service.pb.h"
#include "chatwire/xmpp/v1/presence_service.pb.h"
#include "chatwire/xmpp/v1/profile_service.pb.h"
#include "chatwire/xmpp/v1/room_admin_service.pb.h"
#include "chatwire/xmpp/v1/room_service.pb.h"
#include "chatwire/xmpp/v1/roster_service.pb.h"
#include "chatwire/xmpp/v1/stanza_service.pb.h"

namespace chatwire::cli {
namespace {

using google::protobuf::Descriptor;
using google::protobuf::DescriptorPool;
using google::protobuf::MethodDescriptor;

/// One message of each file with a service. What nothing names, the linker leaves out, and with it
/// the descriptors that are looked up by name here. `used`: the optimiser must not leave out the
/// names.
[[gnu::used]] const std::array<const Descriptor* (*)(), 18> kFiles = {
    mqtt::v1::GetStatusRequest::descriptor,     mqtt::v1::GetCheckboxRequest::descriptor,
    xmpp::v1::LoginRequest::descriptor,         xmpp::v1::BlockRequest::descriptor,
    xmpp::v1::SendMessageRequest::descriptor,   xmpp::v1::ListCommandsRequest::descriptor,
    xmpp::v1::PingRequest::descriptor,          xmpp::v1::WatchEventsRequest::descriptor,
    xmpp::v1::SendFileRequest::descriptor,      xmpp::v1::SetPresenceRequest::descriptor,
    xmpp::v1::GetProfileRequest::descriptor,    xmpp::v1::DestroyRoomRequest::descriptor,
    xmpp::v1::JoinRoomRequest::descriptor,      xmpp::v1::AddContactRequest::descriptor,
    xmpp::v1::SendStanzaRequest::descriptor,    mqtt::v1::SetCheckboxesRequest::descriptor,
    xmpp::v1::ListBookmarksRequest::descriptor, auth::v1::CreateTokenRequest::descriptor};

}  // namespace

const MethodDescriptor* MethodNamed(const std::string& name) {
  const MethodDescriptor* const method =
      DescriptorPool::generated_pool()->FindMethodByName(absl::StrCat("chatwire.", name));
  CHECK(method != nullptr) << "the contracts have no " << name;
  return method;
}

Service ServiceOf(const MethodDescriptor* method) {
  return absl::StartsWith(method->full_name(), "chatwire.mqtt.") ? Service::kMqtt : Service::kXmpp;
}

std::unique_ptr<google::protobuf::Message> NewMessage(const Descriptor* type) {
  auto* const factory = google::protobuf::MessageFactory::generated_factory();
  return std::unique_ptr<google::protobuf::Message>(factory->GetPrototype(type)->New());
}

}  // namespace chatwire::cli
