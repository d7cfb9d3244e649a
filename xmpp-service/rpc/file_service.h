#ifndef CHATWIRE_XMPP_SERVICE_RPC_FILE_SERVICE_H_
#define CHATWIRE_XMPP_SERVICE_RPC_FILE_SERVICE_H_

#include "chatwire/xmpp/v1/file_service.grpc.pb.h"
#include "xmpp-service/domain/file_send.h"
#include "xmpp-service/rpc/live_streams.h"
#include "xmpp-service/rpc/services.h"

namespace chatwire::xmpp {

/// chatwire.xmpp.v1.FileService. What it does is written at the RPCs.
class FileService final : public v1::FileService::CallbackService {
 public:
  FileService(const ServiceContext& context, const FileContext& files)
      : context_(context), files_(files) {}

  /// Ends every stream with SHUTTING_DOWN, also those that come later.
  void Shutdown();

  grpc::ServerUnaryReactor* GetUploadLimits(grpc::CallbackServerContext* context,
                                            const v1::GetUploadLimitsRequest* request,
                                            v1::GetUploadLimitsResponse* response) override;
  grpc::ServerBidiReactor<v1::SendFileRequest, v1::SendFileResponse>* SendFile(
      grpc::CallbackServerContext* context) override;
  grpc::ServerWriteReactor<v1::DownloadFileResponse>* DownloadFile(
      grpc::CallbackServerContext* context, const v1::DownloadFileRequest* request) override;

 private:
  absl::Status StartDownload(grpc::CallbackServerContext& context,
                             const v1::DownloadFileRequest& request,
                             const std::shared_ptr<class DownloadReactor>& stream);

  const ServiceContext context_;
  const FileContext files_;
  LiveStreams streams_;
};

}  // namespace chatwire::xmpp

#endif  // CHATWIRE_XMPP_SERVICE_RPC_FILE_SERVICE_H_
