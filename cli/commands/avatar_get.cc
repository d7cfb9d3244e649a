#include "cli/commands/avatar_get.h"

#include <nlohmann/json.hpp>

#include "absl/strings/str_cat.h"
#include "chatwire/xmpp/v1/profile_service.pb.h"
#include "cli/file_sink.h"
#include "cli/rpc/contracts.h"
#include "cli/rpc/message_json.h"
#include "cli/rpc/unary.h"

namespace chatwire::cli {
namespace {

constexpr char kRpc[] = "xmpp.v1.ProfileService.GetAvatar";

class AvatarGetCommand final : public Command {
 public:
  std::vector<std::string> Rpcs() const override { return {kRpc}; }

  CLI::App* AddTo(CLI::App& parent) override {
    auto* const app = parent.add_subcommand("avatar", "Save somebody's picture");
    app->add_option("JID", jid_, "Whose (else: the account's)")->type_name("");
    app->add_option("--out", out_, "File to write, or - for standard output")
        ->type_name("FILE")
        ->required();
    app->footer(HelpText("With --json: {\"mime_type\", \"hash\", \"source\", \"file\"}",
                         {"profile avatar alice@example.org --out alice.png"}, Rpcs()));
    return app;
  }

  JsonShape Shape() const override { return {"xmpp.v1.GetAvatarResponse", {{"file", ""}}}; }

  absl::Status Run(Session& session) override {
    xmpp::v1::GetAvatarRequest request;
    request.set_account(session.connection.Account());
    request.set_jid(jid_);
    xmpp::v1::GetAvatarResponse response;
    absl::Status called =
        CallUnary(session, MethodNamed(kRpc), OrdinaryCall(session), request, response);
    if (!called.ok()) return called;
    auto sink = FileSink::Open(out_, session.streams.out);
    if (!sink.ok()) return sink.status();
    absl::Status written = (*sink)->Write(response.content());
    if (written.ok()) written = (*sink)->Commit();
    if (!written.ok() || out_ == "-") return written;
    nlohmann::ordered_json json = MessageJson(response);
    json.erase("content");
    json["file"] = out_;
    if (session.output.json()) {
      session.output.Object(json);
    } else {
      session.output.Line(
          absl::StrCat(out_, ": ", response.content().size(), " bytes of ", response.mime_type()));
    }
    return absl::OkStatus();
  }

 private:
  std::string jid_;
  std::string out_;
};

}  // namespace

std::unique_ptr<Command> MakeAvatarGetCommand() { return std::make_unique<AvatarGetCommand>(); }

}  // namespace chatwire::cli
