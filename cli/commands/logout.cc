#include "cli/commands/logout.h"

#include <nlohmann/json.hpp>

#include "absl/strings/str_cat.h"
#include "chatwire/xmpp/v1/account_service.grpc.pb.h"
#include "cli/call.h"
#include "common/uuid.h"

namespace chatwire::cli {
namespace {

constexpr char kFooter[] =
    R"help(The service ends the session, forgets the password and revokes the account's tokens. The
account on the XMPP server stays.

With --json: {"account": JID, "logged_out": true}

Examples:
  chatwire logout
  chatwire logout --account lamp-bot@example.org)help";

class LogoutCommand final : public Command {
 public:
  std::vector<std::string> Rpcs() const override { return {"xmpp.v1.AccountService.Logout"}; }

  CLI::App* AddTo(CLI::App& parent) override {
    auto* const app = parent.add_subcommand("logout", "Sign the account out and forget its token");
    app->footer(kFooter);
    return app;
  }

  JsonShape Shape() const override { return {"", {{"account", ""}, {"logged_out", ""}}}; }

  absl::Status Run(Session& session) override {
    const auto channel = session.connection.ChannelTo(Service::kXmpp);
    if (!channel.ok()) return channel.status();
    const auto stub = xmpp::v1::AccountService::NewStub(*channel);
    const std::string account = session.connection.Account();
    xmpp::v1::LogoutRequest request;
    request.set_account(account);
    request.set_request_id(RandomUuid());
    xmpp::v1::LogoutResponse response;
    const absl::Status called = Call(
        session, Service::kXmpp, OrdinaryCall(session),
        [&](grpc::ClientContext* context) { return stub->Logout(context, request, &response); });
    if (!called.ok()) return called;
    // Revoked by now, whichever token this call used.
    if (!account.empty()) {
      session.credentials.Remove(session.connection.AddressOf(Service::kXmpp), account);
    }
    if (session.output.json()) {
      session.output.Object({{"account", account}, {"logged_out", true}});
    } else {
      session.output.Line(
          absl::StrCat(account.empty() ? "the token's account" : account, " is logged out"));
    }
    return absl::OkStatus();
  }
};

}  // namespace

std::unique_ptr<Command> MakeLogoutCommand() { return std::make_unique<LogoutCommand>(); }

}  // namespace chatwire::cli
