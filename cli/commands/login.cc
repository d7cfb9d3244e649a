#include "cli/commands/login.h"

#include <nlohmann/json.hpp>

#include "absl/strings/substitute.h"
#include "chatwire/xmpp/v1/account_service.grpc.pb.h"
#include "cli/call.h"
#include "cli/errors.h"
#include "cli/format/account_format.h"
#include "cli/password_prompt.h"
#include "cli/private_file.h"
#include "cli/token_place.h"
#include "cli/translate.h"
#include "common/secret_file.h"
#include "common/uuid.h"

namespace chatwire::cli {
namespace {

/// The service gives the XMPP server 30 s; its own answer tells more than our clock.
constexpr absl::Duration kLoginTimeout = absl::Seconds(40);

constexpr char kFooter[] =
    R"help(The password is asked for without echo; for scripts it comes from a file or from
standard input, never from an argument, which others could see in `ps`.
The token is saved with mode 0600 below ~/.config/chatwire/tokens/, one file for each
service and account, and used by the commands that follow.

With --json: {"account": {...}, "token_file": PATH}

Examples:
  chatwire login lamp-bot@example.org
  chatwire login lamp-bot@example.org --password-file bot.password
  pass show bot | chatwire login lamp-bot@example.org --password-stdin --token-out bot.token)help";

class LoginCommand final : public Command {
 public:
  std::vector<std::string> Rpcs() const override { return {"xmpp.v1.AccountService.Login"}; }

  CLI::App* AddTo(CLI::App& parent) override {
    auto* const app =
        parent.add_subcommand("login", "Sign an XMPP account in and save its API token");
    app->footer(kFooter);
    app->add_option("JID", jid_, "Bare JID, such as lamp-bot@example.org")
        ->type_name("")
        ->required();
    auto* const file = app->add_option("--password-file", password_.file, "File with the password")
                           ->type_name("FILE");
    app->add_flag("--password-stdin", password_.from_stdin,
                  "The first line of standard input is the password")
        ->excludes(file);
    app->add_option("--token-out", token_out_, "Save the token in this file instead")
        ->type_name("FILE");
    return app;
  }

  JsonShape Shape() const override {
    return {"", {{"account", "xmpp.v1.Account"}, {"token_file", ""}}};
  }

  absl::Status Run(Session& session) override {
    WarnIfShared(session.output, password_.file);
    const auto password =
        ReadPassword(password_, session.streams.in, absl::Substitute(Tr("Password of $0: "), jid_));
    if (!password.ok()) return password.status();
    const absl::Status place = CheckPlace(session);
    if (!place.ok()) return place;
    xmpp::v1::LoginResponse response;
    const absl::Status called = Login(session, *password, &response);
    if (!called.ok()) return called;
    const auto path = Save(session, response);
    if (!path.ok()) return TokenLost(response.account().account(), path.status());
    if (session.output.json()) {
      session.output.Object({{"account", AccountJson(response.account())}, {"token_file", *path}});
    } else {
      session.output.Line(absl::Substitute(Tr("logged in as $0; the token is in $1"),
                                           response.account().account(), *path));
    }
    return absl::OkStatus();
  }

 private:
  absl::Status CheckPlace(const Session& session) const {
    if (!token_out_.empty()) return CheckTokenFile(token_out_);
    return CheckTokenPlace(session.credentials, session.connection.AddressOf(Service::kXmpp), jid_);
  }

  absl::Status Login(Session& session, const std::string& password,
                     xmpp::v1::LoginResponse* response) {
    const auto channel = session.connection.ChannelTo(Service::kXmpp);
    if (!channel.ok()) return channel.status();
    const auto stub = xmpp::v1::AccountService::NewStub(*channel);
    xmpp::v1::LoginRequest request;
    request.set_jid(jid_);
    request.set_password(password);
    request.set_request_id(RandomUuid());
    CallOptions options = OrdinaryCall(session);
    options.with_token = false;
    if (!session.settings.timeout_given) options.timeout = kLoginTimeout;
    return Call(session, Service::kXmpp, options, [&](grpc::ClientContext* context) {
      return stub->Login(context, request, response);
    });
  }

  absl::StatusOr<std::string> Save(Session& session, const xmpp::v1::LoginResponse& response) {
    if (token_out_.empty()) {
      return session.credentials.Save(session.connection.AddressOf(Service::kXmpp),
                                      response.account().account(), response.token());
    }
    const absl::Status written = WriteSecretFile(token_out_, response.token() + "\n");
    if (!written.ok()) {
      return MakeError(absl::StatusCode::kUnknown, kFileReason, written.message());
    }
    return token_out_;
  }

  std::string jid_;
  PasswordSource password_;
  std::string token_out_;
};

}  // namespace

std::unique_ptr<Command> MakeLoginCommand() { return std::make_unique<LoginCommand>(); }

}  // namespace chatwire::cli
