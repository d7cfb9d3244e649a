#include "xmpp-service/rpc/profile_service.h"

#include <utility>

#include "common/rpc/authorize.h"
#include "xmpp-service/domain/contact_details.h"
#include "xmpp-service/domain/errors.h"
#include "xmpp-service/domain/profile_port.h"
#include "xmpp-service/rpc/address.h"
#include "xmpp-service/rpc/scopes.h"
#include "xmpp-service/rpc/session_call.h"
#include "xmpp-service/wire/mapping.h"
#include "xmpp-service/wire/profile_proto.h"

namespace chatwire::xmpp {

grpc::ServerUnaryReactor* ProfileService::GetProfile(grpc::CallbackServerContext* context,
                                                     const v1::GetProfileRequest* request,
                                                     v1::GetProfileResponse* response) {
  const auto jid = ParseAddress(request->jid());
  if (!jid.ok()) return Answer(context, jid.status());
  return AskSession<Profile>(
      context, context_, scope::kProfile, request->account(),
      [jid = *jid](Session& session, auto done) {
        session.ports().profiles->GetProfile(jid, std::move(done));
      },
      [response](const Profile& profile) {
        *response->mutable_profile() = ToProto(profile);
        response->set_has_photo(profile.has_photo);
      });
}

grpc::ServerUnaryReactor* ProfileService::SetProfile(grpc::CallbackServerContext* context,
                                                     const v1::SetProfileRequest* request,
                                                     v1::SetProfileResponse*) {
  Profile profile = FromProto(request->profile());
  const absl::Status checked = CheckProfile(profile);
  if (!checked.ok()) return Answer(context, checked);
  return AskSession<bool>(
      context, context_, scope::kProfile, request->account(),
      [profile = std::move(profile)](Session& session, auto done) {
        session.ports().profiles->SetProfile(profile, std::move(done));
      },
      [](bool) {});
}

grpc::ServerUnaryReactor* ProfileService::GetAvatar(grpc::CallbackServerContext* context,
                                                    const v1::GetAvatarRequest* request,
                                                    v1::GetAvatarResponse* response) {
  const auto jid = ParseAddress(request->jid());
  if (!jid.ok()) return Answer(context, jid.status());
  return AskSession<Avatar>(
      context, context_, scope::kProfile, request->account(),
      // Avatars are of accounts, not of their clients.
      [jid = BareOf(*jid)](Session& session, auto done) {
        session.ports().avatars->GetAvatar(jid, std::move(done));
      },
      [response](const Avatar& avatar) { *response = ToProto(avatar); });
}

grpc::ServerUnaryReactor* ProfileService::SetAvatar(grpc::CallbackServerContext* context,
                                                    const v1::SetAvatarRequest* request,
                                                    v1::SetAvatarResponse* response) {
  const auto caller =
      AuthorizeAccount(*context, context_.tokens, scope::kProfile, request->account());
  if (!caller.ok()) return Answer(context, caller.status());
  if (request->content().size() > Avatar::kMaximumOwnBytes ||
      PictureType(request->content()).empty()) {
    return Answer(context, Error(absl::StatusCode::kInvalidArgument, "BAD_AVATAR",
                                 "`content` is empty, over 131,072 bytes, or neither PNG, JPEG, "
                                 "GIF nor WebP"));
  }
  return AskSession<std::string>(
      context, context_, scope::kProfile, request->account(),
      [content = request->content()](Session& session, auto done) {
        session.ports().avatars->SetAvatar(content, std::move(done));
      },
      [response](std::string hash) { response->set_hash(std::move(hash)); });
}

grpc::ServerUnaryReactor* ProfileService::RemoveAvatar(grpc::CallbackServerContext* context,
                                                       const v1::RemoveAvatarRequest* request,
                                                       v1::RemoveAvatarResponse*) {
  return AskSession<bool>(
      context, context_, scope::kProfile, request->account(),
      [](Session& session, auto done) { session.ports().avatars->RemoveAvatar(std::move(done)); },
      [](bool) {});
}

grpc::ServerUnaryReactor* ProfileService::GetContactDetails(
    grpc::CallbackServerContext* context, const v1::GetContactDetailsRequest* request,
    v1::GetContactDetailsResponse* response) {
  const auto account =
      AuthorizeAccount(*context, context_.tokens, scope::kProfile, request->account());
  if (!account.ok()) return Answer(context, account.status());
  const auto jid = Jid::ParseBare(request->jid());
  if (!jid.ok()) return Answer(context, jid.status());
  const auto agent = context_.accounts.Find(*account);
  if (!agent.ok()) return Answer(context, agent.status());
  return AskSession<ContactDetails>(
      context, context_, scope::kProfile, *account,
      [jid = jid->Bare()](Session& session, auto done) {
        FindContactDetails(session.ports(), jid, std::move(done));
      },
      [response, jid = jid->Bare(), agent = *agent](const ContactDetails& details) {
        *response = ToProto(details);
        response->set_jid(jid);
        const auto contact = agent->contacts().Find(jid, true);
        if (contact.has_value()) *response->mutable_contact() = ToProto(*contact);
      });
}

}  // namespace chatwire::xmpp
