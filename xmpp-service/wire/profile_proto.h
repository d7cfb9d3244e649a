#ifndef CHATWIRE_XMPP_SERVICE_WIRE_PROFILE_PROTO_H_
#define CHATWIRE_XMPP_SERVICE_WIRE_PROFILE_PROTO_H_

#include "chatwire/xmpp/v1/profile_service.pb.h"
#include "xmpp-service/domain/avatar.h"
#include "xmpp-service/domain/contact_details.h"
#include "xmpp-service/domain/profile.h"

namespace chatwire::xmpp {

/// Who people are, as the API shows it.
v1::Profile ToProto(const Profile& profile);
v1::GetAvatarResponse ToProto(const Avatar& avatar);
v1::AvatarChanged ToProto(const AvatarChanged& event);
/// Without `jid` and `contact`.
v1::GetContactDetailsResponse ToProto(const ContactDetails& details);

/// And back; not checked.
Profile FromProto(const v1::Profile& proto);

}  // namespace chatwire::xmpp

#endif  // CHATWIRE_XMPP_SERVICE_WIRE_PROFILE_PROTO_H_
