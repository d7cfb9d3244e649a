#include "cli/commands/contacts.h"

#include <nlohmann/json.hpp>

#include "chatwire/xmpp/v1/roster_service.grpc.pb.h"
#include "cli/call.h"
#include "cli/format/contact_format.h"

namespace chatwire::cli {
namespace {

constexpr int kPageSize = 500;

constexpr char kFooter[] = R"help(PRESENCE is that of the contact's first resource.

With --json, one object for each contact: {"jid", "name", "groups", "subscription": "none" | "to" |
"from" | "both", "resources": [{"resource", "presence": {"availability", "status", "priority"}}]}

Examples:
  chatwire contacts
  chatwire contacts --json | jq -r 'select(.resources != []).jid')help";

class ContactsCommand final : public Command {
 public:
  CLI::App* AddTo(CLI::App& parent) override {
    auto* const app = parent.add_subcommand("contacts", "List the account's contacts");
    app->footer(kFooter);
    return app;
  }

  absl::Status Run(Session& session) override {
    const auto channel = session.connection.ChannelTo(Service::kXmpp);
    if (!channel.ok()) return channel.status();
    const auto stub = xmpp::v1::RosterService::NewStub(*channel);
    std::vector<xmpp::v1::Contact> contacts;
    xmpp::v1::ListContactsRequest request;
    request.set_account(session.connection.Account());
    request.set_page_size(kPageSize);
    do {
      xmpp::v1::ListContactsResponse response;
      const absl::Status called =
          Call(session, Service::kXmpp, OrdinaryCall(session), [&](grpc::ClientContext* context) {
            return stub->ListContacts(context, request, &response);
          });
      if (!called.ok()) return called;
      contacts.insert(contacts.end(), response.contacts().begin(), response.contacts().end());
      request.set_page_token(response.next_page_token());
    } while (!request.page_token().empty());
    if (!session.output.json()) {
      session.output.PrintTable(ContactTable(contacts));
      return absl::OkStatus();
    }
    for (const auto& contact : contacts) session.output.Object(ContactJson(contact));
    return absl::OkStatus();
  }
};

}  // namespace

std::unique_ptr<Command> MakeContactsCommand() { return std::make_unique<ContactsCommand>(); }

}  // namespace chatwire::cli
