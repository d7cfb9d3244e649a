#include "xmpp-service/rpc/chat_service.h"

#include <algorithm>
#include <utility>

#include "absl/time/clock.h"
#include "common/rpc/authorize.h"
#include "common/rpc/time.h"
#include "xmpp-service/domain/errors.h"
#include "xmpp-service/rpc/chat_request.h"
#include "xmpp-service/rpc/scopes.h"
#include "xmpp-service/rpc/unary.h"
#include "xmpp-service/wire/mapping.h"

namespace chatwire::xmpp {
namespace {

constexpr const char* kScope = scope::kChat;
constexpr absl::Duration kDefaultWait = absl::Seconds(30);
// No caller may keep a wait open for ever.
constexpr absl::Duration kMaximumWait = absl::Minutes(5);
// So that the answer is there before the caller gives up.
constexpr absl::Duration kAnswerMargin = absl::Milliseconds(100);

/// How long to wait for the acknowledgement; zero: not at all.
template <typename Request>
absl::StatusOr<absl::Duration> WaitOf(const grpc::CallbackServerContext& context,
                                      const Request& request) {
  absl::Duration wait = kDefaultWait;
  if (request.has_wait_timeout()) wait = chatwire::FromProto(request.wait_timeout());
  if (wait < absl::ZeroDuration()) {
    return Error(absl::StatusCode::kInvalidArgument, "BAD_WAIT", "`wait_timeout` is negative");
  }
  if (request.wait_for() != v1::DELIVERY_STAGE_SERVER_ACK) return absl::ZeroDuration();
  const absl::Duration left = absl::FromChrono(context.deadline()) - absl::Now() - kAnswerMargin;
  return std::max(std::min({wait, left, kMaximumWait}), absl::Milliseconds(1));
}

/// The whole of each call that goes through the outbox.
template <typename Request, typename Response>
grpc::ServerUnaryReactor* Accept(grpc::CallbackServerContext* context,
                                 const ServiceContext& services, const Request& request,
                                 Response* response) {
  auto account = AuthorizeAccount(*context, services.tokens, kScope, request.account());
  if (!account.ok()) return Answer(context, account.status());
  const auto wait = WaitOf(*context, request);
  if (!wait.ok()) return Answer(context, wait.status());
  auto message = MessageOf(request);
  if (!message.ok()) return Answer(context, message.status());
  message->account = *std::move(account);
  auto* reactor = context->DefaultReactor();
  services.sender.Send(*std::move(message), *wait,
                       Completion<AcceptedMessage>([reactor, response](const auto& accepted) {
                         if (accepted.ok()) {
                           response->set_message_id(accepted->message.message_id);
                           response->set_stage(ToProto(accepted->stage));
                           *response->mutable_accept_time() =
                               chatwire::ToProto(accepted->accept_time);
                           response->set_replayed(accepted->replayed);
                         }
                         reactor->Finish(ToGrpcStatus(accepted.status()));
                       }));
  return reactor;
}

}  // namespace

grpc::ServerUnaryReactor* ChatService::SendMessage(grpc::CallbackServerContext* context,
                                                   const v1::SendMessageRequest* request,
                                                   v1::SendMessageResponse* response) {
  return Accept(context, context_, *request, response);
}

grpc::ServerUnaryReactor* ChatService::CorrectMessage(grpc::CallbackServerContext* context,
                                                      const v1::CorrectMessageRequest* request,
                                                      v1::CorrectMessageResponse* response) {
  return Accept(context, context_, *request, response);
}

grpc::ServerUnaryReactor* ChatService::RetractMessage(grpc::CallbackServerContext* context,
                                                      const v1::RetractMessageRequest* request,
                                                      v1::RetractMessageResponse* response) {
  return Accept(context, context_, *request, response);
}

grpc::ServerUnaryReactor* ChatService::React(grpc::CallbackServerContext* context,
                                             const v1::ReactRequest* request,
                                             v1::ReactResponse* response) {
  return Accept(context, context_, *request, response);
}

grpc::ServerUnaryReactor* ChatService::MarkDisplayed(grpc::CallbackServerContext* context,
                                                     const v1::MarkDisplayedRequest* request,
                                                     v1::MarkDisplayedResponse* response) {
  return Accept(context, context_, *request, response);
}

grpc::ServerUnaryReactor* ChatService::SendChatState(grpc::CallbackServerContext* context,
                                                     const v1::SendChatStateRequest* request,
                                                     v1::SendChatStateResponse*) {
  const auto account = AuthorizeAccount(*context, context_.tokens, kScope, request->account());
  if (!account.ok()) return Answer(context, account.status());
  const auto to = Jid::Parse(request->to());
  if (!to.ok()) return Answer(context, to.status());
  const auto state = FromProto(request->state());
  if (!state.has_value()) {
    return Answer(context, Error(absl::StatusCode::kInvalidArgument, "BAD_CHAT_STATE",
                                 "`state` is unspecified or unknown"));
  }
  const auto agent = context_.accounts.Find(*account);
  if (!agent.ok()) return Answer(context, agent.status());
  return Answer(context, (*agent)->SendChatState(to->Full(), *state));
}

}  // namespace chatwire::xmpp
