#ifndef CHATWIRE_XMPP_SERVICE_RPC_DOWNLOAD_REACTOR_H_
#define CHATWIRE_XMPP_SERVICE_RPC_DOWNLOAD_REACTOR_H_

#include <grpcpp/server_context.h>
#include <grpcpp/support/server_callback.h>

#include <chrono>
#include <memory>
#include <optional>
#include <string>

#include "chatwire/xmpp/v1/file_service.pb.h"
#include "common/mutex.h"
#include "common/sha256.h"
#include "xmpp-service/domain/file_send.h"
#include "xmpp-service/domain/http_transfer.h"
#include "xmpp-service/domain/transfer_limit.h"
#include "xmpp-service/rpc/live_streams.h"

namespace chatwire::xmpp {

/// One call of DownloadFile.
///
/// At most two chunks are in memory: one that is being written, and one that is being filled. When
/// that is full, the web server waits. Owns itself until gRPC is done with it. gRPC and the
/// transfers are called without the lock.
class DownloadReactor final : public grpc::ServerWriteReactor<v1::DownloadFileResponse>,
                              public HttpSink,
                              public EndableStream,
                              public std::enable_shared_from_this<DownloadReactor> {
 public:
  static std::shared_ptr<DownloadReactor> Make(const FileContext& files,
                                               grpc::CallbackServerContext* context);

  /// Begins. @p ticket is held until the end.
  void Start(HttpDownload download, std::unique_ptr<TransferLimit::Ticket> ticket);

  void End(const absl::Status& status) override;

  // HttpSink.
  void OnInfo(const HttpFileInfo& info) override;
  bool OnBytes(absl::string_view bytes) override;

  // From gRPC.
  void OnWriteDone(bool ok) override;
  void OnCancel() override;
  void OnDone() override;

 private:
  DownloadReactor(const FileContext& files, grpc::CallbackServerContext* context)
      : files_(files), context_(context) {}

  void OnTransferred(const absl::Status& status);
  /// Does what is to be done next: write, or finish.
  void Advance();
  /// Prepares the next response. Whether there is one.
  bool NextResponse() ABSL_EXCLUSIVE_LOCKS_REQUIRED(mutex_);
  /// Ends the call when one write takes too long.
  void WatchCaller();

  const FileContext files_;
  grpc::CallbackServerContext* const context_;

  Mutex mutex_;
  std::shared_ptr<DownloadReactor> self_ ABSL_GUARDED_BY(mutex_);
  std::unique_ptr<TransferLimit::Ticket> ticket_ ABSL_GUARDED_BY(mutex_);
  std::string url_ ABSL_GUARDED_BY(mutex_);
  std::optional<HttpTransfers::Id> transfer_ ABSL_GUARDED_BY(mutex_);
  std::optional<v1::DownloadedFileInfo> info_ ABSL_GUARDED_BY(mutex_);
  std::string buffer_ ABSL_GUARDED_BY(mutex_);
  Sha256 hash_ ABSL_GUARDED_BY(mutex_);
  int64_t received_ ABSL_GUARDED_BY(mutex_) = 0;
  std::optional<v1::DownloadSummary> summary_ ABSL_GUARDED_BY(mutex_);
  v1::DownloadFileResponse response_ ABSL_GUARDED_BY(mutex_);
  std::chrono::steady_clock::time_point write_begin_ ABSL_GUARDED_BY(mutex_);
  bool writing_ ABSL_GUARDED_BY(mutex_) = false;
  /// The transfer waits for room.
  bool paused_ ABSL_GUARDED_BY(mutex_) = false;
  /// To be finished when everything is written.
  bool ending_ ABSL_GUARDED_BY(mutex_) = false;
  bool finished_ ABSL_GUARDED_BY(mutex_) = false;
  absl::Status end_status_ ABSL_GUARDED_BY(mutex_);
};

}  // namespace chatwire::xmpp

#endif  // CHATWIRE_XMPP_SERVICE_RPC_DOWNLOAD_REACTOR_H_
