#include "cli/commands/password.h"

#include <nlohmann/json.hpp>

#include "chatwire/xmpp/v1/account_service.pb.h"
#include "cli/password_prompt.h"
#include "cli/private_file.h"
#include "cli/rpc/contracts.h"
#include "cli/rpc/unary.h"
#include "cli/translate.h"
#include "common/uuid.h"

namespace chatwire::cli {
namespace {

constexpr char kRpc[] = "xmpp.v1.AccountService.ChangePassword";

class PasswordCommand final : public Command {
 public:
  std::vector<std::string> Rpcs() const override { return {kRpc}; }

  CLI::App* AddTo(CLI::App& parent) override {
    auto* const app = parent.add_subcommand("passwd", "Change the account's password");
    auto* const file = app->add_option("--password-file", password_.file, "File with the new one")
                           ->type_name("FILE");
    app->add_flag("--password-stdin", password_.from_stdin,
                  "The first line of standard input is the new one")
        ->excludes(file);
    app->footer(
        HelpText("On the XMPP server, and in the service, which signs in with it from then "
                 "on. It is asked for twice without echo.\n\n"
                 "With --json: {\"account\": JID, \"changed\": true}",
                 {"account passwd", "account passwd --password-file new.password"}, Rpcs()));
    return app;
  }

  JsonShape Shape() const override { return {"", {{"account", ""}, {"changed", ""}}}; }

  absl::Status Run(Session& session) override {
    WarnIfShared(session.output, password_.file);
    const auto password = ReadNewPassword(password_, session.streams.in, Tr("New password: "));
    if (!password.ok()) return password.status();
    xmpp::v1::ChangePasswordRequest request;
    request.set_account(session.connection.Account());
    request.set_new_password(*password);
    request.set_request_id(RandomUuid());
    xmpp::v1::ChangePasswordResponse response;
    absl::Status called =
        CallUnary(session, MethodNamed(kRpc), OrdinaryCall(session), request, response);
    if (!called.ok()) return called;
    if (session.output.json()) {
      session.output.Object({{"account", request.account()}, {"changed", true}});
    } else {
      session.output.Line("the password is changed");
    }
    return absl::OkStatus();
  }

 private:
  PasswordSource password_;
};

}  // namespace

std::unique_ptr<Command> MakePasswordCommand() { return std::make_unique<PasswordCommand>(); }

}  // namespace chatwire::cli
