#ifndef CHATWIRE_XMPP_SERVICE_RPC_CHAT_SERVICE_H_
#define CHATWIRE_XMPP_SERVICE_RPC_CHAT_SERVICE_H_

#include "chatwire/xmpp/v1/chat_service.grpc.pb.h"
#include "xmpp-service/rpc/services.h"

namespace chatwire::xmpp {

/// Sending over gRPC; what each call does stands in chat_service.proto.
class ChatService final : public v1::ChatService::CallbackService {
 public:
  explicit ChatService(const ServiceContext& context) : context_(context) {}

  grpc::ServerUnaryReactor* SendMessage(grpc::CallbackServerContext* context,
                                        const v1::SendMessageRequest* request,
                                        v1::SendMessageResponse* response) override;
  grpc::ServerUnaryReactor* CorrectMessage(grpc::CallbackServerContext* context,
                                           const v1::CorrectMessageRequest* request,
                                           v1::CorrectMessageResponse* response) override;
  grpc::ServerUnaryReactor* RetractMessage(grpc::CallbackServerContext* context,
                                           const v1::RetractMessageRequest* request,
                                           v1::RetractMessageResponse* response) override;
  grpc::ServerUnaryReactor* React(grpc::CallbackServerContext* context,
                                  const v1::ReactRequest* request,
                                  v1::ReactResponse* response) override;
  grpc::ServerUnaryReactor* MarkDisplayed(grpc::CallbackServerContext* context,
                                          const v1::MarkDisplayedRequest* request,
                                          v1::MarkDisplayedResponse* response) override;
  grpc::ServerUnaryReactor* SendChatState(grpc::CallbackServerContext* context,
                                          const v1::SendChatStateRequest* request,
                                          v1::SendChatStateResponse* response) override;

  // In chat_history.cc.

  grpc::ServerUnaryReactor* ListMessages(grpc::CallbackServerContext* context,
                                         const v1::ListMessagesRequest* request,
                                         v1::ListMessagesResponse* response) override;

  // In chat_archive.cc.

  grpc::ServerUnaryReactor* FetchArchive(grpc::CallbackServerContext* context,
                                         const v1::FetchArchiveRequest* request,
                                         v1::FetchArchiveResponse* response) override;
  grpc::ServerUnaryReactor* GetArchivePreferences(
      grpc::CallbackServerContext* context, const v1::GetArchivePreferencesRequest* request,
      v1::GetArchivePreferencesResponse* response) override;
  grpc::ServerUnaryReactor* UpdateArchivePreferences(
      grpc::CallbackServerContext* context, const v1::UpdateArchivePreferencesRequest* request,
      v1::UpdateArchivePreferencesResponse* response) override;

 private:
  const ServiceContext context_;
};

}  // namespace chatwire::xmpp

#endif  // CHATWIRE_XMPP_SERVICE_RPC_CHAT_SERVICE_H_
