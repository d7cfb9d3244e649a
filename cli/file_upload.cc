#include "cli/file_upload.h"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <cstring>
#include <thread>

#include "absl/strings/str_cat.h"
#include "chatwire/xmpp/v1/file_service.grpc.pb.h"
#include "cli/errors.h"
#include "common/rpc/grpc_status.h"

namespace chatwire::cli {
namespace {

using xmpp::v1::SendFileRequest;
using xmpp::v1::SendFileResponse;
using Stream = grpc::ClientReaderWriterInterface<SendFileRequest, SendFileResponse>;

constexpr size_t kChunkBytes = size_t{256} << 10;

absl::Status Wrong(const std::string& message) {
  return MakeError(absl::StatusCode::kInvalidArgument, kUsageReason, message);
}

/// A file that is open for reading.
class Source {
 public:
  explicit Source(const std::string& path) : fd_(open(path.c_str(), O_RDONLY | O_CLOEXEC)) {
    regular_ = fd_ >= 0 && fstat(fd_, &info_) == 0 && S_ISREG(info_.st_mode);
  }
  ~Source() {
    if (fd_ >= 0) close(fd_);
  }
  Source(const Source&) = delete;
  Source& operator=(const Source&) = delete;

  absl::Status Check(const std::string& path) const {
    if (fd_ < 0) return Wrong(absl::StrCat("cannot read ", path, ": ", std::strerror(errno)));
    if (!regular_) return Wrong(absl::StrCat(path, " is no file; only files have a size to tell"));
    return absl::OkStatus();
  }

  int64_t size() const { return info_.st_size; }

  /// The next bytes; false at the end.
  bool Read(std::string& bytes) {
    bytes.resize(kChunkBytes);
    ssize_t got = 0;
    do {
      got = read(fd_, bytes.data(), bytes.size());
    } while (got < 0 && errno == EINTR);
    bytes.resize(got > 0 ? static_cast<size_t>(got) : 0);
    return got > 0;
  }

 private:
  int fd_;
  struct stat info_ = {};
  bool regular_ = false;
};

void Transfer(const FileUpload& upload, Stream& stream, const SendFileRequest& first,
              Source& source, SendFileResponse& last) {
  if (!stream.Write(first) || !stream.Read(&last) ||
      last.stage() == xmpp::v1::SEND_FILE_STAGE_ACCEPTED) {
    stream.WritesDone();
    return;
  }
  std::thread sender([&] {
    SendFileRequest request;
    while (source.Read(*request.mutable_chunk()) && stream.Write(request)) {
    }
    stream.WritesDone();
  });
  SendFileResponse response;
  while (stream.Read(&response)) {
    last = response;
    // Each byte moves twice: to the service, and on to the server.
    if (upload.progress != nullptr) {
      upload.progress(response.received_bytes() + response.uploaded_bytes(),
                      2 * response.total_bytes());
    }
  }
  sender.join();
}

}  // namespace

absl::StatusOr<xmpp::v1::SentFile> UploadFile(Connection& connection, const FileUpload& upload) {
  Source source(upload.path);
  absl::Status checked = source.Check(upload.path);
  if (!checked.ok()) return checked;
  const auto channel = connection.ChannelTo(Service::kXmpp);
  if (!channel.ok()) return channel.status();
  grpc::ClientContext context;
  absl::Status attached = connection.AttachTokenFor(Service::kXmpp, context);
  if (!attached.ok()) return attached;
  if (upload.on_context != nullptr) upload.on_context(&context);
  const auto stub = xmpp::v1::FileService::NewStub(*channel);
  const auto stream = stub->SendFile(&context);
  SendFileRequest first;
  *first.mutable_metadata() = upload.metadata;
  first.mutable_metadata()->set_size_bytes(source.size());
  SendFileResponse last;
  Transfer(upload, *stream, first, source, last);
  const absl::Status ended = FromGrpcStatus(stream->Finish());
  if (upload.on_context != nullptr) upload.on_context(nullptr);
  if (!ended.ok()) return connection.Explain(Service::kXmpp, ended);
  return last.file();
}

}  // namespace chatwire::cli
