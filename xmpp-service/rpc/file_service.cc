#include "xmpp-service/rpc/file_service.h"

#include <algorithm>
#include <utility>

#include "common/rpc/authorize.h"
#include "xmpp-service/domain/errors.h"
#include "xmpp-service/domain/file_errors.h"
#include "xmpp-service/domain/upload_port.h"
#include "xmpp-service/domain/web_url.h"
#include "xmpp-service/rpc/download_reactor.h"
#include "xmpp-service/rpc/scopes.h"
#include "xmpp-service/rpc/send_file_reactor.h"
#include "xmpp-service/rpc/session_call.h"

namespace chatwire::xmpp {

void FileService::Shutdown() { streams_.EndAll(ShuttingDown()); }

grpc::ServerUnaryReactor* FileService::GetUploadLimits(grpc::CallbackServerContext* context,
                                                       const v1::GetUploadLimitsRequest* request,
                                                       v1::GetUploadLimitsResponse* response) {
  return AskSession<UploadService>(
      context, context_, scope::kFile, request->account(),
      [](Session& session, Completion<UploadService> done) {
        UploadPort* const port = session.ports().upload;
        if (port == nullptr) {
          done(NoUploadService());
        } else {
          port->FindService(std::move(done));
        }
      },
      [response, ours = files_.rules.maximum_upload_bytes](const UploadService& service) {
        response->set_service(service.jid);
        response->set_server_maximum_bytes(service.maximum_bytes);
        response->set_maximum_bytes(
            service.maximum_bytes == 0 ? ours : std::min(ours, service.maximum_bytes));
      });
}

grpc::ServerBidiReactor<v1::SendFileRequest, v1::SendFileResponse>* FileService::SendFile(
    grpc::CallbackServerContext* context) {
  auto caller = Authorize(*context, context_.tokens, scope::kFile);
  const absl::Status allowed = caller.status();
  const auto stream = SendFileReactor::Make(files_, allowed.ok() ? *std::move(caller) : Caller());
  if (allowed.ok()) {
    streams_.Add(stream);
    stream->Start();
  } else {
    stream->End(allowed);
  }
  return stream.get();
}

grpc::ServerWriteReactor<v1::DownloadFileResponse>* FileService::DownloadFile(
    grpc::CallbackServerContext* context, const v1::DownloadFileRequest* request) {
  const auto stream = DownloadReactor::Make(files_, context);
  const absl::Status started = StartDownload(*context, *request, stream);
  if (!started.ok()) stream->End(started);
  return stream.get();
}

absl::Status FileService::StartDownload(grpc::CallbackServerContext& context,
                                        const v1::DownloadFileRequest& request,
                                        const std::shared_ptr<DownloadReactor>& stream) {
  const auto account = AuthorizeAccount(context, context_.tokens, scope::kFile, request.account());
  if (!account.ok()) return account.status();
  const absl::Status known = context_.accounts.Find(*account).status();
  if (!known.ok()) return known;
  const absl::Status url = CheckUrl(request.url(), files_.rules.allow_http);
  if (!url.ok()) return url;
  if (request.maximum_bytes() < 0) {
    return Error(absl::StatusCode::kInvalidArgument, "BAD_FILE_SIZE",
                 "`maximum_bytes` is negative");
  }
  auto ticket = files_.limit.Enter(*account);
  if (!ticket.ok()) return ticket.status();
  const int64_t ours = files_.rules.maximum_download_bytes;
  streams_.Add(stream);
  stream->Start(
      {request.url(), request.maximum_bytes() == 0 ? ours : std::min(ours, request.maximum_bytes()),
       nullptr},
      *std::move(ticket));
  return absl::OkStatus();
}

}  // namespace chatwire::xmpp
