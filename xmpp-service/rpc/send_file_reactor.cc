#include "xmpp-service/rpc/send_file_reactor.h"

#include <utility>

#include "common/rpc/grpc_status.h"
#include "common/rpc/time.h"
#include "xmpp-service/domain/errors.h"

namespace chatwire::xmpp {
namespace {

constexpr std::chrono::milliseconds kProgressInterval(100);

absl::Status BadStream(absl::string_view message) {
  return Error(absl::StatusCode::kInvalidArgument, "BAD_STREAM", message);
}

absl::Status CallerGone() { return absl::CancelledError("the caller is gone"); }

v1::SendFileResponse ToProto(const SentFile& sent) {
  v1::SendFileResponse response;
  response.set_stage(v1::SEND_FILE_STAGE_ACCEPTED);
  response.set_received_bytes(sent.file.size_bytes);
  response.set_uploaded_bytes(sent.file.size_bytes);
  response.set_total_bytes(sent.file.size_bytes);
  auto* file = response.mutable_file();
  file->set_message_id(sent.message_id);
  file->set_url(sent.file.url);
  file->set_file_name(sent.file.file_name);
  file->set_media_type(sent.file.media_type);
  file->set_size_bytes(sent.file.size_bytes);
  file->set_sha256(sent.file.sha256);
  *file->mutable_accept_time() = chatwire::ToProto(sent.accept_time);
  file->set_replayed(sent.replayed);
  return response;
}

static_assert(static_cast<int>(SendFileStage::kReady) == v1::SEND_FILE_STAGE_READY);
static_assert(static_cast<int>(SendFileStage::kAccepted) == v1::SEND_FILE_STAGE_ACCEPTED);

}  // namespace

std::shared_ptr<SendFileReactor> SendFileReactor::Make(const FileContext& files, Caller caller) {
  std::shared_ptr<SendFileReactor> reactor(new SendFileReactor(files, std::move(caller)));
  MutexLock lock(reactor->mutex_);
  reactor->self_ = reactor;
  return reactor;
}

void SendFileReactor::Start() { Read(); }

void SendFileReactor::Read() {
  {
    MutexLock lock(mutex_);
    if (ending_) return;
    ++starting_reads_;
  }
  StartRead(&request_);
  {
    MutexLock lock(mutex_);
    --starting_reads_;
    if (!ending_) return;
  }
  Advance();
}

void SendFileReactor::OnReadDone(bool ok) {
  std::shared_ptr<FileSend> send;
  {
    MutexLock lock(mutex_);
    if (ending_) return;
    send = send_;
  }
  if (send == nullptr) {
    if (ok && request_.has_metadata()) {
      Begin(request_.metadata());
    } else {
      End(BadStream("the first request is not `metadata`"));
    }
  } else if (!ok) {
    send->End();
  } else if (request_.part_case() == v1::SendFileRequest::kChunk) {
    TakeChunk();
  } else {
    End(BadStream("a request after the first is not `chunk`"));
  }
}

void SendFileReactor::Begin(const v1::SendFileMetadata& metadata) {
  auto account = ResolveAccount(caller_, metadata.account());
  if (!account.ok()) {
    End(account.status());
    return;
  }
  const bool to_room = !metadata.room().empty();
  if (to_room && !metadata.to().empty()) {
    End(Error(absl::StatusCode::kInvalidArgument, "BAD_JID", "give either `to` or `room`"));
    return;
  }
  NewFile file{*std::move(account),
               to_room ? metadata.room() : metadata.to(),
               metadata.file_name(),
               metadata.media_type(),
               metadata.size_bytes(),
               metadata.sha256(),
               metadata.caption(),
               metadata.request_id(),
               to_room};
  MutexLock lock(mutex_);
  total_bytes_ = file.size_bytes;
  if (!ending_) send_ = FileSend::Start(files_, std::move(file), shared_from_this());
}

void SendFileReactor::TakeChunk() {
  std::string chunk = std::move(*request_.mutable_chunk());
  std::shared_ptr<FileSend> send;
  {
    MutexLock lock(mutex_);
    send = send_;
  }
  if (send == nullptr) return;
  send->Append(std::move(chunk), Completion<bool>([self = shared_from_this()](const auto& taken) {
                 if (taken.ok()) self->Read();
               }));
}

void SendFileReactor::OnProgress(const SendFileProgress& progress) {
  v1::SendFileResponse response;
  response.set_stage(static_cast<v1::SendFileStage>(progress.stage));
  response.set_received_bytes(progress.received_bytes);
  response.set_uploaded_bytes(progress.uploaded_bytes);
  bool news = false;
  {
    MutexLock lock(mutex_);
    if (ending_) return;
    response.set_total_bytes(total_bytes_);
    if (!pending_.empty() && pending_.back().stage() == response.stage()) pending_.pop_back();
    pending_.push_back(std::move(response));
    const bool new_stage = std::exchange(stage_, progress.stage) != progress.stage;
    news = new_stage || progress.stage == SendFileStage::kReady ||
           std::chrono::steady_clock::now() - last_write_ >= kProgressInterval;
  }
  if (news) Advance();
  if (progress.stage == SendFileStage::kReady) Read();
}

void SendFileReactor::OnSent(absl::StatusOr<SentFile> sent) {
  if (!sent.ok()) {
    End(sent.status());
    return;
  }
  {
    MutexLock lock(mutex_);
    if (ending_) return;
    ending_ = true;
    pending_.push_back(ToProto(*sent));
  }
  Advance();
}

void SendFileReactor::Advance() {
  bool finish = false;
  absl::Status status;
  {
    MutexLock lock(mutex_);
    if (finished_ || writing_) return;
    if (!pending_.empty()) {
      response_ = std::move(pending_.front());
      pending_.pop_front();
      writing_ = true;
    } else {
      // What is starting to read comes back here.
      finish = ending_ && starting_reads_ == 0;
      if (!finish) return;
      finished_ = true;
      status = end_status_;
    }
  }
  if (finish) {
    Finish(ToGrpcStatus(status));
  } else {
    StartWrite(&response_);
  }
}

void SendFileReactor::OnWriteDone(bool ok) {
  {
    MutexLock lock(mutex_);
    writing_ = false;
    last_write_ = std::chrono::steady_clock::now();
    // Nobody reads any more; the upload's own end, or OnCancel, ends the call.
    if (!ok) pending_.clear();
  }
  Advance();
}

void SendFileReactor::OnCancel() { End(CallerGone()); }

void SendFileReactor::End(const absl::Status& status) {
  std::shared_ptr<FileSend> send;
  {
    MutexLock lock(mutex_);
    if (ending_) return;
    ending_ = true;
    end_status_ = status;
    pending_.clear();
    send = send_;
  }
  if (send != nullptr) send->Fail(status);
  Advance();
}

void SendFileReactor::OnDone() {
  std::shared_ptr<SendFileReactor> self;
  MutexLock lock(mutex_);
  send_.reset();
  self = std::move(self_);
}

}  // namespace chatwire::xmpp
