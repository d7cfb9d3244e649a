#ifndef CHATWIRE_XMPP_SERVICE_DOMAIN_FILE_SEND_H_
#define CHATWIRE_XMPP_SERVICE_DOMAIN_FILE_SEND_H_

#include <atomic>
#include <cstdint>
#include <memory>
#include <optional>
#include <string>

#include "absl/time/time.h"
#include "common/completion.h"
#include "common/sha256.h"
#include "xmpp-service/domain/account_directory.h"
#include "xmpp-service/domain/executor.h"
#include "xmpp-service/domain/http_transfer.h"
#include "xmpp-service/domain/message_sender.h"
#include "xmpp-service/domain/new_file.h"
#include "xmpp-service/domain/room_message_sender.h"
#include "xmpp-service/domain/sent_file_log.h"
#include "xmpp-service/domain/spool.h"
#include "xmpp-service/domain/transfer_limit.h"
#include "xmpp-service/domain/upload_port.h"

namespace chatwire::xmpp {

/// What the operator allows.
struct FileRules {
  int64_t maximum_upload_bytes = 0;
  int64_t maximum_download_bytes = 0;
  bool allow_http = false;
  /// Most time without a byte.
  absl::Duration stall_timeout = absl::Seconds(60);
};

/// What files are sent and fetched with. All of it outlives the transfers.
struct FileContext {
  AccountDirectory& accounts;
  MessageSender& sender;
  RoomMessageSender& room_sender;
  SentFileLog& log;
  HttpTransfers& http;
  Spool& spool;
  TransferLimit& limit;
  /// A thread that may wait for the disk.
  Executor& executor;
  const FileRules rules;
};

/// How far a file has come. The numbers are those of the API.
enum class SendFileStage {
  kReady = 1,
  kReceiving = 2,
  kSlotRequested = 3,
  kUploading = 4,
  kAccepted = 5
};

struct SendFileProgress {
  SendFileStage stage = SendFileStage::kReady;
  int64_t received_bytes = 0;
  int64_t uploaded_bytes = 0;
};

/// A file that was sent, with what is known of its message.
struct SentFile {
  UploadedFile file;
  std::string message_id;
  absl::Time accept_time;
  bool replayed = false;
};

/// Hears how it goes, on the context's executor.
class FileSendListener {
 public:
  virtual ~FileSendListener() = default;

  virtual void OnProgress(const SendFileProgress& progress) = 0;
  /// The end; nothing comes after it.
  virtual void OnSent(absl::StatusOr<SentFile> sent) = 0;
};

/// One file on its way to a chat: its bytes come in, are kept in the spool, checked, and uploaded;
/// then the message goes into the outbox. What is cancelled leaves nothing behind.
///
/// Thread-safe: everything happens on the context's executor.
class FileSend final : public std::enable_shared_from_this<FileSend> {
 public:
  /// Half of what the server takes in one message.
  static constexpr size_t kMaximumChunkBytes = 512 * 1024;

  static std::shared_ptr<FileSend> Start(const FileContext& context, NewFile file,
                                         std::shared_ptr<FileSendListener> listener);

  /// The next bytes, after kReady. Completes when they are kept and the next may come.
  void Append(std::string bytes, Completion<bool> taken);

  /// All bytes were given.
  void End();

  /// Ends it with @p status, unless it has ended.
  void Fail(absl::Status status);

 private:
  FileSend(const FileContext& context, NewFile file, std::shared_ptr<FileSendListener> listener)
      : context_(context), file_(std::move(file)), listener_(std::move(listener)) {}

  /// Runs @p function on the executor, unless all is over then.
  template <typename Function>
  void Post(Function function);
  /// A completion that runs @p function there.
  template <typename T, typename Function>
  Completion<T> Bind(Function function);
  /// Runs @p ask with the account's port, or fails.
  template <typename T, typename Ask, typename Function>
  void AskServer(Ask ask, Function function);

  void Begin();
  void OnFound(const absl::StatusOr<std::optional<UploadedFile>>& found);
  /// Whether the account is to be in the room.
  void CheckRoom();
  void FindService();
  void OnService(const absl::StatusOr<UploadService>& service);
  void WatchCaller(int64_t received);
  absl::Status Take(const std::string& bytes);
  absl::Status CheckBytes();
  void RequestSlot();
  void OnSlot(absl::StatusOr<UploadSlot> slot);
  void Upload(const UploadSlot& slot);
  void TellUploaded(int64_t bytes);
  void OnUploaded(const absl::Status& uploaded);
  void SendMessage(const absl::StatusOr<UploadedFile>& uploaded);
  void SendToRoom(const UploadedFile& file);
  void SendToContact(const UploadedFile& file);
  /// Ends the call with what an outbox said (AcceptedMessage, AcceptedRoomMessage).
  template <typename Accepted>
  Completion<Accepted> FinishWith(const UploadedFile& file);
  void Tell(SendFileStage stage);
  void Finish(absl::StatusOr<SentFile> sent);

  const FileContext context_;
  NewFile file_;

  // Below: the executor only.
  std::shared_ptr<FileSendListener> listener_;
  bool ended_ = false;
  std::unique_ptr<TransferLimit::Ticket> ticket_;
  std::shared_ptr<SpoolFile> spool_;
  std::string service_;
  std::string url_;
  Sha256 hash_;
  std::string sha256_;
  SendFileProgress progress_;
  bool receiving_ = false;
  std::optional<HttpTransfers::Id> transfer_;
  /// What the transfers' thread says and has not been told yet.
  std::atomic<int64_t> uploaded_{0};
  std::atomic<bool> telling_{false};
};

}  // namespace chatwire::xmpp

#endif  // CHATWIRE_XMPP_SERVICE_DOMAIN_FILE_SEND_H_
