#ifndef CHATWIRE_XMPP_SERVICE_RPC_SEND_FILE_REACTOR_H_
#define CHATWIRE_XMPP_SERVICE_RPC_SEND_FILE_REACTOR_H_

#include <grpcpp/support/server_callback.h>

#include <chrono>
#include <deque>
#include <memory>
#include <string>

#include "chatwire/xmpp/v1/file_service.pb.h"
#include "common/auth/caller.h"
#include "common/mutex.h"
#include "xmpp-service/domain/file_send.h"
#include "xmpp-service/rpc/live_streams.h"

namespace chatwire::xmpp {

/// One call of SendFile.
///
/// The next chunk is read when the one before it is on the disk: that is the back-pressure. What is
/// told does not wait: while a response is being written, at most the newest of each stage is kept.
/// Owns itself until gRPC is done with it. gRPC is called without the lock.
class SendFileReactor final
    : public grpc::ServerBidiReactor<v1::SendFileRequest, v1::SendFileResponse>,
      public FileSendListener,
      public EndableStream,
      public std::enable_shared_from_this<SendFileReactor> {
 public:
  static std::shared_ptr<SendFileReactor> Make(const FileContext& files, Caller caller);

  /// Asks for the metadata.
  void Start();

  void End(const absl::Status& status) override;

  // FileSendListener.
  void OnProgress(const SendFileProgress& progress) override;
  void OnSent(absl::StatusOr<SentFile> sent) override;

  // From gRPC.
  void OnReadDone(bool ok) override;
  void OnWriteDone(bool ok) override;
  void OnCancel() override;
  void OnDone() override;

 private:
  SendFileReactor(const FileContext& files, Caller caller)
      : files_(files), caller_(std::move(caller)) {}

  /// Reads the next request, unless the call is over.
  void Read();
  void Begin(const v1::SendFileMetadata& metadata);
  void TakeChunk();
  /// Does what is to be done next: write, or finish.
  void Advance();

  const FileContext files_;
  const Caller caller_;
  /// Only one read runs at a time.
  v1::SendFileRequest request_;

  Mutex mutex_;
  std::shared_ptr<SendFileReactor> self_ ABSL_GUARDED_BY(mutex_);
  std::shared_ptr<FileSend> send_ ABSL_GUARDED_BY(mutex_);
  int64_t total_bytes_ ABSL_GUARDED_BY(mutex_) = 0;
  SendFileStage stage_ ABSL_GUARDED_BY(mutex_) = SendFileStage::kReady;
  std::deque<v1::SendFileResponse> pending_ ABSL_GUARDED_BY(mutex_);
  v1::SendFileResponse response_ ABSL_GUARDED_BY(mutex_);
  std::chrono::steady_clock::time_point last_write_ ABSL_GUARDED_BY(mutex_);
  bool writing_ ABSL_GUARDED_BY(mutex_) = false;
  /// Between the decision to read and the end of the call of gRPC: it must not finish there.
  int starting_reads_ ABSL_GUARDED_BY(mutex_) = 0;
  /// To be finished when everything pending is written.
  bool ending_ ABSL_GUARDED_BY(mutex_) = false;
  bool finished_ ABSL_GUARDED_BY(mutex_) = false;
  absl::Status end_status_ ABSL_GUARDED_BY(mutex_);
};

}  // namespace chatwire::xmpp

#endif  // CHATWIRE_XMPP_SERVICE_RPC_SEND_FILE_REACTOR_H_
