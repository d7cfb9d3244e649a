#ifndef CHATWIRE_XMPP_SERVICE_RPC_ROOM_ADMIN_CALL_H_
#define CHATWIRE_XMPP_SERVICE_RPC_ROOM_ADMIN_CALL_H_

#include <grpcpp/support/server_callback.h>

#include <string>
#include <utility>
#include <vector>

#include "common/error.h"
#include "common/rpc/authorize.h"
#include "xmpp-service/domain/for_each_in_order.h"
#include "xmpp-service/rpc/once_call.h"
#include "xmpp-service/rpc/scopes.h"
#include "xmpp-service/rpc/services.h"
#include "xmpp-service/rpc/unary.h"

namespace chatwire::xmpp {

/// What the calls of RoomAdminService have in common.

/// What bad input is answered with; who may not call at all is told that instead.
template <typename Request>
grpc::ServerUnaryReactor* Refuse(grpc::CallbackServerContext* context,
                                 const ServiceContext& services, const Request& request,
                                 const absl::Status& bad_input) {
  const auto account = AuthorizeAccount(*context, services.tokens, scope::kRoom, request.account());
  return Answer(context, account.ok() ? bad_input : account.status());
}

/// A call without a result whose effect comes once for each `request_id`; @p ask as AskSession's.
template <typename Request, typename Response, typename Ask>
grpc::ServerUnaryReactor* ActOnce(grpc::CallbackServerContext* context,
                                  const ServiceContext& services, const Request& request,
                                  Response* response, const absl::Status& valid, Ask ask) {
  return AskSessionOnce<bool>(context, services, scope::kRoom, request, response, valid,
                              std::move(ask), [](bool, Response*) {});
}

template <typename Results>
void PutResults(const std::vector<ItemResult>& from, Results* to) {
  for (const ItemResult& item : from) {
    auto* result = to->Add();
    result->set_jid(item.jid);
    result->set_done(item.status.ok());
    if (item.status.ok()) continue;
    result->set_error_reason(ReasonOf(item.status));
    result->set_error_message(std::string(item.status.message()));
  }
}

/// The @p name of each of @p items.
template <typename Item, typename Name>
std::vector<std::string> JidsOf(const std::vector<Item>& items, Name name) {
  std::vector<std::string> jids;
  for (const Item& item : items) jids.push_back(item.*name);
  return jids;
}

}  // namespace chatwire::xmpp

#endif  // CHATWIRE_XMPP_SERVICE_RPC_ROOM_ADMIN_CALL_H_
