// The calls of RosterService about who may see whom.
#include <utility>
#include <vector>

#include "common/rpc/authorize.h"
#include "xmpp-service/domain/errors.h"
#include "xmpp-service/rpc/paging.h"
#include "xmpp-service/rpc/roster_check.h"
#include "xmpp-service/rpc/roster_service.h"
#include "xmpp-service/rpc/scopes.h"
#include "xmpp-service/rpc/unary.h"
#include "xmpp-service/wire/mapping.h"

namespace chatwire::xmpp {
namespace {

/// What ends the subscription in that direction.
absl::StatusOr<SubscriptionStanza> StanzaOf(v1::SubscriptionDirection direction) {
  if (direction == v1::SUBSCRIPTION_DIRECTION_TO) return SubscriptionStanza::kUnsubscribe;
  if (direction == v1::SUBSCRIPTION_DIRECTION_FROM) return SubscriptionStanza::kUnsubscribed;
  return Error(absl::StatusCode::kInvalidArgument, "BAD_DIRECTION",
               "`direction` is unspecified or unknown");
}

}  // namespace

grpc::ServerUnaryReactor* RosterService::RequestSubscription(
    grpc::CallbackServerContext* context, const v1::RequestSubscriptionRequest* request,
    v1::RequestSubscriptionResponse*) {
  const auto target = Open(*context, request->account(), request->jid(), request->request_id());
  if (!target.ok()) return Answer(context, target.status());
  const absl::Status message = CheckSubscriptionMessage(request->message());
  if (!message.ok()) return Answer(context, message);
  auto* reactor = context->DefaultReactor();
  editor_.RequestSubscription(target->agent, target->jid, request->message(), AnswerDone(reactor));
  return reactor;
}

grpc::ServerUnaryReactor* RosterService::ListSubscriptionRequests(
    grpc::CallbackServerContext* context, const v1::ListSubscriptionRequestsRequest* request,
    v1::ListSubscriptionRequestsResponse* response) {
  const auto account =
      AuthorizeAccount(*context, context_.tokens, scope::kRoster, request->account());
  if (!account.ok()) return Answer(context, account.status());
  const auto page = ParsePage(request->page_size(), request->page_token());
  if (!page.ok()) return Answer(context, page.status());
  const auto agent = context_.accounts.Find(*account);
  if (!agent.ok()) return Answer(context, agent.status());
  auto* reactor = context->DefaultReactor();
  // One more than wanted tells whether there is another page.
  context_.subscriptions.List(
      *account, page->after, page->limit + 1,
      Completion<std::vector<SubscriptionRequest>>(
          [reactor, response, limit = page->limit](auto list) {
            if (list.ok() && list->size() > limit) {
              list->pop_back();
              response->set_next_page_token(PageTokenAfter(list->back().jid));
            }
            for (size_t i = 0; list.ok() && i < list->size(); ++i) {
              *response->add_subscription_requests() = ToProto((*list)[i]);
            }
            reactor->Finish(ToGrpcStatus(list.status()));
          }));
  return reactor;
}

grpc::ServerUnaryReactor* RosterService::AcceptSubscription(
    grpc::CallbackServerContext* context, const v1::AcceptSubscriptionRequest* request,
    v1::AcceptSubscriptionResponse*) {
  const auto target = Open(*context, request->account(), request->jid(), request->request_id());
  if (!target.ok()) return Answer(context, target.status());
  auto* reactor = context->DefaultReactor();
  editor_.Accept(target->agent, target->jid, request->reciprocate(), AnswerDone(reactor));
  return reactor;
}

grpc::ServerUnaryReactor* RosterService::DenySubscription(
    grpc::CallbackServerContext* context, const v1::DenySubscriptionRequest* request,
    v1::DenySubscriptionResponse*) {
  const auto target = Open(*context, request->account(), request->jid(), request->request_id());
  if (!target.ok()) return Answer(context, target.status());
  auto* reactor = context->DefaultReactor();
  editor_.Deny(target->agent, target->jid, AnswerDone(reactor));
  return reactor;
}

grpc::ServerUnaryReactor* RosterService::CancelSubscription(
    grpc::CallbackServerContext* context, const v1::CancelSubscriptionRequest* request,
    v1::CancelSubscriptionResponse*) {
  const auto target = Open(*context, request->account(), request->jid(), request->request_id());
  if (!target.ok()) return Answer(context, target.status());
  const auto stanza = StanzaOf(request->direction());
  if (!stanza.ok()) return Answer(context, stanza.status());
  auto* reactor = context->DefaultReactor();
  editor_.Cancel(target->agent, target->jid, *stanza, AnswerDone(reactor));
  return reactor;
}

}  // namespace chatwire::xmpp
