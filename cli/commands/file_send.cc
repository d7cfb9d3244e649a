#include "cli/commands/file_send.h"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <array>
#include <cerrno>
#include <cstring>
#include <filesystem>
#include <nlohmann/json.hpp>
#include <thread>

#include "absl/strings/str_cat.h"
#include "chatwire/xmpp/v1/file_service.grpc.pb.h"
#include "cli/errors.h"
#include "cli/interrupt.h"
#include "cli/progress.h"
#include "cli/rpc/message_json.h"
#include "common/rpc/grpc_status.h"
#include "common/uuid.h"

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

class FileSendCommand final : public Command {
 public:
  std::vector<std::string> Rpcs() const override { return {"xmpp.v1.FileService.SendFile"}; }

  CLI::App* AddTo(CLI::App& parent) override {
    auto* const app = parent.add_subcommand("send", "Send a file");
    app->add_option("JID", to_, "Who is to get it")->type_name("")->required();
    app->add_option("FILE", path_, "The file")->type_name("")->required();
    app->add_option("--name", name_, "What it is called there (else: its own name)")
        ->type_name("TEXT");
    app->add_option("--type", media_type_, "What it is, such as image/png")->type_name("TYPE");
    app->add_option("--caption", caption_, "Text that goes with it")->type_name("TEXT");
    app->add_option("--request-id", request_id_, "UUID that makes a repetition safe")
        ->type_name("UUID");
    app->footer(HelpText(
        "Uploaded to the account's server (XEP-0363) and sent as a link. A bar on standard error "
        "shows "
        "how far it is, on a terminal only. --timeout does not count here: a transfer that does "
        "not\n"
        "move is ended by the service.\n\nWith --json: {\"message_id\", \"url\", \"file_name\", "
        "\"media_type\", \"size_bytes\", \"sha256\", \"accept_time\", \"replayed\", "
        "\"request_id\"}",
        {"file send alice@example.org photo.jpg",
         "file send alice@example.org log.txt --caption 'of last night' --type text/plain"},
        Rpcs()));
    return app;
  }

  absl::Status Run(Session& session) override {
    Source source(path_);
    absl::Status checked = source.Check(path_);
    if (!checked.ok()) return checked;
    const auto channel = session.connection.ChannelTo(Service::kXmpp);
    if (!channel.ok()) return channel.status();
    auto interrupt = Interrupt::Start(session.output.out());
    if (!interrupt.ok()) return interrupt.status();
    grpc::ClientContext context;
    absl::Status attached = session.connection.AttachTokenFor(Service::kXmpp, context);
    if (!attached.ok()) return attached;
    (*interrupt)->OnInterrupt([&context] { context.TryCancel(); });
    const auto stub = xmpp::v1::FileService::NewStub(*channel);
    const auto stream = stub->SendFile(&context);
    SendFileResponse last;
    const SendFileRequest first = Metadata(session, source.size());
    Transfer(session, *stream, first, source, last);
    const absl::Status ended = FromGrpcStatus(stream->Finish());
    (*interrupt)->OnInterrupt(nullptr);
    if ((*interrupt)->interrupted()) return (*interrupt)->status();
    if (!ended.ok()) return session.connection.Explain(Service::kXmpp, ended);
    Print(session.output, first.metadata().request_id(), last);
    return absl::OkStatus();
  }

 private:
  SendFileRequest Metadata(Session& session, int64_t size) const {
    SendFileRequest request;
    auto& metadata = *request.mutable_metadata();
    metadata.set_account(session.connection.Account());
    metadata.set_to(to_);
    metadata.set_file_name(name_.empty() ? std::filesystem::path(path_).filename().string()
                                         : name_);
    metadata.set_media_type(media_type_);
    metadata.set_size_bytes(size);
    metadata.set_caption(caption_);
    metadata.set_request_id(request_id_.empty() ? RandomUuid() : request_id_);
    return request;
  }

  static void Transfer(Session& session, Stream& stream, const SendFileRequest& first,
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
    Progress progress(session.streams.error, first.metadata().file_name());
    SendFileResponse response;
    while (stream.Read(&response)) {
      last = response;
      // Each byte moves twice: to the service, and on to the server.
      progress.Show(response.received_bytes() + response.uploaded_bytes(),
                    2 * response.total_bytes());
    }
    progress.End();
    sender.join();
  }

  static void Print(Output& output, const std::string& request_id, const SendFileResponse& last) {
    if (!output.json()) return output.Line(last.file().url());
    nlohmann::ordered_json json = MessageJson(last.file());
    json["request_id"] = request_id;
    output.Object(json);
  }

  std::string to_;
  std::string path_;
  std::string name_;
  std::string media_type_;
  std::string caption_;
  std::string request_id_;
};

}  // namespace

std::unique_ptr<Command> MakeFileSendCommand() { return std::make_unique<FileSendCommand>(); }

}  // namespace chatwire::cli
