#include "cli/commands/file_send.h"

#include <filesystem>
#include <functional>
#include <nlohmann/json.hpp>

#include "absl/strings/str_cat.h"
#include "chatwire/xmpp/v1/file_service.pb.h"
#include "cli/file_upload.h"
#include "cli/interrupt.h"
#include "cli/progress.h"
#include "cli/rpc/message_json.h"
#include "common/uuid.h"

namespace chatwire::cli {
namespace {

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
    auto interrupt = Interrupt::Start(session.output.out());
    if (!interrupt.ok()) return interrupt.status();
    FileUpload upload{path_, Metadata(session), nullptr, nullptr};
    Progress progress(session.streams.error, upload.metadata.file_name());
    upload.progress = [&](int64_t done, int64_t total) { progress.Show(done, total); };
    upload.on_context = [&](grpc::ClientContext* context) {
      (*interrupt)->OnInterrupt(context == nullptr ? std::function<void()>() : [context] {
        context->TryCancel();
      });
    };
    const auto sent = UploadFile(session.connection, upload);
    progress.End();
    if ((*interrupt)->interrupted()) return (*interrupt)->status();
    if (!sent.ok()) return sent.status();
    Print(session.output, upload.metadata.request_id(), *sent);
    return absl::OkStatus();
  }

 private:
  xmpp::v1::SendFileMetadata Metadata(Session& session) const {
    xmpp::v1::SendFileMetadata metadata;
    metadata.set_account(session.connection.Account());
    metadata.set_to(to_);
    metadata.set_file_name(name_.empty() ? std::filesystem::path(path_).filename().string()
                                         : name_);
    metadata.set_media_type(media_type_);
    metadata.set_caption(caption_);
    metadata.set_request_id(request_id_.empty() ? RandomUuid() : request_id_);
    return metadata;
  }

  static void Print(Output& output, const std::string& request_id, const xmpp::v1::SentFile& file) {
    if (!output.json()) return output.Line(file.url());
    nlohmann::ordered_json json = MessageJson(file);
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
