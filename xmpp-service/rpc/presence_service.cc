#include "xmpp-service/rpc/presence_service.h"

#include "common/rpc/authorize.h"
#include "xmpp-service/domain/errors.h"
#include "xmpp-service/domain/text.h"
#include "xmpp-service/rpc/scopes.h"
#include "xmpp-service/rpc/unary.h"
#include "xmpp-service/wire/mapping.h"

namespace chatwire::xmpp {
namespace {

constexpr const char* kScope = scope::kPresence;

absl::Status BadPresence(absl::string_view why) {
  return Error(absl::StatusCode::kInvalidArgument, "BAD_PRESENCE", why);
}

absl::StatusOr<Presence> CheckPresence(const v1::Presence& proto) {
  const auto availability = FromProto(proto.availability());
  if (!availability.has_value()) return BadPresence("`availability` is unspecified or unknown");
  if (proto.status().size() > kMaximumStatusBytes || !IsXmlText(proto.status())) {
    return BadPresence("`status` is over 1,024 bytes or has a character that XML cannot carry");
  }
  if (proto.priority() < -128 || proto.priority() > 127) {
    return BadPresence("`priority` is not within -128 and 127");
  }
  return Presence{*availability, proto.status(), proto.priority()};
}

}  // namespace

grpc::ServerUnaryReactor* PresenceService::SetPresence(grpc::CallbackServerContext* context,
                                                       const v1::SetPresenceRequest* request,
                                                       v1::SetPresenceResponse*) {
  const auto account = AuthorizeAccount(*context, context_.tokens, kScope, request->account());
  if (!account.ok()) return Answer(context, account.status());
  const auto presence = CheckPresence(request->presence());
  if (!presence.ok()) return Answer(context, presence.status());
  auto* reactor = context->DefaultReactor();
  context_.accounts.SetPresence(*account, *presence, Completion<bool>([reactor](const auto& set) {
    reactor->Finish(ToGrpcStatus(set.status()));
  }));
  return reactor;
}

}  // namespace chatwire::xmpp
