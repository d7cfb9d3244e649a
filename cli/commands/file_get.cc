#include "cli/commands/file_get.h"

#include <filesystem>
#include <nlohmann/json.hpp>

#include "absl/strings/str_cat.h"
#include "chatwire/xmpp/v1/file_service.grpc.pb.h"
#include "cli/errors.h"
#include "cli/file_sink.h"
#include "cli/interrupt.h"
#include "cli/progress.h"
#include "cli/rpc/message_json.h"
#include "common/rpc/grpc_status.h"

namespace chatwire::cli {
namespace {

using xmpp::v1::DownloadFileResponse;
using Reader = grpc::ClientReaderInterface<DownloadFileResponse>;

class FileGetCommand final : public Command {
 public:
  std::vector<std::string> Rpcs() const override { return {"xmpp.v1.FileService.DownloadFile"}; }

  CLI::App* AddTo(CLI::App& parent) override {
    auto* const app = parent.add_subcommand("get", "Fetch a file that was sent");
    app->add_option("URL", url_, "Where it is, as the message says")->type_name("")->required();
    app->add_option("--out", out_, "File to write, or - for standard output (else: its own name)")
        ->type_name("FILE");
    app->add_option("--maximum", maximum_, "No more than so many bytes")->type_name("BYTES");
    app->footer(HelpText(
        "Fetched by the service, which refuses addresses that are not on the public internet. The "
        "file "
        "is there under its name only when it is complete; one that is there already is not\n"
        "overwritten unless --out names it.\n\nWith --json: {\"file_name\", \"media_type\", "
        "\"size_bytes\", \"sha256\", \"file\"}",
        {"file get https://upload.example.org/ab12/photo.jpg",
         "file get https://upload.example.org/ab12/log.txt --out - | less"},
        Rpcs()));
    return app;
  }

  absl::Status Run(Session& session) override {
    const auto channel = session.connection.ChannelTo(Service::kXmpp);
    if (!channel.ok()) return channel.status();
    auto interrupt = Interrupt::Start(session.output.out());
    if (!interrupt.ok()) return interrupt.status();
    grpc::ClientContext context;
    absl::Status attached = session.connection.AttachTokenFor(Service::kXmpp, context);
    if (!attached.ok()) return attached;
    (*interrupt)->OnInterrupt([&context] { context.TryCancel(); });
    xmpp::v1::DownloadFileRequest request;
    request.set_account(session.connection.Account());
    request.set_url(url_);
    request.set_maximum_bytes(maximum_);
    const auto stub = xmpp::v1::FileService::NewStub(*channel);
    const auto reader = stub->DownloadFile(&context, request);
    const absl::Status received = Receive(session, *reader);
    if (!received.ok()) context.TryCancel();
    const absl::Status ended = FromGrpcStatus(reader->Finish());
    (*interrupt)->OnInterrupt(nullptr);
    if ((*interrupt)->interrupted()) return (*interrupt)->status();
    if (!received.ok()) return received;
    if (!ended.ok()) return session.connection.Explain(Service::kXmpp, ended);
    return Complete(session);
  }

 private:
  absl::Status Receive(Session& session, Reader& reader) {
    DownloadFileResponse response;
    Progress progress(session.streams.error, "fetching");
    int64_t received = 0;
    while (reader.Read(&response)) {
      absl::Status taken;
      if (response.has_info()) {
        info_ = response.info();
        taken = Open(session);
      } else if (response.has_summary()) {
        summary_ = response.summary();
      } else if (sink_ != nullptr) {
        taken = sink_->Write(response.chunk());
        received += static_cast<int64_t>(response.chunk().size());
        progress.Show(received, info_.total_bytes());
      }
      if (!taken.ok()) return taken;
    }
    progress.End();
    return absl::OkStatus();
  }

  absl::Status Open(Session& session) {
    if (out_.empty()) {
      // The name is a stranger's: only its last part counts, and it overwrites nothing.
      out_ = std::filesystem::path(info_.file_name()).filename().string();
      if (out_.empty() || out_ == "." || out_ == ".." || out_ == "-") out_ = "download";
      if (std::filesystem::exists(out_)) {
        return MakeError(absl::StatusCode::kAlreadyExists, kUsageReason,
                         absl::StrCat("there is a file ", out_, " already; name one with --out"));
      }
    }
    auto sink = FileSink::Open(out_, session.streams.out);
    if (!sink.ok()) return sink.status();
    sink_ = *std::move(sink);
    return absl::OkStatus();
  }

  absl::Status Complete(Session& session) {
    if (sink_ == nullptr || summary_.sha256().empty()) {
      return MakeError(absl::StatusCode::kUnavailable, kFileReason,
                       "the file ended too early; try again");
    }
    absl::Status committed = sink_->Commit();
    if (!committed.ok() || out_ == "-") return committed;
    nlohmann::ordered_json json = MessageJson(info_);
    json.erase("total_bytes");
    json.update(MessageJson(summary_));
    json["file"] = out_;
    if (session.output.json()) {
      session.output.Object(json);
    } else {
      session.output.Line(absl::StrCat(out_, ": ", summary_.size_bytes(), " bytes"));
    }
    return absl::OkStatus();
  }

  std::string url_;
  std::string out_;
  int64_t maximum_ = 0;
  xmpp::v1::DownloadedFileInfo info_;
  xmpp::v1::DownloadSummary summary_;
  std::unique_ptr<FileSink> sink_;
};

}  // namespace

std::unique_ptr<Command> MakeFileGetCommand() { return std::make_unique<FileGetCommand>(); }

}  // namespace chatwire::cli
