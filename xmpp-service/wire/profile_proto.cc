#include "xmpp-service/wire/profile_proto.h"

#include <string>
#include <vector>

#include "common/error.h"
#include "common/rpc/time.h"
#include "xmpp-service/wire/discovery_proto.h"

namespace chatwire::xmpp {
namespace {

using ProtoTexts = google::protobuf::RepeatedPtrField<std::string>;

void TextsToProto(const std::vector<std::string>& texts, ProtoTexts* protos) {
  for (const std::string& text : texts) *protos->Add() = text;
}

std::vector<std::string> TextsFromProto(const ProtoTexts& protos) {
  return {protos.begin(), protos.end()};
}

/// Notes why a part is missing. Whether it is there.
template <typename T>
bool Check(const absl::StatusOr<T>& part, v1::ContactPart which, const std::string& resource,
           v1::GetContactDetailsResponse& response) {
  if (part.ok()) return true;
  auto* error = response.add_errors();
  error->set_part(which);
  error->set_resource(resource);
  error->set_reason(ReasonOf(part.status()));
  error->set_message(std::string(part.status().message()));
  return false;
}

void ClientToProto(const ContactClient& client, v1::GetContactDetailsResponse& response) {
  const std::string& resource = client.resource.online.resource;
  auto* shown = response.add_clients();
  *shown->mutable_resource() = ToProto(client.resource);
  Check(client.resource.info, v1::CONTACT_PART_FEATURES, resource, response);
  if (Check(client.software, v1::CONTACT_PART_SOFTWARE, resource, response)) {
    *shown->mutable_software() = ToProto(*client.software);
  }
  if (Check(client.idle, v1::CONTACT_PART_IDLE, resource, response)) {
    *shown->mutable_idle() = chatwire::ToProto(client.idle->duration);
  }
}

}  // namespace

v1::Profile ToProto(const Profile& profile) {
  v1::Profile proto;
  proto.set_full_name(profile.full_name);
  proto.set_family_name(profile.family_name);
  proto.set_given_name(profile.given_name);
  proto.set_middle_name(profile.middle_name);
  proto.set_nickname(profile.nickname);
  proto.set_birthday(profile.birthday);
  proto.set_title(profile.title);
  proto.set_role(profile.role);
  proto.set_organization(profile.organization);
  TextsToProto(profile.organization_units, proto.mutable_organization_units());
  TextsToProto(profile.emails, proto.mutable_emails());
  TextsToProto(profile.phone_numbers, proto.mutable_phone_numbers());
  TextsToProto(profile.urls, proto.mutable_urls());
  TextsToProto(profile.jids, proto.mutable_jids());
  for (const PostalAddress& address : profile.addresses) {
    auto* shown = proto.add_addresses();
    shown->set_street(address.street);
    shown->set_extended(address.extended);
    shown->set_locality(address.locality);
    shown->set_region(address.region);
    shown->set_postal_code(address.postal_code);
    shown->set_country(address.country);
  }
  proto.set_description(profile.description);
  proto.set_other_xml(profile.other_xml);
  return proto;
}

Profile FromProto(const v1::Profile& proto) {
  Profile profile;
  profile.full_name = proto.full_name();
  profile.family_name = proto.family_name();
  profile.given_name = proto.given_name();
  profile.middle_name = proto.middle_name();
  profile.nickname = proto.nickname();
  profile.birthday = proto.birthday();
  profile.title = proto.title();
  profile.role = proto.role();
  profile.organization = proto.organization();
  profile.organization_units = TextsFromProto(proto.organization_units());
  profile.emails = TextsFromProto(proto.emails());
  profile.phone_numbers = TextsFromProto(proto.phone_numbers());
  profile.urls = TextsFromProto(proto.urls());
  profile.jids = TextsFromProto(proto.jids());
  for (const auto& address : proto.addresses()) {
    profile.addresses.push_back({address.street(), address.extended(), address.locality(),
                                 address.region(), address.postal_code(), address.country()});
  }
  profile.description = proto.description();
  profile.other_xml = proto.other_xml();
  return profile;
}

v1::GetAvatarResponse ToProto(const Avatar& avatar) {
  v1::GetAvatarResponse proto;
  proto.set_content(avatar.content);
  proto.set_mime_type(avatar.mime_type);
  proto.set_hash(avatar.hash);
  proto.set_source(static_cast<v1::AvatarSource>(avatar.source));
  return proto;
}

v1::AvatarChanged ToProto(const AvatarChanged& event) {
  v1::AvatarChanged proto;
  proto.set_jid(event.jid);
  proto.set_hash(event.hash);
  proto.set_source(static_cast<v1::AvatarSource>(event.source));
  return proto;
}

v1::GetContactDetailsResponse ToProto(const ContactDetails& details) {
  v1::GetContactDetailsResponse proto;
  if (Check(details.profile, v1::CONTACT_PART_PROFILE, "", proto)) {
    *proto.mutable_profile() = ToProto(*details.profile);
  }
  if (Check(details.last_activity, v1::CONTACT_PART_LAST_ACTIVITY, "", proto)) {
    *proto.mutable_last_activity() = chatwire::ToProto(details.last_activity->duration);
  }
  for (const ContactClient& client : details.clients) ClientToProto(client, proto);
  return proto;
}

// The domain's numbers are those of the API.
static_assert(static_cast<int>(AvatarSource::kPep) == v1::AVATAR_SOURCE_PEP);
static_assert(static_cast<int>(AvatarSource::kProfile) == v1::AVATAR_SOURCE_PROFILE);

}  // namespace chatwire::xmpp
