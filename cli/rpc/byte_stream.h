#ifndef CHATWIRE_CLI_RPC_BYTE_STREAM_H_
#define CHATWIRE_CLI_RPC_BYTE_STREAM_H_

#include <grpcpp/channel.h>
#include <grpcpp/client_context.h>
#include <grpcpp/generic/generic_stub.h>
#include <grpcpp/support/byte_buffer.h>
#include <grpcpp/support/client_callback.h>

#include <memory>
#include <string>

#include "common/mutex.h"

namespace chatwire::cli {

/// What @p buffer holds; "" for one that cannot be decompressed.
std::string BytesOf(const grpc::ByteBuffer& buffer);

/// A call of any kind (unary and streams are the same on the wire) whose messages are bytes.
///
/// One thread may read while another writes. Every method blocks.
class ByteStream final : private grpc::ClientBidiReactor<grpc::ByteBuffer, grpc::ByteBuffer> {
 public:
  /// Begins the call of `/package.Service/Method`. @p context must outlive this.
  ByteStream(const std::shared_ptr<grpc::Channel>& channel, grpc::ClientContext* context,
             const std::string& path);

  /// Waits for the call's end; cancels it when Finish was not called.
  ~ByteStream() override;

  ByteStream(const ByteStream&) = delete;
  ByteStream& operator=(const ByteStream&) = delete;

  /// Returns whether the message went out; false at the end of the call.
  bool Write(const std::string& bytes);

  /// No more messages will be written.
  void WritesDone();

  /// The next message; false at the end of the call.
  bool Read(std::string* bytes);

  /// Waits for the end. Call once, when Read has returned false.
  grpc::Status Finish();

 private:
  void OnWriteDone(bool ok) override;
  void OnWritesDoneDone(bool ok) override;
  void OnReadDone(bool ok) override;
  void OnDone(const grpc::Status& status) override;

  enum class Step { kNone, kWaiting, kDone, kFailed };
  bool Wait(Step& step);
  void Set(Step& step, bool ok);

  grpc::ClientContext* context_;
  grpc::GenericStub stub_;
  grpc::ByteBuffer read_buffer_;
  grpc::ByteBuffer write_buffer_;
  Mutex mutex_;
  std::condition_variable changed_;
  Step read_ ABSL_GUARDED_BY(mutex_) = Step::kNone;
  Step write_ ABSL_GUARDED_BY(mutex_) = Step::kNone;
  bool done_ ABSL_GUARDED_BY(mutex_) = false;
  bool held_ = true;
  grpc::Status status_ ABSL_GUARDED_BY(mutex_);
};

}  // namespace chatwire::cli

#endif  // CHATWIRE_CLI_RPC_BYTE_STREAM_H_
