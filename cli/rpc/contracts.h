#ifndef CHATWIRE_CLI_RPC_CONTRACTS_H_
#define CHATWIRE_CLI_RPC_CONTRACTS_H_

#include <google/protobuf/descriptor.h>
#include <google/protobuf/message.h>

#include <memory>
#include <string>

#include "cli/connection.h"

namespace chatwire::cli {

/// The method of the contracts called @p name, such as `xmpp.v1.RosterService.AddContact`; the
/// `chatwire.` before it is left out. Dies when there is none: a name in the source is wrong.
const google::protobuf::MethodDescriptor* MethodNamed(const std::string& name);

/// Which service answers @p method. Those of `auth` are answered by both, each for itself: xmpp is
/// named here.
Service ServiceOf(const google::protobuf::MethodDescriptor* method);

/// An empty message of a type of the contracts.
std::unique_ptr<google::protobuf::Message> NewMessage(const google::protobuf::Descriptor* type);

}  // namespace chatwire::cli

#endif  // CHATWIRE_CLI_RPC_CONTRACTS_H_
