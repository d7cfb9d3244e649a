#include "cli/commands/accounts.h"

#include <nlohmann/json.hpp>

#include "chatwire/xmpp/v1/account_service.grpc.pb.h"
#include "cli/call.h"
#include "cli/format/account_format.h"

namespace chatwire::cli {
namespace {

constexpr int kPageSize = 500;

constexpr char kFooter[] =
    R"help(WAITING counts messages that the account's server has not taken yet.

With --json, one object for each account: {"account", "resource", "connection": {"state",
"state_time", "resumed", "failure": {"reason", "message"}, "next_attempt_time"},
"create_time", "pending_message_count"}; failure and next_attempt_time only where they apply.

Examples:
  chatwire accounts
  chatwire accounts --token-file /var/lib/chatwire-xmppd/admin.token
  chatwire accounts --json | jq -r 'select(.connection.state != "online").account')help";

class AccountsCommand final : public Command {
 public:
  explicit AccountsCommand(std::string name) : name_(std::move(name)) {}

  std::vector<std::string> Rpcs() const override { return {"xmpp.v1.AccountService.ListAccounts"}; }

  CLI::App* AddTo(CLI::App& parent) override {
    auto* const app = parent.add_subcommand(name_, "List the accounts and how their sessions are");
    app->footer(kFooter);
    return app;
  }

  JsonShape Shape() const override { return {"xmpp.v1.Account"}; }

  absl::Status Run(Session& session) override {
    const auto channel = session.connection.ChannelTo(Service::kXmpp);
    if (!channel.ok()) return channel.status();
    const auto stub = xmpp::v1::AccountService::NewStub(*channel);
    std::vector<xmpp::v1::Account> accounts;
    xmpp::v1::ListAccountsRequest request;
    request.set_page_size(kPageSize);
    do {
      xmpp::v1::ListAccountsResponse response;
      const absl::Status called =
          Call(session, Service::kXmpp, OrdinaryCall(session), [&](grpc::ClientContext* context) {
            return stub->ListAccounts(context, request, &response);
          });
      if (!called.ok()) return called;
      accounts.insert(accounts.end(), response.accounts().begin(), response.accounts().end());
      request.set_page_token(response.next_page_token());
    } while (!request.page_token().empty());
    if (!session.output.json()) {
      session.output.PrintTable(AccountTable(accounts));
      return absl::OkStatus();
    }
    for (const auto& account : accounts) session.output.Object(AccountJson(account));
    return absl::OkStatus();
  }

 private:
  std::string name_;
};

}  // namespace

std::unique_ptr<Command> MakeAccountsCommand(const std::string& name) {
  return std::make_unique<AccountsCommand>(name);
}

}  // namespace chatwire::cli
