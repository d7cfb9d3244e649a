#ifndef CHATWIRE_XMPP_SERVICE_WIRE_COMMAND_PROTO_H_
#define CHATWIRE_XMPP_SERVICE_WIRE_COMMAND_PROTO_H_

#include "absl/status/statusor.h"
#include "chatwire/xmpp/v1/command_service.pb.h"
#include "xmpp-service/domain/command_offer.h"
#include "xmpp-service/domain/command_port.h"

namespace chatwire::xmpp {

/// Commands as the API shows them.
v1::Command ToProto(const Command& command);
v1::RunCommandResponse ToProto(const CommandResult& result);
v1::CommandRequested ToProto(const CommandRequest& request);

/// And back, checked. The account is left to the caller.
/// Errors: INVALID_ARGUMENT/BAD_COMMAND, BAD_FORM, BAD_JID.
absl::StatusOr<CommandStep> FromProto(const v1::RunCommandRequest& proto);
absl::StatusOr<CommandOffer> FromProto(const v1::OfferCommandsRequest& proto);
absl::StatusOr<CommandReply> FromProto(const v1::AnswerCommandRequest& proto);

}  // namespace chatwire::xmpp

#endif  // CHATWIRE_XMPP_SERVICE_WIRE_COMMAND_PROTO_H_
