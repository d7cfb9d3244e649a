#include "xmpp-service/rpc/command_service.h"

#include <atomic>
#include <utility>
#include <vector>

#include "absl/strings/str_cat.h"
#include "common/rpc/authorize.h"
#include "common/uuid.h"
#include "xmpp-service/domain/errors.h"
#include "xmpp-service/rpc/address.h"
#include "xmpp-service/rpc/scopes.h"
#include "xmpp-service/rpc/session_call.h"
#include "xmpp-service/wire/command_proto.h"

namespace chatwire::xmpp {
namespace {

/// A stream that ends before it begins.
class RefusedOffer final : public grpc::ServerWriteReactor<v1::OfferCommandsResponse> {
 public:
  explicit RefusedOffer(const absl::Status& status) { Finish(ToGrpcStatus(status)); }
  void OnDone() override { delete this; }
};

absl::Status CheckRequestId(const std::string& request_id) {
  if (IsUuid(request_id)) return absl::OkStatus();
  return Error(absl::StatusCode::kInvalidArgument, "BAD_REQUEST_ID",
               "`request_id` is missing or not a UUID");
}

/// What a request asks for, without the id under which it does.
std::string ContentOf(v1::RunCommandRequest request) {
  request.clear_request_id();
  return request.SerializeAsString();
}

}  // namespace

grpc::ServerUnaryReactor* CommandService::ListCommands(grpc::CallbackServerContext* context,
                                                       const v1::ListCommandsRequest* request,
                                                       v1::ListCommandsResponse* response) {
  const auto jid = ParseAddress(request->jid());
  if (!jid.ok()) return xmpp::Answer(context, jid.status());
  return AskSession<std::vector<Command>>(
      context, context_, scope::kCommand, request->account(),
      [jid = *jid](Session& session, auto done) {
        session.ports().commands->ListCommands(jid, std::move(done));
      },
      [response](const std::vector<Command>& commands) {
        for (const Command& command : commands) *response->add_commands() = ToProto(command);
      });
}

grpc::ServerUnaryReactor* CommandService::RunCommand(grpc::CallbackServerContext* context,
                                                     const v1::RunCommandRequest* request,
                                                     v1::RunCommandResponse* response) {
  const auto account =
      AuthorizeAccount(*context, context_.tokens, scope::kCommand, request->account());
  if (!account.ok()) return xmpp::Answer(context, account.status());
  const auto jid = ParseAddress(request->jid());
  if (!jid.ok()) return xmpp::Answer(context, jid.status());
  auto step = FromProto(*request);
  if (!step.ok()) return xmpp::Answer(context, step.status());
  step->jid = *jid;
  const absl::Status id = CheckRequestId(request->request_id());
  if (!id.ok()) return xmpp::Answer(context, id);
  const auto agent = context_.accounts.Find(*account);
  if (!agent.ok()) return xmpp::Answer(context, agent.status());
  auto* reactor = context->DefaultReactor();
  const std::string key = absl::StrCat(*account, " ", request->request_id());
  const bool first = answers_->Begin(key, ContentOf(*request),
                                     Completion<CommandResult>([reactor, response](auto result) {
                                       if (result.ok()) *response = ToProto(*result);
                                       reactor->Finish(ToGrpcStatus(result.status()));
                                     }));
  if (!first) return reactor;
  Completion<Session*> ready([step = *std::move(step), key,
                              answers = answers_](absl::StatusOr<Session*> session) {
    if (!session.ok()) {
      // Nothing was sent, so a retry may send it.
      answers->Forget(key, session.status());
      return;
    }
    (*session)->ports().commands->Run(step, Completion<CommandResult>([key, answers](auto result) {
                                        answers->Finish(key, std::move(result));
                                      }));
  });
  (*agent)->UseSession([ready = std::move(ready)](absl::StatusOr<Session*> session) mutable {
    ready(std::move(session));
  });
  return reactor;
}

grpc::ServerWriteReactor<v1::OfferCommandsResponse>* CommandService::OfferCommands(
    grpc::CallbackServerContext* context, const v1::OfferCommandsRequest* request) {
  auto stream = Offer(*context, *request);
  if (!stream.ok()) return new RefusedOffer(stream.status());
  return stream->get();
}

absl::StatusOr<std::shared_ptr<OfferReactor>> CommandService::Offer(
    const grpc::CallbackServerContext& context, const v1::OfferCommandsRequest& request) {
  const auto account =
      AuthorizeAccount(context, context_.tokens, scope::kCommand, request.account());
  if (!account.ok()) return account.status();
  auto offer = FromProto(request);
  if (!offer.ok()) return offer.status();
  offer->account = *account;
  const auto agent = context_.accounts.Find(*account);
  if (!agent.ok()) return agent.status();
  auto offer_id = std::make_shared<std::atomic<int64_t>>(0);
  std::shared_ptr<OfferReactor> stream;
  int64_t number = 0;
  {
    MutexLock lock(mutex_);
    if (stopping_) return ShuttingDown();
    number = ++last_stream_;
    stream = OfferReactor::Make(context_.background, [this, number, offer_id] {
      desk_.Withdraw(*offer_id);
      Forget(number);
    });
    streams_[number] = stream;
  }
  // Without the lock: this may end an older stream.
  const auto offered = desk_.Offer(*std::move(offer), stream);
  if (!offered.ok()) {
    Forget(number);
    return offered.status();
  }
  *offer_id = *offered;
  // Only the session knows under which resource the server has let it in.
  Completion<Session*> ready([stream](absl::StatusOr<Session*> session) {
    stream->Start(session.ok() ? (*session)->ports().commands->full_jid() : "");
  });
  (*agent)->UseSession([ready = std::move(ready)](absl::StatusOr<Session*> session) mutable {
    ready(std::move(session));
  });
  return stream;
}

void CommandService::Forget(int64_t stream) {
  MutexLock lock(mutex_);
  streams_.erase(stream);
}

grpc::ServerUnaryReactor* CommandService::AnswerCommand(grpc::CallbackServerContext* context,
                                                        const v1::AnswerCommandRequest* request,
                                                        v1::AnswerCommandResponse*) {
  const auto account =
      AuthorizeAccount(*context, context_.tokens, scope::kCommand, request->account());
  if (!account.ok()) return xmpp::Answer(context, account.status());
  const auto agent = context_.accounts.Find(*account);
  if (!agent.ok()) return xmpp::Answer(context, agent.status());
  const absl::Status id = CheckRequestId(request->request_id());
  if (!id.ok()) return xmpp::Answer(context, id);
  auto reply = FromProto(*request);
  if (!reply.ok()) return xmpp::Answer(context, reply.status());
  return xmpp::Answer(context, desk_.Answer(*account, request->session_id(), request->step(),
                                            request->request_id(), *std::move(reply)));
}

void CommandService::Shutdown() {
  std::vector<std::shared_ptr<OfferReactor>> streams;
  {
    MutexLock lock(mutex_);
    stopping_ = true;
    for (const auto& [number, weak] : streams_) {
      if (auto stream = weak.lock()) streams.push_back(std::move(stream));
    }
  }
  for (const auto& stream : streams) stream->End(ShuttingDown());
}

}  // namespace chatwire::xmpp
