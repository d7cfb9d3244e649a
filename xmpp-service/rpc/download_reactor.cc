#include "xmpp-service/rpc/download_reactor.h"

#include <utility>

#include "absl/strings/str_split.h"
#include "common/rpc/grpc_status.h"
#include "xmpp-service/domain/file_errors.h"
#include "xmpp-service/domain/file_name.h"
#include "xmpp-service/domain/web_url.h"

namespace chatwire::xmpp {
namespace {

constexpr size_t kChunkBytes = 256 * 1024;

/// What the web server says where that is a media type, without its parameters.
std::string MediaTypeFrom(const std::string& header, const std::string& file_name) {
  const std::string type =
      std::vector<std::string>(absl::StrSplit(header, absl::ByAnyChar("; ")))[0];
  return IsMediaType(type) ? type : MediaTypeOf(file_name);
}

}  // namespace

std::shared_ptr<DownloadReactor> DownloadReactor::Make(const FileContext& files,
                                                       grpc::CallbackServerContext* context) {
  std::shared_ptr<DownloadReactor> reactor(new DownloadReactor(files, context));
  MutexLock lock(reactor->mutex_);
  reactor->self_ = reactor;
  return reactor;
}

void DownloadReactor::Start(HttpDownload download, std::unique_ptr<TransferLimit::Ticket> ticket) {
  {
    MutexLock lock(mutex_);
    ticket_ = std::move(ticket);
    url_ = download.url;
  }
  download.sink = shared_from_this();
  const HttpTransfers::Id transfer = files_.http.Download(
      std::move(download), Completion<bool>([self = shared_from_this()](const auto& done) {
        self->OnTransferred(done.status());
      }));
  bool resume = false;
  bool cancel = false;
  {
    MutexLock lock(mutex_);
    transfer_ = transfer;
    // It may have come that far meanwhile.
    resume = paused_ && buffer_.empty();
    if (resume) paused_ = false;
    cancel = ending_;
  }
  if (resume) files_.http.Resume(transfer);
  if (cancel) files_.http.Cancel(transfer);
  WatchCaller();
}

void DownloadReactor::OnInfo(const HttpFileInfo& info) {
  {
    MutexLock lock(mutex_);
    info_.emplace();
    info_->set_file_name(FileNameOfUrl(url_));
    info_->set_media_type(MediaTypeFrom(info.media_type, info_->file_name()));
    info_->set_total_bytes(info.size_bytes);
  }
  Advance();
}

bool DownloadReactor::OnBytes(absl::string_view bytes) {
  {
    MutexLock lock(mutex_);
    // It is being cancelled.
    if (ending_) return true;
    if (!buffer_.empty() && buffer_.size() + bytes.size() > kChunkBytes) {
      paused_ = true;
      return false;
    }
    buffer_.append(bytes.data(), bytes.size());
    hash_.Update(bytes);
    received_ += static_cast<int64_t>(bytes.size());
  }
  Advance();
  return true;
}

void DownloadReactor::OnTransferred(const absl::Status& status) {
  if (!status.ok()) {
    End(status);
    return;
  }
  {
    MutexLock lock(mutex_);
    if (ending_) return;
    ending_ = true;
    summary_.emplace();
    summary_->set_size_bytes(received_);
    summary_->set_sha256(hash_.Finish());
    ticket_.reset();
  }
  Advance();
}

bool DownloadReactor::NextResponse() {
  response_.Clear();
  if (info_.has_value()) {
    *response_.mutable_info() = *std::exchange(info_, std::nullopt);
  } else if (!buffer_.empty()) {
    response_.set_chunk(std::exchange(buffer_, {}));
  } else if (summary_.has_value()) {
    *response_.mutable_summary() = *std::exchange(summary_, std::nullopt);
  } else {
    return false;
  }
  return true;
}

void DownloadReactor::Advance() {
  bool write = false;
  std::optional<HttpTransfers::Id> resume;
  absl::Status status;
  {
    MutexLock lock(mutex_);
    if (finished_ || writing_) return;
    write = NextResponse();
    if (write) {
      writing_ = true;
      write_begin_ = std::chrono::steady_clock::now();
      if (paused_ && buffer_.empty() && transfer_.has_value()) {
        paused_ = false;
        resume = transfer_;
      }
    } else {
      if (!ending_) return;
      finished_ = true;
      status = end_status_;
    }
  }
  if (!write) {
    Finish(ToGrpcStatus(status));
    return;
  }
  StartWrite(&response_);
  if (resume.has_value()) files_.http.Resume(*resume);
}

void DownloadReactor::OnWriteDone(bool ok) {
  {
    MutexLock lock(mutex_);
    writing_ = false;
  }
  if (!ok) End(absl::CancelledError("the caller is gone"));
  Advance();
}

void DownloadReactor::OnCancel() { End(absl::CancelledError("the caller is gone")); }

void DownloadReactor::End(const absl::Status& status) {
  std::optional<HttpTransfers::Id> transfer;
  {
    MutexLock lock(mutex_);
    if (finished_) return;
    // Also when only the last responses were still to be written.
    info_.reset();
    summary_.reset();
    buffer_.clear();
    ticket_.reset();
    if (!ending_ || end_status_.ok()) end_status_ = status;
    ending_ = true;
    transfer = transfer_;
  }
  if (transfer.has_value()) files_.http.Cancel(*transfer);
  Advance();
}

void DownloadReactor::WatchCaller() {
  files_.executor.PostAfter(files_.rules.stall_timeout, [weak = weak_from_this()] {
    const auto self = weak.lock();
    if (self == nullptr) return;
    bool stalled = false;
    {
      MutexLock lock(self->mutex_);
      if (self->finished_) return;
      const auto waited = std::chrono::steady_clock::now() - self->write_begin_;
      stalled = self->writing_ && absl::FromChrono(waited) >= self->files_.rules.stall_timeout;
      // The write that nobody reads would keep the call open. Until it is finished there is a
      // context.
      if (stalled) self->context_->TryCancel();
    }
    if (stalled) {
      self->End(TransferStalled("the caller"));
    } else {
      self->WatchCaller();
    }
  });
}

void DownloadReactor::OnDone() {
  std::shared_ptr<DownloadReactor> self;
  MutexLock lock(mutex_);
  self = std::move(self_);
}

}  // namespace chatwire::xmpp
