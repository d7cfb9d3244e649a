#ifndef CHATWIRE_XMPP_SERVICE_RPC_ROOM_CALL_H_
#define CHATWIRE_XMPP_SERVICE_RPC_ROOM_CALL_H_

#include <grpcpp/support/server_callback.h>

#include <string>
#include <utility>

#include "common/rpc/authorize.h"
#include "xmpp-service/domain/room_keeper.h"
#include "xmpp-service/rpc/scopes.h"
#include "xmpp-service/rpc/services.h"
#include "xmpp-service/rpc/unary.h"

namespace chatwire::xmpp {

/// A unary call that the account's rooms answer, with a session or without: authorises, finds the
/// account, runs @p ask there (`void(RoomKeeper&, Completion<Result>)`), and puts the result into
/// the response with @p fill (`void(Result)`). Errors: as AskSession. @p valid: what was wrong with
/// the input; told to whom may call, and nobody else.
template <typename Result, typename Ask, typename Fill>
grpc::ServerUnaryReactor* AskRooms(grpc::CallbackServerContext* context,
                                   const ServiceContext& services,
                                   const std::string& requested_account, const absl::Status& valid,
                                   Ask ask, Fill fill) {
  const auto account = AuthorizeAccount(*context, services.tokens, scope::kRoom, requested_account);
  if (!account.ok()) return Answer(context, account.status());
  if (!valid.ok()) return Answer(context, valid);
  const auto agent = services.accounts.Find(*account);
  if (!agent.ok()) return Answer(context, agent.status());
  auto* reactor = context->DefaultReactor();
  Completion<Result> done([reactor, fill = std::move(fill)](absl::StatusOr<Result> result) mutable {
    const absl::Status status = result.status();
    if (result.ok()) fill(*std::move(result));
    reactor->Finish(ToGrpcStatus(status));
  });
  (*agent)->UseRooms([ask = std::move(ask), done = std::move(done)](RoomKeeper& rooms) mutable {
    ask(rooms, std::move(done));
  });
  return reactor;
}

}  // namespace chatwire::xmpp

#endif  // CHATWIRE_XMPP_SERVICE_RPC_ROOM_CALL_H_
