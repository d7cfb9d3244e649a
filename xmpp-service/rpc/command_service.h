#ifndef CHATWIRE_XMPP_SERVICE_RPC_COMMAND_SERVICE_H_
#define CHATWIRE_XMPP_SERVICE_RPC_COMMAND_SERVICE_H_

#include <map>
#include <memory>

#include "chatwire/xmpp/v1/command_service.grpc.pb.h"
#include "common/clock.h"
#include "common/mutex.h"
#include "xmpp-service/domain/command_desk.h"
#include "xmpp-service/domain/recent_answers.h"
#include "xmpp-service/rpc/offer_reactor.h"
#include "xmpp-service/rpc/services.h"

namespace chatwire::xmpp {

/// Ad-hoc commands over gRPC; what each call does stands in command_service.proto.
class CommandService final : public v1::CommandService::CallbackService {
 public:
  CommandService(const ServiceContext& context, CommandDesk& desk, const Clock& clock)
      : context_(context),
        desk_(desk),
        answers_(std::make_shared<RecentAnswers<CommandResult>>(clock)) {}

  /// Ends all streams, and lets no new ones begin.
  void Shutdown();

  grpc::ServerUnaryReactor* ListCommands(grpc::CallbackServerContext* context,
                                         const v1::ListCommandsRequest* request,
                                         v1::ListCommandsResponse* response) override;
  grpc::ServerUnaryReactor* RunCommand(grpc::CallbackServerContext* context,
                                       const v1::RunCommandRequest* request,
                                       v1::RunCommandResponse* response) override;
  grpc::ServerWriteReactor<v1::OfferCommandsResponse>* OfferCommands(
      grpc::CallbackServerContext* context, const v1::OfferCommandsRequest* request) override;
  grpc::ServerUnaryReactor* AnswerCommand(grpc::CallbackServerContext* context,
                                          const v1::AnswerCommandRequest* request,
                                          v1::AnswerCommandResponse* response) override;

 private:
  /// Offers what @p request says. Errors: those of OfferCommands.
  absl::StatusOr<std::shared_ptr<OfferReactor>> Offer(const grpc::CallbackServerContext& context,
                                                      const v1::OfferCommandsRequest& request);
  void Forget(int64_t stream);

  const ServiceContext context_;
  CommandDesk& desk_;
  const std::shared_ptr<RecentAnswers<CommandResult>> answers_;
  Mutex mutex_;
  bool stopping_ ABSL_GUARDED_BY(mutex_) = false;
  int64_t last_stream_ ABSL_GUARDED_BY(mutex_) = 0;
  std::map<int64_t, std::weak_ptr<OfferReactor>> streams_ ABSL_GUARDED_BY(mutex_);
};

}  // namespace chatwire::xmpp

#endif  // CHATWIRE_XMPP_SERVICE_RPC_COMMAND_SERVICE_H_
